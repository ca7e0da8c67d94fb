"""Mails to members: chosen, short, once, and never about anyone."""

from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from uuid import uuid4

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from relais.accounts.models import Mailed, User
from relais.accounts.services import Waiting, choose_mail, stop_mail, tell_by_mail
from relais.kernel.refusals import Refusal
from tests.accounts.factories import UserFactory

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
NOON, NEXT_DAY = "2026-11-22 12:00", "2026-11-23 12:00"


class Faulty(EmailBackend):
    """A mail server that refuses what it is told to refuse."""

    fault: Exception | None = None

    def send_messages(self, messages):
        if Faulty.fault:
            raise Faulty.fault
        return super().send_messages(messages)


@pytest.fixture(autouse=True)
def _server(settings, at, monkeypatch):
    settings.RELAIS_MAIL = True
    settings.RELAIS_PUBLIC_ADDRESS = "https://relais.example"
    settings.EMAIL_BACKEND = "tests.accounts.test_mailing.Faulty"
    monkeypatch.setattr(Faulty, "fault", None)
    at(NOON)


@pytest.fixture
def amina():
    return UserFactory(username="amina", display_name="Amina", email="amina@example.org", wants_mail=True)


def thing(user, kind="a round table is tomorrow"):
    return Waiting(user.pk, uuid4(), kind)


def test_who_chose_it_is_told_how_much_waits_and_of_which_kind(amina):
    assert tell_by_mail(waiting=[thing(amina), thing(amina), thing(amina, "news")]) == 1
    [sent] = mail.outbox
    assert (sent.to, sent.subject) == (["amina@example.org"], "Something waits for you in Relais")
    assert "- a round table is tomorrow: 2" in sent.body
    assert "- news: 1" in sent.body
    assert "https://relais.example/" in sent.body
    assert "Amina" not in sent.body
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_mail_speaks_the_language_of_its_reader(amina):
    User.objects.update(language="ar")
    tell_by_mail(waiting=[thing(amina)])
    assert mail.outbox[0].subject == "هناك ما ينتظرك في Relais"


def test_nobody_is_written_to_twice_about_one_thing_nor_twice_a_day(amina, at):
    first, later = thing(amina), thing(amina)
    assert tell_by_mail(waiting=[first, first]) == 1
    assert tell_by_mail(waiting=[first, later]) == 0
    at(NEXT_DAY)
    assert tell_by_mail(waiting=[first]) == 0
    assert tell_by_mail(waiting=[first, later]) == 1
    assert "tomorrow: 1" in mail.outbox[1].body


@pytest.mark.parametrize("change", [{"wants_mail": False}, {"is_active": False}])
def test_who_did_not_choose_it_or_left_is_not_written_to(amina, change):
    User.objects.update(**change)
    assert tell_by_mail(waiting=[thing(amina)]) == 0
    assert mail.outbox == []


def test_without_a_mail_server_nothing_is_sent_and_nothing_noted(amina, settings):
    settings.RELAIS_MAIL = False
    assert tell_by_mail(waiting=[thing(amina)]) == 0
    assert not Mailed.objects.exists()


def test_a_server_that_takes_nothing_ends_the_round_and_the_next_one_sends(amina, caplog):
    waiting = [thing(amina)]
    Faulty.fault = SMTPServerDisconnected("gone")
    assert tell_by_mail(waiting=waiting) == 0
    assert "amina" not in caplog.text
    Faulty.fault = None
    assert tell_by_mail(waiting=waiting) == 1


def test_an_address_a_server_refuses_is_not_tried_again_and_holds_up_nobody(amina, caplog):
    waiting = [thing(amina)]
    Faulty.fault = SMTPRecipientsRefused({"amina@example.org": (550, b"nobody here")})
    assert tell_by_mail(waiting=waiting) == 0
    Faulty.fault = None
    assert tell_by_mail(waiting=waiting) == 0
    assert "amina@example.org" not in caplog.text


def test_a_server_that_hangs_up_rudely_stops_nothing(amina, monkeypatch):
    def rudely(self):
        raise SMTPServerDisconnected("gone")

    monkeypatch.setattr(Faulty, "close", rudely)
    assert tell_by_mail(waiting=[thing(amina)]) == 1


def test_what_was_sent_long_ago_is_forgotten(amina, at):
    tell_by_mail(waiting=[thing(amina)])
    at("2027-03-01 12:00")
    tell_by_mail(waiting=[])
    assert not Mailed.objects.exists()


def test_mail_is_chosen_on_ones_own_page_and_needs_an_address(client):
    bo = UserFactory(username="bo")
    client.force_login(bo, backend=BACKEND)
    page = client.get(reverse("accounts:detail")).content.decode()
    assert "Write to me when something waits for me" in page
    refused = client.post(reverse("accounts:mail"), {"wants_mail": "on"})
    assert (refused.status_code, "Without an address" in refused.content.decode()) == (422, True)
    assert client.post(reverse("accounts:mail"), {"email": "bo@example", "wants_mail": "on"}).status_code == 422
    assert client.post(reverse("accounts:mail"), {"email": "bo@example.org", "wants_mail": "on"}).status_code == 302
    bo.refresh_from_db()
    assert (bo.email, bo.wants_mail) == ("bo@example.org", True)


def test_where_no_mail_is_sent_nobody_is_asked_for_an_address(client, settings):
    settings.RELAIS_MAIL = False
    client.force_login(UserFactory(), backend=BACKEND)
    assert 'name="email"' not in client.get(reverse("accounts:detail")).content.decode()


def test_the_link_in_a_mail_stops_it_without_signing_in_and_forgets_the_address(amina):
    tell_by_mail(waiting=[thing(amina)])
    link = mail.outbox[0].extra_headers["List-Unsubscribe"].strip("<>").removeprefix("https://relais.example")
    stranger = Client(enforce_csrf_checks=True)
    assert "Stop writing to me" in stranger.get(link).content.decode()
    amina.refresh_from_db()
    assert amina.wants_mail, "a mail scanner that opens the link stops nothing"
    assert "forgotten" in stranger.post(link, {"List-Unsubscribe": "One-Click"}).content.decode()
    amina.refresh_from_db()
    assert (amina.email, amina.wants_mail) == ("", False)
    stop_mail(user=amina)


def test_a_link_made_elsewhere_stops_nothing(client):
    assert client.get(reverse("accounts:mail_stop", args=["made-up"])).status_code == 404


def test_the_database_itself_wants_an_address_for_a_mail():
    with pytest.raises(IntegrityError), transaction.atomic():
        UserFactory(wants_mail=True)


def test_choosing_the_same_again_writes_nothing(amina):
    choose_mail(user=amina, email=amina.email, wants_mail=True)
    with pytest.raises(Refusal, match="Without an address"):
        choose_mail(user=amina, email=" ", wants_mail=True)
