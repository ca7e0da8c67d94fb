"""A file is taken for what it is, at every place one can be handed in, and not for what it is called."""

import pickle
from base64 import b64encode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from relais.barriers.models import Barrier
from relais.cases.models import Visit
from relais.people.models import Consent
from tests.api.doors import SENT
from tests.barriers.doors import recorded
from tests.test_bodies import REFUSED
from tests.test_doors import JSON

pytestmark = pytest.mark.django_db
HOSTILE = [
    b"<!doctype html><script>alert(1)</script>",
    b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    pickle.dumps({"voice": 1}),
]


def pages(world):
    """Give each form a file is handed in through, with what else it asks."""
    visit = {"id": str(SENT), "happened_on": "2026-01-06", "words": "She found it."}
    agreed = {"recipient": world.authority_office.pk, "way": "voice", "text_hash": "0" * 64}
    yield reverse("cases:visit", args=[world.case.pk]), "voice", visit
    yield reverse("barriers:record_case", args=[world.heard_case.pk]), "voice", recorded(world)
    yield reverse("barriers:approved", args=[world.waiting.pk]), "voice", {}
    yield reverse("people:consent_give", args=[world.person.pk]), "proof", agreed


def operations(world):
    """Give each operation a recording is sent to, with what else it asks."""
    place = {"programme": world.programme.pk, "organisation": world.organisation.pk, "author": world.companion.pk}
    yield f"/api/cases/{world.case.pk}/visits", {"id": SENT, "happened_on": "2026-01-05"}
    yield "/api/barriers", {"id": SENT, "kind": "fee", "headline": "Too dear", **place}


def kept(world):
    world.waiting.refresh_from_db()
    return Visit.objects.count(), Barrier.objects.count(), Consent.objects.count(), world.waiting.approved_at


@pytest.mark.parametrize("hostile", HOSTILE)
def test_what_is_no_recording_is_refused_wherever_it_is_handed_in(hostile, furnished_world):
    client, before = furnished_world.client_of("companion"), kept(furnished_world)
    taken = {}
    for address, field, more in pages(furnished_world):
        file = SimpleUploadedFile("voice.m4a", hostile, content_type="audio/mp4")
        taken[address] = client.post(address, {**more, field: file}).status_code
    for address, more in operations(furnished_world):
        taken[address] = client.post(address, {**more, "voice": b64encode(hostile).decode()}, **JSON).status_code
    assert set(taken.values()) <= REFUSED, taken
    assert kept(furnished_world) == before


def test_what_is_a_recording_is_taken_at_the_same_places(furnished_world):
    client = furnished_world.client_of("companion")
    for address, field, more in list(pages(furnished_world))[:3]:
        file = SimpleUploadedFile("voice.html", b"OggS a voice", content_type="text/html")
        assert client.post(address, {**more, field: file}).status_code == 302, address
    heard = client.get(reverse("cases:voice", args=[SENT]))
    assert (heard.content, heard.headers["Content-Type"]) == (b"OggS a voice", "audio/ogg")
    assert "default-src 'self'" in heard.headers["Content-Security-Policy"]
