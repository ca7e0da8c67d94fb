"""What a browser would send: the forms of a page with what they hold, and which of their fields name a row."""

import copy
from dataclasses import dataclass, field
from html.parser import HTMLParser
from uuid import UUID

FILLED_IN = {
    "at": "2100-01-05T09:00",
    "called": "Aizada Osmonova",
    "due_on": "2100-01-01",
    "key": "kant",
    "label": "Shelter 98",
    "name": "Round table",
    "names": "Kant",
    "names_en": "House book",
    "override_reason": "tonight",
    "own_headline": "The fee is too high",
    "reasons": "Everybody agreed",
    "starts_at_time": "10:00",
    "title": "Two witnesses",
    "what": "Days of work",
    "what_became_of_answers": "Heard",
    "words": "Come on Monday",
}


def is_id(value):
    """Say whether a value names a row."""
    try:
        return bool(UUID(value))
    except (ValueError, TypeError, AttributeError):
        return False


@dataclass
class Form:
    """One form of a page: where it goes, what it holds, and the choices it offers."""

    action: str
    method: str
    held: dict[str, list[str]] = field(default_factory=dict)
    offered: dict[str, list[str]] = field(default_factory=dict)

    @property
    def naming(self):
        """Give the fields whose value or choices are ids; `id` is the sender's own."""
        names = {name for kept in (self.held, self.offered) for name, values in kept.items() if any(map(is_id, values))}
        return sorted(names - {"id"})

    def data(self, *, naming=None):
        """Give what a browser sends once `naming` is chosen, or everything is, and every empty line filled in."""
        held = {name: values for name, values in self.held.items() if name != "csrfmiddlewaretoken"}
        empty = {name for name in {*held, *self.offered} if not any(held.get(name, []))}
        choosing = empty & {naming} if naming else empty
        chosen = {name: next(filter(None, self.offered.get(name, [])), "") for name in choosing}
        return {**held, **chosen, **{name: told for name, told in FILLED_IN.items() if name in empty}}


class Forms(HTMLParser):
    """Reads the forms of a page."""

    def __init__(self, page, address):
        super().__init__()
        self.address, self.forms, self._form, self._select, self._text = address, [], None, None, None
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        """Begin a form, or note what one of its fields holds."""
        has = dict(attributes)
        if tag == "form":
            self._form = Form(has.get("action") or self.address, (has.get("method") or "get").lower())
            self.forms.append(self._form)
            return
        if self._form is None or not (has.get("name") or tag == "option"):
            return
        if tag == "select":
            self._select = has["name"]
            self._form.offered.setdefault(self._select, [])
        elif tag == "option" and self._select:
            self._form.offered[self._select].append(has.get("value") or "")
            if "selected" in has:
                self._form.held.setdefault(self._select, []).append(has.get("value") or "")
        elif tag == "textarea":
            self._text = has["name"]
        elif tag in {"input", "button"} and has.get("type") != "file":
            choice = has.get("type") in {"radio", "checkbox"}
            if choice:
                self._form.offered.setdefault(has["name"], []).append(has.get("value") or "on")
            if tag == "input" and (not choice or "checked" in has):
                self._form.held.setdefault(has["name"], []).append(has.get("value") or "")

    def handle_data(self, data):
        """Take what a text area holds."""
        if self._text and self._form:
            self._form.held[self._text] = [data.strip()]

    def handle_endtag(self, tag):
        """Leave a form, a list of choices, or a text area."""
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea":
            self._text = None


def fields_naming_rows(schema, parts, way=()):
    """Give the way to each field of a JSON body, as its schema has it, that takes the id of a row."""
    if "$ref" in schema:
        schema = parts[schema["$ref"].rpartition("/")[2]]
    for either in (*schema.get("anyOf", ()), *schema.get("allOf", ())):
        yield from fields_naming_rows(either, parts, way)
    if schema.get("format") == "uuid" and way != ("id",):
        yield way
    if "items" in schema:
        yield from fields_naming_rows(schema["items"], parts, (*way, 0))
    for name, inner in schema.get("properties", {}).items():
        yield from fields_naming_rows(inner, parts, (*way, name))


def with_row(body, way, row):
    """Give a body that names a row at the end of a way."""
    if not way:
        return row
    if way[0] == 0:
        return [with_row(next(iter(body or []), None), way[1:], row)]
    return {**copy.copy(body or {}), way[0]: with_row((body or {}).get(way[0]), way[1:], row)}


def at(body, way):
    """Give what a body holds at the end of a way: one thing, or all of a list."""
    for step in way:
        if not body:
            return []
        body = body if step == 0 else body.get(step)
    return body if isinstance(body, list) else [body]
