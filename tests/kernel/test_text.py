import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from relais.kernel.text import is_translated, pick


def test_a_text_is_given_in_the_language_of_the_page():
    with translation.override("fr"):
        assert pick({"en": "Fee", "fr": "Frais"}) == "Frais"


def test_a_regional_language_reads_the_text_of_its_language():
    assert pick({"fr": "Frais", "en": "Fee"}, "fr-sn") == "Frais"


def test_a_text_in_one_unknown_language_is_better_than_none():
    assert pick({"ky": "Алым"}, "ar") == "Алым"


def test_plain_words_pass_through():
    assert pick("Fee") == "Fee"
    assert pick(None) == ""


@pytest.mark.parametrize("wrong", ["Fee", ["Fee"], {"en": 3}])
def test_a_text_without_languages_is_refused(wrong):
    with pytest.raises(ValidationError):
        is_translated(wrong)
