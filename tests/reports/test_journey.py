"""The way through a procedure: where people wait, turn back and drop out, and nobody to be found in it."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from relais.access.roles import Role
from relais.cases.models import Case, CaseStep, Strain
from relais.kernel import clock
from relais.reports import sentences, services
from relais.reports.journey import by_group, journey, quartiles, rounded
from relais.reports.queries import Move, moves_of
from tests.cases.factories import BatchFactory, CaseFactory, DossierFactory, in_same_place
from tests.organisations.factories import member
from tests.procedures.factories import make_draft

START = date(2026, 1, 1)


@pytest.fixture
def lived(db, at):
    """Three people: one through a step, handed over, given back, handed again and granted; one waiting; one who gave up."""
    at("2026-06-01 06:00")
    case = CaseFactory(opened_on=START)
    step = case.version.steps.first()
    CaseStep.objects.create(case=case, step=step, done_on=START + timedelta(days=10), entered_at=clock.now(),
                            entered_by=case.companion)  # fmt: skip
    office = case.procedure.service.authority
    for handed, decided, state, reason in ((20, 30, "returned", "missing"), (40, 70, "accepted", "")):
        batch = BatchFactory(organisation=case.organisation, procedure=case.procedure, authority=office,
                             handed_on=START + timedelta(days=handed))  # fmt: skip
        DossierFactory(case=case, batch=batch, state=state, reason=reason, decided_on=START + timedelta(days=decided),
                       decided_at=clock.now(), decided_by=case.companion)  # fmt: skip
    end = {"closed_at": clock.now(), "closed_by": case.companion}
    Case.objects.filter(pk=case.pk).update(outcome="granted", closed_on=START + timedelta(days=70), **end)
    in_same_place(case, opened_on=START)
    gone = in_same_place(case, opened_on=START)
    Case.objects.filter(pk=gone.pk).update(outcome="gave_up", closed_on=START + timedelta(days=50), **end)
    slip = in_same_place(case, opened_on=START)
    Case.objects.filter(pk=slip.pk).update(outcome="mistake", closed_on=START, **end)
    return case


def test_each_case_is_followed_from_one_event_to_the_next(lived):
    key = lived.version.steps.first().key
    found = {(move.what, move.to): (move.days, move.people) for move in moves_of(lived.procedure.pk, date(2026, 6, 1))}
    assert found == {
        ("opened", f"step:{key}"): (10, 1),
        (f"step:{key}", "handed"): (10, 1),
        ("handed", "returned"): (10, 1),
        ("returned", "handed"): (10, 1),
        ("handed", "granted"): (30, 1),
        ("opened", ""): (151, 1),
        ("opened", "gave_up"): (50, 1),
    }


def test_moves_are_told_apart_by_group_and_by_version(lived):
    moves = list(moves_of(lived.procedure.pk, date(2026, 6, 1), by="sex", version=lived.version_id))
    assert {move.group for move in moves} == set(Case.objects.values_list("person__sex", flat=True))
    assert sum(move.people for move in moves) == 7
    assert list(moves_of(lived.procedure.pk, date(2026, 6, 1), by="territory", version=lived.pk)) == []


def test_the_worst_place_is_where_most_days_are_spent():
    moves = [
        Move("opened", "handed", 10, "", 60), Move("opened", "", 200, "", 40), Move("handed", "granted", 5, "", 30),
        Move("handed", "returned", 3, "", 20), Move("returned", "handed", 9, "", 20), Move("handed", "granted", 9, "", 30),
        Move("opened", "lost", 30, "", 12), Move("opened", "step:old", 1, "", 15), Move("step:old", "moved", 2, "", 15),
    ]  # fmt: skip
    found = journey(moves, ["apply"])
    opened, handed, returned, old = found.stays
    assert (found.people, opened.people, opened.waiting, opened.dropped) == (127, 127, 40, 12)
    assert (handed.people, handed.returned, handed.quartiles) == (80, 20, (3, 5, 9))
    assert (returned.people, returned.quartiles, old.what) == (20, (9, 9, 9), "step:old")
    assert found.worst == opened
    assert found.ends == {"granted": 60, "": 40, "dropped": 12, "moved": 15}
    assert not found.hides
    places = sentences.place_words({}, [stay.what for stay in found.stays])
    assert sentences.headline(found, places) == (
        "Most days are lost after the case is opened: 127 people came here, half of those who went on took 10 days or "
        "more, and 40 are still here."
    )
    assert places["step:old"] == "after “old”"
    assert sentences.ends(found)[-1] == ("still on the way", 40)
    assert len(sentences.chart(found, places)["rows"]) == 4


def test_a_place_nobody_waits_at_any_more_is_said_without_them():
    found = journey([Move("opened", "granted", 40, "", 30)], [])
    said = sentences.headline(found, {"opened": "after the case is opened"})
    assert said.endswith("half of those who went on took 40 days or more.")


def test_small_numbers_are_hidden_with_what_would_give_them_away():
    moves = [
        Move("opened", "handed", 5, "", 50),
        Move("opened", "gave_up", 9, "", 3),
        Move("handed", "granted", 7, "", 50),
    ]
    found = journey(moves, [])
    assert found.hides
    assert found.stays[0].dropped is None
    assert None in found.ends.values()
    few = journey([Move("opened", "granted", 5, "", 4)], [])
    assert few.worst is None
    assert sentences.headline(few, {}) == "Too few people have gone this way to say where they wait."
    assert sentences.chart(few, {}) is None


def test_what_is_told_of_a_place_is_rounded_down():
    told = rounded(journey([Move("opened", "granted", 5, "", 47), Move("opened", "", 9, "", 16)], []))
    assert (told.people, told.stays[0].people, told.stays[0].waiting, told.ends) == (
        60,
        60,
        10,
        {"granted": 40, "": 10},
    )
    assert told.stays[0].dropped == 0


def test_moves_hold_still_until_enough_people_moved_and_days_go_by(lived, at, monkeypatch):
    def settled(today, *moves):
        at(f"{today} 08:00")
        monkeypatch.setattr(services, "moves_of", lambda *_asked, **_more: moves)
        return services.settled_moves(procedure=lived.procedure)

    first = [Move("opened", "", 9, "", 30), Move("opened", "granted", 5, "", 20)]
    assert settled(date(2026, 6, 1), *first) == (first, date(2026, 6, 1))
    older = [Move("opened", "", 12, "", 30), Move("opened", "granted", 5, "", 20)]
    assert settled(date(2026, 6, 4), *older) == (first, date(2026, 6, 1)), "three days went by, nobody moved"
    nine = [Move("opened", "", 12, "", 21), Move("opened", "granted", 5, "", 29)]
    assert settled(date(2026, 6, 4), *nine)[1] == date(2026, 6, 1)
    ten = [Move("opened", "", 12, "", 20), Move("opened", "granted", 5, "", 30)]
    assert settled(date(2026, 6, 4), *ten) == (ten, date(2026, 6, 4))


def test_groups_are_compared_where_the_way_is_worst():
    moves = [
        Move("opened", "handed", 5, "woman", 20), Move("opened", "handed", 9, "man", 15), Move("opened", "", 9, "", 12),
        Move("handed", "granted", 1, "woman", 20),
    ]  # fmt: skip
    assert by_group(moves, "opened") == [("man", 10, 9), ("woman", 20, 5), ("", 10, None)]
    assert by_group([Move("opened", "", 1, "man", 3), Move("opened", "", 1, "woman", 30)], "opened") == [
        ("man", None, None),
        ("woman", None, None),
    ]
    assert quartiles({1: 1}) == (1, 1, 1)


def test_the_page_is_for_partners_and_shows_no_one(client, lived):
    address = reverse("reports:journey", args=[lived.procedure.pk])
    client.force_login(member(Role.COORDINATOR, lived.organisation))
    page = client.get(address, {"by": "sex", "version": lived.version_id}).content.decode()
    assert "Too few people have gone this way" in page
    assert reverse("reports:journey_export", args=[lived.procedure.pk]) in page
    assert client.get(address, {"by": "shoe size"}).status_code == 200
    client.force_login(member(Role.COORDINATOR))
    assert client.get(address).status_code == 404


def test_a_full_page_names_the_worst_place_by_group(client, lived):
    for _number in range(12):
        in_same_place(lived, opened_on=START)
    client.force_login(member(Role.COORDINATOR, lived.organisation))
    gone = Case.objects.filter(closed_on=None)
    gone.update(outcome="granted", closed_on=date(2026, 2, 1), closed_at=clock.now(), closed_by=lived.companion)
    page = client.get(reverse("reports:journey", args=[lived.procedure.pk]), {"by": "sex"}).content.decode()
    assert "Most days are lost after the case is opened" in page
    assert "Who waits longest" in page


def test_a_way_nobody_has_gone_says_how_figures_come(client, lived):
    client.force_login(member(Role.COORDINATOR, lived.organisation))
    page = client.get(reverse("reports:journey", args=[lived.procedure.pk]), {"version": str(lived.version_id)})
    assert page.status_code == 200
    Case.objects.update(outcome="mistake", closed_on=START, closed_at=clock.now(), closed_by=lived.companion)
    page = client.get(reverse("reports:journey", args=[lived.procedure.pk]))
    assert "Nobody has gone this way yet" in page.content.decode()


def test_how_hard_it_was_is_told_to_the_end_of_the_month_before_and_versions_cannot_be_subtracted(client, lived):
    """Twelve said it of one version, three of another: all together there are ten told, as of the one alone."""
    newer = make_draft(lived.procedure, by=member(Role.COORDINATOR, lived.organisation))
    for number in range(15):
        case = in_same_place(lived, opened_on=START)
        Case.objects.filter(pk=case.pk).update(version=lived.version_id if number < 12 else newer.pk)
        said = {"learning": 2 if number < 12 else 5, "effort": 2, "stress": 2}
        Strain.objects.create(case=case, told_on=date(2026, 5, 20), outcome="granted", **said)
    later = in_same_place(lived, opened_on=START)
    Strain.objects.create(case=later, told_on=date(2026, 6, 1), outcome="gave_up", learning=5, effort=5, stress=5)
    client.force_login(member(Role.COORDINATOR, lived.organisation))

    def told(**asked):
        page = client.get(reverse("reports:journey", args=[lived.procedure.pk]), asked).content.decode()
        return page[page.index('id="strain"') :].partition("</table>")[0]

    assert told() == told(version=str(lived.version_id))
    assert '<td class="number">10</td><td class="number">2.0</td>' in told()
    assert "gave up" not in told()
