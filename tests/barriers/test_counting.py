"""Who reads from outside counts what they were told, by month and by district; no village and no day is worked out."""

from datetime import date
from itertools import product

import numpy as np
import pytest
from scipy.optimize import LinearConstraint, milp

from relais.access.roles import Role
from relais.access.verbs import Verb
from relais.barriers.counting import heard_by
from relais.barriers.models import Barrier
from relais.places.models import Territory
from tests.barriers.factories import BarrierFactory
from tests.organisations.factories import member
from tests.places.factories import TerritoryFactory

BY = ("headline", "kind", "territory")
SPANS = (30, 90, 365)


@pytest.fixture
def official(passport_office):
    return member(Role.AUTHORITY, passport_office)


@pytest.fixture
def villages():
    """Two villages of one district, and one of another."""
    region = TerritoryFactory(parent=TerritoryFactory())
    here, there = TerritoryFactory(parent=region), TerritoryFactory(parent=region)
    return [TerritoryFactory(parent=here), TerritoryFactory(parent=here), TerritoryFactory(parent=there)]


@pytest.fixture
def heard(programme, sairon, amina, villages):
    """Forty people of two villages, and one who was treated with contempt."""
    told = {"programme": programme, "organisation": sairon, "author": amina, "shared": True}
    for village in villages[1:]:
        BarrierFactory(
            **told, territory=village, kind="fee", headline="Fee", people_count=20, observed_on=date(2026, 9, 3)
        )
    return BarrierFactory(
        **told,
        territory=villages[0],
        kind="refusal",
        headline="Contempt",
        people_count=1,
        observed_on=date(2026, 11, 12),
    )


def read_by(reader, today):
    """Everything a reader can count on a day: each way, each span, everything and each kind alone."""
    reached = Barrier.objects.reachable_by(reader, Verb.BARRIER_READ)
    kept = [reached, *(reached.filter(kind=kind) for kind in ("fee", "refusal"))]
    return [heard_by(reader, rows, by, days, today)[0] for rows in kept for by in BY for days in SPANS]


def test_the_day_and_the_village_of_what_was_told_change_no_count(heard, villages, official):
    days = [date(2026, 11, 22), date(2026, 12, 10), date(2026, 12, 13), date(2027, 2, 1)]
    first = [read_by(official, day) for day in days]
    for day, village in ((1, villages[0]), (30, villages[1]), (21, villages[1])):
        Barrier.objects.filter(pk=heard.pk).update(observed_on=date(2026, 11, day), territory=village)
        assert [read_by(official, day) for day in days] == first


def test_inside_the_organisation_villages_and_days_are_counted_as_they_are(heard, villages, sairon):
    coordinator = member(Role.COORDINATOR, sairon)
    lines = read_by(coordinator, date(2026, 11, 22))
    assert any(line.label == str(villages[0]) and line.people == 1 for found in lines for line in found)
    Barrier.objects.filter(pk=heard.pk).update(observed_on=date(2026, 10, 2))
    assert read_by(coordinator, date(2026, 11, 22)) != lines


def test_outside_a_village_is_counted_with_its_district(heard, villages, official):
    reached = Barrier.objects.reachable_by(official, Verb.BARRIER_READ)
    lines, (this, before), threshold = heard_by(official, reached, "territory", 90, date(2026, 11, 22))
    assert {line.label for line in lines} == {str(villages[0].parent), str(villages[2].parent)}
    assert (this.start, before.start, threshold) == (date(2026, 9, 1), date(2026, 6, 1), 10)
    assert sorted(line.people for line in lines) == [20, 20]


KINDS, MONTHS = ("fee", "refusal", "fear"), (9, 10, 11)


def test_no_few_people_are_worked_out_from_kinds_places_and_months(programme, sairon, amina, official, villages):
    told = {"programme": programme, "organisation": sairon, "author": amina, "shared": True}
    places = [villages[0].parent, villages[2].parent]
    cells = list(product(KINDS, places, MONTHS))
    people = [20, 4, 30, 25, 3, 19, 1, 11, 16, 7, 22, 40, 9, 12, 33, 2, 10, 29]
    for (kind, place, month), count in zip(cells, people, strict=True):
        BarrierFactory(**told, kind=kind, headline=kind, territory=place, people_count=count,
                       observed_on=date(2026, month, 5))  # fmt: skip
    reached, today = Barrier.objects.reachable_by(official, Verb.BARRIER_READ), date(2026, 11, 22)
    rows = []
    for only, by, days in product([None, *KINDS], ("kind", "territory"), SPANS):
        kept = reached.filter(kind=only) if only else reached
        lines, spans, _threshold = heard_by(official, kept, by, days, today)
        for line, (span, figure) in product(lines, enumerate(spans)):
            shown = line.before if span else line.people
            sums = [
                (only in (None, kind)) and line.label in (Barrier.Kind(kind).label, str(place))
                and date(2026, month, 5) in figure
                for kind, place, month in cells
            ]  # fmt: skip
            if shown is not None:
                rows.append((sums, shown, shown + (9 if shown else 0)))
    terms, least, most = (np.array(each, dtype=float) for each in zip(*rows, strict=True))
    assert ((terms @ people >= least) & (terms @ people <= most)).all()
    for place, count in enumerate(people):
        cost = np.eye(len(cells))[place]
        bounds = [
            milp(sign * cost, constraints=LinearConstraint(terms, least, most), integrality=np.ones(len(cells)))
            for sign in (1, -1)
        ]
        assert count >= 10 or round(bounds[0].fun) != round(-bounds[1].fun), cells[place]


def test_what_is_hidden_stands_in_the_order_of_its_words(programme, sairon, amina, official):
    told = {"programme": programme, "organisation": sairon, "author": amina, "shared": True}
    for headline, people in (("Zeal", 3), ("Ample", 2), ("Fee", 30)):
        BarrierFactory(**told, headline=headline, people_count=people, observed_on=date(2026, 11, 3))
    reached = Barrier.objects.reachable_by(official, Verb.BARRIER_READ)
    lines = heard_by(official, reached, "headline", 30, date(2026, 11, 22))[0]
    assert [(line.label, line.people) for line in lines] == [("Ample", None), ("Fee", None), ("Zeal", None)]


@pytest.mark.django_db
def test_a_place_lies_in_one_as_wide_as_asked(villages):
    village, district = villages[0], villages[0].parent
    assert Territory.objects.at_most(2, [village.pk, district.pk]) == {village.pk: district, district.pk: district}
    assert Territory.objects.at_most(9, [village.pk]) == {village.pk: village}
