"""Who someone is, for counting, as one word the database writes: a million people are a few thousand words, each read once."""

from typing import Any

from django.db.models import CharField, Value
from django.db.models.functions import Cast, Coalesce, Concat

from relais.cases.rules import region_of
from relais.places.models import Territory

WORDS = ("sex", "status", "disability", "language", "territory")
NUMBERS = ("birth_year", "household")
MARK = "|"

Answers = tuple[Any, ...]
"""What is known of someone, in the order of `WORDS` and `NUMBERS`; None where it is not."""


def as_word(prefix: str = "") -> Concat:
    """Ask for who someone is; `prefix` leads to the person."""
    answers = [
        Coalesce(Cast(f"{prefix}{name}", CharField()), Value(""), output_field=CharField())
        for name in (*WORDS, *NUMBERS)
    ]
    return Concat(*[part for answer in answers for part in (answer, Value(MARK))][:-1], output_field=CharField())


class Who(dict[str, Answers]):
    """What each word says; the place someone lives in is told as the first territory inside the country."""

    def __init__(self) -> None:
        """Learn the territories."""
        super().__init__()
        places = Territory.objects.annotate(text=Cast("pk", CharField())).values_list("text", "path")
        self.regions = {id: region_of(path) for id, path in places}

    def __missing__(self, word: str) -> Answers:
        *words, birth_year, household = word.split(MARK)
        words[-1] = self.regions.get(words[-1], "")
        numbers = (int(number) if number else None for number in (birth_year, household))
        answers = self[word] = (*(each or None for each in words), *numbers)
        return answers
