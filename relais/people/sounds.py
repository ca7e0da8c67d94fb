"""What a name sounds like, whatever the script it is written in.

A name is first written in Latin letters (`romanise`), then each word is given two keys that forgive spelling: its
Daitch-Mokotoff codes and its consonant skeleton. Measured on 25 names in 134 spellings, Latin, Cyrillic and Arabic
scripts: writing in Latin letters alone finds one pair of spellings in ten, Daitch-Mokotoff 85 in a hundred, the skeleton 75; they
miss different ones. Arabic leaves out short vowels, and Cyrillic has no h of its own: hence keys without vowels and without h.

Daitch-Mokotoff is written here because the one Python library that has it (abydos) has been without a release since
2020 and carries no types. The codes agree with its answers (tests/people/test_sounds.py).
Source of the method: G. Mokotoff, "Soundexing and Genealogy"; table as published by JewishGen.
"""

import re
from functools import lru_cache

from anyascii import anyascii

CODE_LENGTH = 6
MOST_CODES = 16  # A word with more readings than this is noise; a search must not pay for it.
LONGEST_WORD = 40

# Spelling -> (at the start, before a vowel, elsewhere); "" is not coded, "|" parts two readings.
_SOUNDS: dict[str, tuple[str, str, str]] = {}
for _spellings, _codes in {
    "ai aj ay ei ej ey oi oj oy ui uj uy": "0,1,",
    "au": "0,7,",
    "a e i o u ue": "0,,",
    "eu": "1,1,",
    "ia ie io iu": "1,,",
    "y": "1,,",
    "j": "1|4,|4,|4",
    "b f fb p pf ph v w": "7,7,7",
    "chs ks x": "5,54,54",
    "ch": "5|4,5|4,5|4",
    "ck": "5|45,5|45,5|45",
    "c": "5|4,5|4,5|4",
    "cz cs csz czs drz drs ds dsh dsz dz dzh dzs": "4,4,4",
    "d dt t th": "3,3,3",
    "g k kh q": "5,5,5",
    "h": "5,5,",
    "l": "8,8,8",
    "mn nm": "66,66,66",
    "m n": "6,6,6",
    "r": "9,9,9",
    "rz rs": "94|4,94|4,94|4",
    "schtsch schtsh schtch shtch shch shtsh stch stsch sc strz strs stsh szcz szcs": "2,4,4",
    "sht scht schd st szt shd szd sd": "2,43,43",
    "s sch sh sz": "4,4,4",
    "tch ttch ttsch trz trs tsch tsh ts tts ttsz tc tz ttz tzs tsz": "4,4,4",
    "zdz zdzh zhdzh": "2,4,4",
    "zd zhd": "2,43,43",
    "z zh zs zsch zsh": "4,4,4",
}.items():
    for _spelling in _spellings.split():
        _SOUNDS[_spelling] = tuple(_codes.split(","))  # type: ignore[assignment]  # Three parts by the table above.
_LONGEST_SOUND = max(map(len, _SOUNDS))
_VOWELS = frozenset("aeiou")

# Ways to write one consonant that differ between languages and romanisations, longest first.
_SAME_CONSONANT = [
    (re.compile(pattern), letter)
    for pattern, letter in [
        ("shch|sch|sh", "S"),
        ("dzh|dj|zh|j", "J"),
        ("tch|ch", "C"),
        ("tz|ts", "s"),
        ("ph|v", "f"),
        ("th", "s"),
        ("dh", "z"),
        ("kh|x", "h"),
        ("gh|q|c|g", "k"),
        ("p", "b"),
    ]
]
_NOT_IN_SKELETON = re.compile("[aeiouyhw]")
_REPEATED = re.compile(r"(.)\1+")
_ARTICLE = re.compile(r"(?<!\w)ال(?=\w{2})")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")  # Chinese names come out of anyascii as WangXiaoMing.
_NOT_A_LETTER = re.compile("[^a-z`]+")  # The backtick is the letter ain.
# "Servant of", one word or two, with or without the article: Abdul Rahman, Abdelrahman, عبد الرحمن.
_SERVANT_OF = re.compile(r"^(?:abd(?:[aeou]{1,2}l)?|`a?bdl?)")
# Words that say "son of", "daughter of" or "the", written or left out from one paper to the next.
_PARTICLES = frozenset(
    ["al", "el", "ibn", "bin", "ben", "bint", "ould", "oglu", "ogly", "uulu", "kyzy", "qizi", "kizi", "gyzy"]
)


@lru_cache(maxsize=50_000)
def romanise(name: str) -> tuple[str, ...]:
    """Write a name as lower-case Latin words, without the particles that come and go.

    >>> romanise("Рахимова Гулнора"), romanise("غولنورا رحيموفا")
    (('rakhimova', 'gulnora'), ('ghwlnwr', 'rhymwf'))
    >>> romanise("عبد الرحمن"), romanise("Abdul-Rahman"), romanise("Abdelrahman")
    (('abdrhmn',), ('abdrahman',), ('abdrahman',))
    """
    latin = _CAMEL.sub(" ", anyascii(_ARTICLE.sub("", name))).lower().replace("'", "")
    words = [word for word in _NOT_A_LETTER.split(latin) if word.strip("`")]
    return _joined([word for word in words if word not in _PARTICLES] or words)


def _joined(words: list[str]) -> tuple[str, ...]:
    """Join "servant of" to the word it belongs to, and drop the letters no key needs."""
    joined: list[str] = []
    servant_of = ""
    for word in words:
        servant = _SERVANT_OF.match(word)
        rest = word[servant.end() :] if servant else word
        if servant and len(rest) < 2 and word is not words[-1]:
            servant_of = "abd"
            continue
        whole = servant_of + ("abd" if servant and len(rest) > 1 else "") + (rest if len(rest) > 1 else word)
        joined.append(whole.replace("`", "")[:LONGEST_WORD])
        servant_of = ""
    return tuple(joined)


@lru_cache(maxsize=50_000)
def skeleton(word: str) -> str:
    """Keep the consonants that survive a change of language and script.

    >>> [skeleton(word) for word in ("rakhimova", "rahimova", "rhymwf")]
    ['rmf', 'rmf', 'rmf']
    """
    for pattern, letter in _SAME_CONSONANT:
        word = pattern.sub(letter, word)
    # Doubled letters fall before the vowels do, or Mohamed would become Ahmed.
    return _NOT_IN_SKELETON.sub("", _REPEATED.sub(r"\1", word))


@lru_cache(maxsize=50_000)
def daitch_mokotoff(word: str) -> frozenset[str]:
    """Give the six-digit codes of a romanised word, several where a spelling has several readings.

    >>> sorted(daitch_mokotoff("auerbach")), sorted(daitch_mokotoff("ohrbach"))
    (['097400', '097500'], ['097400', '097500'])
    """
    readings: dict[tuple[str, str], None] = {("", ""): None}  # (code so far, last sound), in a stable order.
    place = 0
    while place < len(word):
        size = next((n for n in range(_LONGEST_SOUND, 0, -1) if word[place : place + n] in _SOUNDS), 1)
        sound = word[place : place + size]
        column = 0 if place == 0 else 1 if word[place + size : place + size + 1] in _VOWELS else 2
        codes = _SOUNDS.get(sound, ("", "", ""))[column].split("|")
        readings = dict.fromkeys(
            # A sound that repeats the one before it is coded once, even across two spellings of it.
            (code if last.endswith(new) else code + new, new)
            for code, last in readings
            for new in codes
        )
        readings = dict.fromkeys(list(readings)[:MOST_CODES])
        place += size
    return frozenset(code[:CODE_LENGTH].ljust(CODE_LENGTH, "0") for code, _last in readings if code)


@lru_cache(maxsize=50_000)
def word_keys(word: str) -> frozenset[str]:
    """Give the keys under which a romanised word is filed: two words that share one may be the same name."""
    bones = skeleton(word)
    codes = daitch_mokotoff(word)
    return codes | {bones} if bones else codes or frozenset([word])
