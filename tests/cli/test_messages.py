"""Messages are found wherever they are said, kept when they stay, and never guessed."""

import gettext
from io import BytesIO

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from relais.cli import messages

TEMPLATE = """
  <p title="{% translate 'Open' context "a door" %}">don't {{ _("Close") }} {# {% translate "Never" %} #}
    {% blocktranslate trimmed count n=rows|length %}
      {{ n }} case waits
    {% plural %}
      {{ n }} cases wait
    {% endblocktranslate %}
"""
PYTHON = """
title = _("Open")
label = pgettext("a door", "Open")
many = ngettext("%(n)s case", "%(n)s cases", n) % {"n": n}
"""


@pytest.fixture
def package(tmp_path, monkeypatch):
    """Make a package that says a few things, in a house of its own."""
    monkeypatch.setattr(messages, "PACKAGE", tmp_path)
    messages.messages_of.cache_clear()
    pages = tmp_path / "doors" / "templates" / "doors"
    pages.mkdir(parents=True)
    (pages / "door.html").write_text(TEMPLATE)
    (tmp_path / "doors" / "views.py").write_text(PYTHON)
    yield tmp_path / "doors"
    messages.messages_of.cache_clear()


def translate(package, language, words):
    """Fill a catalogue in, as a translator does."""
    file = messages.file_of(package, language)
    text = file.read_text()
    for english, translated in words.items():
        text = text.replace(f'msgid "{english}"\nmsgstr ""', f'msgid "{english}"\nmsgstr "{translated}"')
    file.write_text(text)


def test_templates_and_python_are_both_heard(package):
    assert messages.messages_of(package) == {
        ("a door", "Open"): "Open",
        (None, "Open"): "Open",
        (None, "Close"): "Close",
        (None, "%(n)s case waits"): ("%(n)s case waits", "%(n)s cases wait"),
        (None, "%(n)s case"): ("%(n)s case", "%(n)s cases"),
    }


def test_collecting_twice_changes_nothing_and_keeps_what_was_translated(package):
    messages.update(package, "fr")
    translate(package, "fr", {"Close": "Fermer"})
    before = messages.file_of(package, "fr").read_bytes()
    messages.update(package, "fr")
    assert messages.file_of(package, "fr").read_bytes() == before
    assert "Fermer" in before.decode()


def test_arabic_gets_its_six_plurals(package):
    messages.update(package, "ar")
    assert "msgstr[5]" in messages.file_of(package, "ar").read_text()


def test_what_is_not_translated_is_said_with_its_file(package):
    messages.update(package, "fr")
    messages.update(package, "ar")
    translate(package, "fr", {"Close": "Fermer"})
    found = [line for line in messages.problems() if "'Close'" in line]
    assert [line.split("/locale/")[1] for line in found] == ["ar/LC_MESSAGES/django.po: not translated: 'Close'"]


def test_a_lost_placeholder_is_said(package):
    (package / "views.py").write_text('x = _("Ask %(name)s")')
    messages.messages_of.cache_clear()
    messages.update(package, "fr")
    translate(package, "fr", {"Ask %(name)s": "Demandez"})
    assert any("name is not in the message, or is lost" in line for line in messages.problems())


@pytest.mark.parametrize("language", messages.PLURALS)
def test_the_plural_rule_of_a_language_can_be_read(package, language):
    messages.update(package, language)
    compiled = BytesIO()
    with messages.file_of(package, language).open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    assert gettext.GNUTranslations(compiled).ngettext("%(n)s case", "%(n)s cases", 3) == "%(n)s cases"
