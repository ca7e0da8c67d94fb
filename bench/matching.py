"""How well people are found again: at the door, and in batches; 10,000 invented people, and errors like those of FEBRL.

    relais bench matching --people 10000

Names follow Zipf's law, as in a village: a few families are large. A second record of someone is made as people make them: a
letter wrong, another script, names in another order, a name left out, the year guessed or missing (Christen, "Probabilistic Data
Generation for Deduplication and Data Linkage", 2005). Precision is the share of what is shown that is right.
"""

import importlib.util
import random
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from relais.people.matching import LIKELY_SAME, Description, describe
from relais.people.name_index import NameIndex
from relais.people.shortlist import shortlist

SEED = 20261122
SEARCHES = 1000
GIVEN = {
    "woman": "Гулнора Зарина Мадина Фотима Нигора Малика Айгуль Жылдыз Нургуль Айнура Мехри Парвина Шахноза Дилором Сабохат "
    "Зулфия Манижа Тахмина Рухшона Бибихан Назгуль Чолпон Салтанат Гулбахор Мавлуда Фарзона Ойдин Хосият Умида Ситора",
    "man": "Рустам Фарход Алишер Нурлан Азамат Бакыт Далер Шухрат Умед Саид Мурод Фирдавс Илхом Тимур Канат Эркин Улан "
    "Джамшед Хуршед Парвиз Бахром Исмоил Юсуф Абдулло Мирзо Сухроб Ахмад Карим Назар Собир",
}
STEMS = (
    "Рахим Назар Саид Алиев Юсуп Карим Шариф Мирзо Ахмед Холик Тошма Осмон Сафар Одина Хаким Раджаб Джума Абдула Бобо Эргаш "
    "Мамат Кадыр Токто Асан Исмаил Сулаймон Ибрагим Хасан Усман Давлат Гафур Латиф Муса Нор Пулат Салим Тур Умар Файз Хол"
)
ENDS = ("ов", "ев", "зода", "бек")
ARABIC_LETTERS = "ا ب و گ د ي ژ ز ي ي ک ل م ن و پ ر س ت و ف ح ت چ ش ش ي ي يو يا يو"
LATIN_LETTERS = "a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh sh y e yu ya yo"
ARABIC = dict(
    zip(
        "абвгдежзийклмнопрстуфхцчшщыэюяё",
        ARABIC_LETTERS.split(),
        strict=True,
    )
)
LATIN = dict(
    zip(
        "абвгдежзийклмнопрстуфхцчшщыэюяё",
        LATIN_LETTERS.split(),
        strict=True,
    )
)
LETTERS = "абвгдеиклмнорстухш"


@dataclass(frozen=True, slots=True)
class Row:
    """One measure."""

    what: str
    searches: int
    recall: float
    precision: float
    shown: float
    ms_p50: float
    ms_p95: float


@dataclass(frozen=True, slots=True)
class One:
    """Someone invented."""

    given: str
    family: str
    year: int
    sex: str
    place: str

    def described(self) -> Description:
        """Give their record, written with care."""
        return describe(f"{self.family} {self.given}", birth_year=self.year, sex=self.sex, place=self.place)


def measure(people: int, tell: Callable[[str], None]) -> list[Row]:
    """Find people again at the door and in batches, and people nobody registered."""
    tell(f"inventing and indexing {people:,} people")
    random_ = random.Random(SEED)
    known = dict(enumerate(_people(random_, people)))
    strangers = list(_people(random_, SEARCHES))
    index: NameIndex[int] = NameIndex()
    for number, one in known.items():
        index.put(number, one.described())
    sought = random_.sample(sorted(known), min(SEARCHES, people))
    again = [(number, _again(random_, known[number])) for number in sought]
    tell("searching at the door")
    rows = [
        _at_the_door("door, the best twenty", index, again, cut=False),
        _at_the_door("door, few and good (shown)", index, again, cut=True),
        _at_the_door(
            "door, full name, no error",
            index,
            [(n, describe(f"{known[n].given} {known[n].family}")) for n in sought],
            cut=True,
        ),
        _at_the_door("door, nobody registered", index, [(-1, _again(random_, one)) for one in strangers], cut=True),
    ]
    tell("proposing pairs in a batch")
    return [*rows, *_in_batches(random_, known)]


def _at_the_door(what: str, index: NameIndex[int], sought: list[tuple[int, Description]], *, cut: bool) -> Row:
    hits, shown, taken = 0, 0, []
    for number, description in sought:
        begin = time.perf_counter()
        matches = index.search(description)
        matches = shortlist(matches) if cut else matches
        taken.append(1000 * (time.perf_counter() - begin))
        shown += len(matches)
        hits += number in {match.id for match in matches}
    return _row(what, len(sought), (hits / len(sought), hits / max(1, shown), shown / len(sought)), taken)


def _in_batches(random_: random.Random, known: dict[int, One]) -> Iterator[Row]:
    """Write one person in ten down twice, and propose pairs."""
    index: NameIndex[tuple[int, int]] = NameIndex()
    twice = set(random_.sample(sorted(known), len(known) // 10))
    for number, one in known.items():
        index.put((number, 0), one.described())
        if number in twice:
            index.put((number, 1), _again(random_, one, whole=True))
    begin = time.perf_counter()
    pairs = list(index.pairs(LIKELY_SAME))
    taken = 1000 * (time.perf_counter() - begin) / max(1, len(index))
    right = sum(one[0] == match.id[0] for one, match in pairs)
    yield _row(
        "batch, pairs proposed", len(index), (right / len(twice), right / max(1, len(pairs)), len(pairs)), [taken]
    )
    beside = "installed, not compared" if importlib.util.find_spec("splink") else "not installed, not compared"
    yield Row(f"Splink: {beside}", 0, 0.0, 0.0, 0.0, 0.0, 0.0)


def _row(what: str, searches: int, rates: tuple[float, float, float], taken: list[float]) -> Row:
    recall, precision, shown = rates
    p95 = sorted(taken)[int(0.95 * (len(taken) - 1))]
    return Row(what, searches, round(recall, 3), round(precision, 3), round(shown, 1), statistics.median(taken), p95)


def _people(random_: random.Random, count: int) -> Iterator[One]:
    families = [stem.removesuffix("ев") + end for end in ENDS for stem in STEMS.split()]
    random_.shuffle(families)
    for _number in range(count):
        sex = random_.choice(["woman", "woman", "man"])
        family = random_.choices(families, [1 / (rank + 3) for rank in range(len(families))])[0]
        names = GIVEN[sex].split()
        given = random_.choices(names, [1 / (rank + 4) for rank in range(len(names))])[0]
        female = sex == "woman" and family.endswith(("ов", "ев"))
        year, place = random_.randint(1940, 2015), f"village-{random_.randint(1, 60)}"
        yield One(given, family + "а" if female else family, year, sex, place)


def _again(random_: random.Random, one: One, *, whole: bool = False) -> Description:
    """Write someone down as a second volunteer would: in a hurry, by ear, from what they say."""
    names = [_misspelt(random_, one.given), _misspelt(random_, one.family)]
    if random_.random() < 0.5:
        names.reverse()
    if random_.random() < (0.05 if whole else 0.15):
        names = [_misspelt(random_, one.given if random_.random() < 0.3 else one.family)]
    written = _in_script(random_, " ".join(names))
    year = one.year + random_.choice([0, 0, 0, 0, -1, 1, 2]) if random_.random() < 0.7 else None
    more = {"sex": one.sex, "place": one.place if random_.random() < 0.8 else ""} if whole else {}
    return describe(written, birth_year=year, year_is_approximate=True, **more)


def _misspelt(random_: random.Random, name: str) -> str:
    """Make one slip in two names of five: a letter changed, lost, doubled or swapped with the next."""
    if random_.random() > 0.4 or len(name) < 5:
        return name
    place = random_.randint(1, len(name) - 2)
    slip = random_.choice(["change", "lose", "double", "swap"])
    match slip:
        case "change":
            return name[:place] + random_.choice(LETTERS) + name[place + 1 :]
        case "lose":
            return name[:place] + name[place + 1 :]
        case "double":
            return name[:place] + name[place] + name[place:]
        case _:
            return name[:place] + name[place + 1] + name[place] + name[place + 2 :]


def _in_script(random_: random.Random, name: str) -> str:
    script = random_.choices([None, LATIN, ARABIC], [5, 4, 1])[0]
    return "".join(script.get(letter, "" if letter in "ьъ" else letter) for letter in name.lower()) if script else name
