"""Everyone reads where to go; coordinators and authorities of the programme keep it current."""

from tests.directory.factories import OfficeFactory
from tests.doors import Door


def furnish(world):
    world.office = OfficeFactory(programme=world.programme, organisation=world.authority_office)
    OfficeFactory(programme=world.other_programme, organisation=world.elsewhere)


def office(world):
    return [world.office.pk]


def programme(world):
    return [world.programme.slug]


def told(world):
    return {"names": "Passport office", "territory": str(world.programme.country_id)}


def new(world):
    return {**told(world), "key": "kant", "organisation": str(world.authority_office.pk)}


EVERYONE = {"visitor": 200, "person": 200, "rest": 200}
KEEPERS = ("coordinator", "authority")

DOORS = {
    "directory:list": [Door(**EVERYONE), Door(query="?programme=sairon&page=2", **EVERYONE)],
    "directory:detail": Door(args=office, **EVERYONE),
    "directory:edit": [
        Door(args=office, **dict.fromkeys(KEEPERS, 200)),
        Door("post", args=office, data=lambda _: {"names": ""}, **dict.fromkeys(KEEPERS, 422)),
        Door("post", args=office, data=told, **dict.fromkeys(KEEPERS, 302)),
    ],
    "directory:add": [
        Door(args=programme, **dict.fromkeys(KEEPERS, 200)),
        Door("post", args=programme, data=told, **dict.fromkeys(KEEPERS, 422)),
        Door("post", args=programme, data=new, **dict.fromkeys(KEEPERS, 302)),
    ],
    "directory:confirm": [
        Door(args=office, rest=405),
        Door("post", args=office, **dict.fromkeys(KEEPERS, 302)),
    ],
    "directory:close": [
        Door(args=office, rest=405),
        Door("post", args=office, **dict.fromkeys(KEEPERS, 302)),
    ],
}
