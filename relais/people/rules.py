"""What must hold of what people say of themselves, as plain questions on plain values."""

import hashlib

from django.utils.translation import gettext_lazy as _

from relais.kernel.refusals import Refusal

LONGEST_NAME = 200
MOST_WORDS = 4000
DAYS_TO_CONFIRM = 14


def check_names(called: str, names: tuple[str, ...]) -> None:
    """Refuse an identity without anything to call the person, or with a name no paper could hold."""
    if not called.strip():
        raise Refusal(_("Say what we should call this person; a first name or a nickname is enough."))
    if any(len(name) > LONGEST_NAME for name in names):
        raise Refusal(_("This name is longer than %(most)d characters.") % {"most": LONGEST_NAME})


def checked_words(words: str) -> str:
    """Give what someone wrote without the space around it, or refuse what is empty or endless.

    >>> checked_words("  I waited all day. ")
    'I waited all day.'
    """
    words = words.strip()
    if not words:
        raise Refusal(_("Write something first."))
    if len(words) > MOST_WORDS:
        raise Refusal(_("This is longer than %(most)d characters.") % {"most": MOST_WORDS})
    return words


def hash_of_text(words: str) -> str:
    """Give the hash by which the exact words of a consent are known.

    >>> hash_of_text("I agree.")[:12]
    '826ff0dab649'
    """
    return hashlib.sha256(words.encode()).hexdigest()


def is_word_alone(*, way: str, has_proof: bool) -> bool:
    """Say whether a consent rests on the word of who recorded it: said aloud, or signed with nothing kept of it.

    >>> is_word_alone(way="oral", has_proof=True), is_word_alone(way="signature", has_proof=False)
    (True, True)
    >>> is_word_alone(way="signature", has_proof=True), is_word_alone(way="code", has_proof=False)
    (False, False)
    """
    return way == "oral" or (way != "code" and not has_proof)
