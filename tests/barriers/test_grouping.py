"""Putting together what says the same."""

import pytest

from relais.access.lock import OutOfReach
from relais.access.roles import Role
from relais.barriers.models import BarrierGroup
from relais.barriers.services import group_barriers, ungroup_barrier
from relais.journal.models import Entry
from relais.kernel.refusals import Refusal
from tests.barriers.factories import BarrierFactory
from tests.organisations.factories import member


@pytest.fixture
def two(programme, sairon, amina):
    return BarrierFactory.create_batch(2, programme=programme, organisation=sairon, author=amina)


def test_a_coordinator_groups_what_says_the_same(two, dana):
    group = group_barriers(barriers=two, headline=" No birth certificate ", by=dana)
    assert (group.headline, group.made_by, set(group.barriers.all())) == ("No birth certificate", dana, set(two))
    assert Entry.objects.filter(verb="barrier.grouped").count() == 1


def test_more_can_join_a_group(two, dana, programme, sairon, amina):
    group = group_barriers(barriers=two[:1], headline="No birth certificate", by=dana)
    assert group_barriers(barriers=two[1:], group=group, by=dana) == group
    assert group.barriers.count() == 2


def test_barriers_of_two_programmes_do_not_share_a_group(two, dana, sairon):
    other = BarrierFactory(organisation=sairon)
    with pytest.raises(Refusal, match="different programmes"):
        group_barriers(barriers=[*two, other], headline="No birth certificate", by=dana)


@pytest.mark.parametrize(
    ("headline", "reason"),
    [("", "a headline"), ("Ring 0700 123456", "could be known"), ("Амине отказали", "could be known")],
)
def test_a_group_needs_a_headline_that_names_nobody(two, dana, headline, reason):
    with pytest.raises(Refusal, match=reason):
        group_barriers(barriers=two, headline=headline, by=dana)


def test_an_empty_choice_is_refused(dana, db):
    with pytest.raises(Refusal, match="Choose"):
        group_barriers(barriers=[], headline="No birth certificate", by=dana)


def test_a_group_that_holds_nothing_any_more_is_gone(two, dana):
    group_barriers(barriers=two, headline="No birth certificate", by=dana)
    for barrier in two:
        barrier.refresh_from_db()
        ungroup_barrier(barrier=barrier, by=dana)
    assert not BarrierGroup.objects.exists()
    ungroup_barrier(barrier=two[0], by=dana)
    assert Entry.objects.filter(verb="barrier.ungrouped").count() == 2


def test_a_coordinator_cannot_group_what_another_organisation_kept_to_itself(two, dana, programme, neighbours):
    theirs = BarrierFactory(programme=programme, organisation=neighbours)
    with pytest.raises(OutOfReach):
        group_barriers(barriers=[*two, theirs], headline="No birth certificate", by=dana)


def test_a_group_one_cannot_see_cannot_be_joined(two, dana, programme, neighbours):
    theirs = BarrierFactory(programme=programme, organisation=neighbours)
    group = group_barriers(barriers=[theirs], headline="Theirs", by=member(Role.COORDINATOR, neighbours))
    with pytest.raises(OutOfReach):
        group_barriers(barriers=two, group=group, by=dana)


def test_companions_and_authorities_do_not_group(two, amina, officer):
    for who in (amina, officer):
        with pytest.raises(OutOfReach):
            group_barriers(barriers=two, headline="No birth certificate", by=who)
        with pytest.raises(OutOfReach):
            ungroup_barrier(barrier=two[0], by=who)
