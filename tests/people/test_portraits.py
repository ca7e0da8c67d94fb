"""A picture of a person: small, sealed, seen by who stands beside them and nobody else, gone with their key."""

import io
from base64 import b64encode
from random import Random

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from relais.access.lock import OutOfReach
from relais.access.roles import Role
from relais.journal.models import Entry
from relais.kernel.refusals import Refusal
from relais.people import portraits, services
from relais.people.keys import Forgotten
from relais.people.models import Portrait
from relais.people.portraits import NoPicture, small
from tests.organisations.factories import AuthorityFactory, member
from tests.people.factories import PersonFactory, consent

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PLACE = "41.8781N 87.6298W"


def photo(kind="JPEG", size=(1200, 1600), mode="RGB", **more):
    """A picture as a phone takes it."""
    written = io.BytesIO()
    Image.new(mode, size, "teal").save(written, kind, **more)
    return written.getvalue()


def told_by_a_phone():
    exif = Image.Exif()
    exif[0x010E] = PLACE
    exif[0x0112] = 6  # held on its side
    return photo(exif=exif)


@pytest.fixture
def amina(db):
    return member(Role.COMPANION)


@pytest.fixture
def person(amina):
    return PersonFactory(organisation=amina.memberships.get().organisation, registered_by=amina)


# --- drawing anew ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "mode"), [("JPEG", "RGB"), ("PNG", "RGBA"), ("PNG", "P"), ("WEBP", "RGB")])
def test_a_picture_of_each_kind_becomes_a_small_jpeg(kind, mode):
    drawn = Image.open(io.BytesIO(small(photo(kind, mode=mode))))
    assert drawn.format == "JPEG"
    assert drawn.width <= portraits.SIZE[0]
    assert drawn.height <= portraits.SIZE[1]


def test_nothing_the_phone_wrote_is_left_and_the_face_stands_upright():
    drawn = small(told_by_a_phone())
    assert PLACE.encode() not in drawn
    kept = Image.open(io.BytesIO(drawn))
    assert not kept.getexif()
    assert kept.width > kept.height, "it was taken on its side"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg onload='alert(1)'>",
        b"GIF89a",
        photo("GIF"),
        photo("BMP"),
        photo()[:400],
        b"\xff\xd8\xff" + b"0" * 90,
    ],
)
def test_what_is_no_picture_or_of_another_kind_is_not_taken(data):
    with pytest.raises(NoPicture):
        small(data)


def test_a_file_or_a_picture_too_large_is_not_read(monkeypatch):
    monkeypatch.setattr(portraits, "LARGEST_PIXELS", 100)
    with pytest.raises(NoPicture):
        small(photo())
    monkeypatch.setattr(portraits, "LARGEST_BYTES", 10)
    with pytest.raises(NoPicture):
        small(photo())


def test_a_damaged_picture_is_drawn_or_refused_and_never_an_error():
    draw = Random(20)
    whole = [told_by_a_phone(), photo("PNG", size=(90, 120)), photo("WEBP", size=(90, 120))]
    for turn in range(150):
        hurt = bytearray(whole[turn % 3])
        for _hit in range(draw.randrange(1, 12)):
            hurt[draw.randrange(len(hurt))] = draw.randrange(256)
        try:
            assert small(bytes(hurt[: draw.randrange(1, len(hurt) + 1)])).startswith(b"\xff\xd8\xff")
        except NoPicture:
            continue


def test_a_bomb_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 100)
    with pytest.raises(NoPicture):
        small(photo())


# --- keeping, seeing, throwing away --------------------------------------------------------------------------------


def test_a_picture_is_sealed_and_seeing_it_is_in_the_journal(person, amina):
    services.keep_portrait(person=person, by=amina, picture=photo())
    sealed = bytes(Portrait.objects.get().sealed)
    assert b"JFIF" not in sealed
    assert services.reveal_portrait(person=person, by=amina, why="portrait").startswith(b"\xff\xd8\xff")
    assert Entry.objects.get(verb="identity.read").detail["why"] == "portrait"
    assert Entry.objects.get(verb="portrait.kept").person_id == person.pk


def test_another_picture_takes_its_place_and_the_choice_changes_alone(person, amina):
    services.keep_portrait(person=person, by=amina, picture=photo())
    before = bytes(Portrait.objects.get().sealed)
    services.keep_portrait(person=person, by=amina, on_card=True)
    assert (bytes(Portrait.objects.get().sealed), Portrait.objects.get().on_card) == (before, True)
    services.keep_portrait(person=person, by=amina, picture=photo(size=(90, 90)))
    assert bytes(Portrait.objects.get().sealed) != before


def test_what_cannot_be_kept_is_refused_with_what_to_do(person, amina):
    with pytest.raises(Refusal, match="Choose a picture"):
        services.keep_portrait(person=person, by=amina)
    with pytest.raises(Refusal, match="not a picture"):
        services.keep_portrait(person=person, by=amina, picture=b"%PDF")


def test_a_picture_thrown_away_is_gone_however_often(person, amina):
    services.keep_portrait(person=person, by=amina, picture=photo())
    for _time in range(2):
        services.drop_portrait(person=person, by=amina)
    assert services.reveal_portrait(person=person, by=amina, why="portrait") == b""
    assert Entry.objects.filter(verb="portrait.dropped").count() == 1


def test_nobody_else_keeps_sees_or_drops_it_whatever_the_person_agreed_to(person, amina):
    services.keep_portrait(person=person, by=amina, picture=photo())
    office = AuthorityFactory()
    consent(person, office)
    official = member(Role.AUTHORITY, office)
    for who in (official, member(Role.COMPANION, person.organisation), member(Role.COORDINATOR)):
        with pytest.raises(OutOfReach):
            services.reveal_portrait(person=person, by=who, why="portrait")
        with pytest.raises(OutOfReach):
            services.keep_portrait(person=person, by=who, picture=photo())
        with pytest.raises(OutOfReach):
            services.drop_portrait(person=person, by=who)


def test_it_is_gone_when_the_person_is_forgotten(person, amina):
    services.keep_portrait(person=person, by=amina, picture=photo())
    services.forget_person(person=person, by=member(Role.COORDINATOR, person.organisation))
    assert not Portrait.objects.exists()
    person.refresh_from_db()
    with pytest.raises((OutOfReach, Forgotten)):
        services.keep_portrait(person=person, by=amina, picture=photo())


# --- on the page and on the card -----------------------------------------------------------------------------------


def test_a_picture_is_taken_seen_and_put_on_the_card_on_the_page(client, person, amina):
    client.force_login(amina, backend=BACKEND)
    address = reverse("people:portrait", args=[person.pk])
    plain = client.get(reverse("people:card", args=[person.pk])).content
    assert "data:image/jpeg" not in client.get(reverse("people:detail", args=[person.pk])).content.decode()
    for wrong in (b"not a picture", b""):
        assert client.post(address, {"picture": SimpleUploadedFile("a.jpg", wrong)}).status_code == 422
    kept = client.post(address, {"picture": SimpleUploadedFile("a.jpg", told_by_a_phone()), "on_card": "on"})
    assert kept.status_code == 302
    page = client.get(reverse("people:detail", args=[person.pk]))
    shown = b64encode(services.reveal_portrait(person=person, by=amina, why="portrait")).decode()
    assert shown in page.content.decode()
    assert "no-store" in client.get(address).headers["Cache-Control"]
    card = client.get(reverse("people:card", args=[person.pk])).content
    assert len(card) > len(plain)
    assert card.count(b"/Type /Page\n") <= 1
    assert Entry.objects.filter(verb="identity.read", detail__why="card").count() == 1
    client.post(address, {"sent": "1"})
    assert not Portrait.objects.get().on_card
    assert client.post(reverse("people:portrait_drop", args=[person.pk])).status_code == 302
    assert not Portrait.objects.exists()


def test_a_file_too_large_is_said_before_it_is_read(client, person, amina, monkeypatch):
    monkeypatch.setattr("relais.people.forms.sharing.LARGEST_BYTES", 10)
    client.force_login(amina, backend=BACKEND)
    refused = client.post(
        reverse("people:portrait", args=[person.pk]), {"picture": SimpleUploadedFile("a.jpg", photo())}
    )
    assert "larger than 8 MB" in refused.content.decode()
