"""People are found at the door by a name said aloud, and no longer once they are forgotten."""

from hypothesis import given
from hypothesis import strategies as st

from relais.people.matching import describe
from relais.people.name_index import NameIndex

VILLAGE = {
    1: describe("Рахимова Гулнора", birth_year=1984, sex="woman"),
    2: describe("Рахимов Гуломжон", birth_year=1951, sex="man"),
    3: describe("Саидова Зарина", birth_year=1990, sex="woman"),
    4: describe("Mohamed Ali", sex="man"),
    5: describe("Ахмад Алиев"),
    6: describe("Рахимова Гулнора", birth_year=2003, sex="woman"),
}


def village() -> NameIndex[int]:
    index: NameIndex[int] = NameIndex()
    for person, description in VILLAGE.items():
        index.put(person, description)
    return index


def found(index: NameIndex[int], *names: str, **known) -> list[int]:
    return [match.id for match in index.search(describe(*names, **known))]


def test_a_misspelt_name_in_another_script_finds_the_person():
    assert found(village(), "gulnara rakhimva")[:2] == [1, 6]
    assert found(village(), "غولنورا رحيموفا")[:2] == [1, 6]


def test_the_year_decides_between_two_people_of_one_name():
    assert found(village(), "Gulnora Rahimova", birth_year=2003)[0] == 6
    assert found(village(), "Gulnora Rahimova", birth_year=1983, year_is_approximate=True)[0] == 1


def test_the_first_name_alone_is_enough_to_look():
    assert 3 in found(village(), "Zarina")


def test_a_name_nobody_bears_finds_nobody():
    assert found(village(), "Nkechi Okafor") == []
    assert found(village(), "12") == []


def test_someone_forgotten_is_found_no_more_and_leaves_no_word_behind():
    index = village()
    index.drop(3)
    assert found(index, "Зарина Саидова") == []
    assert len(index) == 5
    assert not any("zarina" in str(held) for held in (index._bearers, index._words_by_key.values()))


def test_a_corrected_name_replaces_the_one_before():
    index = village()
    index.put(3, describe("Нигора Саидова"))
    assert found(index, "Нигора")[:1] == [3]
    assert found(index, "Зарина") == []


def test_people_who_may_be_one_are_paired_once():
    index = village()
    index.put(7, describe("Zarina Saidova", birth_year=1990, sex="woman"))
    assert [(person, match.id) for person, match in index.pairs(0.5)] == [(3, 7)]


names = st.lists(
    st.sampled_from(["Гулнора", "Gulnora", "Ali", "Али", "Мухаммад", "Zarina", "Саидов"]), min_size=1, max_size=3
)


@given(st.lists(st.tuples(st.integers(0, 5), st.none() | names.map(" ".join)), max_size=30))
def test_adding_and_forgetting_in_any_order_leaves_the_same_index(steps):
    grown, last = NameIndex[int](), {}
    for person, name in steps:
        if name is None:
            grown.drop(person)
            last.pop(person, None)
        else:
            grown.put(person, describe(name))
            last[person] = describe(name)
    fresh = NameIndex[int]()
    for person, description in last.items():
        fresh.put(person, description)
    for word in ("Gulnora", "Ali", "Saidov"):
        assert grown.search(describe(word)) == fresh.search(describe(word))
    assert dict(grown._words_by_key) == dict(fresh._words_by_key)
    assert +grown.frequencies.counts == +fresh.frequencies.counts
