"""Making, changing and destroying keys."""

from django.db import transaction

from relais.access.lock import Actor, require
from relais.access.verbs import Verb
from relais.journal import services as journal
from relais.kernel.vault import new_key, unwrap, wrap
from relais.organisations.models import Organisation
from relais.people import memory
from relais.people.keys import keyring, open_for_organisation, place_of_key, seal_for_organisation
from relais.people.models import Message, Person, PersonKey

AT_ONCE = 1000


def create_key(*, person: Person) -> bytes:
    """Make the key of a new person, wrapped by their organisation's."""
    version, above = keyring().create(person.organisation_id)
    key = new_key()
    PersonKey.objects.create(
        person=person,
        wrapped=wrap(above, key, place_of_key(person.pk, version)),
        organisation_id_of_key=person.organisation_id,
        version=version,
    )
    return key


@transaction.atomic
def rotate_organisation_key(*, organisation: Organisation, by: Actor) -> int:
    """Make a new key for an organisation and wrap everyone's key with it; say how many were wrapped.

    The old key stays on its disk: backups made before today still need it, until they are thrown away.
    """
    require(by, Verb.ORGANISATION_MANAGE, organisation)
    ring = keyring()
    ring.create(organisation.pk)
    version, above = ring.rotate(organisation.pk)
    count = 0
    older = PersonKey.objects.select_for_update().filter(organisation_id_of_key=organisation.pk, version__lt=version)
    while rows := list(older.order_by("pk")[:AT_ONCE]):
        for row in rows:
            old = ring.get(organisation.pk, row.version)
            key = unwrap(old, bytes(row.wrapped), place_of_key(row.person_id, row.version))
            row.wrapped, row.version = wrap(above, key, place_of_key(row.person_id, version)), version
        PersonKey.objects.bulk_update(rows, ["wrapped", "version"])
        count += len(rows)
    for message in Message.objects.filter(organisation=organisation).unassigned().iterator():
        words = open_for_organisation(organisation.pk, message.pk, message.sealed)
        message.sealed = seal_for_organisation(organisation.pk, message.pk, words)
        message.save(update_fields=["sealed"])
    memory.let_go(organisation.pk)
    journal.write("organisation.key_rotated", organisation, by=by, version=version, people=count)
    return count
