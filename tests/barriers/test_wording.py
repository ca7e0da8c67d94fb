"""What nobody wrote is said in the language of who reads it."""

from datetime import date

import pytest
from django.utils import translation

from relais.access.roles import Role
from relais.barriers.models import Barrier
from relais.barriers.services import answer_barrier, share_barriers
from relais.barriers.wording import answer_words, coded_words
from relais.cases.services import return_dossier
from relais.kernel.periods import Period
from relais.procedures.models import Requirement
from tests.barriers.factories import BarrierFactory
from tests.cases.factories import DossierFactory
from tests.organisations.factories import member

CODED = {"reason": "unreadable", "requirement": {"en": "Your birth", "fr": "Votre naissance"}}


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Came back: A proof cannot be read (Your birth)"),
        ("fr", "Revenu : Une pièce est illisible (Votre naissance)"),
    ],
)
def test_a_coded_reason_is_said_in_the_language_of_its_reader(language, said):
    with translation.override(language):
        assert coded_words(CODED) == said


def test_a_rule_in_force_is_told_with_its_day_in_the_language_of_its_reader():
    with translation.override("fr"):
        assert answer_words("Deux témoins.", date(2026, 3, 2)) == "En vigueur depuis le 2 mars 2026. Deux témoins."
    assert answer_words("Two witnesses.", None) == "Two witnesses."


@pytest.fixture
def returned(db):
    """Two dossiers given back for one reason, by officials who work in different languages."""
    dossiers = [DossierFactory(), None]
    dossiers[1] = DossierFactory(
        case__programme=dossiers[0].case.programme, case__procedure=dossiers[0].case.procedure,
        case__version=dossiers[0].case.version,
    )  # fmt: skip
    birth = Requirement.objects.get(step__version=dossiers[0].case.version, key="birth")
    for dossier, language in zip(dossiers, ("fr", "en"), strict=True):
        with translation.override(language):
            official = member(Role.AUTHORITY, dossier.authority)
            return_dossier(dossier=dossier, reason="unreadable", requirement=birth, by=official)
    return list(Barrier.objects.order_by("recorded_at"))


def test_the_same_reason_counts_as_one_whatever_the_language(returned):
    with translation.override("fr"):
        [counted] = Barrier.objects.counted_by("headline", *_year(returned[0].observed_on))
    assert (counted.reports, counted.label.split(" : ")[0]) == (2, "Revenu")


def _year(day):
    now = Period(day.replace(month=1, day=1), day.replace(year=day.year + 1, month=1, day=1))
    return now, Period(now.start.replace(year=day.year - 1), now.start)


def test_a_coded_reason_is_no_rewording_until_someone_rewords_it(returned):
    first, second = returned
    with translation.override("fr"):
        share_barriers(
            barriers=[first],
            by=member(Role.COORDINATOR, first.organisation),
            texts={first.pk: {"headline": str(first)}},
        )
    first.refresh_from_db()
    assert (first.coded is None, first.as_told_sealed) == (False, None)
    words = {second.pk: {"headline": "The stamp is pale"}}
    share_barriers(barriers=[second], by=member(Role.COORDINATOR, second.organisation), texts=words)
    second.refresh_from_db()
    assert (str(second), second.coded) == ("The stamp is pale", None)


def test_the_day_of_a_rule_belongs_to_the_answer_given_with_it(dana, programme, sairon):
    barrier = BarrierFactory(programme=programme, organisation=sairon, shared=True)
    answer_barrier(barrier=barrier, state="solved", answer="Two witnesses.", by=dana, in_force_from=date(2026, 3, 2))
    barrier.refresh_from_db()
    assert barrier.answer_words == "In force since 2 March 2026. Two witnesses."
    answer_barrier(barrier=barrier, state="closed", answer="Not any more.", by=dana)
    barrier.refresh_from_db()
    assert barrier.answer_words == "Not any more."
