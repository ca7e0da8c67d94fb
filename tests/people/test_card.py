"""The card opens one's own page and says nothing of who carries it."""

import pytest
from django.urls import reverse

from relais.kernel.codes import new_code
from relais.people import card

KEYS = {"title", "show", "page", "pin"}


@pytest.mark.parametrize("language", card.languages())
def test_the_card_exists_in_every_language_people_carry_it_in(language):
    assert set(card._words()[language]) == KEYS
    drawn = card.pdf(new_code(), language)
    assert drawn.startswith(b"%PDF")
    assert len(drawn) < 60_000


def test_a_language_without_a_card_falls_back_to_the_readers():
    assert card.pdf(new_code(), "am").startswith(b"%PDF")


def test_the_code_stays_behind_the_hash_where_no_server_and_no_log_sees_it():
    address = card.address_of("482719538")
    before, after = address.split("#")
    assert after == "482719538"
    assert before.endswith(reverse("my:enter"))


def test_no_word_on_the_card_tells_what_it_is_for():
    said = " ".join(words for texts in card._words().values() for words in texts.values()).lower()
    for telling in ("passport", "refugee", "citizen", "status", "паспорт", "беженец", "لاجئ", "réfugié"):
        assert telling not in said
