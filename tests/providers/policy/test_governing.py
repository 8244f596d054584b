"""R10: which lines govern a service on a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from providers.kinds import Language, Service
from providers.policy.facts import MandateFacts
from providers.policy.rules import governing, language_called, lines_called, upcoming
from tests.providers.policy.examples import ALONE, BEGAN, LINE, SPANISH

DAY = timedelta(days=1)
ENDS = date(2026, 12, 18)
ENDED = replace(LINE, ends=ENDS)


@pytest.mark.parametrize(
    ("on", "governs"),
    [(BEGAN - DAY, False), (BEGAN, True), (ENDS, True), (ENDS + DAY, False)],
    ids=["the day before its first", "its first day", "its last day", "the day after its last"],
)
def test_a_line_counts_from_its_first_to_its_last_day(on: date, *, governs: bool) -> None:
    assert governing((ENDED,), Service.SPEECH, Language.ENGLISH, on) == ((ENDED,) if governs else ())


def test_a_line_without_end_goes_on() -> None:
    assert governing((LINE,), Service.SPEECH, Language.ENGLISH, date(2030, 1, 2)) == (LINE,)


def test_a_line_of_a_superseded_iep_does_not_govern() -> None:
    old = replace(LINE, id=1, governs=False)
    assert governing((old, LINE), Service.SPEECH, Language.ENGLISH, BEGAN) == (LINE,)
    assert governing((old,), Service.SPEECH, Language.ENGLISH, BEGAN) == ()


def test_one_to_one_and_group_govern_together() -> None:
    assert governing((LINE, ALONE), Service.SPEECH, Language.ENGLISH, BEGAN) == (LINE, ALONE)


def test_another_service_is_not_found() -> None:
    assert governing((LINE,), Service.COUNSELING, Language.ENGLISH, BEGAN) == ()


def test_another_language_is_found_only_when_none_is_named() -> None:
    assert governing((LINE, SPANISH), Service.SPEECH, Language.SPANISH, BEGAN) == (SPANISH,)
    assert governing((LINE, SPANISH), Service.SPEECH, None, BEGAN) == (LINE, SPANISH)


@pytest.mark.parametrize(
    ("on", "still_to_come"),
    [(BEGAN - DAY, True), (BEGAN, False), (BEGAN + DAY, False)],
    ids=["the day before", "its first day", "the day after"],
)
def test_a_line_is_upcoming_until_the_day_before_its_first(on: date, *, still_to_come: bool) -> None:
    assert upcoming((LINE,), Service.SPEECH, Language.ENGLISH, on) == ((LINE,) if still_to_come else ())


def test_an_upcoming_line_need_not_govern_yet() -> None:
    later = replace(LINE, governs=False)
    assert upcoming((later,), Service.SPEECH, None, BEGAN - DAY) == (later,)
    assert upcoming((later,), Service.COUNSELING, None, BEGAN - DAY) == ()
    assert upcoming((later,), Service.SPEECH, Language.SPANISH, BEGAN - DAY) == ()


def test_a_call_is_about_the_lines_in_force_and_only_without_any_about_later_ones() -> None:
    later = replace(LINE, id=12, starts=BEGAN + 30 * DAY, governs=False)
    assert lines_called((LINE, later), Service.SPEECH, None, BEGAN) == (LINE,)
    assert lines_called((later,), Service.SPEECH, None, BEGAN) == (later,)
    assert lines_called((LINE, later), Service.SPEECH, None, BEGAN - DAY) == (LINE, later)
    assert lines_called((LINE, later), Service.COUNSELING, None, BEGAN) == ()


def test_lines_may_come_from_anything_that_yields_them() -> None:
    assert lines_called(iter((LINE,)), Service.SPEECH, None, BEGAN - DAY) == (LINE,)


@pytest.mark.parametrize(
    ("lines", "named", "language"),
    [
        ((LINE,), None, Language.ENGLISH),
        ((replace(LINE, governs=False), SPANISH), None, Language.SPANISH),
        ((LINE, SPANISH), None, None),
        ((LINE, SPANISH), Language.SPANISH, Language.SPANISH),
        ((LINE,), Language.SPANISH, Language.SPANISH),
        ((), None, None),
        ((), Language.SPANISH, Language.SPANISH),
    ],
    ids=["only one", "superseded by one", "two", "two, one named", "another named", "none", "none, one named"],
)
def test_the_language_of_a_call_is_the_named_or_the_only_one(
    lines: tuple[MandateFacts, ...], named: Language | None, language: Language | None
) -> None:
    assert language_called(lines, Service.SPEECH, named, BEGAN) is language
