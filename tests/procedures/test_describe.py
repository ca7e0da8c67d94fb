"""What a procedure says is said in plain words, in each language people read it in."""

from decimal import Decimal

import pytest
from django.utils.translation import override

from relais.cli import messages
from relais.procedures.compare import compare
from relais.procedures.describe import amount_words, change_words, clause_words, condition_words, fee_words, list_words
from relais.procedures.terms import Clause, EvidenceType, Op, Requirement, Step, Version

PACKAGE = messages.PACKAGE / "procedures"
ATTRIBUTES = {
    "age": {"names": {"en": "age", "fr": "âge"}, "values": {}},
    "status": {"names": {"en": "status"}, "values": {"refugee": {"en": "refugee"}, "stateless": {"en": "stateless"}}},
}
PAPERS = tuple(EvidenceType(key=key, names={"en": key.title()}) for key in ("card", "photo", "witness"))
SHOWN_IN_THE_SHELL = {"Read this page in"}


@pytest.mark.parametrize("language", ["ru", "ky"])
def test_the_leaflet_has_all_its_words_in_the_languages_people_read(language):
    known = {messages.key_of(each) for each in messages.catalogue(PACKAGE, language) if messages.is_complete(each)}
    for name in ("procedure_leaflet", "_station", "_asked"):
        template = PACKAGE / "templates" / "procedures" / f"{name}.html"
        for context, text in messages.in_template(template):
            first = text if isinstance(text, str) else text[0]
            assert (context, first) in known or first in SHOWN_IN_THE_SHELL, first
    broken = [each.id for each in messages.catalogue(PACKAGE, language) if messages.strange_placeholders(each)]
    assert broken == []


@pytest.mark.parametrize(
    ("clause", "said"),
    [
        (Clause("age", Op.GE, 18), "age is 18 or more"),
        (Clause("age", Op.LT, 18), "age is less than 18"),
        (Clause("age", Op.IS, 18), "age is 18"),
        (Clause("status", Op.IS_NOT, "refugee"), "status is not “refugee”"),
        (Clause("status", Op.IN, frozenset({"stateless", "refugee"})), "status is “refugee” or “stateless”"),
        (Clause("rent", Op.LT, 5), "rent is less than 5"),
    ],
)
def test_a_condition_reads_as_a_sentence(clause, said):
    with override("en"):
        assert clause_words(clause, ATTRIBUTES) == said


def test_a_range_is_said_as_a_range():
    between = (Clause("age", Op.GE, 18), Clause("age", Op.LT, 28))
    with override("en"):
        assert condition_words(between, ATTRIBUTES) == "age is from 18 to 27"
        assert condition_words((), ATTRIBUTES) == ""
        assert condition_words((*between, Clause("age", Op.LT, 60)), ATTRIBUTES).count("age") == 3


@pytest.mark.parametrize(
    ("what", "amount", "said"),
    [
        ("visits", 0, "no visit"),
        ("visits", 1, "1 visit"),
        ("minutes", 90, "90 minutes"),
        ("minutes", 150, "2 hours"),
        ("days", 0, "no waiting"),
        ("waiting_days", 3, "3 days of waiting"),
        ("documents", 2, "2 documents"),
    ],
)
def test_amounts_are_said_as_people_say_them(what, amount, said):
    with override("en"):
        assert amount_words(what, amount) == said


def test_a_fee_is_written_as_the_language_writes_it():
    with override("en"):
        assert fee_words(Decimal(0), "KGS") == "free"
        assert fee_words(Decimal("1500.50"), "KGS") == "1,500.5\xa0KGS"
    with override("fr"):
        assert fee_words(Decimal(1500), "KGS") == "1\xa0500\xa0KGS"


def version(*lists, condition=(), **step):
    asked = Requirement(key="who", names={"en": "Who"}, lists=lists, condition=condition)
    return Version(
        steps=(Step(key="apply", names={"en": "Apply"}, requirements=(asked,), **step),), evidence_types=PAPERS
    )


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (
            version(frozenset({"card"})),
            version(frozenset({"card"}), frozenset({"photo", "witness"})),
            "“Who” can also be shown by: Photo and Witness.",
        ),
        (
            version(frozenset({"card", "photo"})),
            version(frozenset({"card"})),
            "“Who” now takes only Card, instead of Card and Photo.",
        ),
        (version(visits=2), version(visits=1), "“Apply”: 1 visit instead of 2 visits."),
        (version(fee=Decimal(5)), version(fee=Decimal(0)), "“Apply”: free instead of 5."),
        (version(channel="office"), version(channel="online"), "“Apply” is done online. Before: at an office."),
        (version(place={"en": "Osh"}), version(), "“Apply” takes place elsewhere: —. Before: Osh."),
        (
            version(),
            version(condition=(Clause("age", Op.GE, 18),)),
            "“Who” is asked of fewer people: only if age is 18 or more. Before: everyone.",
        ),
    ],
)
def test_a_change_is_said_in_one_sentence(before, after, said):
    with override("en"):
        assert [change_words(each, before, after, ATTRIBUTES) for each in compare(before, after)] == [said]


def test_a_list_that_asks_for_nothing_is_said_too():
    with override("en"):
        assert list_words(frozenset(), version()) == "nothing to bring"
