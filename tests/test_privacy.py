"""What an authority finds of someone who did not agree: nothing, wherever it looks; and what it finds once they did."""

import logging
import re
from base64 import b64encode

import pytest
from django.urls import reverse

from relais.cases import services as cases
from relais.journal.models import Entry
from relais.people import services as people
from relais.people.identities import Facts, Paper
from relais.people.models import ConsentText
from relais.people.portraits import small
from relais.people.views import person as person_page
from tests import doors
from tests.cases.factories import EVERYTHING, AppointmentFactory, DossierFactory, FollowUpFactory, in_same_place, today
from tests.people.factories import PersonFactory, consent
from tests.people.test_portraits import photo
from tests.test_doors import JSON, address_of

pytestmark = pytest.mark.django_db
NAME, OTHER_NAME = "Тутинисо Пӯлодзода", "Tutiniso Pulodzoda"
FACTS = Facts(NAME, (OTHER_NAME,), None, (Paper("passport", "TJ9081726"),))
PHONE = "+996 700 424 242"
SAID = ("ask at the blue gate", "the clerk tore it up", "she hides from her brother")
FACE = b64encode(small(photo())).decode()[240:280]  # letters from the middle of her picture, as a page holds it
PLANTED = (FACE, *NAME.split(), *OTHER_NAME.split(), "TJ9081726", PHONE, *SAID)


@pytest.fixture
def planted(furnished_world):
    """The world, whose pages are now about Tutiniso: named, reached, written to, visited; her dossier came back to her."""
    world = furnished_world
    by, home = world.companion, {"organisation": world.organisation, "programme": world.programme}
    world.person = PersonFactory(**home, registered_by=by, called=NAME)
    people.correct_identity(person=world.person, by=by, facts=FACTS, birth_year=1984)
    people.keep_portrait(person=world.person, by=by, picture=photo(), on_card=True)
    world.contact = people.add_contact(person=world.person, by=by, kind="phone", value=PHONE)
    world.message = people.receive_message(lent_line=world.line, words=SAID[0], by=world.relay, person=world.person)
    world.complaint = people.file_complaint(person=world.person, words=SAID[1], by=by)
    world.case = in_same_place(world.case, person=world.person, companion=by, papers=EVERYTHING)
    world.visit = cases.note_visit(case=world.case, happened_on=today(), words=SAID[2], by=by)
    world.appointment, world.follow_up = AppointmentFactory(case=world.case), FollowUpFactory(case=world.case)
    agreed = consent(world.person, world.authority_office, ConsentText.Purpose.SHARE_DOSSIER)
    world.dossier = DossierFactory(case=world.case, consent=agreed, authority=world.authority_office)
    people.withdraw_consent(consent=agreed, by=by)
    return world


ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")


def leaks(response, sent=""):
    """Give what was planted and is in an answer or its headers, but was not sent with the question."""
    body = b"".join(response) if response.streaming else response.content
    text = body.decode(errors="replace") + str(response.headers)
    written = [text, ESCAPED.sub(lambda escaped: chr(int(escaped[1], 16)), text)]
    return [each for each in PLANTED if each not in sent and any(each in form for form in written)]


def everywhere(world):
    """Every door, in every way the tables know, with the rows it is about; files and exports among them."""
    for name, door in doors.listed():
        method = name.split()[0].lower() if " " in name else door.method
        yield method, address_of(name, door.args(world)) + door.query, door.data(world)


def reads_of_the_api(client, world):
    """Every operation that reads, about every row there is."""
    described = client.get("/api/openapi.json").json()["paths"]
    rows = sorted({str(row.pk) for row in vars(world).values() if getattr(row, "pk", None)})
    for path, methods in described.items():
        if "get" in methods and path.count("{") == path.count("{id}") < 2:
            yield from (path.replace("{id}", row) for row in (rows if "{id}" in path else [""]))


def test_an_authority_finds_nothing_behind_any_door(planted, caplog):
    caplog.set_level(logging.DEBUG)
    found = {}
    for method, address, data in everywhere(planted):
        client = planted.client_of("authority")
        sent_as = JSON if address.startswith("/api/") and method != "get" else {}
        response = getattr(client, method)(address, data, **sent_as)
        if leak := leaks(response):
            found[f"{method} {address}"] = leak
    assert found == {}
    assert not [each for each in PLANTED if each in caplog.text]


def test_an_authority_finds_nothing_through_the_api(planted, caplog):
    caplog.set_level(logging.DEBUG)
    client = planted.client_of("authority")
    asked = list(reads_of_the_api(client, planted))
    assert len(asked) > 100
    assert {address: leak for address in asked if (leak := leaks(client.get(address)))} == {}
    assert not [each for each in PLANTED if each in caplog.text]


@pytest.mark.parametrize("sought", [NAME, OTHER_NAME, "TJ9081726"])
def test_an_authority_cannot_search_for_someone(sought, planted, caplog):
    client = planted.client_of("authority")
    assert client.post(reverse("people:search"), {"called": sought}).status_code == 404
    said = {"organisation": str(planted.organisation.pk), "names": [sought]}
    assert client.post("/api/people/search", said, **JSON).status_code in {403, 404, 422}
    for name in ("people:list", "cases:dossiers", "barriers:list", "journal:list", "organisations:list"):
        assert leaks(client.get(reverse(name), {"q": sought, "by": sought}), sent=sought) == []
    assert sought not in caplog.text


def test_an_error_names_nobody(planted, caplog, monkeypatch):
    """Not the page that says so, nor the lines an operator reads afterwards."""

    def fail(*_):
        raise RuntimeError("the page broke")

    monkeypatch.setattr(person_page, "desk_sections", fail)
    client = planted.client_of("companion")
    client.raise_request_exception = False
    broken = client.get(reverse("people:detail", args=[planted.person.pk]))
    lost = planted.client_of("authority").get(reverse("people:detail", args=[planted.person.pk]))
    assert (broken.status_code, lost.status_code) == (500, 404)
    assert leaks(broken) == leaks(lost) == []
    assert "the page broke" in caplog.text
    assert not [each for each in PLANTED if each in caplog.text]


def test_who_stands_beside_her_finds_through_the_same_doors_what_was_planted(planted):
    client = planted.client_of("companion")
    found = leaks(client.get(reverse("people:detail", args=[planted.person.pk])))
    assert {FACE, NAME.split(maxsplit=1)[0]} <= set(found)
    assert SAID[2] in leaks(client.get(reverse("cases:detail", args=[planted.case.pk])))


def test_with_consent_the_authority_finds_the_name_where_it_should_and_the_journal_says_so(planted):
    consent(planted.person, planted.authority_office)
    client = planted.client_of("authority")
    page = client.get(reverse("people:detail", args=[planted.person.pk])).content.decode()
    assert NAME in page
    assert PHONE not in page
    assert "data:image/jpeg" not in page, "no consent names a picture"
    assert SAID[2] not in page
    read = Entry.objects.filter(verb="identity.read", person_id=planted.person.pk, actor_id=planted.authority.pk)
    assert read.exists()


def test_once_it_is_taken_back_the_name_is_gone_at_once(planted):
    given = consent(planted.person, planted.authority_office)
    people.withdraw_consent(consent=given, by=planted.companion)
    client = planted.client_of("authority")
    assert leaks(client.get(reverse("people:detail", args=[planted.person.pk]))) == []
