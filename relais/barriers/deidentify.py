"""Finds in free text what could tell who someone is, so that words can leave the organisation and the person does not.

What is looked for: phone numbers in the digits of any script, e-mail and messenger addresses, numbers of documents, codes of
people's cards, full dates (the day it happened is kept beside the words, so the words need none), names of the person
known to the caller in any spelling or script, names given away by how they are introduced ("my name is") or how they end
("-ova", "-ович"), and exact addresses. Words are in identifying_words.py.

It errs towards finding too much: a false alarm costs a rewording, a miss costs someone their safety. It is a check before a
person reads, never instead: a rare first name on its own, a nickname or a story everyone in the village knows is not found.
Pure: text in, spans out; nothing is stored or logged.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import JaroWinkler
from stdnum import damm

from relais.barriers import identifying_words as words
from relais.people.matching import Likeness, liken
from relais.people.sounds import romanise, skeleton

LONGEST_TAIL = 5  # A name declined in Russian, Kyrgyz or Tajik grows by a few letters: Айгүл, Айгүлдүн.
NEAR = 0.82  # How alike a word without capital must look, beside sounding alike: "karim", not "crime".
VERY_NEAR = 0.88
MOST_PASSES = 6


class Reason(StrEnum):
    """Why a piece of text could identify someone."""

    PHONE = "phone"
    ONLINE = "online"
    DOCUMENT = "document"
    CODE = "code"
    DATE = "date"
    NAME = "name"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `start` up to, not including, `end` of the text, and why they could identify someone."""

    start: int
    end: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class Folded:
    """A text made plain for searching, and where each of its characters was in the original."""

    original: str
    text: str
    places: tuple[int, ...]
    capitals: frozenset[int]

    def span(self, start: int, end: int, reason: Reason) -> Span:
        """Give a stretch of the plain text as a stretch of the original."""
        return Span(self.places[start], self.places[end - 1] + 1, reason)

    def as_written(self, start: int, end: int) -> str:
        """Give the original letters of a stretch of the plain text."""
        return self.original[self.places[start] : self.places[end - 1] + 1]


def find_identifying(text: str, names: Iterable[str] = ()) -> tuple[Span, ...]:
    """Give what could identify someone, in order, not overlapping; `names` are those of the person concerned.

    >>> [(span.reason.value, "Call me on ٠٧٠٠ ١٢٣ ٤٥٦"[span.start : span.end])
    ...  for span in find_identifying("Call me on ٠٧٠٠ ١٢٣ ٤٥٦")]
    [('phone', '٠٧٠٠ ١٢٣ ٤٥٦')]
    >>> find_identifying("The office asks for a birth certificate nobody in the village has.")
    ()
    >>> [span.reason.value for span in find_identifying("Рахимовой отказали в окне 3", names=["Gulnora Rahimova"])]
    ['name']
    """
    folded = fold(text)
    found = sorted(span for finder in FINDERS for span in finder(folded))
    found += _known_names(folded, names)
    return _apart(sorted(found))


def propose_text(text: str, instead: Mapping[Reason, str], names: Iterable[str] = ()) -> str:
    """Give the text with each finding replaced by words that tell its kind; what it gives back holds no finding.

    >>> propose_text("Write to aida@example.org", {reason: "…" for reason in Reason})
    'Write to …'
    """
    names = list(names)
    for _pass in range(MOST_PASSES):
        found = find_identifying(text, names)
        if not found:
            return text
        for span in reversed(found):
            text = text[: span.start] + instead[span.reason] + text[span.end :]
    return instead[found[0].reason]


def segments(text: str, spans: Iterable[Span]) -> list[tuple[str, Reason | None]]:
    """Cut a text into pieces, each with why it could identify someone, or None; for a page to mark them.

    >>> segments("On 0700 123456 now", find_identifying("On 0700 123456 now"))
    [('On ', None), ('0700 123456', <Reason.PHONE: 'phone'>), (' now', None)]
    """
    pieces: list[tuple[str, Reason | None]] = []
    end = 0
    for span in spans:
        pieces += [(text[end : span.start], None), (text[span.start : span.end], span.reason)]
        end = span.end
    return [piece for piece in [*pieces, (text[end:], None)] if piece[0]]


def fold(text: str) -> Folded:
    """Lower the case, drop marks and invisible signs, and write digits of any script as 0 to 9.

    >>> fold("Née ٣").text
    'nee 3'
    """
    plain: list[str] = []
    places: list[int] = []
    capitals: set[int] = set()
    for place, sign in enumerate(text):
        for part in unicodedata.normalize("NFKD", sign):
            if unicodedata.category(part) in {"Mn", "Cf", "Me"}:
                continue
            digit = unicodedata.decimal(part, None)
            letter = " " if part.isspace() else part.lower()[:1] if digit is None else str(digit)
            if part.isupper():
                capitals.add(len(plain))
            plain.append({"’": "'", "–": "-", "—": "-", "−": "-", "‑": "-", "ٱ": "ا"}.get(letter, letter))
            places.append(place)
    return Folded(text, "".join(plain), tuple(places), frozenset(capitals))


def _any(patterns: Iterable[str]) -> str:
    return "|".join(_folded_pattern(pattern) for pattern in patterns)


def _folded_pattern(pattern: str) -> str:
    """Fold the letters of a pattern as the text is folded, so that ё and й, é and أ are found."""
    return "".join(
        part
        for sign in pattern
        for part in unicodedata.normalize("NFKD", sign)
        if unicodedata.category(part) not in {"Mn", "Cf"}
    )


_NOT_A_NAME = frozenset(words.NOT_A_NAME.split())
_ENDS_LIKE_A_NAME = frozenset(words.ENDS_LIKE_A_NAME.split())
_BETWEEN_DIGITS = r"[ .()/_-]{0,3}"
_TWO_YEARS = r"(?!(?:19|20)\d\d ?[/-] ?(?:19|20)\d\d(?!\d))"
_LONG_NUMBER = re.compile(rf"(?<!\d){_TWO_YEARS}[+(]?\d(?:{_BETWEEN_DIGITS}\d){{6,}}(?!\d)")
_CODE = re.compile(r"(?<!\d)\d{4}[ .-]?\d{4}[ .-]?\d(?!\d)")
_ONLINE = re.compile(
    r"[\w.+-]+ ?(?:@|\(at\)|\[at\]) ?[\w-]+(?: ?\. ?[\w-]+)+|(?<!\w)@\w{3,}|(?:https?://|www\.|t\.me/|wa\.me/)\S+"
)
_SERIAL = re.compile(r"(?<!\w)[^\W\d_]{1,3}(?P<apart>[ -]?(?:n°|no\.?)? ?)\d{5,12}(?!\d)")
_DOCUMENT = re.compile(
    rf"(?<!\w)(?:{_any(words.DOCUMENTS)})(?:\W{{0,4}}(?:n°|#|no\.?|number|numero|номер|رقم|serie|серия))?"
    rf"\W{{0,4}}(?P<number>(?:[^\W\d_]{{1,3}}[ -]?)?\d[\d -]{{3,}}\d)"
)
_MONTH = _any(words.MONTHS)
_DATE = re.compile(
    r"(?<!\d)(?:\d{1,2} ?[./ -] ?\d{1,2} ?[./ -] ?(?:\d{4}|\d{2})|\d{4} ?[./-] ?\d{1,2} ?[./-] ?\d{1,2})(?!\d)"
    rf"|(?<!\d)\d{{1,2}}(?:st|nd|rd|th|er|-?го)?(?: of)? (?:{_MONTH})\.?,? \d{{4}}(?!\d)"
    rf"|(?<!\w)(?:{_MONTH})\.? \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}(?!\d)"
)
_BIRTH = re.compile(rf"(?<!\w)(?:{_any(words.BIRTH)})\D{{0,25}}(?P<when>\d[\d./ -]*\d)")
_YEAR_OF_BIRTH = re.compile(rf"(?<!\d)(?P<when>(?:19|20)\d\d) ?(?:{_any(words.BIRTH)}|г\.? ?р\.?)")
_WORD = r"[^\W\d_]+(?:['’-][^\W\d_]+)*"
_ENDED = r"(?:(?!\w)|(?<=[:.]))"
_INTRODUCED = re.compile(rf"(?<!\w)(?:{_any(words.BEFORE_A_NAME)}){_ENDED} *(?P<name>{_WORD}(?: {_WORD}){{0,2}})")
_TITLED = re.compile(rf"(?<!\w)(?:{_any(words.BEFORE_A_CAPITAL)}){_ENDED} *(?P<name>{_WORD}(?: {_WORD}){{0,2}})")
_TITLED_WITHOUT_CAPITALS = re.compile(rf"(?<!\w)(?:{_any(words.BEFORE_A_NAME_WITHOUT_CAPITALS)}) +(?P<name>{_WORD})")
_ENDS_LIKE_NAME = re.compile(rf"(?<!\w)[^\W\d_]+?(?:{_any(words.ENDS_OF_NAMES)})(?!\w)")
_BESIDE_NAME = re.compile(rf"(?<!\w)(?P<name>{_WORD}) {_folded_pattern(words.BESIDE_NAMES)}(?!\w)")
_STREET = _any(words.STREETS)
_ADDRESS = re.compile(
    rf"(?<!\w)\d{{1,4}}(?: ?[a-zа-я](?!\w))?,? (?:bis |ter )?(?:(?:{_STREET})(?!\w)[^\n,;.]{{0,40}}|{_WORD} (?:{_STREET})(?!\w))"
    rf"|(?<!\w)(?:{_STREET})(?!\w)[^\n;\d]{{0,40}}\d{{1,4}}(?!\d)"
    rf"|(?<!\w)(?:{_any(words.DWELLINGS)}) ?(?:n°|#|no\.?|number|numero|номер|رقم)? ?\d{{1,4}}(?!\d)"
    r"|(?<!\d)\d{1,2}\.\d{4,} ?[,;] ?\d{1,3}\.\d{4,}(?!\d)"
)
_TOKEN = re.compile(r"[^\W\d_]+(?:['’`-][^\W\d_]+)*")
_ARABIC_PREFIX = re.compile(r"^[وفبلك](?=[؀-ۿ]{3})")


def _dates(folded: Folded) -> Iterator[Span]:
    for match in _DATE.finditer(folded.text):
        yield folded.span(*match.span(), Reason.DATE)
    for pattern in (_BIRTH, _YEAR_OF_BIRTH):
        for match in pattern.finditer(folded.text):
            yield folded.span(*match.span("when"), Reason.DATE)


def _numbers(folded: Folded) -> Iterator[Span]:
    for match in _CODE.finditer(folded.text):
        digits = "".join(sign for sign in match[0] if sign.isdigit())
        if damm.is_valid(digits):
            yield folded.span(*match.span(), Reason.CODE)
    for match in _DOCUMENT.finditer(folded.text):
        yield folded.span(*match.span("number"), Reason.DOCUMENT)
    for match in _SERIAL.finditer(folded.text):
        if match.start() not in folded.capitals and match["apart"]:
            continue  # "to 996..." is a word before a number, "to996..." is a serial.
        yield folded.span(*match.span(), Reason.DOCUMENT)
    for match in _LONG_NUMBER.finditer(folded.text):
        yield folded.span(*match.span(), Reason.PHONE)


def _online(folded: Folded) -> Iterator[Span]:
    for match in _ONLINE.finditer(folded.text):
        yield folded.span(*match.span(), Reason.ONLINE)


def _addresses(folded: Folded) -> Iterator[Span]:
    for match in _ADDRESS.finditer(folded.text):
        yield folded.span(*match.span(), Reason.ADDRESS)


def _introduced(folded: Folded) -> Iterator[Span]:
    """Find the names that follow "my name is" or "Mrs"."""
    for match in _INTRODUCED.finditer(folded.text):
        if match["name"].split()[0] not in _NOT_A_NAME:
            yield _name_from(folded, match.start("name"), match.end("name"))
    for match in _TITLED.finditer(folded.text):
        if match.start("name") in folded.capitals:
            yield _name_from(folded, match.start("name"), match.end("name"))
    for match in _TITLED_WITHOUT_CAPITALS.finditer(folded.text):
        yield folded.span(*match.span("name"), Reason.NAME)


def _name_from(folded: Folded, start: int, end: int) -> Span:
    """Take the first word, and those after it as long as a capital begins them."""
    stop = end
    for match in re.finditer(r" ", folded.text[start:end]):
        place = start + match.start()
        if place + 1 not in folded.capitals:
            stop = place
            break
    return folded.span(start, stop, Reason.NAME)


def _ending_like_names(folded: Folded) -> Iterator[Span]:
    """Find family names and patronymics by how they end, with the capitalised words beside them."""
    for match in _ENDS_LIKE_NAME.finditer(folded.text):
        if match.start() in folded.capitals and match[0] not in _ENDS_LIKE_A_NAME:
            yield folded.span(*_with_neighbours(folded, *match.span()), Reason.NAME)
    for match in _BESIDE_NAME.finditer(folded.text):
        yield folded.span(*match.span(), Reason.NAME)


def _with_neighbours(folded: Folded, start: int, end: int) -> tuple[int, int]:
    """Widen to the capitalised words on either side, which are the rest of the name."""
    after = re.compile(rf" ({_WORD})")
    while (match := after.match(folded.text, end)) and match.start(1) in folded.capitals:
        end = match.end()
    before = re.search(rf"({_WORD}) $", folded.text[:start])
    if before and before.start(1) in folded.capitals:
        start = before.start(1)
    return start, end


FINDERS: tuple[Callable[[Folded], Iterator[Span]], ...] = (
    _dates,
    _numbers,
    _online,
    _addresses,
    _introduced,
    _ending_like_names,
)


def _known_names(folded: Folded, names: Iterable[str]) -> list[Span]:
    """Find the names the caller knows, in any script, spelling or case ending."""
    known = {word for name in names for word in romanise(name) if len(word) > 1}
    return [
        folded.span(*match.span(), Reason.NAME)
        for match in _TOKEN.finditer(folded.text)
        if known and any(_is_name(folded.as_written(*match.span()), name) for name in known)
    ]


def _is_name(token: str, name: str) -> bool:
    has_capital = token[0].isupper()
    caseless = token.upper() == token.lower()
    for written in {token, _ARABIC_PREFIX.sub("", token)}:
        for word in romanise(written):
            if word == name or (len(name) > 3 and word.startswith(name) and len(word) - len(name) <= LONGEST_TAIL):
                return True
            if len(skeleton(name)) < 3:  # One or two consonants are shared with too many ordinary words.
                if len(name) > 4 and JaroWinkler.similarity(word, name) >= VERY_NEAR:
                    return True
                continue
            likeness = liken(word, name)
            if has_capital and likeness is not Likeness.DIFFERENT:
                return True
            if likeness in {Likeness.SAME, Likeness.SOUNDS} and (caseless or _looks_like(word, name)):
                return True
    return False


def _looks_like(word: str, name: str) -> bool:
    return JaroWinkler.similarity(word, name) >= NEAR


def _apart(found: list[Span]) -> tuple[Span, ...]:
    """Join what overlaps; the first found, or the longer of two that begin together, says why."""
    apart: list[Span] = []
    for span in sorted(found, key=lambda span: (span.start, -span.end)):
        if apart and span.start < apart[-1].end:
            last = apart[-1]
            apart[-1] = Span(last.start, max(last.end, span.end), last.reason)
        else:
            apart.append(span)
    return tuple(apart)
