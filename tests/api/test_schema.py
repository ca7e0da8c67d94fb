"""Every operation against input nobody thought of: no server error, and answers as described.

Schemathesis invents what is sent; rows of the furnished world are named in it, so that most of it goes deeper than *not found*.
"""

from uuid import UUID

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.organisations.factories import ApiTokenFactory

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
EXAMPLES = 4
OF_PATH = {
    "agenda": "agenda_item",
    "appointments": "appointment",
    "barriers": "waiting",
    "batches": "dossier.batch",
    "candidates": "shelter",
    "cases": "case",
    "commitments": "commitment",
    "consents": "consent",
    "consultations": "consultation",
    "contacts": "contact",
    "complaints": "complaint",
    "courses": "course",
    "decisions": "decision",
    "dossiers": "dossier",
    "duplicates": "pair",
    "follow-ups": "follow_up",
    "groups": "grouped.group",
    "invitations": "invitation",
    "meetings": "table_to_come",
    "members": "member",
    "messages": "unassigned",
    "needs": "assessment",
    "offices": "office",
    "organisations": "organisation",
    "people": "person",
    "procedures": "procedure",
    "programmes": "programme",
    "referrals": "referral",
    "requirements": "draft_requirement",
    "steps": "draft_step",
    "territories": "country",
    "tokens": "token",
    "versions": "draft",
    "visits": "visit",
}
OF_BODY = {
    **{name: name for name in ("organisation", "programme", "procedure", "person", "case", "office", "decision")},
    **{name: name for name in ("consultation", "line")},
    "authority": "authority_office",
    "barriers": "shared",
    "cases": "dossier.case",
    "companion": "companion",
    "complaints": "complaint",
    "into": "draft_last_step",
    "kept": "pair.one",
    "meeting": "table",
    "owner": "companion",
    "recipient": "authority_office",
    "step": "case_step",
    "territory": "country",
    "text": "consent_text",
    "to": "authority_office",
    "users": "companion",
    "version": "table_draft",
}


def row(world, name):
    """Give a row of the world, or one a row of it points to."""
    for part in name.split("."):
        world = getattr(world, part)
    return str(world.pk)


def is_identifier(value):
    try:
        return bool(UUID(value))
    except (ValueError, TypeError, AttributeError):
        return False


def aimed(value, world, name=""):
    """Put rows of the world where a body names others; the sender's own ids stay."""
    if isinstance(value, dict):
        return {key: aimed(inner, world, key) for key, inner in value.items()}
    if isinstance(value, list):
        return [aimed(inner, world, name) for inner in value]
    return row(world, OF_BODY[name]) if name in OF_BODY and is_identifier(value) else value


def aim(case, world):
    """Name rows of the world in the address and in the body."""
    noun = case.operation.path.split("/")[2]
    places = {"id": OF_PATH.get(noun), "before": "version", "after": "draft"}
    for name in case.path_parameters:
        if places.get(name):
            case.path_parameters[name] = row(world, places[name])
    if case.path_parameters.get("key"):
        case.path_parameters["key"] = world.case_paper.key if "evidence" in case.operation.path else world.case_step.key
    if isinstance(case.body, dict):
        case.body = aimed(case.body, world)


@pytest.fixture
def _one_connection():
    """Stay on the connection of the test, as Django's own client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("_one_connection")
@pytest.mark.parametrize("persona", ["coordinator", "authority"])
def test_nothing_that_can_be_sent_breaks_the_api(furnished_world, persona):
    world = furnished_world
    who = getattr(world, persona)
    place = who.memberships.get().organisation
    ApiTokenFactory(organisation=place, user=who, token="a-token-of-theirs")
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", get_wsgi_application())
    broken = []
    for operation in schema.get_all_operations():
        try:
            examine(operation.ok(), world)
        except (Exception, BaseExceptionGroup) as found:  # noqa: BLE001 (look at every operation before failing)
            broken.append(f"{operation.ok().label}: {found!s}"[:600])
    assert not broken, "\n\n".join(broken)


def examine(operation, world):
    """Send an operation what its description allows, and leave everything as it was."""

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=GenerationMode.POSITIVE))
    def send(case):
        aim(case, world)
        with transaction.atomic():
            response = case.call(headers={"Authorization": "Bearer a-token-of-theirs"})
            transaction.set_rollback(True)
        case.validate_response(response, checks=CHECKS)

    send()
