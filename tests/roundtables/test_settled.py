"""What became of people is told as it was last let out, until enough of them changed."""

import numpy as np
import pytest
from django.urls import reverse

from relais.cases.fates import Fate, fates_since
from relais.cases.services import close_case
from relais.kernel import clock
from relais.procedures.cohort import Cohort
from relais.programmes.services import settle_counts
from relais.roundtables import services
from relais.roundtables.models import Decision
from relais.roundtables.outcomes import outcomes_of
from relais.roundtables.settled import settled_fates
from tests.cases.factories import CaseFactory, DossierFactory
from tests.roundtables.test_observed import STOPPED
from tests.roundtables.test_studio import text


@pytest.fixture
def adopted(place, meeting, draft):
    """A draft in force since today, foretold over twenty-five people it lets through."""
    at = {"organisation": place.sairon, "programme": place.programme, "procedure": place.procedure}
    place.stopped = [CaseFactory(**at, companion=place.companion, papers=STOPPED) for _ in range(25)]
    decision = services.decide(
        meeting=meeting, title="Two witnesses", outcome="adopted", reasons="Burnt.", version=draft, by=place.official
    )
    services.adopt_draft(decision=decision, by=place.official)
    return Decision.objects.get(pk=decision.pk)


def grant(place, *cases):
    for case in cases:
        case.refresh_from_db()
        close_case(case=case, outcome="granted", closed_on=clock.today(), by=place.companion)


def passed(kept):
    became = settled_fates(kept, Cohort.read(kept.cases), clock.today())
    return int((became.fates.fate == Fate.PASSED).sum())


def test_one_who_gets_there_changes_no_page_and_ten_change_all(place, adopted, sign_in):
    reader = sign_in(place.official)
    pages = [reverse(f"roundtables:{name}", args=[adopted.pk]) for name in ("decision", "observed")]
    monday = [text(reader.get(page)) for page in pages]
    grant(place, *place.stopped[:9])
    assert [text(reader.get(page)) for page in pages] == monday
    grant(place, place.stopped[9])
    assert all(text(reader.get(page)) != before for page, before in zip(pages, monday, strict=True))
    assert "10 got what they came for" in text(reader.get(pages[1]))
    assert "Figures as of" in text(reader.get(pages[1]))


def test_a_dossier_given_back_is_a_change_like_any_other(place, adopted):
    kept = adopted.foretold
    assert passed(kept) == 0
    for case in place.stopped[:9]:
        DossierFactory(case=case, state="returned", reason="missing", decided_on=clock.today(),
                       decided_at=clock.now(), decided_by=place.official)  # fmt: skip
    grant(place, place.stopped[9])
    assert passed(kept) == 1, "ten people changed, one of them got there"


def test_what_is_let_out_is_read_back_as_it_was(place, adopted):
    grant(place, place.stopped[0])
    kept = adopted.foretold
    now = fates_since(place.procedure, kept.on)
    became = settled_fates(kept, Cohort.read(kept.cases), clock.today())
    for name in ("ids", "fate", "day", "kind"):
        assert np.array_equal(getattr(became.fates, name), getattr(now, name))
    assert became.fates.kinds == now.kinds


def test_the_counts_after_a_decision_hold_still_and_are_rounded_down(place, adopted):
    assert [each.open for each in outcomes_of(adopted)] == [0, 20]
    grant(place, *place.stopped[:9])
    assert [each.open for each in outcomes_of(adopted)] == [0, 20]
    grant(place, *place.stopped[9:12])
    assert [each.granted for each in outcomes_of(adopted)] == [0, 10]


def test_counts_hold_still_until_enough_people_are_counted_differently(place):
    def settled(**counts):
        return settle_counts(programme=place.programme, about="anything", counts=counts)[0]

    assert settled(came=30) == {"came": 30}
    assert settled(came=21, left=9) == {"came": 30}
    assert settled(came=20, left=10) == {"came": 20, "left": 10}
    assert settled(came=30, left=10) == {"came": 30, "left": 10}
