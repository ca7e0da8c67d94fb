"""Hearing on screen."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from relais.barriers import thread
from relais.barriers.models import Barrier
from relais.barriers.thread import Station, thread_source
from relais.journal.models import Entry
from tests.barriers.factories import BarrierFactory


@pytest.fixture
def world(furnished_world, at):
    at("2026-11-22 09:00")
    return furnished_world


def opened(world, persona, name, *args, query=""):
    response = world.client_of(persona).get(reverse(f"barriers:{name}", args=args) + query)
    assert response.status_code == 200
    return response.content.decode()


def sent(world, persona, name, *args, **told):
    return world.client_of(persona).post(reverse(f"barriers:{name}", args=args), told)


def heard(**more):
    return {
        "id": str(uuid4()),
        "kind": "document",
        "people_count": 1,
        "sort": "barrier",
        "observed_on": "2026-11-20",
    } | more


def test_from_a_case_two_taps_record_a_barrier(world):
    """A picture, then a headline: everything else is known or may be left."""
    page = opened(world, "companion", "record_case", world.heard_case.pk)
    assert "?kind=document" in page
    page = opened(world, "companion", "record_case", world.heard_case.pk, query="?kind=document")
    assert 'name="headline" value="A paper cannot be had"' in page
    response = sent(world, "companion", "record_case", world.heard_case.pk, **heard(headline="A paper cannot be had"))
    barrier = Barrier.objects.latest("recorded_at")
    assert response.headers["Location"] == reverse("barriers:detail", args=[barrier.pk])
    assert (barrier.case, barrier.headline, barrier.author) == (
        world.heard_case,
        "A paper cannot be had",
        world.companion,
    )


def test_the_missing_paper_gives_the_first_headline(world):
    paper = world.heard_case.procedure.evidence_types.get(key="birth-certificate")
    query = f"?kind=document&evidence_type={paper.pk}"
    assert "Cannot get: Birth certificate" in opened(
        world, "companion", "record_case", world.heard_case.pk, query=query
    )


def test_a_paper_of_another_procedure_is_not_found(world):
    query = f"?kind=document&evidence_type={uuid4()}"
    address = reverse("barriers:record_case", args=[world.heard_case.pk]) + query
    assert world.client_of("companion").get(address).status_code == 404


def test_ones_own_words_come_before_the_headline_that_was_tapped(world):
    told = heard(headline="A paper cannot be had", own_headline="The registry burned")
    sent(world, "companion", "record_case", world.heard_case.pk, **told)
    assert Barrier.objects.latest("recorded_at").headline == "The registry burned"


def test_what_was_typed_is_still_there_when_something_is_missing(world):
    response = sent(world, "companion", "record_case", world.heard_case.pk, **heard(account="They waited all day"))
    assert response.status_code == 422
    page = response.content.decode()
    assert "They waited all day" in page
    assert "say it in other words" in page


def test_sending_the_form_twice_records_one_barrier(world):
    told = heard(headline="A paper cannot be had")
    before = Barrier.objects.count()
    for _time in range(2):
        assert sent(world, "companion", "record_case", world.heard_case.pk, **told).status_code == 302
    assert Barrier.objects.count() == before + 1


def test_a_voice_note_can_be_recorded_and_heard_by_those_inside(world):
    sound = SimpleUploadedFile("voice.ogg", b"OggS a voice", content_type="audio/ogg")
    sent(world, "companion", "record_case", world.heard_case.pk, **heard(headline="A paper", voice=sound))
    barrier = Barrier.objects.latest("recorded_at")
    response = world.client_of("coordinator").get(reverse("barriers:voice", args=[barrier.pk]))
    assert (response.content, response.headers["Content-Type"]) == (b"OggS a voice", "audio/ogg")
    assert response.headers["Cache-Control"] == "no-store"
    assert Entry.objects.filter(verb="barrier.voice_heard").count() == 1


def test_a_relay_names_the_companion_who_approves(world):
    place = world.programme.partners.get(organisation=world.organisation).pk
    told = heard(headline="A paper", author=str(world.companion.pk), place=str(place))
    assert sent(world, "relay", "record", **told).status_code == 302
    barrier = Barrier.objects.latest("recorded_at")
    assert (barrier.author, barrier.recorded_by, barrier.approved_at) == (world.companion, world.relay, None)
    assert "A paper" in opened(world, "companion", "approve")
    assert sent(world, "companion", "approved", barrier.pk).status_code == 302
    barrier.refresh_from_db()
    assert barrier.approved_how == "tap"


def test_a_voice_approves_too(world):
    sound = SimpleUploadedFile("voice.ogg", b"OggS yes", content_type="audio/ogg")
    sent(world, "companion", "approved", world.waiting.pk, voice=sound)
    world.waiting.refresh_from_db()
    assert world.waiting.approved_how == "voice"


def test_the_authority_reads_the_words_and_no_more(world):
    page = opened(world, "authority", "detail", world.shared.pk)
    assert world.shared.account in page
    assert str(world.companion) not in page.replace("companion beside", "")
    assert world.heard_case.person.code not in page
    assert str(world.shared.observed_on) not in page.replace("2026-11-01", "", 1)
    listed = opened(world, "authority", "list")
    assert world.shared.headline in listed
    assert world.barrier.headline not in listed


def test_what_could_identify_someone_is_marked_and_other_words_proposed(world):
    Barrier.objects.filter(pk=world.barrier.pk).update(account="Gulnara rang 0700 123456")
    page = opened(world, "coordinator", "check", world.barrier.pk)
    assert "<mark>Gulnara</mark>" in page
    assert "<mark>0700 123456</mark>" in page
    assert "[a name] rang [a phone number]" in page
    assert (
        sent(world, "coordinator", "check", world.barrier.pk, headline="A", account="Gulnara rang").status_code == 422
    )
    told = {"headline": "A paper", "account": "She rang"}
    assert sent(world, "coordinator", "check", world.barrier.pk, **told).status_code == 302
    world.barrier.refresh_from_db()
    assert (world.barrier.account, world.barrier.shared_by) == ("She rang", world.coordinator)


def test_several_are_shared_at_once_unless_one_still_identifies(world):
    assert sent(world, "coordinator", "share", barriers=[str(world.barrier.pk)]).status_code == 302
    Barrier.objects.filter(pk=world.grouped.pk).update(account="Ring 0700 123456")
    response = sent(world, "coordinator", "share", barriers=[str(world.grouped.pk)])
    assert response.status_code == 422
    assert reverse("barriers:check", args=[world.grouped.pk]) in response.content.decode()


def test_an_answer_reaches_its_author_who_says_so(world):
    page = opened(world, "companion", "detail", world.shared.pk)
    assert "There is an answer" in page
    sent(world, "companion", "told", world.shared.pk)
    assert "There is an answer" not in opened(world, "companion", "detail", world.shared.pk)


def test_what_sounds_alike_is_accepted_by_a_person(world):
    home = {"programme": world.programme, "organisation": world.organisation, "author": world.companion}
    two = [BarrierFactory(**home, headline=words) for words in ("Guard asks for money", "guard asks for mony")]
    page = opened(world, "coordinator", "groups")
    assert "guard asks for mony" in page
    told = {"headline": "The guard asks for money", "barriers": [str(each.pk) for each in two]}
    assert sent(world, "coordinator", "groups", **told).status_code == 302
    assert set(Barrier.objects.filter(group__headline="The guard asks for money")) == set(two)


def test_higher_apps_add_to_the_thread_within_reach_of_the_reader(world, monkeypatch):
    monkeypatch.setattr(thread, "_sources", [])

    @thread_source
    def decided(barrier, reader):
        assert reader == world.authority
        yield Station(date(2026, 11, 20), "Decided at the round table", href="/tables/1/")

    page = opened(world, "authority", "detail", world.shared.pk)
    assert '<a href="/tables/1/">Decided at the round table</a>' in page


def test_the_ranked_list_explains_itself(world):
    page = opened(world, "authority", "needs_detail", world.assessment.pk)
    assert "The roof leaks over both rooms." in page
    assert "50 of 100" in page
    sent(world, "authority", "needs_agree", world.assessment.pk)
    sent(world, "coordinator", "needs_agree", world.assessment.pk)
    assert "agreed by both sides" in opened(world, "authority", "needs_detail", world.assessment.pk)
    sent(world, "coordinator", "needs_weights", world.assessment.pk, roof=5)
    assert "not agreed by both sides" in opened(world, "authority", "needs_detail", world.assessment.pk)


@pytest.mark.parametrize(
    ("persona", "name"),
    [("coordinator", "list"), ("authority", "list"), ("companion", "approve"), ("coordinator", "share"),
     ("coordinator", "groups"), ("coordinator", "counts"), ("authority", "needs")],
)  # fmt: skip
def test_a_longer_list_asks_no_more_questions(world, persona, name):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def questions():
        client = world.client_of(persona)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(reverse(f"barriers:{name}")).status_code == 200
        return len(asked)

    home = {"programme": world.programme, "organisation": world.organisation, "author": world.companion}
    first = questions()
    BarrierFactory.create_batch(6, **home)
    BarrierFactory.create_batch(6, **home, shared=True)
    BarrierFactory.create_batch(6, **home, waiting=True, recorded_by=world.relay)
    assert questions() <= first
    assert first <= 25


def test_a_coordinator_chooses_everything_on_a_page_without_a_script(world):
    page = world.client_of("coordinator").get(reverse("barriers:share"), {"all": "1"}).content.decode()
    assert page.count('name="barriers"') == page.count("checked") > 0
    assert reverse("barriers:share") not in page.split("Choose none")[0].rsplit("<a", 1)[1]


def test_what_names_nobody_stays_chosen_when_something_else_must_be_reworded(world):
    naming = BarrierFactory(
        programme=world.programme, organisation=world.organisation, author=world.companion, account="0700 123456"
    )
    both = {"barriers": [str(world.barrier.pk), str(naming.pk)]}
    refused = world.client_of("coordinator").post(reverse("barriers:share"), both)
    page = refused.content.decode()
    assert refused.status_code == 422
    assert f'value="{world.barrier.pk}" id="share-{world.barrier.pk}" checked' in page
    assert f'id="share-{naming.pk}" checked' not in page
    assert "to reword" in page


def test_the_first_words_are_read_inside_and_the_journal_knows(world):
    client = world.client_of("coordinator")
    assert "first told" in client.get(reverse("barriers:detail", args=[world.reworded.pk])).content.decode()
    page = client.get(reverse("barriers:as_told", args=[world.reworded.pk]))
    assert "She is called Aida" in page.content.decode()
    outside = world.client_of("authority").get(reverse("barriers:detail", args=[world.reworded.pk])).content.decode()
    assert "first told" not in outside
    assert "Aida" not in outside


def test_small_counts_are_hidden_from_outside_and_shown_inside(world):
    home = {"programme": world.programme, "organisation": world.organisation, "shared": True}
    day = world.shared.observed_on
    for headline, people in (("The road is long", 40), ("The fee is too high", 25), ("Nobody reads", 3)):
        BarrierFactory(**home, headline=headline, people_count=people, observed_on=day)
    address = reverse("barriers:counts") + "?days=365"
    inside = world.client_of("coordinator").get(address)
    outside = world.client_of("authority").get(address)
    shown = {line.label: line.people for line in outside.context["page"].object_list}
    assert shown["The road is long"] == 40
    assert shown["Nobody reads"] is None
    assert {line.label: line.people for line in inside.context["page"].object_list}["Nobody reads"] == 3
    assert "are hidden, with what would give them away" in outside.content.decode()
