"""The forms that pages show: every page of the furnished world, read as a browser reads it, and left as it was."""

from django.db import transaction

from tests import doors
from tests.bodies import Forms
from tests.test_doors import address_of

PERSONAS = ("companion", "coordinator", "authority")


def forms_shown(world, client, persona):
    """Give each form that a persona is shown and that changes something, with the URL name of its page."""
    for name, door in doors.listed():
        if " " in name or door.method != "get" or door.status_for(persona) != 200 or door.is_file:
            continue
        address = address_of(name, door.args(world)) + door.query
        with transaction.atomic():
            page = client.get(address).content.decode()
            transaction.set_rollback(True)
        yield from ((name, form) for form in Forms(page, address).forms if form.method == "post")
