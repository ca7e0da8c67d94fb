"""Complete dossiers go over, and come back or end in what people came for."""

from datetime import timedelta

import pytest

from relais.access.lock import OutOfReach
from relais.access.roles import Role
from relais.cases import manifest, services
from relais.cases.models import Batch, Case, Dossier, News
from relais.kernel.codes import show_code
from relais.kernel.ids import uuid7
from relais.kernel.refusals import Conflict, Refusal
from relais.people.services import withdraw_consent
from relais.procedures.models import Requirement
from tests.cases.factories import EVERYTHING, CaseFactory, DossierFactory, agree, in_same_place, today
from tests.organisations.factories import AuthorityFactory, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    """A complete case, agreed to."""
    case = CaseFactory(papers=EVERYTHING)
    agree(case)
    return case


@pytest.fixture
def coordinator(case):
    return member(Role.COORDINATOR, case.organisation)


def authority_of(case):
    return case.procedure.service.authority


def official_of(dossier):
    return member(Role.AUTHORITY, dossier.authority)


def test_complete_dossiers_go_over_in_one_numbered_batch(case, coordinator):
    other = in_same_place(case, papers=EVERYTHING)
    agree(other)
    batch = services.hand_dossiers(cases=[case, other], authority=authority_of(case), by=coordinator)
    assert (batch.number, batch.dossiers.count()) == (f"{today().year}-001", 2)
    assert not Case.objects.ready_to_hand().exists()


def test_a_batch_sent_twice_is_one_batch(case, coordinator):
    sent = uuid7()
    for _time in range(2):
        services.hand_dossiers(cases=[case], authority=authority_of(case), by=coordinator, id=sent)
    assert (Batch.objects.count(), Dossier.objects.count()) == (1, 1)
    with pytest.raises(Conflict):
        services.hand_dossiers(cases=[in_same_place(case)], authority=authority_of(case), by=coordinator, id=sent)


def test_an_incomplete_dossier_keeps_the_whole_batch_and_names_its_code(case, coordinator):
    lacking = in_same_place(case)
    agree(lacking)
    with pytest.raises(Refusal, match=show_code(lacking.person.code)):
        services.hand_dossiers(cases=[case, lacking], authority=authority_of(case), by=coordinator)
    assert not Dossier.objects.exists()


def test_a_dossier_does_not_go_over_without_consent_to_that_authority(case, coordinator):
    withdraw_consent(consent=case.person.consents.get(), by=case.companion)
    with pytest.raises(Refusal, match="has not agreed"):
        services.hand_dossiers(cases=[case], authority=authority_of(case), by=coordinator)


def test_a_dossier_goes_to_the_authority_that_decides_or_one_of_its_offices(case, coordinator):
    with pytest.raises(Refusal, match="does not decide"):
        services.hand_dossiers(cases=[case], authority=AuthorityFactory(), by=coordinator)
    office = AuthorityFactory(parent=authority_of(case))
    agree(case, to=office)
    services.hand_dossiers(cases=[case], authority=office, by=coordinator)
    with pytest.raises(Refusal, match="already with an authority"):
        services.hand_dossiers(cases=[case], authority=office, by=coordinator)


def test_a_batch_holds_dossiers_of_ones_own_organisation_and_one_procedure(case, coordinator):
    with pytest.raises(OutOfReach):
        services.hand_dossiers(cases=[CaseFactory()], authority=authority_of(case), by=coordinator)
    with pytest.raises(Refusal, match="No dossier"):
        services.hand_dossiers(cases=[], authority=authority_of(case), by=coordinator)
    with pytest.raises(Refusal, match="has not come"):
        services.hand_dossiers(
            cases=[case], authority=authority_of(case), by=coordinator, handed_on=today() + timedelta(days=5)
        )


def test_an_accepted_dossier_ends_the_case_with_what_the_person_came_for():
    dossier = DossierFactory()
    official = official_of(dossier)
    for _time in range(2):
        services.accept_dossier(dossier=dossier, by=official)
    case = Case.objects.get()
    assert (case.outcome, case.closed_on, case.closed_by) == ("granted", today(), official)
    assert News.objects.get(to=case.companion).kind == "accepted"
    with pytest.raises(Refusal, match="decided already"):
        services.return_dossier(dossier=dossier, reason="missing", by=official)
    with pytest.raises(Refusal, match="stays closed"):
        services.reopen_case(case=case, by=case.companion)


def test_a_returned_dossier_says_why_and_is_heard(monkeypatch):
    heard = []
    monkeypatch.setattr("relais.cases.returns._hearers", [lambda dossier, by: heard.append((dossier, by))])
    dossier = DossierFactory()
    official = official_of(dossier)
    asked = Requirement.objects.get(step__version=dossier.case.version, key="face")
    for _time in range(2):
        services.return_dossier(dossier=dossier, reason="expired", requirement=asked, by=official)
    dossier.refresh_from_db()
    assert (dossier.state, dossier.requirement, heard) == ("returned", asked, [(dossier, official)])
    assert set(Case.objects.came_back()) == {dossier.case}
    assert News.objects.get().detail == {"reason": "expired"}


def test_a_return_without_a_reason_is_refused():
    dossier = DossierFactory()
    official = official_of(dossier)
    with pytest.raises(Refusal, match="why the dossier goes back"):
        services.return_dossier(dossier=dossier, reason="", by=official)
    with pytest.raises(Refusal, match="in words"):
        services.return_dossier(dossier=dossier, reason="other", by=official)
    elsewhere = Requirement.objects.exclude(step__version=dossier.case.version).first()
    assert elsewhere is None
    with pytest.raises(Refusal, match="before the dossier was handed over"):
        services.accept_dossier(dossier=dossier, by=official, decided_on=today() - timedelta(days=9))


def test_a_dossier_that_came_back_can_go_over_again_and_waits_no_longer_as_returned():
    dossier = DossierFactory()
    case = dossier.case
    services.return_dossier(dossier=dossier, reason="unreadable", by=official_of(dossier))
    coordinator = member(Role.COORDINATOR, case.organisation)
    services.hand_dossiers(cases=[case], authority=dossier.authority, by=coordinator)
    assert not Case.objects.came_back().exists()
    assert set(Case.objects.with_authority()) == {case}


def test_an_official_elsewhere_and_the_volunteers_decide_nothing():
    dossier = DossierFactory()
    for stranger in (member(Role.AUTHORITY, AuthorityFactory()), member(Role.COORDINATOR, dossier.organisation)):
        with pytest.raises(OutOfReach):
            services.accept_dossier(dossier=dossier, by=stranger)


def test_a_dossier_taken_back_is_gone_for_the_authority():
    dossier = DossierFactory()
    coordinator = member(Role.COORDINATOR, dossier.organisation)
    for _time in range(2):
        services.withdraw_dossier(dossier=dossier, by=coordinator)
    with pytest.raises(OutOfReach):
        services.accept_dossier(dossier=dossier, by=official_of(dossier))
    lines = manifest.lines_of(manifest.dossiers_of(dossier.batch), official_of(dossier))
    assert [(line.number, line.code, line.called) for line in lines] == [(1, "—", "")]


def test_a_decided_dossier_is_not_taken_back():
    dossier = DossierFactory()
    services.accept_dossier(dossier=dossier, by=official_of(dossier))
    with pytest.raises(Refusal, match="decided already"):
        services.withdraw_dossier(dossier=dossier, by=member(Role.COORDINATOR, dossier.organisation))


def test_an_authority_confirms_once_that_a_batch_arrived():
    dossier = DossierFactory()
    official = official_of(dossier)
    first = services.receive_batch(batch=dossier.batch, by=official).received_at
    assert services.receive_batch(batch=dossier.batch, by=official).received_at == first
    with pytest.raises(OutOfReach):
        services.receive_batch(batch=dossier.batch, by=member(Role.COORDINATOR, dossier.organisation))


def test_the_manifest_prints_in_every_language():
    dossier = DossierFactory()
    lines = manifest.lines_of(manifest.dossiers_of(dossier.batch), official_of(dossier))
    assert lines[0].code == show_code(dossier.case.person.code)
    assert manifest.pdf(dossier.batch, lines).startswith(b"%PDF")
