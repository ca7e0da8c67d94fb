"""Every dossier an authority gives back is heard."""

import pytest

from relais.access.lock import OutOfReach
from relais.access.roles import Role
from relais.access.verbs import Verb
from relais.barriers.models import Barrier
from relais.barriers.services import hear_returned_dossier, share_barriers
from relais.cases.services import accept_dossier, return_dossier
from relais.journal.models import Entry
from relais.procedures.models import Requirement
from tests.cases.factories import DossierFactory
from tests.organisations.factories import member


@pytest.fixture
def dossier(db):
    return DossierFactory()


@pytest.fixture
def official(dossier):
    return member(Role.AUTHORITY, dossier.authority)


def test_a_return_is_heard_with_its_coded_reason(dossier, official):
    birth = Requirement.objects.get(step__version=dossier.case.version, key="birth")
    return_dossier(dossier=dossier, reason="unreadable", requirement=birth, by=official)
    barrier = Barrier.objects.get()
    assert barrier.headline == "Came back: A proof cannot be read (Where and when you were born)"
    assert (barrier.kind, barrier.dossier, barrier.case) == ("returned", dossier, dossier.case)
    assert (barrier.requirement, barrier.step, barrier.procedure) == (birth, birth.step, dossier.case.procedure)
    assert (barrier.author, barrier.recorded_by, barrier.organisation) == (
        dossier.case.companion,
        official,
        dossier.organisation,
    )
    assert (barrier.approved_how, barrier.shared_at) == ("coded", None)


def test_a_return_without_a_requirement_is_heard_too(dossier, official):
    return_dossier(dossier=dossier, reason="other", remark="The stamp is too pale.", by=official)
    barrier = Barrier.objects.get()
    assert (barrier.headline, barrier.account) == ("Came back: Another reason, told in words", "The stamp is too pale.")


def test_a_return_is_heard_once(dossier, official):
    for _time in range(2):
        return_dossier(dossier=dossier, reason="missing", by=official)
    dossier.refresh_from_db()
    hear_returned_dossier(dossier=dossier, by=official)
    assert Barrier.objects.count() == 1
    assert Entry.objects.filter(verb="barrier.recorded").count() == 1


def test_what_is_accepted_is_no_barrier(dossier, official):
    accept_dossier(dossier=dossier, by=official)
    assert not Barrier.objects.exists()


def test_what_the_authority_remarked_stays_inside_until_it_is_shared(dossier, official):
    return_dossier(dossier=dossier, reason="other", remark="Гулноре нужна другая печать", by=official)
    assert not Barrier.objects.reachable_by(official, Verb.BARRIER_READ).exists()
    coordinator = member(Role.COORDINATOR, dossier.organisation)
    with pytest.raises(Exception, match="could be known"):
        share_barriers(barriers=list(Barrier.objects.all()), by=coordinator)


def test_who_may_not_decide_is_not_heard(dossier):
    with pytest.raises(OutOfReach):
        return_dossier(dossier=dossier, reason="missing", by=member(Role.AUTHORITY))
    assert not Barrier.objects.exists()
