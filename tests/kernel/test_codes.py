"""A code can be said aloud, typed in any script, and refuses to be another person's by a slip of the ear."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import damm

from relais.kernel import codes
from relais.kernel.refusals import Refusal

drawn = st.integers(10_000_000, 99_999_999).map(lambda n: str(n) + damm.calc_check_digit(str(n)))
SCRIPTS = ["0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९", "０１２３４５６７８９"]


def test_codes_have_nine_digits_never_begin_with_zero_and_do_not_repeat():
    made = {codes.new_code() for _ in range(500)}
    assert len(made) == 500
    assert all(len(code) == 9 and code[0] != "0" and codes.read_code(code) == code for code in made)


@given(drawn)
def test_a_code_read_as_it_is_shown_is_the_same(code):
    assert codes.read_code(codes.show_code(code)) == code


@given(drawn, st.sampled_from(SCRIPTS), st.sampled_from(["", " ", "-", "–", " - ", "\u200f", "\u00a0", ".", "/"]))
def test_a_code_is_read_in_any_script_and_with_anything_between(code, script, gap):
    typed = gap.join(script[int(digit)] for digit in code)
    assert codes.read_code(f"  {typed} ") == code


@given(drawn, st.integers(0, 8), st.integers(1, 9))
def test_one_digit_misheard_is_always_noticed(code, place, shift):
    misheard = code[:place] + str((int(code[place]) + shift) % 10) + code[place + 1 :]
    with pytest.raises(Refusal, match="last digit does not fit"):
        codes.read_code(misheard)


@given(drawn, st.integers(0, 7))
def test_two_neighbours_swapped_are_always_noticed(code, place):
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    if swapped != code:
        with pytest.raises(Refusal, match="two were swapped"):
            codes.read_code(swapped)


@pytest.mark.parametrize("typed", ["", "1234", "4827-1953-88", "1" * 5000])
def test_a_code_too_short_or_too_long_says_how_many_digits_were_typed(typed):
    with pytest.raises(Refusal, match="nine digits"):
        codes.read_code(typed)


@pytest.mark.parametrize("typed", ["4827-1953-O", "Gulnora", "4827+19538", "<script>", "½82719538"])
def test_a_code_with_anything_but_digits_is_refused(typed):
    with pytest.raises(Refusal, match="digits only"):
        codes.read_code(typed)


def test_a_pin_has_six_digits_in_any_script():
    made = {codes.new_pin() for _ in range(200)}
    assert len(made) > 190
    assert all(codes.read_pin(pin) == pin for pin in made)
    assert codes.read_pin("٠٠١ ٢٣٤") == "001234"
    for typed in ("12345", "1234567", "12345a", ""):
        with pytest.raises(Refusal, match="six digits"):
            codes.read_pin(typed)


def test_a_token_works_for_its_own_hash_only():
    token, other = codes.new_token(), codes.new_token()
    assert codes.is_token(token, codes.token_hash(token))
    assert not codes.is_token(other, codes.token_hash(token))
    assert token not in codes.token_hash(token)
