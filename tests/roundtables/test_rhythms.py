"""A rhythm is said in plain words, in each language, and read back the same."""

import pytest
from django.utils import translation

from relais.roundtables.rhythms import How, day_of_month, in_words, read, written

SAID = {
    "FREQ=MONTHLY;BYMONTHDAY=15": "each month on the 15th",
    "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1": "every 3 months on the 1st",
    "FREQ=MONTHLY;BYMONTHDAY=-1": "each month on its last day",
    "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=-1": "every 2 months on the last day",
    "FREQ=MONTHLY;BYDAY=1TU": "each month on the first Tuesday",
    "FREQ=MONTHLY;INTERVAL=2;BYDAY=-1FR": "every 2 months on the last Friday",
    "FREQ=WEEKLY;BYDAY=MO": "each week on Monday",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU": "every 2 weeks on Tuesday",
    "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=2": "by the rule FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=2",
}


@pytest.mark.parametrize("rrule", SAID)
def test_a_rhythm_is_said_in_plain_words_and_written_back(rrule):
    assert in_words(rrule) == SAID[rrule]
    assert written(read(rrule)) == rrule


@pytest.mark.parametrize("rrule", ["FREQ=WEEKLY;COUNT=4;BYDAY=TU", "FREQ=WEEKLY;BYDAY=MO,TU", "FREQ=MONTHLY"])
def test_what_plain_words_would_leave_out_stays_a_rule(rrule):
    assert read(rrule).how is How.CUSTOM


def test_other_languages_count_days_their_own_way():
    with translation.override("fr"):
        assert in_words("FREQ=MONTHLY;BYMONTHDAY=1") == "chaque mois le 1er"
        assert in_words("FREQ=MONTHLY;BYMONTHDAY=15") == "chaque mois le 15"
        assert in_words("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU") == "toutes les 2 semaines le mardi"
    with translation.override("ar"):
        assert in_words("FREQ=MONTHLY;BYMONTHDAY=15") == "كل شهر في اليوم 15"
    assert [day_of_month(day) for day in (1, 2, 3, 11, 15, 22)] == ["1st", "2nd", "3rd", "11th", "15th", "22nd"]
