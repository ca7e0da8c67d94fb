"""The names of each organisation's people, opened in the memory of this process and nowhere else.

Names are searched by sound, which no sealed column allows. The first search of an organisation opens all its names (10,000
in about a second); later ones read only what changed since. Who was forgotten is dropped at the
next search, in every process, and everything is dropped when the organisation changes its key.
"""

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import RLock
from uuid import UUID

from relais.kernel import clock
from relais.people.identities import Facts
from relais.people.keys import keyring, keys_of, open_field
from relais.people.matching import Description, describe
from relais.people.models import Identity, Person
from relais.people.name_index import NameIndex

MOST_NAMES = 200_000  # About 80 MB; beyond, the organisation searched longest ago is let go.
# A change is committed some time after its hour was noted: what changed shortly before the last reading is looked at again.
OVERLAP = timedelta(seconds=20)
AT_ONCE = 2000


class Names:
    """The names of one organisation, and when they were read last."""

    def __init__(self, organisation_id: UUID, key_version: int) -> None:
        self.organisation_id = organisation_id
        self.key_version = key_version
        self.index: NameIndex[UUID] = NameIndex()
        self._seen: dict[UUID, datetime] = {}
        self._read_at: datetime | None = None

    def refresh(self) -> None:
        """Read what changed since the last time."""
        identities = Identity.objects.filter(person__organisation=self.organisation_id)
        gone = Person.objects.filter(organisation=self.organisation_id, erased_at__isnull=False).order_by()
        now = clock.now()
        if self._read_at:
            identities = identities.filter(changed_at__gt=self._read_at - OVERLAP)
            gone = gone.filter(erased_at__gt=self._read_at - OVERLAP)
        changed = {
            person_id: changed_at
            for person_id, changed_at in identities.values_list("person_id", "changed_at")
            if self._seen.get(person_id) != changed_at
        }
        for person_id, description in _described(list(changed)):
            self.index.put(person_id, description)
            self._seen[person_id] = changed[person_id]
        for person_id in gone.values_list("pk", flat=True):
            self.index.drop(person_id)
            self._seen.pop(person_id, None)
        self._read_at = now


_held: OrderedDict[UUID, Names] = OrderedDict()
_lock = RLock()


@contextmanager
def names_of(organisation_id: UUID) -> Iterator[NameIndex[UUID]]:
    """Lend the names of an organisation as they are now; other threads wait the few milliseconds of a search."""
    versions = keyring().versions(organisation_id)
    with _lock:
        if not versions:
            yield NameIndex()  # No key yet means nobody is registered yet.
            return
        names = _held.get(organisation_id)
        if names is None or names.key_version != versions[-1]:
            names = _held[organisation_id] = Names(organisation_id, versions[-1])
        _held.move_to_end(organisation_id)
        names.refresh()
        while len(_held) > 1 and sum(len(held.index) for held in _held.values()) > MOST_NAMES:
            _held.popitem(last=False)
        yield names.index


def let_go(organisation_id: UUID) -> None:
    """Drop every name of an organisation from memory."""
    with _lock:
        _held.pop(organisation_id, None)


def description_of(person: Person, facts: Facts) -> Description:
    """Put side by side what is sealed and what is not, as matching compares it."""
    return _describe(facts, person.birth_year, person.birth_known, person.sex, person.territory_id)


def _describe(facts: Facts, year: int | None, known: str, sex: str, place: UUID | None) -> Description:
    return describe(
        *facts.names,
        birth_year=facts.born_on.year if facts.born_on else year,
        year_is_approximate=facts.born_on is None and known == Person.BirthKnown.ESTIMATED,
        sex=sex,
        place=str(place or ""),
    )


def _described(people: list[UUID]) -> Iterator[tuple[UUID, Description]]:
    beside = ("person__birth_year", "person__birth_known", "person__sex", "person__territory_id")
    for start in range(0, len(people), AT_ONCE):
        some = people[start : start + AT_ONCE]
        keys = keys_of(some)
        rows = Identity.objects.filter(person__in=some).values_list("person_id", "sealed", *beside)
        for person_id, sealed, year, known, sex, place in rows:
            if person_id in keys:
                opened = open_field(keys[person_id], "identity", person_id, "sealed", sealed)
                yield person_id, _describe(Facts.from_json(opened), year, known, sex, place)
