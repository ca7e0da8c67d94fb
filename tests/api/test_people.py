"""People through the API: a code for most, an identity for those who may, each reading journaled."""

from base64 import b64decode, b64encode
from datetime import date

import pytest

from relais.access.roles import Role
from relais.journal.models import Entry
from relais.people import services as people
from relais.people.identities import Facts, Paper
from relais.people.models import Message, Person
from tests.organisations.factories import AuthorityFactory, LentLineFactory, member
from tests.people.factories import PersonFactory, consent
from tests.people.test_portraits import photo

pytestmark = pytest.mark.django_db
SENT = "0198a000-0000-7000-8000-000000000001"


@pytest.fixture
def gulnora():
    return PersonFactory(birth_year=1984)


@pytest.fixture
def as_companion(gulnora, caller):
    return caller(gulnora.registered_by)


def test_a_person_shows_a_code_and_an_identity_only_when_it_is_revealed(gulnora, as_companion):
    shown = as_companion("get", f"/api/people/{gulnora.pk}")
    assert shown.json()["code"] == gulnora.code
    assert "Гулнора" not in shown.content.decode()
    revealed = as_companion("post", f"/api/people/{gulnora.pk}/reveal", {"why": "reach"})
    assert revealed.json()["called"] == "Гулнора Рахимова"
    line = Entry.objects.get(verb="identity.read", person_id=gulnora.pk)
    assert (line.actor_id, line.detail["why"]) == (gulnora.registered_by_id, "reach")


def test_nobody_reveals_without_a_coded_reason(gulnora, as_companion):
    assert as_companion("post", f"/api/people/{gulnora.pk}/reveal", {}).status_code == 422
    words = {"why": "to call Gulnora"}
    assert as_companion("post", f"/api/people/{gulnora.pk}/reveal", words).status_code == 422
    assert not Entry.objects.filter(verb="identity.read").exists()


def test_an_authority_knows_who_someone_is_only_while_they_consent(gulnora, caller):
    office = AuthorityFactory()
    call = caller(member(Role.AUTHORITY, office))
    address = f"/api/people/{gulnora.pk}/reveal"
    assert call("post", address, {"why": "decide"}).status_code == 404
    given = consent(gulnora, office)
    assert call("post", address, {"why": "decide"}).json()["called"] == "Гулнора Рахимова"
    type(given).objects.filter(pk=given.pk).update(withdrawn_at=given.recorded_at)
    assert call("post", address, {"why": "decide"}).status_code == 404


def test_an_authority_reads_only_what_a_person_agreed_to_and_asks_nothing_in_their_name(gulnora, as_companion, caller):
    Person.objects.filter(pk=gulnora.pk).update(disability="some", household=7)
    office = AuthorityFactory()
    consent(gulnora, office)
    call, address = caller(member(Role.AUTHORITY, office)), f"/api/people/{gulnora.pk}"
    for told in (call("get", address).json(), call("get", "/api/people").json()["items"][0]):
        assert (told["code"], told["disability"], told["household"]) == (gulnora.code, "", None)
    assert call("post", f"{address}/forget-request").status_code == 404
    told = as_companion("get", address).json()
    assert (told["disability"], told["household"]) == ("some", 7)


@pytest.mark.parametrize(
    ("purpose", "told", "reached"),
    [
        ("share_identity", {"called"}, True),
        ("refer", {"called"}, False),
        ("share_dossier", {"called", "other_names", "born_on", "papers"}, False),
    ],
)
def test_an_office_is_told_only_what_the_purpose_someone_agreed_to_names(gulnora, caller, purpose, told, reached):
    passport = Paper("passport", "AN 4711")
    facts = Facts("Гулнора Рахимова", ("Gulya",), date(1984, 5, 1), (passport,))
    people.correct_identity(person=gulnora, by=gulnora.registered_by, facts=facts)
    people.add_contact(person=gulnora, by=gulnora.registered_by, kind="phone", value="+996 700 000 111")
    office = AuthorityFactory()
    consent(gulnora, office, purpose)
    call = caller(member(Role.AUTHORITY, office))
    shown = call("post", f"/api/people/{gulnora.pk}/reveal", {"why": "decide"}).json()
    assert {name for name in ("called", "other_names", "born_on", "papers") if shown[name]} == told
    assert bool(shown["contacts"]) is reached


def test_someone_is_sought_before_they_are_registered_and_registered_once(gulnora, as_companion):
    place = {"organisation": gulnora.organisation_id}
    hits = as_companion("post", "/api/people/search", {**place, "names": ["Gulnora Rahimova"]}).json()
    assert [hit["code"] for hit in hits] == [gulnora.code]
    sent = {"id": SENT, **place, "programme": gulnora.programme_id, "identity": {"called": "Aizada"}}
    first, again = (as_companion("post", "/api/people", sent) for _ in range(2))
    assert (first.status_code, again.status_code, first.json()) == (201, 201, again.json())
    assert Person.objects.count() == 2


def test_a_gateway_hands_in_what_arrived_and_it_lands_with_the_companion_once(gulnora, caller):
    line = LentLineFactory(organisation=gulnora.organisation, value="+996 312 000001")
    gateway = caller(member(Role.RELAY, gulnora.organisation))
    sent = {"id": SENT, "line": "+996312000001", "words": f"Come on Monday, for {gulnora.code}"}
    first, again = (gateway("post", "/api/messages/incoming", sent) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert "Monday" not in first.content.decode()
    message = Message.objects.get()
    assert (message.person_id, message.lands_with_id, message.lent_line_id) == (
        gulnora.pk,
        gulnora.registered_by_id,
        line.pk,
    )


def test_a_line_nobody_lent_takes_no_message(gulnora, caller):
    gateway = caller(member(Role.RELAY, gulnora.organisation))
    LentLineFactory(value="+996 312 000001")
    sent = {"id": SENT, "line": "+996 312 000001", "words": "Come"}
    assert gateway("post", "/api/messages/incoming", sent).status_code == 422
    assert Message.objects.count() == 0


def test_a_picture_is_kept_seen_with_a_reason_and_dropped(gulnora, as_companion):
    address, dot = f"/api/people/{gulnora.pk}/portrait", b64encode(photo(size=(8, 8))).decode()
    assert as_companion("put", address, {"picture": dot, "on_card": True}).status_code == 200
    assert as_companion("put", address, {"picture": b64encode(b"%PDF").decode()}).status_code == 409
    assert "picture" not in as_companion("get", f"/api/people/{gulnora.pk}").json()
    seen = as_companion("post", f"{address}/reveal", {"why": "meet"}).json()["picture"]
    assert b64decode(seen).startswith(b"\xff\xd8\xff")
    assert Entry.objects.get(verb="identity.read").detail["why"] == "meet"
    assert as_companion("delete", address).status_code == 200
    assert as_companion("post", f"{address}/reveal", {"why": "meet"}).json() == {"picture": ""}


def test_an_office_the_person_agreed_with_sees_the_name_and_no_picture(gulnora, as_companion, caller):
    people.keep_portrait(person=gulnora, by=gulnora.registered_by, picture=photo(size=(8, 8)))
    office = AuthorityFactory()
    consent(gulnora, office)
    official = caller(member(Role.AUTHORITY, office))
    revealed = official("post", f"/api/people/{gulnora.pk}/reveal", {"why": "decide"})
    assert "picture" not in revealed.json()
    assert official("post", f"/api/people/{gulnora.pk}/portrait/reveal", {"why": "decide"}).status_code == 404
