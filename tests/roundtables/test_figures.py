"""What stands beside a forecast: numbers written in one way, groups drawn and told, nothing hidden drawn as nothing."""

from decimal import Decimal

import pytest
from django.template.loader import render_to_string
from django.utils.formats import number_format
from django.utils.translation import override

from relais.procedures.describe import amount_words, fee_words
from relais.roundtables.burden_groups import mean_words
from relais.roundtables.forecast import Forecast, GroupRow, Range
from relais.roundtables.views.figures import figures, group_choices

NOBODY = {"passes": 0, "blocked": 0, "open": 0}


def told(**groups):
    """A forecast of which only the groups matter: (value, people, stopped today, let through, newly shut out)."""
    rows = {name: [GroupRow(*row) for row in each] for name, each in groups.items()}
    return Forecast(100, 10, NOBODY, NOBODY, Range(20, 20, True), Range(10, 10, True), rows, [], [])


@pytest.mark.parametrize(("language", "thousand"), [("en", "1,000"), ("fr", "1\xa0000"), ("ar", "1,000")])
def test_money_amounts_and_means_are_written_in_one_way(language, thousand):
    with override(language):
        some = number_format(Decimal("1000.6"), use_l10n=True, force_grouping=True)
        assert some in {f"{thousand}.6", f"{thousand},6"}
        assert fee_words(Decimal("1000.60"), "KGS") == f"{some}\xa0KGS"
        assert fee_words(Decimal("1000.60"), "") == some
        assert mean_words(1000) == thousand
        assert mean_words(0.6)[1] == some[-2]
        assert thousand in amount_words("days", 1000)


def test_a_group_to_choose_is_said_as_the_language_writes_it(place):
    with override("fr"):
        words = [said for _key, said in group_choices(told(sex=[("man", 20, 0, 0, 0)]), place.procedure)]
    assert words == ["Par sexe : homme"]


def test_each_grouping_is_drawn_with_its_table(place):
    rows = [("woman", 40, 30, 20, 0), ("man", 30, 10, None, 10), ("", 20, 10, 0, 0)]
    (chart,) = figures(told(sex=rows, language=[("ky", 20, 0, 0, 0)]), place.procedure)["group_charts"]
    assert chart["title"] == "By sex"
    assert chart["key"] == [("", "Let through"), ("chart-harm", "Newly shut out")]
    drawn = [(bar["value"], bar["drawn"], bar["look"]) for bar in chart["bars"]]
    assert drawn == [("20", True, ""), ("0", True, "chart-harm"), ("hidden", False, ""), ("10", True, "chart-harm")]
    assert chart["columns"] == ["Group", "People", "Stopped today", "Let through", "Newly shut out"]
    assert chart["rows"] == [
        ["woman", "40", "30", "20", "0"],
        ["man", "30", "10", "hidden", "10"],
        ["not known", "20", "10", "0", "0"],
    ], "who is neither let through nor shut out stands in the table"


def test_where_nobody_is_shut_out_it_is_said_once_and_not_drawn(place):
    rows = [("woman", 40, 30, 20, 0), ("man", 30, 10, 10, 0)]
    found = figures(told(sex=rows, status=rows), place.procedure)
    assert found["unharmed"]
    assert [[bar["value"] for bar in chart["bars"]] for chart in found["group_charts"]] == [["20", "10"]] * 2
    assert found["group_charts"][0]["key"] == [("", "Let through")]
    said = render_to_string("roundtables/_groups.html", {"figures": found})
    assert said.count("Nobody is newly shut out in any of these groups.") == 1
    assert said.count("<rect") == 4 + 2, "a bar for each group, and the key of each chart"


def test_what_is_hidden_is_a_word_and_never_a_bar(place):
    rows = [("woman", 40, 30, None, 0), ("man", 30, 10, None, 10)]
    said = render_to_string("roundtables/_groups.html", {"figures": figures(told(sex=rows), place.procedure)})
    drawing = said[said.index('<svg width="100%"') : said.index("<details")]
    assert (drawing.count("<rect"), drawing.count(">hidden<")) == (2, 2)
    assert "Nobody is newly shut out" not in said


def test_groups_only_stopped_today_have_their_table_and_no_drawing(place):
    found = figures(told(sex=[("woman", 40, 30, 0, 0), ("man", 30, 10, 0, 0)]), place.procedure)
    (chart,) = found["group_charts"]
    assert (chart["bars"], chart["height"], chart["key"], len(chart["rows"])) == ([], 0, [], 2)
    assert 'role="img"' not in render_to_string("roundtables/_groups.html", {"figures": found})
