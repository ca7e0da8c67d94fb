"""Who someone is, for counting, as one word beside each of their cases: a million cases are a few thousand words, each read once."""

from typing import Any
from uuid import UUID

from django.db.models import CharField, Value
from django.db.models.functions import Cast, Coalesce, Concat

from relais.cases.rules import region_of
from relais.people.models import Person
from relais.places.models import Territory

WORDS = ("sex", "status", "disability", "language", "territory")
NUMBERS = ("birth_year", "household")
MARK = "|"

Answers = tuple[Any, ...]
"""What is known of someone, in the order of `WORDS` and `NUMBERS`; None where it is not."""


def word_of(person: Person) -> str:
    """Say who someone is, as `Case.who` keeps it."""
    said = (person.sex, person.status, person.disability, person.language, person.territory_id)
    return MARK.join("" if each is None else str(each) for each in (*said, person.birth_year, person.household))


def as_word(prefix: str) -> Concat:
    """Ask the database for the same of the person a relation leads to: what `Case.who` must say."""
    answers = [
        Coalesce(Cast(f"{prefix}__{name}", CharField()), Value(""), output_field=CharField())
        for name in (*WORDS, *NUMBERS)
    ]
    return Concat(*[part for answer in answers for part in (answer, Value(MARK))][:-1], output_field=CharField())


class Who(dict[str, Answers]):
    """What each word says; the place someone lives in is told as the first territory inside the country."""

    def __init__(self) -> None:
        """Learn the territories."""
        super().__init__()
        self.regions = {id: region_of(path) for id, path in Territory.objects.values_list("pk", "path")}

    def __missing__(self, word: str) -> Answers:
        *words, birth_year, household = word.split(MARK)
        words[-1] = self.regions.get(UUID(words[-1]), "") if words[-1] else ""
        numbers = (int(number) if number else None for number in (birth_year, household))
        answers = self[word] = (*(each or None for each in words), *numbers)
        return answers
