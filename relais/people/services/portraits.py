"""A picture of someone: kept because they wish it, seen by who stands beside them, gone with their key."""

from django.db import transaction
from django.utils.translation import gettext as _

from relais.access.lock import Actor
from relais.access.verbs import Verb
from relais.journal import services as journal
from relais.kernel import clock
from relais.kernel.refusals import Refusal
from relais.people.actors import require_or_self
from relais.people.keys import key_of, open_field, seal_field
from relais.people.models import Person, Portrait
from relais.people.portraits import small
from relais.people.services.identities import refuse_words


@transaction.atomic
def keep_portrait(*, person: Person, by: Actor, picture: bytes = b"", on_card: bool = False) -> Portrait:
    """Seal a small picture of someone under their key, in place of the one there was; and whether their card shows it.

    Without a picture the one that is kept stays, and only the choice about the card changes.
    """
    require_or_self(by, Verb.PERSON_CORRECT, person)
    portrait = Portrait.objects.select_for_update().filter(person=person).first()
    if portrait is None and not picture:
        raise Refusal(_("Choose a picture."), next=_("Take one now, or leave it: no picture is ever asked for."))
    portrait = portrait or Portrait(person=person)
    if picture:
        portrait.sealed = seal_field(key_of(person), "portrait", person.pk, "sealed", small(picture))
    portrait.on_card, portrait.changed_at = on_card, clock.now()
    portrait.save()
    journal.write(
        "portrait.kept", person, by=by, person_id=person.pk, on_card=on_card, picture="new" if picture else "same"
    )
    return portrait


@transaction.atomic
def reveal_portrait(*, person: Person, by: Actor, why: str) -> bytes:
    """Open the picture of someone for who stands beside them, and write down that it was seen; nothing if there is none.

    No consent opens it to an office: none of the words people agree to names a picture.
    """
    require_or_self(by, Verb.PERSON_CORRECT, person)
    refuse_words(why)
    portrait = Portrait.objects.filter(person=person).first()
    if portrait is None:
        return b""
    picture = open_field(key_of(person), "portrait", person.pk, "sealed", portrait.sealed)
    journal.write("identity.read", person, by=by, person_id=person.pk, why=why)
    return picture


@transaction.atomic
def drop_portrait(*, person: Person, by: Actor) -> None:
    """Throw the picture of someone away; done twice is done once."""
    require_or_self(by, Verb.PERSON_CORRECT, person)
    gone, _kinds = Portrait.objects.filter(person=person).delete()
    if gone:
        journal.write("portrait.dropped", person, by=by, person_id=person.pk)
