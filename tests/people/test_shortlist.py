"""Who looks someone up at the door sees few people, and good candidates."""

from relais.people.matching import describe
from relais.people.name_index import NameIndex
from relais.people.shortlist import MOST_SHOWN, shortlist

FIRST = ("Зарина", "Мадина", "Нигора", "Малика", "Парвина", "Шахноза", "Ситора", "Мехри", "Тахмина", "Умида")


def village() -> NameIndex[int]:
    """Forty women of one large family, and one Gulnora among them."""
    index: NameIndex[int] = NameIndex()
    for number in range(40):
        index.put(number, describe(f"Рахимова {FIRST[number % 10]}", birth_year=1950 + number))
    index.put(99, describe("Рахимова Гулнора", birth_year=1984))
    return index


def shown(*names: str, **known) -> list[int]:
    return [match.id for match in shortlist(village().search(describe(*names, **known), limit=20))]


def test_a_common_family_name_does_not_bring_the_whole_family():
    assert shown("Gulnara Rahimova") == [99]


def test_someone_who_is_not_registered_is_nobody_of_that_family():
    assert shown("Bibihon Rahimova") == []


def test_a_first_name_alone_shows_a_few_who_bear_it():
    found = shown("Зарина")
    assert found
    assert {number % 10 for number in found} == {0}
    assert len(found) <= MOST_SHOWN


def test_nobody_found_is_nobody_shown():
    assert shortlist([]) == []
