"""Pages of cases, as people read them."""

from datetime import timedelta

import pytest
from django.urls import reverse

from relais.access.roles import Role
from relais.cases.models import Case, Dossier
from relais.journal.models import Entry
from relais.kernel import clock
from relais.kernel.codes import show_code
from relais.people.services import withdraw_consent
from tests.cases.factories import (
    EVERYTHING,
    CaseFactory,
    DossierFactory,
    FollowUpFactory,
    agree,
    in_same_place,
    paper,
    today,
)
from tests.organisations.factories import member
from tests.places.factories import TerritoryFactory

pytestmark = pytest.mark.django_db
NAME = "Гулнора"


def code_of(case):
    """Give the code as pages show it, so that it can be read aloud."""
    return show_code(case.person.code)


@pytest.fixture
def sign_in(client):
    def signed_in(user):
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return signed_in


def read(client, name, *args, query=""):
    return client.get(reverse(name, args=args) + query).content.decode()


def test_a_companion_sees_their_people_with_the_next_step_and_no_others(sign_in):
    case = CaseFactory(papers={"birth-certificate": 1})
    other = in_same_place(case)
    page = read(sign_in(case.companion), "cases:list")
    assert NAME in page
    assert "Get: Photograph." in page
    assert code_of(case) in page
    assert code_of(other) not in page
    assert Entry.objects.filter(verb="identity.listed", actor_id=case.companion.pk).exists()


def test_the_sentence_filters_by_place_days_and_standing(sign_in):
    chui = TerritoryFactory(code="KG-C", parent=TerritoryFactory())
    case = CaseFactory(papers=EVERYTHING)
    case.person.territory = chui
    case.person.save()
    Case.objects.update(changed_at=clock.now() - timedelta(days=20))
    in_same_place(case)
    client = sign_in(member(Role.COORDINATOR, case.organisation))
    page = read(client, "cases:list", query=f"?standing=ready&place={chui.pk}&days=14")
    assert page.count('class="list-link"') == 1
    assert code_of(case) in page
    assert "No case like this" in read(client, "cases:list", query=f"?place={chui.pk}&days=30")
    for standing in ("open", "returned", "authority", "blocked", "closed"):
        assert client.get(reverse("cases:list"), {"standing": standing}).status_code == 200


def test_lists_ask_a_constant_number_of_questions(sign_in, django_assert_max_num_queries):
    first = CaseFactory(papers=EVERYTHING)
    for _case in range(9):
        follow_up = FollowUpFactory(case=in_same_place(first, papers={"photo": 1}))
        assert follow_up.case.standing == "open"
    client = sign_in(member(Role.COORDINATOR, first.organisation))
    client.get(reverse("cases:list"))  # the organisation's first line in the journal asks once more
    for name in ("cases:list", "cases:follow_ups", "cases:dossiers", "cases:batches", "cases:hand_over"):
        with django_assert_max_num_queries(29):
            assert client.get(reverse(name)).status_code == 200


def test_a_case_page_asks_a_constant_number_of_questions(sign_in, django_assert_max_num_queries):
    case = CaseFactory(papers=EVERYTHING)
    client = sign_in(case.companion)
    read(client, "cases:detail", case.pk)  # the organisation's first line in the journal asks once more
    with django_assert_max_num_queries(29):
        page = read(client, "cases:detail", case.pk)
    assert "Everything is there." in page


def test_what_cannot_be_had_offers_to_tell_the_table(sign_in):
    case = CaseFactory()
    client = sign_in(case.companion)
    birth = paper(case.procedure, "birth-certificate")
    response = client.post(reverse("cases:evidence", args=[case.pk, birth.pk]), {"state": "2", "why": "document"})
    page = client.get(response.url).content.decode()
    assert reverse("barriers:record_case", args=[case.pk]) in page
    assert f"evidence_type={birth.pk}" in page


def test_the_second_of_two_people_keeps_what_they_typed_and_is_told(sign_in):
    case = CaseFactory()
    client = sign_in(case.companion)
    address = reverse("cases:evidence", args=[case.pk, paper(case.procedure, "photo").pk])
    client.post(address, {"state": "1", "revision": "0"})
    refused = client.post(address, {"state": "2", "why": "fee", "revision": "0"})
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "Someone else changed this" in page
    assert 'value="fee" selected' in page
    assert client.post(address, {"state": "2", "why": "fee", "revision": "1"}).status_code == 302


def test_complete_dossiers_are_handed_over_from_the_page_and_those_without_consent_wait(sign_in):
    case = CaseFactory(papers=EVERYTHING)
    agree(case)
    silent = in_same_place(case, papers=EVERYTHING)
    client = sign_in(member(Role.COORDINATOR, case.organisation))
    page = read(client, "cases:hand_over")
    assert f'value="{case.pk}"' in page
    assert f'value="{silent.pk}"' not in page
    assert code_of(silent) in page
    answers = {
        "id": "0198a000-0000-7000-8000-000000000001",
        "cases": [str(case.pk)],
        "handed_on": today().isoformat(),
    }
    response = client.post(reverse("cases:hand_over"), answers)
    assert code_of(case) in client.get(response.url).content.decode()
    assert Dossier.objects.get().case == case


def test_an_official_reads_the_name_only_while_the_person_agrees(sign_in):
    dossier = DossierFactory()
    official = member(Role.AUTHORITY, dossier.authority)
    client = sign_in(official)
    assert NAME in read(client, "cases:dossiers")
    assert Entry.objects.filter(verb="identity.listed", actor_id=official.pk).exists()
    withdraw_consent(consent=dossier.consent, by=dossier.case.companion)
    assert NAME not in read(client, "cases:dossiers")
    assert client.get(reverse("cases:dossier", args=[dossier.pk])).status_code == 404
    batch = read(client, "cases:batch", dossier.batch_id)
    assert NAME not in batch
    assert code_of(dossier.case) not in batch


def test_an_official_who_accepts_goes_to_the_next_dossier_of_the_batch(sign_in):
    dossier = DossierFactory()
    after = DossierFactory(case=in_same_place(dossier.case, papers=EVERYTHING), batch=dossier.batch)
    client = sign_in(member(Role.AUTHORITY, dossier.authority))
    day = {"decided_on": today().isoformat()}
    response = client.post(reverse("cases:dossier_accept", args=[dossier.pk]), day)
    assert response.url == reverse("cases:dossier", args=[after.pk])
    assert client.post(reverse("cases:dossier_accept", args=[after.pk]), day).url == reverse("cases:dossiers")
    assert Case.objects.filter(outcome="granted").count() == 2


def test_a_case_page_never_titles_a_person(sign_in):
    case = CaseFactory()
    page = read(sign_in(case.companion), "cases:detail", case.pk)
    assert NAME not in page.split("</title>")[0]


def test_from_a_complete_case_one_is_led_to_the_words_for_handing_it_over_and_to_who_decides(sign_in):
    case = CaseFactory(papers=EVERYTHING)
    authority = case.procedure.service.authority
    client = sign_in(case.companion)
    way = f"{reverse('people:consent_give', args=[case.person_id])}?purpose=share_dossier&amp;recipient={authority.pk}"
    assert way in client.get(reverse("cases:detail", args=[case.pk])).content.decode()
