from datetime import date

import pytest
from django.template import Context, Template
from django.utils.translation import override


def render(source, **values):
    return Template(source).render(Context(values))


def test_an_icon_beside_its_word_is_silent():
    assert 'aria-hidden="true"' in render('{% icon "done" %}')


def test_an_icon_alone_speaks():
    assert 'aria-label="Done"' in render('{% icon "done" "Done" %}')


def test_an_icon_nobody_drew_is_a_mistake():
    with pytest.raises(KeyError):
        render('{% icon "unicorn" %}')


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 15), "today"),
        (date(2026, 11, 14), "yesterday"),
        (date(2026, 11, 17), "in 2 days"),
        (date(2026, 11, 1), "14 days ago"),
        (date(2026, 1, 1), "1 January 2026"),
    ],
)
def test_a_day_is_said_as_one_would_say_it(at, day, words):
    at("2026-11-15 09:00")
    assert words in render("{{ day|ago }}", day=day)


def test_a_number_is_written_as_the_reader_writes_it():
    with override("fr"):
        assert render("{{ n|number }}", n=12480).split() == ["12", "480"]


def test_a_name_is_kept_apart_from_the_direction_around_it():
    assert render("{{ name|bdi }}", name="<نرجس>") == "<bdi>&lt;نرجس&gt;</bdi>"


def test_a_text_is_shown_in_the_readers_language():
    with override("fr"):
        assert render("{{ t|tr }}", t={"en": "Fee", "fr": "Droits"}) == "Droits"


def test_a_component_gets_what_it_is_given_and_nothing_else():
    shown = render('{% show "status" word="Late" icon="late" %}', tone="attention")
    assert "Late" in shown
    assert "status-attention" not in shown


def test_a_component_wraps_what_stands_inside_it():
    shown = render('{% wrap "card" title="Office" %}<b>Kochkor</b>{% endwrap %}')
    assert "<b>Kochkor</b>" in shown
    assert "Office" in shown


def test_the_code_of_a_person_is_shown_in_groups_and_any_other_as_it_is():
    assert "4827-1953-8" in render("{{ code|code }}", code="482719538")
    assert "T-07" in render("{{ code|code }}", code="T-07")
