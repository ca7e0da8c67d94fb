"""With a code and a PIN a person sees their own file, for a quarter of an hour, on anybody's phone."""

import re
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from relais.kernel.codes import show_code
from relais.people import services, status
from relais.people.models import Consent, Person
from relais.people.status import Section
from tests.people.factories import ConsentTextFactory, PersonFactory, consent
from tests.programmes.factories import ProgrammeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def gulnora(world):
    programme = ProgrammeFactory(partners=[world.organisation, world.authority_office])
    PersonFactory(organisation=world.organisation, programme=programme, called="Зарина Саидова")
    return PersonFactory(organisation=world.organisation, programme=programme, registered_by=world.companion)


@pytest.fixture
def pin(gulnora, world):
    return services.set_pin(person=gulnora, by=world.companion)


@pytest.fixture
def phone(gulnora, pin):
    client = Client()
    answer = client.post(reverse("my:enter"), {"code": gulnora.code, "pin": pin})
    assert answer.url == reverse("my:home")
    return client


def page(client, name):
    answer = client.get(reverse(name))
    assert answer.status_code == 200, name
    return answer.content.decode()


def wrong(pin):
    return f"{(int(pin) + 1) % 1_000_000:06}"


def test_a_wrong_pin_and_an_unknown_code_get_the_same_page(gulnora, pin):
    def answer(code, pin):
        page = Client().post(reverse("my:enter"), {"code": code, "pin": pin})
        assert page.status_code == 422
        return re.sub(r'name="csrfmiddlewaretoken" value="\w+"|nonce="[^"]+"|value="\d+"', "", page.content.decode())

    known = answer(gulnora.code, wrong(pin))
    assert answer("482719538", pin) == known
    for _ in range(5):
        answer(gulnora.code, wrong(pin))
    assert answer(gulnora.code, pin) == known


def test_wrong_pins_from_one_phone_do_not_close_it_for_the_neighbour(gulnora, pin):
    phone = Client()
    for _ in range(8):
        phone.post(reverse("my:enter"), {"code": gulnora.code, "pin": wrong(pin)})
    neighbour = PersonFactory()
    their_pin = services.set_pin(person=neighbour, by=neighbour.registered_by)
    assert phone.post(reverse("my:enter"), {"code": neighbour.code, "pin": their_pin}).status_code == 302


def test_the_page_shows_no_name_and_is_kept_by_no_browser(phone):
    for name in ("my:home", "my:messages", "my:consents", "my:readers", "my:complaint", "my:forget"):
        answer = phone.get(reverse(name))
        assert "no-store" in answer["Cache-Control"]
        assert "Рахимова" not in answer.content.decode()


def test_the_page_closes_after_a_quarter_of_an_hour(gulnora, pin, at):
    at("2026-05-10 08:00")
    client = Client()
    client.post(reverse("my:enter"), {"code": gulnora.code, "pin": pin})
    at("2026-05-10 08:14")
    assert client.get(reverse("my:home")).status_code == 200
    at("2026-05-10 08:28")
    assert client.get(reverse("my:home")).status_code == 200
    at("2026-05-10 08:44")
    assert client.get(reverse("my:home")).url == reverse("my:enter")


def test_a_new_pin_or_leaving_closes_the_page_at_once(phone, gulnora, world):
    services.set_pin(person=Person.objects.get(pk=gulnora.pk), by=world.coordinator)
    assert phone.get(reverse("my:home")).url == reverse("my:enter")


def test_leaving_closes_the_page(phone):
    phone.post(reverse("my:leave"))
    assert phone.get(reverse("my:home")).url == reverse("my:enter")


def test_being_forgotten_closes_the_page(phone, gulnora, world):
    services.forget_person(person=gulnora, by=world.coordinator)
    assert phone.get(reverse("my:home")).url == reverse("my:enter")


def test_a_volunteer_who_lends_the_help_desk_stays_signed_in(world, gulnora, pin):
    desk = world.client_of("companion")
    desk.post(reverse("my:enter"), {"code": gulnora.code, "pin": pin})
    assert desk.get(reverse("my:home")).status_code == 200
    desk.post(reverse("my:leave"))
    assert desk.get(reverse("people:list")).status_code == 200


def test_the_page_of_a_person_is_no_desk(phone):
    assert urlsplit(phone.get(reverse("people:list")).url).path == reverse("account_login")


def test_higher_floors_add_their_own_pieces(phone, gulnora, monkeypatch):
    seen = []

    def appointments(person):
        seen.append(person)
        return Section("people/_readers.html", {})

    monkeypatch.setattr(status, "_own", [(20, lambda _: None), (10, appointments)])
    assert "Nobody yet" in page(phone, "my:home")
    assert seen == [gulnora]


def test_hours_are_those_of_the_place(gulnora, pin, world, at):
    gulnora.programme.time_zone = "Asia/Bishkek"
    gulnora.programme.save()
    at("2026-11-15 09:00")
    services.send_message(person=gulnora, by=world.companion, words="Come on Tuesday.")
    phone = Client()
    phone.post(reverse("my:enter"), {"code": gulnora.code, "pin": pin})
    assert "15:00" in page(phone, "my:messages")


def test_messages_go_both_ways(phone, gulnora, world):
    services.send_message(person=gulnora, words="Come on Monday", by=world.companion)
    assert "1 message for you" in page(phone, "my:home")
    assert "Come on Monday" in page(phone, "my:messages")
    assert "message for you" not in page(phone, "my:home")
    assert phone.post(reverse("my:messages"), {"words": "I will come"}).status_code == 302
    companion = world.client_of("companion")
    assert "I will come" in companion.get(reverse("people:messages", args=[gulnora.pk])).content.decode()


def test_a_person_agrees_and_takes_it_back(phone, gulnora, world):
    ConsentTextFactory(programme=gulnora.programme)
    form = page(phone, "my:consents")
    assert "I agree that this office knows who I am." in form
    text_hash = re.search(r'name="text_hash" value="(\w+)"', form)[1]
    answers = {"recipient": str(world.authority_office.pk), "text_hash": text_hash}
    assert phone.post(reverse("my:consents"), answers).status_code == 302
    given = gulnora.consents.get()
    assert (given.way, given.recorded_by) == (Consent.Way.CODE, None)
    phone.post(reverse("my:consent_withdraw", args=[given.pk]))
    given.refresh_from_db()
    assert given.withdrawn_how == "own page"
    assert "taken back" in page(phone, "my:consents")


def test_a_person_does_not_withdraw_the_consent_of_another(phone, world):
    other = consent(PersonFactory())
    assert phone.post(reverse("my:consent_withdraw", args=[other.pk])).status_code == 404
    other.refresh_from_db()
    assert other.withdrawn_at is None


def test_a_person_sees_who_read_their_file_and_why(phone, gulnora, world):
    world.client_of("companion").get(reverse("people:detail", args=[gulnora.pk]))
    seen = page(phone, "my:readers")
    assert "companion" in seen
    assert "opened the file" in seen


def test_a_complaint_does_not_reach_the_companion_it_may_be_about(phone, gulnora, world):
    assert phone.post(reverse("my:complaint"), {"words": "They shouted at me"}).status_code == 302
    assert "They shouted at me" in page(phone, "my:complaint")
    coordinator = world.client_of("coordinator")
    assert "They shouted at me" in coordinator.get(reverse("people:complaints")).content.decode()
    assert world.client_of("companion").get(reverse("people:complaints")).status_code == 404
    answer = reverse("people:complaint_answer", args=[gulnora.complaints.get().pk])
    assert coordinator.post(answer, {"words": "We are sorry"}).status_code == 302
    assert "We are sorry" in page(phone, "my:complaint")


def test_a_wish_to_be_forgotten_stands_on_the_coordinators_list(phone, gulnora, world):
    phone.post(reverse("my:forget"))
    assert "We received your wish" in page(phone, "my:forget")
    asked = world.client_of("coordinator").get(reverse("people:list") + "?show=asked").content.decode()
    assert show_code(gulnora.code) in asked
