from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orcs_portal.shared import say

NEW_YORK = ZoneInfo("America/New_York")
NOW = datetime(2026, 11, 24, 7, 43, tzinfo=NEW_YORK)
TODAY = date(2026, 11, 24)


def plain(text: str) -> str:
    """Return the text with ordinary blanks, for reading in a test."""
    return text.replace(say.BLANK, " ")


def at(*parts: int) -> datetime:
    """Return a moment in New York."""
    year, month, day, hour, minute = parts
    return datetime(year, month, day, hour, minute, tzinfo=NEW_YORK)


@pytest.mark.parametrize(
    ("hour", "minute", "words"),
    [(0, 0, "12:00 am"), (7, 5, "7:05 am"), (11, 59, "11:59 am"), (12, 0, "12:00 pm"), (23, 59, "11:59 pm")],
)
def test_a_time_is_said_on_a_twelve_hour_clock(hour: int, minute: int, words: str) -> None:
    assert plain(say.say_time(at(2026, 11, 24, hour, minute))) == words


def test_a_time_in_another_zone_is_said_as_new_york_reads_it() -> None:
    assert plain(say.say_time(datetime(2026, 11, 24, 12, 41, tzinfo=UTC))) == "7:41 am"


def test_a_time_never_breaks_before_its_half_of_the_day() -> None:
    assert say.say_time(NOW) == f"7:43{say.BLANK}am"


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (at(2026, 11, 24, 7, 41), "today, 7:41 am"),
        (at(2026, 11, 24, 0, 0), "today, 12:00 am"),
        (at(2026, 11, 24, 23, 59), "today, 11:59 pm"),
        (at(2026, 11, 25, 0, 0), "tomorrow, 12:00 am"),
        (at(2026, 11, 25, 6, 0), "tomorrow, 6:00 am"),
        (at(2026, 11, 23, 23, 59), "yesterday, 11:59 pm"),
        (at(2026, 11, 26, 7, 41), "Thu, Nov 26, 7:41 am"),
        (at(2026, 11, 22, 7, 41), "Sun, Nov 22, 7:41 am"),
        (at(2027, 1, 4, 6, 0), "Mon, Jan 4, 2027, 6:00 am"),
        (at(2025, 11, 24, 6, 0), "Mon, Nov 24, 2025, 6:00 am"),
    ],
)
def test_a_moment_is_said_as_seen_from_now(moment: datetime, words: str) -> None:
    assert plain(say.say_when(moment, NOW)) == words


def test_a_minute_past_new_york_midnight_is_tomorrow_although_it_is_today_in_greenwich() -> None:
    just_before = datetime(2026, 11, 25, 4, 59, tzinfo=UTC)
    midnight = datetime(2026, 11, 25, 5, 0, tzinfo=UTC)
    assert plain(say.say_when(just_before, NOW)) == "today, 11:59 pm"
    assert plain(say.say_when(midnight, NOW)) == "tomorrow, 12:00 am"


def test_new_years_day_is_tomorrow_on_the_last_evening() -> None:
    evening = at(2026, 12, 31, 22, 0)
    assert plain(say.say_when(at(2027, 1, 1, 6, 0), evening)) == "tomorrow, 6:00 am"
    assert plain(say.say_when(at(2027, 1, 2, 6, 0), evening)) == "Sat, Jan 2, 2027, 6:00 am"
    assert plain(say.say_when(at(2026, 12, 31, 6, 0), at(2027, 1, 1, 6, 0))) == "yesterday, 6:00 am"


def test_the_day_after_the_clocks_change_is_still_tomorrow() -> None:
    saturday_night = at(2026, 10, 31, 23, 30)
    assert plain(say.say_when(at(2026, 11, 1, 23, 30), saturday_night)) == "tomorrow, 11:30 pm"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (TODAY, "today"),
        (date(2026, 11, 25), "tomorrow"),
        (date(2026, 11, 23), "yesterday"),
        (date(2026, 11, 30), "Mon, Nov 30"),
        (date(2027, 1, 4), "Mon, Jan 4, 2027"),
    ],
)
def test_a_day_is_said_as_seen_from_today(day: date, words: str) -> None:
    assert plain(say.say_day(day, TODAY)) == words


def test_a_date_carries_its_year_only_when_it_is_another() -> None:
    assert plain(say.say_date(date(2026, 9, 8), TODAY)) == "Sep 8"
    assert plain(say.say_date(date(2025, 9, 8), TODAY)) == "Sep 8, 2025"
    assert say.say_date(TODAY, TODAY) == f"Nov{say.BLANK}24"


def test_a_day_read_back_gives_its_date_also_when_it_is_today() -> None:
    assert plain(say.say_day_in_full(TODAY, TODAY)) == "Tue, Nov 24, 2026, today"
    assert plain(say.say_day_in_full(date(2026, 11, 23), TODAY)) == "Mon, Nov 23, 2026, yesterday"
    assert plain(say.say_day_in_full(date(2026, 11, 9), TODAY)) == "Mon, Nov 9, 2026"


def test_paper_gets_the_whole_stamp() -> None:
    assert plain(say.say_stamp(NOW)) == "Tue, Nov 24, 2026, 7:43 am"
    assert plain(say.say_day_stamp(TODAY)) == "Tue, Nov 24, 2026"


@given(st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1), timezones=st.just(NEW_YORK)))  # noqa: DTZ001 - bounds
def test_a_moment_seen_from_itself_is_today_at_its_own_time(moment: datetime) -> None:
    assert say.say_when(moment, moment) == f"today, {say.say_time(moment)}"


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(-400, 400))
def test_only_the_days_next_to_today_go_without_a_date(today: date, apart: int) -> None:
    words = say.say_day(today + timedelta(days=apart), today)
    assert words.islower() == (abs(apart) <= 1)


def test_a_sentence_begins_with_a_capital_and_keeps_the_rest() -> None:
    assert say.cap("today, 7:41 am, SEC") == "Today, 7:41 am, SEC"
    assert say.cap("") == ""


def test_a_mandate_is_written_in_the_fields_notation_and_never_breaks() -> None:
    assert say.notation(3, 30, 2) == "3\u00a0\u00d7\u00a030\u00a0\u00d7\u00a02"


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ((3, 30, 2), "3 times a week, 30 minutes, group of 2"),
        ((2, 45, 1), "2 times a week, 45 minutes, one to one"),
        ((1, 30, 1), "once a week, 30 minutes, one to one"),
        ((10, 60, 8), "10 times a week, 60 minutes, group of 8"),
    ],
)
def test_a_mandate_is_said_in_words(figures: tuple[int, int, int], words: str) -> None:
    assert plain(say.in_words(*figures)) == words


def test_a_student_number_stands_in_three_groups_and_gets_its_zeros_back() -> None:
    assert say.osis_groups(900012087) == ("900", "012", "087")
    assert say.osis_groups(12087) == ("000", "012", "087")
    assert say.osis_groups("012345678") == ("012", "345", "678")


def test_a_confirmation_number_stands_in_groups_of_four_and_a_reference_keeps_its_letter() -> None:
    assert plain(say.group_number("40712310")) == "4071 2310"
    assert plain(say.group_number("R40712288")) == "R 4071 2288"
    assert say.number_groups("") == ()
