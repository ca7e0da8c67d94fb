"""Collects what people read into each package's catalogues, and compiles them, without the gettext programs.

Each package keeps its own `locale/<language>/LC_MESSAGES/django.po`, sorted and without line numbers, so that two people
translating two packages never touch one file. Nothing is guessed: a new message is empty until someone translates it, unless
another package already says the same thing.
"""

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

import typer
from babel.messages import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parent.parent
PLURALS = {
    "fr": "nplurals=2; plural=(n > 1);",
    "ar": "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5;",
}
HEADER = """\
# Relais, {package}. Collected by `make messages`, translated by people.
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"

"""
CONTEXT, FIRST, SECOND, THIRD = (1, "c"), 1, 2, 3
KEYWORDS = {
    **dict.fromkeys(["_", "gettext", "gettext_lazy", "gettext_noop"]),
    **dict.fromkeys(["ngettext", "ngettext_lazy"], (FIRST, SECOND)),
    **dict.fromkeys(["pgettext", "pgettext_lazy"], (CONTEXT, SECOND)),
    **dict.fromkeys(["npgettext", "npgettext_lazy"], (CONTEXT, SECOND, THIRD)),
}
STRING = r"""u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
CALL = re.compile(
    rf"""\b(_|gettext|ngettext|pgettext|npgettext)\(\s*{STRING}(?:\s*,\s*{STRING})?(?:\s*,\s*{STRING})?"""
)
PLACEHOLDER = re.compile(r"%\((\w+)\)|\{(\w+)\}")

Key = tuple[str | None, str]  # context, msgid
Text = str | tuple[str, str]  # msgid, or msgid and its plural


def in_python(source: Path) -> Iterator[tuple[str | None, Text]]:
    """Give each (context, message) of a Python file."""
    with source.open("rb") as file:
        for _line, text, _comments, context in extract("python", file, KEYWORDS, options={"encoding": "utf-8"}):
            yield context, text


def in_template(source: Path) -> Iterator[tuple[str | None, Text]]:
    """Give each (context, message) of a template, `trimmed`, `plural` and `context` understood as Django does."""
    for function, *strings in CALL.findall(templatize(source.read_text(encoding="utf-8"), origin=str(source))):
        texts = [ast.literal_eval(string) for string in strings if string]
        context = texts.pop(0) if "pgettext" in function else None
        yield context, (texts[0], texts[1]) if function.startswith("n") else texts[0]


@cache
def messages_of(package: Path) -> dict[Key, Text]:
    """Give every message a package can show, by context and msgid."""
    found: dict[Key, Text] = {}
    for source in sorted(package.rglob("*")):
        in_source = {".py": in_python, ".html": in_template, ".txt": in_template}.get(source.suffix)
        if (
            in_source is None
            or "migrations" in source.parts
            or (source.suffix != ".py" and "templates" not in source.parts)
        ):
            continue
        for context, text in in_source(source):
            key = (context, text if isinstance(text, str) else text[0])
            if key[1] and not isinstance(found.get(key), tuple):
                found[key] = text
    return found


def packages() -> list[Path]:
    """Give the packages that say something to people."""
    return [folder for folder in sorted(PACKAGE.iterdir()) if folder.is_dir() and messages_of(folder)]


def file_of(package: Path, language: str) -> Path:
    """Say where a package keeps its words in a language."""
    return package / "locale" / language / "LC_MESSAGES" / "django.po"


def catalogue(package: Path, language: str) -> Catalog:
    """Read what is translated so far."""
    file = file_of(package, language)
    if not file.exists():
        return Catalog(locale=language)
    with file.open("rb") as source:
        return read_po(source, locale=language)


def known(language: str) -> dict[Key, Message]:
    """Give every translation of any package, for messages that two packages share."""
    entries = (message for package in packages() for message in catalogue(package, language) if message.id)
    return {key_of(message): message for message in entries if is_complete(message)}


def key_of(message: Message) -> Key:
    """Identify a message as gettext does."""
    return message.context, message.id if isinstance(message.id, str) else message.id[0]


def is_complete(message: Message) -> bool:
    """Say whether every form of a message is translated, by someone who was sure."""
    forms = [message.string] if isinstance(message.string, str) else message.string
    return not message.fuzzy and all(forms)


def update(package: Path, language: str) -> None:
    """Write the catalogue of a package: every message it has now, translated as far as it was."""
    before = {key_of(message): message for message in catalogue(package, language) if message.id}
    elsewhere = known(language)
    after = Catalog(locale=language)
    for key, text in messages_of(package).items():
        old = before.get(key) or elsewhere.get(key)
        kept = old.string if old and isinstance(old.id, str) == isinstance(text, str) and not old.fuzzy else None
        after.add(text, kept or "", context=key[0])
    file = file_of(package, language)
    file.parent.mkdir(parents=True, exist_ok=True)
    words = BytesIO()
    write_po(words, after, width=120, no_location=True, omit_header=True, sort_output=True)
    header = HEADER.format(package=package.name, language=language, plurals=PLURALS[language])
    # Each message is written with an empty line after it, the last one too.
    file.write_bytes(header.encode() + words.getvalue().rstrip() + b"\n")


def compile_all() -> None:
    """Write each `.mo` beside its `.po`, for Django to read."""
    for source in PACKAGE.glob("*/locale/*/LC_MESSAGES/django.po"):
        with source.open("rb") as file, source.with_suffix(".mo").open("wb") as target:
            write_mo(target, read_po(file, locale=source.parent.parent.name))


def problems() -> Iterator[str]:
    """Give a line for each message that someone would read in the wrong language, or not at all."""
    agreed: dict[tuple[str, Key], tuple[str, object]] = {}
    for package in packages():
        for language in PLURALS:
            where = file_of(package, language).relative_to(PACKAGE.parent)
            translated = {key_of(message): message for message in catalogue(package, language) if message.id}
            wanted = messages_of(package)
            yield from (f"{where}: not collected: {key[1]!r}" for key in wanted if key not in translated)
            yield from (f"{where}: nobody says this any more: {key[1]!r}" for key in translated if key not in wanted)
            for key, message in translated.items():
                if not is_complete(message):
                    yield f"{where}: not translated: {key[1]!r}"
                elif strange := strange_placeholders(message):
                    yield f"{where}: {', '.join(sorted(strange))} is not in the message, or is lost: {key[1]!r}"
                first, words = agreed.setdefault((language, key), (str(where), message.string))
                if words != message.string:
                    yield f"{where}: translated otherwise in {first}: {key[1]!r}"


def strange_placeholders(message: Message) -> set[str]:
    """Give the placeholders that only one side has; a plural form may leave out its number."""

    def names(text: str) -> set[str]:
        return {first or second for first, second in PLACEHOLDER.findall(text)}

    if isinstance(message.id, str):
        return names(message.id) ^ names(str(message.string))
    return set().union(*(names(form) for form in message.string)) - set().union(*(names(form) for form in message.id))


def main(check: bool = False, compile: bool = False) -> None:  # noqa: A002 - the name of the option
    """Collect messages into the catalogues; or only compile them; or only say what is missing."""
    if check:
        missing = list(problems())
        print("\n".join(missing) or "Every message is in French and in Arabic.")
        sys.exit(1 if missing else 0)
    if not compile:
        for package in packages():
            for language in PLURALS:
                update(package, language)
    compile_all()


if __name__ == "__main__":
    typer.run(main)
