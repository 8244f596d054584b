"""A day typed in any usual way, with its year or as one of the school year."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from orcs_portal.shared.dayfield import FORMATS, WITHOUT_YEAR, DayField

NOVEMBER, MARCH, AUGUST = date(2026, 11, 24), date(2027, 3, 2), date(2027, 8, 2)
DAY = date(2026, 11, 23)


def read(text: str, today: date | None = None) -> date | None:
    field = DayField(missing="Enter the day")
    field.today = today
    found: date | None = field.clean(text)
    return found


@pytest.mark.parametrize("form", FORMATS)
def test_every_usual_way_with_a_year_is_read_on_any_day(form: str) -> None:
    assert read(DAY.strftime(form)) == DAY
    assert read(DAY.strftime(form), MARCH) == DAY


@pytest.mark.parametrize("form", WITHOUT_YEAR)
def test_without_a_year_it_is_the_school_years(form: str) -> None:
    for today in (NOVEMBER, MARCH):
        assert read(DAY.strftime(form), today) == DAY
    assert read(DAY.strftime(form), AUGUST) == date(2027, 11, 23)


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("Jul 1", date(2026, 7, 1)),
        ("Jun 30", date(2027, 6, 30)),
        ("Sep 8", date(2026, 9, 8)),
        ("1/5", date(2027, 1, 5)),
    ],
)
def test_a_school_year_goes_from_july_to_june(text: str, means: date) -> None:
    assert read(text, NOVEMBER) == read(text, MARCH) == means


@pytest.mark.parametrize(
    "text",
    ["Nov\N{NO-BREAK SPACE}23", " Nov  23 ", "nov 23", "Nov. 23", "November 23", "Nov 23 2026", "Nov. 23, 2026"],
)
def test_it_may_be_copied_from_a_page_or_typed_loosely(text: str) -> None:
    assert read(text, NOVEMBER) == DAY


def test_september_may_be_shortened_to_four_letters() -> None:
    assert read("Sept 15", NOVEMBER) == read("Sept. 15, 2026") == date(2026, 9, 15)


def test_a_leap_day_is_one_only_in_its_year() -> None:
    assert read("Feb 29", date(2027, 11, 1)) == date(2028, 2, 29)
    with pytest.raises(ValidationError):
        read("Feb 29", NOVEMBER)


@pytest.mark.parametrize(
    "text", ["23", "Nov", "13/45", "2/30", "11/2026", "Nov 23 26 1", "yesterday", "9" * 41, "\x00"]
)
@pytest.mark.parametrize("today", [None, NOVEMBER])
def test_what_is_no_day_is_told_so_with_an_example(text: str, today: date | None) -> None:
    with pytest.raises(ValidationError, match="for example 11/9/2026"):
        read(text, today)


def test_without_knowing_the_day_a_year_is_asked_for() -> None:
    with pytest.raises(ValidationError):
        read("Nov 23")


def test_nothing_typed_is_said_in_the_fields_own_words() -> None:
    with pytest.raises(ValidationError, match="Enter the day"):
        read("")
