"""What leaves through the API: every shape against the privacy of its model, and an authority that finds no name."""

import json

from django.apps import apps
from pydantic import BaseModel

from relais.access.verbs import Verb
from relais.api.shapes import Ask
from relais.api.urls import api

# Shapes that open what is sealed, each behind one operation that says why and is journaled.
OPENED = {"IdentityOut", "ReachedOut", "PaperOut", "MessageReadOut", "ComplaintReadOut", "RecordOut", "HeardOut"}


def operations():
    """Every operation with its path."""
    for router in api._get_bound_routers():
        for path, view in router.path_operations.items():
            yield from ((path, operation) for operation in view.operations)


def parts(annotation):
    """Every model inside an annotation, however deep."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
        for field in annotation.model_fields.values():
            yield from parts(field.annotation)
    for inner in getattr(annotation, "__args__", ()):
        yield from parts(inner)


def answers():
    """Every shape that may leave."""
    found = {}
    for _path, operation in operations():
        for model in operation.response_models.values():
            found |= {shape.__name__: shape for shape in parts(model)}
    return found


def test_every_field_that_leaves_is_open_or_reached_by_a_verb_that_may_show_it():
    wrong = []
    for name, shape in answers().items():
        meta = getattr(shape, "Meta", None)
        if meta is None:
            continue
        privacy = meta.model.Privacy
        personal = getattr(meta, "personal", set())
        if personal and not isinstance(getattr(meta, "verb", None), Verb):
            wrong.append(f"{name} shows {sorted(personal)} and names no verb")
        wrong += [f"{name}.{field} is secret" for field in meta.fields if field in privacy.secret]
        wrong += [f"{name}.{field}" for field in meta.fields if field not in privacy.open and field not in personal]
        wrong += [f"{name}.{field} is not personal" for field in personal if field not in privacy.personal]
    assert wrong == []


def test_what_has_no_model_behind_it_names_no_private_field_of_any_model():
    """A shape written by hand cannot smuggle out what `ModelSchema` would not let through."""
    secret = {name for model in apps.get_models() if hasattr(model, "Privacy") for name in model.Privacy.secret}
    smuggled = [
        f"{name}.{field}"
        for name, shape in answers().items()
        if name not in OPENED
        for field in shape.model_fields
        if field in secret
    ]
    assert smuggled == []


def test_only_operations_that_write_open_what_is_sealed():
    opening = {
        (method, path)
        for path, operation in operations()
        for method in operation.methods
        for model in operation.response_models.values()
        for shape in parts(model)
        if shape.__name__ in OPENED
    }
    assert opening
    assert all(method == "POST" for method, _path in opening), "opening an identity is journaled, so it writes"


def test_each_shape_has_a_name_of_its_own():
    shapes = [
        shape
        for _path, operation in operations()
        for model in operation.response_models.values()
        for shape in parts(model)
    ]
    asked = [inner for shape in Ask.__subclasses__() for inner in (shape, *shape.__subclasses__())]
    by_name = {}
    for shape in [*(shape for shape in shapes if shape.__module__.startswith("relais.")), *asked]:
        by_name.setdefault(shape.__name__, set()).add(shape)
    assert {name for name, same in by_name.items() if len(same) > 1} == set(), "OpenAPI knows shapes by name alone"


def test_an_authority_finds_no_planted_name_without_consent(furnished_world):
    """It reads every list and every row it is given an address of; none of it names the person."""
    client = furnished_world.client_of("authority")
    described = client.get("/api/openapi.json").json()["paths"]
    ids = sorted(everything(furnished_world))
    addresses = [
        path.replace("{id}", id)
        for path, methods in described.items()
        for id in (ids if "{id}" in path else [""])
        if "get" in methods and path.count("{") < 2
    ]
    seen = [client.get(address).content.decode() for address in addresses]
    assert len(seen) > 50
    for planted in ("Гулнора", "Рахимова", "Gulnara", "Rahimova", "+996 555 1", "Come on Monday", "They shouted"):
        assert not [text for text in seen if planted in text or json.dumps(planted)[1:-1] in text], planted


def everything(world):
    """Every identifier in the world."""
    for row in vars(world).values():
        if getattr(row, "pk", None):
            yield str(row.pk)
