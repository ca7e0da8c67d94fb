"""The PIN beside the code: given, checked so that it cannot be guessed, and opened again by a coordinator."""

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from relais.access.lock import Actor, may_reach, require
from relais.access.verbs import Verb
from relais.journal import services as journal
from relais.kernel import clock, codes
from relais.kernel.refusals import Refusal
from relais.people.models import Person

MOST_FAILURES = 5  # Five guesses at a million PINs; then only a coordinator opens the code again.


@transaction.atomic
def set_pin(*, person: Person, by: Actor) -> str:
    """Give the person a PIN, to be told or handed to them now: it is kept only as a hash.

    Whoever accompanies someone gives the first one. To replace a PIN the person already holds takes a coordinator, so that
    nobody beside them can quietly take their own page over.
    """
    require(by, Verb.PERSON_CORRECT, person)
    if person.pin_hash and not may_reach(by, Verb.PIN_UNLOCK, person):
        raise Refusal(
            _("This person has a PIN already."),
            why=_("It opens their own page, and only they should know it."),
            next=_("If they lost it, a coordinator gives them a new one."),
        )
    pin = codes.new_pin()
    person.pin_hash = make_password(pin)
    # A locked code stays locked: whoever could reset it with a new PIN would make the lock useless.
    person.save(update_fields=["pin_hash"])
    journal.write("pin.set", person, by=by, person_id=person.pk)
    return pin


@transaction.atomic
def unlock_pin(*, person: Person, by: Actor) -> Person:
    """Open a code that was closed after too many wrong PINs."""
    require(by, Verb.PIN_UNLOCK, person)
    person.pin_failures, person.pin_locked_at = 0, None
    person.save(update_fields=["pin_failures", "pin_locked_at"])
    journal.write("pin.unlocked", person, by=by, person_id=person.pk)
    return person


@transaction.atomic
def check_code_and_pin(*, code: str, pin: str) -> Person | None:
    """Give the person whose code and PIN these are, or nobody.

    An unknown code, a wrong PIN and a locked code get the same answer after the same work, so that nobody learns which
    codes exist. Failures are counted on the code, never on the address: a village behind one phone is not locked out. It
    answers instead of refusing, because an exception would roll the count back.
    """
    try:
        code, pin = codes.read_code(code), codes.read_pin(pin)
    except Refusal:
        return None
    people = Person.objects.select_for_update().remembered().exclude(pin_hash="")
    person: Person | None = people.filter(code=code).first()
    is_right = check_password(pin, person.pin_hash if person else _nobodys_hash())
    if person is None or person.pin_locked_at is not None:
        return None
    if not is_right:
        person.pin_failures += 1
        if person.pin_failures >= MOST_FAILURES:
            person.pin_locked_at = clock.now()
            journal.write("pin.locked", person, by=None, person_id=person.pk)
        person.save(update_fields=["pin_failures", "pin_locked_at"])
        return None
    if person.pin_failures:
        person.pin_failures = 0
        person.save(update_fields=["pin_failures"])
    return person


_nobody: list[str] = []


def _nobodys_hash() -> str:
    """Give a hash to spend the same time on when there is no such code."""
    if not _nobody:
        _nobody.append(make_password(codes.new_pin()))
    return _nobody[0]
