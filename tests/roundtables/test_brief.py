"""The brief is two pages however much there is to say; nobody shut out is left unnamed, and what is left out is said."""

import json
import re
from datetime import date

import pytest
import typst
from django.urls import reverse
from django.utils.translation import override

from relais.roundtables import services
from relais.roundtables.brief import DOCUMENT, ROOMS, Brief
from relais.roundtables.forecast import Forecast, GroupRow, Range, StopRow
from relais.roundtables.views.figures import figures, group_names
from tests.test_papers import opened

LOWEST = 297 - 14
LANGUAGES = ["en", "fr", "ar"]
LONG = "a paper that only the registry of the place of birth gives, and it burnt down with the town hall"


def pages(drawn):
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", opened(drawn)))


def ends(drawn):
    """Give on which page each part ends, and how many millimetres down."""
    told = {"brief": json.dumps(drawn.told())}
    return json.loads(typst.query(str(DOCUMENT), "<end>", field="value", sys_inputs=told))


def forecast(values=20, asked=20, harmed=lambda _number: True):
    """A forecast of six groupings of so many groups, each told apart by its name, and of so many requirements."""
    rows = {
        key: [
            GroupRow(f"{key}-{number}", 400, 200, 100, (20, None)[number % 2] if harmed(number) else 0)
            for number in range(values)
        ]
        for key in group_names()
    }
    stops = [StopRow(f"r{number}", {"en": f"{number}: {LONG}"}, 400 - number, 200) for number in range(asked)]
    stands = {"passes": 4000, "blocked": 8000, "open": 100}
    return Forecast(12100, 10, stands, stands, Range(2000, 2100, True), Range(200, 300, True), rows, stops, [])


def brief(place, told, changes=20):
    """A brief with as much of everything else as there may be."""
    return Brief(
        title=f"With two witnesses in place of {LONG}",
        facts=[("Procedure", LONG), ("Authority", "Passport office"), ("Printed on", "15 November 2026")],
        changes=[f"“{LONG}, {number}” is no longer asked." for number in range(changes)],
        forecast=told,
        as_of=date(2026, 11, 15),
        figures=figures(told, place.procedure),
        burden=[(f"Measure {number}", "1,919", "3.5") for number in range(8)],
        best=[f"“{LONG}” is no longer asked."] * 3 + ["Together these would let through: at least 200."],
        voices=[f"{LONG} {LONG}"[:220]] * 6,
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("values", "asked"), [(20, 20), (60, 20), (8, 9), (2, 3), (0, 0)])
def test_it_is_two_pages_however_much_there_is(place, language, values, asked):
    with override(language):
        drawn = brief(place, forecast(values, asked), changes=asked)
        assert pages(drawn.pdf()) == 2
        assert [(page, 0 < low <= LOWEST) for page, low in ends(drawn)] == [(1, True), (2, True)], (
            "all of it on the page"
        )


def test_sooner_another_page_than_a_word_lost(place):
    drawn = brief(place, forecast(600, 20))
    assert pages(drawn.pdf()) > 2
    assert all(low <= LOWEST for _page, low in ends(drawn))


@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_is_newly_shut_out_is_named_in_however_little_room(place, language):
    with override(language):
        told = brief(place, forecast(20)).told()
        for room, groups in zip(ROOMS, told["second"], strict=True):
            assert [name for name, _lines, _said in groups] == list(group_names().values()), "every grouping is there"
            for _name, lines, said in groups:
                words = " ".join([*(cell for line in lines for cell in line), *said])
                assert len(set(re.findall(r"\w+-\d+\u2069", words))) == 20
                assert len(lines) == min(room, 20)


def test_what_there_is_no_room_for_is_counted(place):
    told = brief(place, forecast(20, harmed=lambda number: number == 19)).told()
    room = ROOMS.index(4)
    _name, lines, said = told["second"][room][0]
    assert said == ["And 16 more: see the page of the draft."]
    assert "\u2068sex-19\u2069" in [line[0] for line in lines], "who is shut out is given room first"
    first = told["first"][room]
    assert (len(first["stops"]), first["left"]) == (4, ["And 16 more: see the page of the draft."])
    assert first["changes"][4:] == ["And 16 more: see the page of the draft."]
    assert told["second"][ROOMS.index(0)][0][2] == [
        "Newly shut out: \u2068sex-19\u2069 (hidden); all their figures are on the page of the draft.",
        "And 19 more: see the page of the draft.",
    ]
    assert told["first"][0]["left"] == [], "there is room for all twenty where the page takes them"


def test_a_hidden_count_says_nothing_of_harm_where_there_is_none(place):
    told = brief(place, forecast(20))
    told.figures["harm"] = False
    said = [line for _name, _lines, said in told.told()["second"][-1] for line in said]
    assert "sex-0" in said[0], "twenty are shut out, so there is harm after all"
    assert "sex-1\u2069" not in said[0]


def test_words_of_others_are_set_apart_in_their_own_direction(place, draft, sign_in, monkeypatch):
    for number in range(5):
        services.comment_on_draft(
            version=draft, organisation=place.office, text=f"We can live with this, {number}.", by=place.official
        )
    told = {}
    monkeypatch.setattr(Brief, "pdf", lambda brief: told.update(brief.told()) or b"%PDF")
    page = sign_in(place.official)
    page.cookies["relais_language"] = "ar"
    page.get(reverse("roundtables:brief", args=[draft.pk]))
    quoted = [said for said in told["voices"] if "live with this" in said]
    assert all("«\u2068We can live with this, " in said and ".\u2069»" in said for said in quoted)
    assert len(quoted) == 3
    assert told["voices"][-1].startswith("و2 غيرها"), "the others are counted"
