"""Who reaches what was heard, and what they see of it."""

from dataclasses import asdict

import pytest

from relais.access.roles import Role
from relais.access.verbs import Verb
from relais.barriers.models import Barrier, BarrierGroup, Candidate, NeedsAssessment
from relais.barriers.telling import tell
from tests.barriers.factories import BarrierFactory, BarrierGroupFactory, CandidateFactory, NeedsAssessmentFactory
from tests.organisations.factories import member


@pytest.fixture
def heard(programme, sairon, amina, village):
    """Something Amina heard, that stayed in the organisation."""
    return BarrierFactory(programme=programme, organisation=sairon, author=amina, territory=village)


@pytest.fixture
def shared(programme, sairon, amina, village):
    """Something Amina heard, on the table."""
    return BarrierFactory(
        programme=programme, organisation=sairon, author=amina, territory=village, shared=True, headline="On the table"
    )


@pytest.fixture(autouse=True)
def _elsewhere(db):
    """Put rows of another programme in the room, which must never show."""
    BarrierFactory(shared=True)
    CandidateFactory()


def reached(who, verb=Verb.BARRIER_READ):
    return {barrier.headline for barrier in Barrier.objects.reachable_by(who, verb)}


def test_a_companion_reaches_what_they_heard(heard, shared, amina):
    assert reached(amina) == {heard.headline, shared.headline}


def test_another_companion_reaches_none_of_it(heard, shared, bo):
    assert reached(bo) == set()


def test_a_relay_reaches_what_they_wrote_for_others(heard, programme, sairon, amina, scribe):
    written = BarrierFactory(
        programme=programme, organisation=sairon, author=amina, recorded_by=scribe, headline="Written by Rustam"
    )
    assert reached(scribe) == {written.headline}


def test_a_coordinator_reaches_all_of_their_organisation(heard, shared, dana):
    assert reached(dana) == {heard.headline, shared.headline}


@pytest.mark.parametrize("role", [Role.AUTHORITY])
def test_an_authority_reaches_only_what_was_shared(heard, shared, officer, role):
    assert reached(officer) == {shared.headline}


@pytest.mark.parametrize("role", [Role.EVIDENCE_OFFICER, Role.ADMINISTRATOR])
def test_who_works_beside_the_people_in_the_same_house_still_reads_only_what_was_shared(heard, shared, sairon, role):
    assert reached(member(role, sairon)) == {shared.headline}


def test_a_coordinator_of_another_partner_reaches_only_what_was_shared(heard, shared, neighbours):
    assert reached(member(Role.COORDINATOR, neighbours)) == {shared.headline}


def test_a_coordinator_of_another_programme_reaches_nothing(heard, shared):
    assert reached(member(Role.COORDINATOR)) == set()


def test_who_left_the_organisation_reaches_nothing_any_more(heard, amina, at):
    at("2026-11-20 09:00")
    amina.memberships.update(until="2026-11-01")
    assert reached(amina) == set()


def test_an_authority_that_wrote_a_return_down_does_not_reach_it_before_it_is_shared(programme, sairon, amina, officer):
    BarrierFactory(programme=programme, organisation=sairon, author=amina, recorded_by=officer, kind="returned")
    assert reached(officer) == set()


def test_only_a_coordinator_shares_and_groups(heard, shared, amina, scribe, dana, officer):
    for verb in (Verb.BARRIER_SHARE, Verb.BARRIER_GROUP):
        assert reached(dana, verb) == {heard.headline, shared.headline}
        assert reached(amina, verb) == reached(scribe, verb) == reached(officer, verb) == set()


def test_a_partner_groups_what_was_shared_but_cannot_share_what_another_heard(heard, shared, neighbours):
    partner = member(Role.COORDINATOR, neighbours)
    assert reached(partner, Verb.BARRIER_GROUP) == {shared.headline}
    assert reached(partner, Verb.BARRIER_SHARE) == set()


def test_the_table_answers_what_was_shared(heard, shared, officer, dana, amina):
    assert reached(officer, Verb.TABLE_DECIDE) == {shared.headline}
    assert reached(dana, Verb.TABLE_DECIDE) == {heard.headline, shared.headline}
    assert reached(amina, Verb.TABLE_DECIDE) == set()


def test_a_group_is_known_to_who_reads_one_of_its_barriers(heard, shared, officer, amina, bo, programme):
    inside, open_to_all = BarrierGroupFactory.create_batch(2, programme=programme)
    Barrier.objects.filter(pk=heard.pk).update(group=inside)
    Barrier.objects.filter(pk=shared.pk).update(group=open_to_all)
    groups = {who: set(BarrierGroup.objects.reachable_by(who, Verb.BARRIER_READ)) for who in (officer, amina, bo)}
    assert groups == {officer: {open_to_all}, amina: {inside, open_to_all}, bo: set()}


def as_seen_by(who, barrier):
    return tell(Barrier.objects.with_everything().get(pk=barrier.pk), who)


def test_inside_the_organisation_everything_is_told(shared, dana, amina, village):
    for who in (dana, amina):
        told = as_seen_by(who, shared)
        assert (told.inside.author, told.territory, told.inside.observed_on) == (
            "Amina",
            "Small village",
            shared.observed_on,
        )


def test_a_partner_is_told_neither_who_nor_which_case_nor_which_day(shared, officer):
    told = as_seen_by(officer, shared)
    assert told.inside is None
    assert told.month.day == 1
    written = str(asdict(told))
    assert "Amina" not in written
    assert str(shared.observed_on) == "2026-11-01" or str(shared.observed_on) not in written
    assert not {"case", "case_id", "author", "recorded_by", "observed_on", "dossier", "voice_sealed"} & set(
        asdict(told)
    )


def test_a_partner_is_told_the_district_of_few_people_and_the_village_of_many(shared, officer):
    assert as_seen_by(officer, shared).territory == "Ysyk-Ata"
    Barrier.objects.filter(pk=shared.pk).update(people_count=10)
    assert as_seen_by(officer, shared).territory == "Small village"


def test_a_partner_is_told_the_checked_words(shared, officer):
    told = as_seen_by(officer, shared)
    assert (told.headline, told.account, told.people_count) == (shared.headline, shared.account, 1)


def test_needs_are_read_by_partners_scored_beside_people_and_agreed_by_both_sides(
    programme, sairon, neighbours, amina, dana, officer
):
    assessment = NeedsAssessmentFactory(programme=programme)
    ours = CandidateFactory(assessment=assessment, organisation=sairon)
    theirs = CandidateFactory(assessment=assessment, organisation=neighbours)

    def may(who, verb):
        return assessment in NeedsAssessment.objects.reachable_by(who, verb)

    assert [may(who, Verb.NEEDS_READ) for who in (amina, dana, officer)] == [True, True, True]
    assert [may(who, Verb.NEEDS_ASSESS) for who in (amina, dana, officer)] == [True, True, False]
    assert [may(who, Verb.NEEDS_AGREE) for who in (amina, dana, officer)] == [False, True, True]
    assert set(Candidate.objects.reachable_by(amina, Verb.NEEDS_ASSESS)) == {ours}
    assert theirs not in Candidate.objects.reachable_by(dana, Verb.NEEDS_ASSESS)
    assert not NeedsAssessment.objects.reachable_by(member(Role.COORDINATOR), Verb.NEEDS_READ).filter(pk=assessment.pk)
