"""No page that opens to someone who may not know a person holds that person's name."""

import pytest
from django.urls import reverse

from tests import doors
from tests.people.factories import PersonFactory
from tests.test_doors import address_of

pytestmark = pytest.mark.django_db
PLANTED = "Шаҳлохон Тӯтикалонова"
STRANGERS = ["visitor", "person", "other_companion", "coordinator_elsewhere", "authority", "evidence_officer"]
PAGES = [(name, door) for name, door in doors.listed() if door.method == "get" and " " not in name]


@pytest.mark.parametrize("persona", [*STRANGERS, "administrator"])
def test_a_stranger_finds_no_planted_name_on_any_page(persona, furnished_world, caplog):
    world = furnished_world
    planted = PersonFactory(
        organisation=world.organisation, programme=world.programme, registered_by=world.companion, called=PLANTED
    )
    client, shown = world.client_of(persona), []
    for name, door in PAGES:
        address = address_of(name, door.args(world)) + door.query
        response = client.get(address)
        held = b"".join(response) if response.streaming else response.content
        if any(part.encode() in held for part in PLANTED.split()):
            shown.append(address)
    assert shown == []
    assert client.get(reverse("people:detail", args=[planted.pk])).status_code in {302, 404}
    assert PLANTED not in caplog.text


def test_whoever_stands_beside_the_person_does_find_the_name(furnished_world):
    world = furnished_world
    PersonFactory(
        organisation=world.organisation, programme=world.programme, registered_by=world.companion, called=PLANTED
    )
    assert PLANTED in world.client_of("companion").get(reverse("people:list")).content.decode()
