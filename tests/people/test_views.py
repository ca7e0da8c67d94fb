"""Pages about people show a name to those who may know it, and to nobody else, nowhere."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from relais.journal.models import Entry
from relais.kernel.codes import show_code
from relais.people import services
from relais.people.models import ConsentText, DuplicatePair, Message, Person
from tests.organisations.factories import AuthorityFactory, LentLineFactory
from tests.people.factories import ConsentTextFactory, PersonFactory, consent
from tests.programmes.factories import ProgrammeFactory

pytestmark = pytest.mark.django_db
NAME = "Гулнора Рахимова"


@pytest.fixture
def gulnora(world):
    programme = ProgrammeFactory(partners=[world.organisation, world.authority_office])
    PersonFactory(called="Фотима Назарова")
    return PersonFactory(organisation=world.organisation, programme=programme, registered_by=world.companion)


def read(client, name, *args):
    return client.get(reverse(name, args=args)).content.decode()


def title(page):
    return re.search(r"<title>(.*?)</title>", page, re.DOTALL)[1]


def test_a_companion_searches_then_registers_on_one_screen(world, gulnora):
    client = world.client_of("companion")
    page = client.post(reverse("people:search"), {"where": where(gulnora), "called": "Зарина"}).content.decode()
    assert "Nobody like this is registered" in page
    looked = re.search(r'name="looked" value="([^"]+)"', page)[1]
    answer = client.post(
        reverse("people:register"),
        {"where": where(gulnora), "looked": looked, "called": "Зарина", "birth_year": "1990", "about": "on"},
    )
    person = Person.objects.get(birth_year=1990)
    assert answer.url == reverse("people:detail", args=[person.pk])
    assert person.birth_known == Person.BirthKnown.ESTIMATED
    assert "Зарина" in read(client, "people:detail", person.pk)


def test_nobody_very_like_another_is_registered_without_looking_at_them(world, gulnora):
    client = world.client_of("companion")
    Person.objects.filter(pk=gulnora.pk).update(birth_year=1984, sex="woman")
    answers = {"where": where(gulnora), "called": "Gulnora Rahimova", "birth_year": "1984", "sex": "woman"}
    answer = client.post(reverse("people:register"), answers)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "already registered" in page
    assert NAME in page
    assert 'value="Gulnora Rahimova"' in page
    looked = re.search(r'name="looked" value="([^"]+)"', page)[1]
    assert client.post(reverse("people:register"), {**answers, "looked": looked}).status_code == 302
    assert DuplicatePair.objects.count() == 1


def where(person):
    return person.organisation.partnerships.get(programme=person.programme).pk


def test_another_companion_learns_a_code_and_no_name(world, gulnora):
    client = world.client_of("other_companion")
    answer = client.post(reverse("people:search"), {"where": where(gulnora), "called": "Rahimova Gulnara"})
    page = answer.content.decode()
    assert show_code(gulnora.code) in page
    assert "Рахимова" not in page
    assert reverse("people:detail", args=[gulnora.pk]) not in page


def test_a_name_is_in_no_title_and_no_address(world, gulnora):
    client = world.client_of("companion")
    for name in ("people:detail", "people:correct", "people:messages", "people:consent_give"):
        page = read(client, name, gulnora.pk)
        assert "Рахимова" not in title(page)
        assert "Рахимова" not in " ".join(re.findall(r'(?:href|action)="([^"]*)"', page))


def test_a_list_of_fifty_asks_no_more_of_the_database_than_one_of_five(world, django_assert_max_num_queries):
    for _ in range(55):
        PersonFactory(organisation=world.organisation, registered_by=world.companion)
    client = world.client_of("companion")
    read(client, "people:list")
    with django_assert_max_num_queries(29):
        page = read(client, "people:list")
    assert page.count(NAME) == 50
    assert Entry.objects.filter(verb="identity.listed").count() == 2


def test_an_authority_sees_a_code_until_the_person_consents_and_again_once_it_is_taken_back(world, gulnora):
    client = world.client_of("authority")
    detail = reverse("people:detail", args=[gulnora.pk])
    assert client.get(detail).status_code == 404
    given = consent(gulnora, world.authority_office)
    assert NAME in client.get(detail).content.decode()
    assert Entry.objects.filter(verb="identity.read", person_id=gulnora.pk, actor_id=world.authority.pk).exists()
    assert NAME in read(client, "people:list")
    services.withdraw_consent(consent=given, by=world.companion)
    assert client.get(detail).status_code == 404
    assert NAME not in read(client, "people:list")


def test_an_authority_who_may_know_a_name_learns_nothing_the_person_did_not_agree_to(world, gulnora):
    Person.objects.filter(pk=gulnora.pk).update(disability="some", household=7)
    consent(gulnora, AuthorityFactory(names={"en": "The other office"}))
    consent(gulnora, world.authority_office)
    page = read(world.client_of("authority"), "people:detail", gulnora.pk)
    assert NAME in page
    for unsaid in ("The other office", "Difficulty", "household"):
        assert unsaid not in page
        assert unsaid in read(world.client_of("companion"), "people:detail", gulnora.pk)


def test_an_authority_who_may_know_a_name_changes_nothing(world, gulnora):
    consent(gulnora, world.authority_office)
    client = world.client_of("authority")
    page = read(client, "people:detail", gulnora.pk)
    assert reverse("people:correct", args=[gulnora.pk]) not in page
    assert client.get(reverse("people:card", args=[gulnora.pk])).status_code == 404
    assert client.get(reverse("people:messages", args=[gulnora.pk])).status_code == 404


def test_the_page_says_who_read_the_file(world, gulnora):
    client = world.client_of("companion")
    read(client, "people:list")
    page = read(client, "people:detail", gulnora.pk)
    assert "saw the name in a list" in page
    assert "opened the file" in page


def test_a_correction_keeps_what_was_typed_when_it_is_refused(world, gulnora):
    client = world.client_of("companion")
    address = reverse("people:correct", args=[gulnora.pk])
    answer = client.post(address, {"called": "Гулнора апа", "birth_year": "84"})
    assert answer.status_code == 422
    assert "Гулнора апа" in answer.content.decode()
    assert client.post(address, {"called": "Гулнора апа", "other_names": "Gulnora\nغولنورا"}).status_code == 302
    page = read(client, "people:detail", gulnora.pk)
    assert "غولنورا" in page


def test_consent_is_given_to_the_words_on_the_page(world, gulnora):
    ConsentTextFactory(programme=gulnora.programme)
    client = world.client_of("companion")
    address = reverse("people:consent_give", args=[gulnora.pk]) + "?language=fr"
    page = client.get(address).content.decode()
    assert "J’accepte" in page
    read_hash = re.search(r'name="text_hash" value="(\w+)"', page)[1]
    answers = {"recipient": str(world.authority_office.pk), "way": "witness", "text_hash": read_hash}
    assert client.post(address, answers).status_code == 422
    assert client.post(address, {**answers, "witness": "Саидова"}).status_code == 302
    assert gulnora.consents.get().language == "fr"
    assert client.post(address.replace("fr", "en"), {**answers, "way": "oral"}).status_code == 422


def test_a_recorded_voice_is_sealed_and_handed_back_as_a_file_only(world, gulnora):
    ConsentTextFactory(programme=gulnora.programme)
    client = world.client_of("companion")
    address = reverse("people:consent_give", args=[gulnora.pk]) + "?language=en"
    read_hash = re.search(r'name="text_hash" value="(\w+)"', client.get(address).content.decode())[1]
    answers = {"recipient": str(world.authority_office.pk), "way": "voice", "text_hash": read_hash}
    page = SimpleUploadedFile("x.html", b"<script>", content_type="text/html")
    assert client.post(address, {**answers, "proof": page}).status_code == 422
    voice = SimpleUploadedFile("voice.webm", b"\x1aE\xdf\xa3 I agree", content_type="audio/webm")
    assert client.post(address, {**answers, "proof": voice}).status_code == 302
    given = gulnora.consents.get()
    assert b"I agree" not in bytes(given.evidence_sealed)
    proof = reverse("people:consent_proof", args=[given.pk])
    answer = client.get(proof)
    assert (answer.content, answer["Content-Type"]) == (b"\x1aE\xdf\xa3 I agree", "application/octet-stream")
    assert answer["Content-Disposition"] == 'attachment; filename="proof.webm"'
    for stranger in ("other_companion", "authority"):
        assert world.client_of(stranger).get(proof).status_code == 404


def test_a_person_is_lent_a_line_and_reached_through_it(world, gulnora):
    line = LentLineFactory(organisation=world.organisation)
    client = world.client_of("companion")
    lend = {"lent_line": str(line.pk), "kind": "phone", "who_answers": "self", "value": ""}
    assert client.post(reverse("people:contact_add", args=[gulnora.pk]), lend).status_code == 302
    relay = world.client_of("relay")
    arrived = {"lent_line": str(line.pk), "words": "The passport is ready"}
    assert relay.post(reverse("people:message_receive"), arrived).status_code == 302
    assert "The passport is ready" in read(client, "people:inbox")
    assert "The passport is ready" not in read(world.client_of("other_companion"), "people:inbox")
    client.post(reverse("people:message_pass_on", args=[Message.objects.get().pk]))
    assert "The passport is ready" not in read(client, "people:inbox")


def test_a_message_finds_its_person_by_the_code_someone_types(world, gulnora):
    line = LentLineFactory(organisation=world.organisation)
    message = services.receive_message(lent_line=line, words="Come", by=world.relay)
    relay = world.client_of("relay")
    address = reverse("people:message_assign", args=[message.pk])
    assert relay.post(address, {"code": "1234"}).status_code == 422
    assert relay.post(address, {"code": PersonFactory().code}).status_code == 422
    assert relay.post(address, {"code": gulnora.code}).status_code == 302
    assert Message.objects.get().lands_with == world.companion


def test_duplicates_stand_side_by_side_and_a_merge_is_undone(world, gulnora):
    Person.objects.filter(pk=gulnora.pk).update(birth_year=1984)
    double = PersonFactory(
        organisation=world.organisation, programme=gulnora.programme, called="Gulnara Rahimova", birth_year=1984
    )
    services.propose_duplicates(person=double)
    client = world.client_of("coordinator")
    page = read(client, "people:duplicates")
    assert NAME in page
    assert "Gulnara Rahimova" in page
    pair = DuplicatePair.objects.get()
    assert client.post(reverse("people:merge", args=[pair.pk]), {"kept": str(world.organisation.pk)}).status_code == 404
    client.post(reverse("people:merge", args=[pair.pk]), {"kept": str(gulnora.pk)})
    assert Person.objects.get(pk=double.pk).merged_into == gulnora
    assert reverse("people:detail", args=[gulnora.pk]) in read(client, "people:detail", double.pk)
    client.post(reverse("people:merge_undo", args=[double.pk]))
    assert Person.objects.get(pk=double.pk).merged_into is None


def test_forgetting_asks_once_more_and_leads_away(world, gulnora):
    client = world.client_of("coordinator")
    address = reverse("people:forget", args=[gulnora.pk])
    assert "cannot be undone" in client.get(address).content.decode()
    assert client.post(address).url == reverse("people:list")
    assert client.get(reverse("people:detail", args=[gulnora.pk])).status_code == 404


def test_a_new_pin_is_shown_once_and_kept_by_no_cache(world, gulnora):
    client = world.client_of("companion")
    answer = client.post(reverse("people:pin_set", args=[gulnora.pk]))
    assert "no-store" in answer["Cache-Control"]
    pin = re.search(r"<bdi>(\d{6})</bdi>", answer.content.decode())[1]
    assert services.check_code_and_pin(code=gulnora.code, pin=pin) == gulnora


def test_consent_to_something_else_shows_no_name(world, gulnora):
    consent(gulnora, world.authority_office, purpose=ConsentText.Purpose.VOICE)
    assert NAME not in read(world.client_of("authority"), "people:list")


@pytest.mark.parametrize("persona", ["companion", "coordinator"])
def test_the_page_of_a_person_asks_the_database_few_questions(furnished_world, persona, django_assert_max_num_queries):
    client, pk = furnished_world.client_of(persona), furnished_world.person.pk
    read(client, "people:detail", pk)
    with django_assert_max_num_queries(29):
        read(client, "people:detail", pk)


def test_who_saves_second_sees_what_was_saved_first_and_loses_nothing(world, gulnora):
    client, address = world.client_of("companion"), reverse("people:correct", args=[gulnora.pk])
    page = client.get(address).content.decode()
    shown = re.search(r'name="seen" value="([^"]+)"', page)[1]
    facts = services.reveal(person=gulnora, by=world.coordinator, why="correction")
    services.correct_identity(person=gulnora, by=world.coordinator, facts=facts, birth_year=1990)
    typed = {"called": "Гулнора", "birth_year": "1980", "household": "5"}
    answer = client.post(address, {**typed, "seen": shown})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "changed: year of birth" in page
    assert "Saved meanwhile: 1990" in page
    assert 'value="1980"' in page
    assert 'value="5"' in page
    again = {**typed, "seen": re.search(r'name="seen" value="([^"]+)"', page)[1]}
    assert client.post(address, again).status_code == 302
    assert Person.objects.get(pk=gulnora.pk).birth_year == 1980
