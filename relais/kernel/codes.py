"""Numbers people can say aloud: the code on a person's card, the PIN beside it, and tokens that work once.

Digits only, because every language has words for them and every phone a key. Eight are drawn by chance and say nothing
about the person; the ninth is a Damm check digit, which catches any one digit misheard and any two neighbours swapped.
"""

import hashlib
import hmac
import secrets
import unicodedata

from django.utils.translation import gettext_lazy as _
from stdnum import damm

from relais.kernel.refusals import Refusal

CODE_DIGITS = 9
PIN_DIGITS = 6
TOKEN_BYTES = 32
LONGEST_TYPED = 64


def new_code() -> str:
    """Draw a code; it never begins with zero, which spreadsheets and people drop."""
    drawn = str(secrets.randbelow(90_000_000) + 10_000_000)
    return drawn + damm.calc_check_digit(drawn)


def show_code(code: str) -> str:
    """Write a code in groups one can say in a breath.

    >>> show_code("482719538")
    '4827-1953-8'
    """
    return f"{code[:4]}-{code[4:8]}-{code[8:]}"


def read_code(typed: str) -> str:
    """Give the nine digits of a code typed with spaces, dashes or the digits of any script, or refuse it.

    >>> read_code(" ٤٨٢٧ ١٩٥٣ ٨ ") == read_code("4827-1953-8")
    True
    """
    digits = _digits(typed)
    if digits is None:
        raise Refusal(_("A code is made of digits only."), next=_("Type the nine digits that stand on the card."))
    if len(digits) != CODE_DIGITS:
        raise Refusal(
            _("A code has nine digits; %(count)d were typed.") % {"count": len(digits)},
            next=_("Count the digits on the card and type them again."),
        )
    if not damm.is_valid(digits):
        raise Refusal(
            _("This code does not exist: its last digit does not fit the eight before it."),
            why=_("One digit was misheard, or two were swapped."),
            next=_("Read the code from the card once more, digit by digit."),
        )
    return digits


def new_pin() -> str:
    """Draw a PIN of six digits, zeros in front included."""
    return f"{secrets.randbelow(10**PIN_DIGITS):0{PIN_DIGITS}d}"


def read_pin(typed: str) -> str:
    """Give the six digits of a PIN in any script, or refuse it.

    >>> read_pin("۱۲۳ ۴۵۶")
    '123456'
    """
    digits = _digits(typed)
    if digits is None or len(digits) != PIN_DIGITS:
        raise Refusal(_("A PIN has six digits."), next=_("Type the six digits you were given with your card."))
    return digits


def new_token() -> str:
    """Draw a token that works once, to be put in a link or a QR; store only its `token_hash`."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def token_hash(token: str) -> str:
    """Give what is stored of a token. It holds 256 bits of chance, so a plain hash cannot be guessed backwards."""
    return hashlib.sha256(token.encode()).hexdigest()


def is_token(token: str, stored: str) -> bool:
    """Say whether this is the token whose hash was stored, in a time that tells nothing about how near it came."""
    return hmac.compare_digest(token_hash(token), stored)


def _digits(typed: str) -> str | None:
    """Keep the digits of any script, forgive what people put between them, and give None when there is anything else."""
    digits = []
    for character in typed[:LONGEST_TYPED]:
        value = unicodedata.decimal(character, None)
        if value is not None:
            digits.append(str(value))
        # Spaces, dashes, dots, line ends, and the invisible marks that come along when Arabic text is copied.
        elif unicodedata.category(character) not in {"Zs", "Pd", "Cf", "Cc"} and character not in ".·_/":
            return None
    return "".join(digits)
