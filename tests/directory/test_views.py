"""The directory on screen."""

from datetime import date

import pytest
from django.urls import reverse

from relais.directory.models import Office
from tests.directory.factories import OfficeFactory

pytestmark = pytest.mark.django_db


def test_anyone_reads_what_a_place_asks_for_and_when_it_was_confirmed(client, at):
    at("2026-11-22 09:00")
    office = OfficeFactory()
    page = client.get(reverse("directory:detail", args=[office.pk])).content.decode()
    for words in ("Two photographs", "The guard is kind", "Monday to Friday", 'datetime="2026-10-01"'):
        assert words in page
    assert "Ask before you travel" not in page


def test_a_page_nobody_confirmed_for_long_says_so(client, at):
    at("2026-11-22 09:00")
    office = OfficeFactory(confirmed_on=date(2025, 1, 1))
    assert "Ask before you travel" in client.get(reverse("directory:detail", args=[office.pk])).content.decode()


def test_a_page_never_says_who_confirmed(client, furnished_world):
    Office.objects.update(confirmed_by=furnished_world.coordinator)
    page = client.get(reverse("directory:detail", args=[furnished_world.office.pk])).content.decode()
    assert str(furnished_world.coordinator) not in page


def test_editing_in_one_language_keeps_the_others(world, furnished_world):
    office, client = furnished_world.office, furnished_world.client_of("coordinator")
    told = {"names": "Passport office, Tokmok", "territory": office.territory_id, "hours": "Closed on Fridays"}
    assert client.post(reverse("directory:edit", args=[office.pk]), told).status_code == 302
    office.refresh_from_db()
    assert office.names == {"en": "Passport office, Tokmok", "ru": "Паспортный стол, Токмок"}
    assert (office.hours, office.asks_for) == ({"en": "Closed on Fridays"}, {})


def test_the_list_asks_a_constant_number_of_questions(client, django_assert_num_queries):
    programme = OfficeFactory().programme
    OfficeFactory.create_batch(20, programme=programme)
    with django_assert_num_queries(2):
        assert client.get(reverse("directory:list")).status_code == 200
