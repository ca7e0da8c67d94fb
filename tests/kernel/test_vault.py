"""What is sealed opens in its own place with its own key, and in no other."""

import stat
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import assume, given
from hypothesis import strategies as st

from relais.kernel import vault
from relais.kernel.vault import Aad, KeyMissing, Keyring, SealBroken, VaultError

PLACE = Aad("person", "01920000-0000-7000-8000-000000000001", "identity", 1)
ORGANISATION = UUID("01920000-0000-7000-8000-00000000000a")
OTHER = UUID("01920000-0000-7000-8000-00000000000b")

keys = st.binary(min_size=32, max_size=32)
words = st.text(st.characters(codec="utf-8", exclude_characters="|"), min_size=1, max_size=20)
places = st.builds(Aad, words, words, words, st.integers(1, 10_000))


@given(keys, st.binary(max_size=500), places)
def test_what_is_sealed_opens_again(key, plaintext, place):
    assert vault.unseal(key, vault.seal(key, plaintext, place), place) == plaintext


@given(keys, st.binary(max_size=50), places, places)
def test_a_value_moved_to_another_place_does_not_open(key, plaintext, place, other):
    assume(place != other)
    with pytest.raises(SealBroken):
        vault.unseal(key, vault.seal(key, plaintext, place), other)


@given(keys, keys, st.binary(max_size=50))
def test_a_value_does_not_open_with_another_key(key, other, plaintext):
    assume(key != other)
    with pytest.raises(SealBroken):
        vault.unseal(other, vault.seal(key, plaintext, PLACE), PLACE)


def test_a_value_with_any_one_bit_changed_does_not_open():
    key = vault.new_key()
    sealed = vault.seal(key, "Гулнора".encode(), PLACE)
    for position in range(len(sealed) * 8):
        altered = bytearray(sealed)
        altered[position // 8] ^= 1 << position % 8
        with pytest.raises(SealBroken):
            vault.unseal(key, bytes(altered), PLACE)


@pytest.mark.parametrize("length", [0, 1, 13, 28])
def test_a_value_cut_short_is_refused_before_it_is_decrypted(length):
    key = vault.new_key()
    with pytest.raises(SealBroken, match="cut short"):
        vault.unseal(key, vault.seal(key, b"Gulnora", PLACE)[:length], PLACE)


def test_a_value_of_a_later_format_says_so():
    with pytest.raises(SealBroken, match="format 2"):
        vault.unseal(vault.new_key(), bytes([2]) + bytes(40), PLACE)


def test_the_format_of_today_opens_a_value_sealed_by_hand():
    key, nonce = bytes(range(32)), bytes(range(12))
    place = Aad("person", "01920000-0000-7000-8000-000000000001", "identity", 7)
    bound = b"\x01person|01920000-0000-7000-8000-000000000001|identity|7"
    sealed = b"\x01" + nonce + AESGCM(key).encrypt(nonce, b"Gulnora", bound)
    assert vault.unseal(key, sealed, place) == b"Gulnora"


def test_values_sealed_before_this_release_still_open():
    sealed = bytes.fromhex(
        "01000102030405060708090a0b"  # format, nonce
        "0077ba75aa97a367b33c3e0631eb8d5a7ce4b3b3c2792e"  # ciphertext, tag
    )
    assert vault.unseal(bytes(range(32)), sealed, PLACE) == b"Gulnora"


def test_the_same_words_are_sealed_differently_each_time():
    key = vault.new_key()
    assert len({vault.seal(key, b"Gulnora", PLACE) for _ in range(50)}) == 50


def test_a_place_cannot_be_forged_with_the_separator():
    with pytest.raises(ValueError, match="separator"):
        Aad("person|1", "2", "identity").as_bytes()


@given(keys, keys, places)
def test_a_wrapped_key_is_unwrapped_by_the_key_above_it(kek, key, place):
    assert vault.unwrap(kek, vault.wrap(kek, key, place), place) == key


@pytest.mark.parametrize("length", [0, 16, 31, 33])
def test_a_key_of_another_length_is_never_used(length):
    with pytest.raises(ValueError, match="32 bytes"):
        vault.wrap(vault.new_key(), bytes(length), PLACE)
    with pytest.raises(ValueError, match="32 bytes"):
        vault.seal(bytes(length), b"Gulnora", PLACE)


def test_an_organisation_gets_one_key_and_keeps_it(tmp_path):
    ring = Keyring(tmp_path)
    version, key = ring.create(ORGANISATION)
    assert version == 1
    assert ring.create(ORGANISATION) == (1, key)
    assert ring.current(ORGANISATION) == (1, key)
    assert ring.create(OTHER)[1] != key


def test_the_key_file_is_for_its_owner_only(tmp_path):
    Keyring(tmp_path / "keys").create(ORGANISATION)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path.name for path in files] == ["0001.key"]
    assert stat.S_IMODE(files[0].stat().st_mode) == 0o600
    assert stat.S_IMODE(files[0].parent.stat().st_mode) == 0o700


def test_after_rotation_the_older_key_still_opens_what_it_sealed(tmp_path):
    ring = Keyring(tmp_path)
    _version, first = ring.create(ORGANISATION)
    sealed = vault.seal(first, b"Gulnora", PLACE)
    version, second = ring.rotate(ORGANISATION)
    assert (version, ring.current(ORGANISATION)) == (2, (2, second))
    assert second != first
    assert vault.unseal(ring.get(ORGANISATION, 1), sealed, PLACE) == b"Gulnora"


def test_a_missing_key_says_which_file_to_restore(tmp_path):
    ring = Keyring(tmp_path)
    with pytest.raises(KeyMissing, match="RELAIS_KEYS_DIR"):
        ring.current(ORGANISATION)
    with pytest.raises(KeyMissing, match="RELAIS_KEYS_DIR"):
        ring.rotate(ORGANISATION)
    with pytest.raises(KeyMissing, match=r"0003\.key"):
        ring.get(ORGANISATION, 3)


@pytest.mark.parametrize("content", ["", "zz" * 32, "ab" * 31, "clé"])
def test_a_damaged_key_file_is_named_without_showing_what_it_holds(tmp_path, content):
    ring = Keyring(tmp_path)
    ring.create(ORGANISATION)
    (tmp_path / str(ORGANISATION) / "0001.key").write_text(content, "utf-8")
    with pytest.raises(VaultError, match=r"0001\.key is damaged") as caught:
        ring.current(ORGANISATION)
    assert content == "" or content not in str(caught.value)


def test_an_organisation_id_cannot_climb_out_of_the_directory(tmp_path):
    with pytest.raises(ValueError, match="UUID"):
        Keyring(tmp_path).create("../elsewhere")


def test_processes_that_start_together_share_one_first_key(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(lambda _turn: Keyring(tmp_path).create(ORGANISATION), range(32)))
    assert len(answers) == 1


def test_rotations_at_the_same_time_never_overwrite_each_other(tmp_path):
    Keyring(tmp_path).create(ORGANISATION)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _turn: Keyring(tmp_path).rotate(ORGANISATION), range(8)))
    assert sorted(version for version, _key in answers) == list(range(2, 10))
    assert all(Keyring(tmp_path).get(ORGANISATION, version) == key for version, key in answers)
