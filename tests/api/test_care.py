"""Complaints, duplicates, members, groups, voices and the order of steps, for programs."""

from base64 import b64encode
from uuid import UUID

import pytest

from relais.barriers.models import Barrier, BarrierGroup
from relais.cases.models import Visit
from relais.journal.models import Entry
from relais.organisations.models import ApiToken, Invitation, Membership
from relais.people.models import Complaint, DuplicatePair, Person

SENT = UUID("0198a000-0000-7000-8000-000000000001")
SOUND = b"OggS a voice"


@pytest.fixture
def world(furnished_world):
    return furnished_world


@pytest.fixture
def call(world):
    """Call an operation as someone, and give the status and the answer."""

    def calling(who, method, address, **body):
        client = world.client_of(who)
        answer = getattr(client, method)(f"/api/{address}", body, content_type="application/json")
        return answer.status_code, answer.json()

    return calling


def test_a_complaint_is_taken_once_read_with_a_line_and_answered(world, call):
    address, sent = f"people/{world.person.pk}/complaints", {"id": SENT, "words": "Nobody came."}
    assert call("companion", "post", address, **sent)[0] == 201
    assert call("companion", "post", address, **sent)[1]["id"] == str(SENT)
    assert Complaint.objects.filter(pk=SENT).count() == 1
    _status, read = call("coordinator", "post", "complaints/read", complaints=[SENT])
    assert [(each["words"], each["answer"]) for each in read] == [("Nobody came.", "")]
    assert Entry.objects.filter(verb="complaints.read").exists()
    assert call("authority", "post", "complaints/read", complaints=[SENT])[1] == []
    assert call("coordinator", "post", f"complaints/{SENT}/answer", words="We come on Monday.")[0] == 200
    assert call("coordinator", "post", f"complaints/{SENT}/answer", words="Again")[0] == 409
    waiting = world.client_of("coordinator").get("/api/complaints?open=true").json()
    assert str(SENT) not in [each["id"] for each in waiting["items"]]


def test_two_records_are_seen_side_by_side_merged_and_parted_again(world, call):
    pair, address = world.pair, f"duplicates/{world.pair.pk}"
    _status, both = call("coordinator", "post", f"{address}/compare")
    assert {each["person"]["id"] for each in both} == {str(pair.one_id), str(pair.other_id)}
    assert all(each["called"] for each in both)
    status, kept = call("coordinator", "post", f"{address}/merge", kept=pair.one_id)
    assert (status, kept["id"]) == (200, str(pair.one_id))
    assert Person.objects.get(pk=pair.other_id).merged_into_id == pair.one_id
    assert call("coordinator", "post", f"{address}/merge", kept=pair.one_id)[0] == 409
    assert call("coordinator", "post", f"people/{pair.other_id}/part")[0] == 200
    assert Person.objects.get(pk=pair.other_id).merged_into_id is None
    assert DuplicatePair.objects.get(pk=pair.pk).state == "different"


def test_the_record_that_stands_is_one_of_the_two(world, call):
    assert call("coordinator", "post", f"duplicates/{world.pair.pk}/merge", kept=world.newcomer.pk)[0] == 422


def test_only_a_coordinator_replaces_a_pin_and_it_is_told_once(world, call):
    assert call("companion", "post", f"people/{world.newcomer.pk}/pin")[0] == 200
    assert call("companion", "post", f"people/{world.newcomer.pk}/pin")[0] == 409
    _status, told = call("coordinator", "post", f"people/{world.newcomer.pk}/pin")
    assert told["pin"].isdigit()
    assert told["pin"] not in str(Entry.objects.filter(verb="pin.set").values_list("detail", flat=True))


def test_someone_is_invited_once_changes_role_and_leaves(world, call):
    place, asked = f"organisations/{world.organisation.pk}/invitations", {"id": SENT, "role": "companion"}
    status, made = call("coordinator", "post", place, **asked, label="Aida", days=3)
    assert status == 201
    assert made["way_in"]
    assert call("coordinator", "post", place, **asked)[0] == 409
    assert call("coordinator", "post", f"invitations/{SENT}/withdraw")[0] == 200
    assert Invitation.objects.get(pk=SENT).withdrawn_at
    membership = Membership.objects.get(user=world.other_companion)
    status, changed = call("coordinator", "put", f"members/{membership.pk}", role="relay")
    assert (status, changed["role"]) == (200, "relay")
    assert call("coordinator", "post", f"members/{changed['id']}/end")[0] == 200
    assert not Membership.objects.filter(user=world.other_companion, until=None).exists()


def test_a_program_is_listed_without_its_key_and_shut_out(world, call):
    listed = world.client_of("coordinator").get(f"/api/organisations/{world.organisation.pk}/tokens").json()
    assert str(world.token.pk) in [each["id"] for each in listed["items"]]
    assert "token_hash" not in listed["items"][0]
    assert call("coordinator", "post", f"tokens/{world.token.pk}/revoke")[0] == 200
    assert ApiToken.objects.get(pk=world.token.pk).revoked_at


def test_barriers_are_grouped_once_and_taken_out_again(world, call):
    asked = {"id": SENT, "headline": "No birth certificate", "barriers": [world.shared.pk]}
    status, made = call("coordinator", "post", "groups", **asked)
    assert (status, made["reports"]) == (201, 1)
    assert call("coordinator", "post", "groups", **asked)[0] == 201
    assert BarrierGroup.objects.filter(pk=SENT).count() == 1
    assert call("coordinator", "post", "groups", **{**asked, "headline": "Another"})[0] == 409
    assert call("coordinator", "post", f"groups/{SENT}/barriers", barriers=[world.barrier.pk])[1]["reports"] == 2
    assert call("coordinator", "post", f"barriers/{world.shared.pk}/ungroup")[0] == 200
    assert Barrier.objects.get(pk=world.shared.pk).group is None


def test_a_voice_goes_in_with_a_visit_and_is_heard_with_a_line(world, call):
    sent = {"id": SENT, "happened_on": "2026-01-05", "voice": b64encode(SOUND).decode()}
    assert call("companion", "post", f"cases/{world.case.pk}/visits", **sent)[0] == 201
    assert bytes(Visit.objects.get(pk=SENT).voice_sealed) != SOUND
    _status, heard = call("companion", "post", f"visits/{SENT}/hear")
    assert heard == {"kind": "audio/ogg", "sound": b64encode(SOUND).decode()}
    assert Entry.objects.filter(verb="case.visit_heard").exists()
    assert call("companion", "post", f"cases/{world.case.pk}/visits", **{**sent, "voice": "no base64!"})[0] == 422


def test_steps_of_a_draft_change_places_and_become_one(world, call):
    keys = [step.key for step in world.draft.steps.order_by("position")][::-1]
    _status, whole = call("coordinator", "put", f"versions/{world.draft.pk}/order", keys=keys)
    assert [step["key"] for step in whole["steps"]] == keys
    assert call("coordinator", "put", f"versions/{world.draft.pk}/order", keys=keys[:1])[0] == 409
    status, left = call("coordinator", "post", f"steps/{world.draft_last_step.pk}/merge", into=world.draft_step.pk)
    assert (status, left["id"]) == (200, str(world.draft_step.pk))
    assert not world.draft.steps.filter(pk=world.draft_last_step.pk).exists()
