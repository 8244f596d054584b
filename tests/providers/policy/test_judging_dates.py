"""The date of a first session: both sides of every bound, and the words that name it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from providers.kinds import Language
from providers.policy.facts import CallFacts, SchoolYearFacts
from providers.policy.judging import judge_call
from providers.policy.verdict import Outcome
from tests.providers.policy.examples import (
    AGENCY_CALL,
    BEGAN,
    CALLS,
    DOE_CALL,
    LINE,
    PAPER,
    RSA_CALL,
    TODAY,
    YEAR,
    plain,
    with_lines,
    with_student,
)

DAY = timedelta(days=1)
OLD = replace(LINE, starts=date(2025, 9, 8))
ENDED_YEAR = SchoolYearFacts(date(2025, 9, 8), date(2026, 6, 26))


def on(facts: CallFacts, day: date) -> CallFacts:
    """Return the call with another date of the first session."""
    return replace(facts, session_on=day)


EDGES = {
    "tomorrow": (on(DOE_CALL, TODAY + DAY), on(DOE_CALL, TODAY), "in-the-future", "Nov 24, 2026"),
    "before the year": (
        on(with_lines(DOE_CALL, OLD), YEAR.first_day - DAY),
        on(with_lines(DOE_CALL, OLD), YEAR.first_day),
        "before-school-year",
        "Sep 10, 2026",
    ),
    "after the year": (
        replace(on(with_lines(DOE_CALL, OLD), ENDED_YEAR.last_day + DAY), school_year=ENDED_YEAR),
        replace(on(with_lines(DOE_CALL, OLD), ENDED_YEAR.last_day), school_year=ENDED_YEAR),
        "after-school-year",
        "Jun 26, 2026",
    ),
    "before the mandate": (on(DOE_CALL, BEGAN - DAY), on(DOE_CALL, BEGAN), "before-mandate", "Oct 5, 2026"),
    "before the transmittal": (
        on(AGENCY_CALL, PAPER - DAY),
        on(AGENCY_CALL, PAPER),
        "before-transmittal",
        "Oct 19, 2026",
    ),
    "before the letter": (on(RSA_CALL, PAPER - DAY), on(RSA_CALL, PAPER), "before-letter", "Oct 19, 2026"),
}
EACH_EDGE = pytest.mark.parametrize(("beyond", "within", "code", "bound"), EDGES.values(), ids=EDGES.keys())


@EACH_EDGE
def test_the_day_beyond_the_bound_is_to_be_corrected(
    beyond: CallFacts, within: CallFacts, code: str, bound: str
) -> None:
    verdict = judge_call(beyond)
    assert (verdict.outcome, verdict.field, verdict.code) == (Outcome.CORRECT, "session_on", code)


@EACH_EDGE
def test_the_bound_itself_is_accepted(beyond: CallFacts, within: CallFacts, code: str, bound: str) -> None:
    assert judge_call(within).outcome is Outcome.ACCEPTED


@EACH_EDGE
def test_the_words_name_the_bound_and_repeat_what_was_typed(
    beyond: CallFacts, within: CallFacts, code: str, bound: str
) -> None:
    reason = judge_call(beyond).reason
    typed = beyond.session_on
    assert bound in plain(reason)
    assert f"you typed {typed:%b} {typed.day}, {typed.year}" in plain(reason)


@EACH_EDGE
def test_nothing_is_recorded_and_the_words_say_so(beyond: CallFacts, within: CallFacts, code: str, bound: str) -> None:
    verdict = judge_call(beyond)
    assert verdict.meanwhile == "Nothing is recorded yet."
    assert verdict.look_again_school_days is None


def test_the_mandate_and_the_papers_cite_their_rules() -> None:
    rules = {code: judge_call(beyond).rule for beyond, _within, code, _bound in EDGES.values()}
    assert rules == {
        "in-the-future": "",
        "before-school-year": "",
        "after-school-year": "",
        "before-mandate": "R10",
        "before-transmittal": "R8",
        "before-letter": "R8",
    }


def test_a_paper_earlier_than_the_mandate_does_not_widen_it() -> None:
    facts = on(with_student(AGENCY_CALL, transmittal_on=BEGAN - 10 * DAY), BEGAN - DAY)
    assert judge_call(facts).code == "before-mandate"


def test_doe_staff_are_not_bound_by_a_transmittal() -> None:
    facts = on(with_student(DOE_CALL, transmittal_on=PAPER), PAPER - DAY)
    assert judge_call(facts).outcome is Outcome.ACCEPTED


def test_the_session_is_judged_by_the_line_that_governed_on_its_day() -> None:
    old = replace(LINE, id=1, starts=date(2026, 9, 10), ends=date(2026, 11, 1), governs=True)
    new = replace(LINE, id=2, starts=date(2026, 11, 2), governs=False)
    assert judge_call(on(with_lines(DOE_CALL, old, new), date(2026, 11, 1))).lines == (1,)


def test_in_a_gap_between_two_lines_the_next_first_day_is_named() -> None:
    old = replace(LINE, id=1, starts=date(2026, 9, 10), ends=date(2026, 10, 30), governs=True)
    new = replace(LINE, id=2, starts=date(2026, 11, 9))
    later = replace(LINE, id=3, starts=date(2026, 11, 16))
    verdict = judge_call(on(with_lines(DOE_CALL, old, new, later), date(2026, 11, 2)))
    assert verdict.code == "before-mandate"
    assert "begins on Nov 9, 2026" in plain(verdict.reason)
    assert "from Nov 9, 2026 on" in plain(verdict.what_then)


def test_after_the_last_day_of_the_line_nothing_governs() -> None:
    ended = replace(LINE, ends=TODAY - DAY)
    assert judge_call(on(with_lines(DOE_CALL, ended), TODAY)).code == "no-mandate"
    assert judge_call(on(with_lines(DOE_CALL, ended), TODAY - DAY)).outcome is Outcome.ACCEPTED


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (TODAY + DAY, "in-the-future"),
        (YEAR.first_day - DAY, "before-school-year"),
        (YEAR.first_day, "no-mandate"),
        (TODAY, "no-mandate"),
    ],
)
def test_an_impossible_date_is_asked_again_before_a_call_is_kept_unlinked(day: date, code: str) -> None:
    assert judge_call(on(with_lines(DOE_CALL), day)).code == code


def test_a_service_that_begins_only_next_month_is_no_missing_mandate() -> None:
    begins = replace(LINE, starts=TODAY + 20 * DAY, governs=False)
    verdict = judge_call(on(with_lines(DOE_CALL, begins), TODAY))
    assert verdict.code == "before-mandate"
    assert "Dec 14, 2026" in plain(verdict.what_then)


def test_a_language_that_begins_only_later_is_an_early_date_not_a_wrong_language() -> None:
    spanish = replace(LINE, id=9, language=Language.SPANISH, starts=TODAY + DAY, governs=False)
    verdict = judge_call(replace(with_lines(DOE_CALL, LINE, spanish), language=Language.SPANISH))
    assert (verdict.code, verdict.language, verdict.lines) == ("before-mandate", Language.SPANISH, (9,))


@given(day=st.dates(date(2024, 1, 1), date(2028, 12, 31)), name=st.sampled_from(sorted(CALLS)))
def test_a_date_is_accepted_just_where_every_bound_allows_it(day: date, name: str) -> None:
    facts = on(CALLS[name], day)
    paper = YEAR.first_day if name == "DOE" else PAPER
    allowed = max(YEAR.first_day, BEGAN, paper) <= day <= min(TODAY, YEAR.last_day)
    verdict = judge_call(facts)
    assert verdict.outcome is (Outcome.ACCEPTED if allowed else Outcome.CORRECT)
    assert (verdict.field == "session_on") is not allowed
