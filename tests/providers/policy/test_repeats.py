"""A first session recorded before: the first number and the first date stand, whatever has changed since."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from providers.kinds import Language
from providers.policy.facts import CallFacts
from providers.policy.judging import judge_call
from providers.policy.verdict import Outcome
from tests.providers.policy.examples import (
    AGENCY_CALL,
    CALLS,
    DOE_CALL,
    FIRST,
    LINE,
    NURSE,
    RSA_CALL,
    SPANISH,
    TODAY,
    YEAR,
    plain,
    with_lines,
    with_student,
)

AGAIN = {name: with_student(facts, first_attend=FIRST) for name, facts in CALLS.items()}
EACH = pytest.mark.parametrize("facts", AGAIN.values(), ids=AGAIN.keys())


@EACH
def test_a_repeat_answers_with_the_first_number_and_date(facts: CallFacts) -> None:
    verdict = judge_call(facts)
    assert (verdict.outcome, verdict.rule, verdict.code) == (Outcome.REPEATED, "", "already-recorded")
    assert verdict.first == FIRST
    assert "on Oct 20, 2026" in plain(verdict.reason)


@EACH
def test_another_date_is_repeated_back_and_changes_nothing(facts: CallFacts) -> None:
    verdict = judge_call(facts)
    assert "You typed Nov 23, 2026; nothing was changed." in plain(verdict.reason)
    assert verdict.meanwhile == "If the recorded date is wrong, tell the school's coordinator."


@EACH
def test_the_very_same_call_is_not_told_about_dates(facts: CallFacts) -> None:
    verdict = judge_call(replace(facts, session_on=FIRST.session_on))
    assert verdict.outcome is Outcome.REPEATED
    assert "You typed" not in verdict.reason
    assert verdict.meanwhile == ""


@EACH
@pytest.mark.parametrize("day", [TODAY + timedelta(days=9), date(2026, 10, 6), date(2026, 10, 19)])
def test_a_mistyped_date_does_not_hide_the_number(facts: CallFacts, day: date) -> None:
    assert judge_call(replace(facts, session_on=day)).first == FIRST


def test_a_date_before_the_year_and_the_mandate_does_not_hide_the_number() -> None:
    facts = replace(AGAIN["DOE"], session_on=YEAR.first_day - timedelta(days=60))
    assert judge_call(facts).first == FIRST


@pytest.mark.parametrize(
    "facts",
    [
        with_student(AGENCY_CALL, first_attend=FIRST, transmittal_on=None),
        with_student(RSA_CALL, first_attend=FIRST, rsa_letter_on=None),
    ],
)
def test_a_paper_withdrawn_since_does_not_take_the_number_back(facts: CallFacts) -> None:
    assert judge_call(facts).outcome is Outcome.REPEATED


def test_an_assignment_changed_since_does_not_take_the_number_back() -> None:
    facts = with_student(AGAIN["DOE"], assigned_to_caller=False, assigned_to_other=True)
    verdict = judge_call(facts)
    assert (verdict.outcome, verdict.flags) == (Outcome.REPEATED, ())


def test_a_repeat_under_the_hold_is_refused_because_no_student_was_asked_for() -> None:
    verdict = judge_call(replace(AGAIN["RSA"], rsa_hold=True))
    assert (verdict.outcome, verdict.rule, verdict.first) == (Outcome.REFUSED, "R13", None)


def test_a_repeat_by_a_nurse_is_refused_because_no_student_was_asked_for() -> None:
    verdict = judge_call(replace(AGAIN["DOE"], provider=NURSE))
    assert (verdict.rule, verdict.first) == ("R1", None)


def test_a_session_on_a_day_without_mandate_is_unlinked_though_another_was_recorded() -> None:
    ended = replace(LINE, ends=date(2026, 11, 1))
    verdict = judge_call(with_lines(AGAIN["DOE"], ended))
    assert (verdict.outcome, verdict.first) == (Outcome.UNLINKED, None)


@pytest.mark.parametrize("lines", [(), (replace(LINE, governs=False),), (SPANISH,)])
def test_the_very_same_call_keeps_its_number_though_the_iep_changed(lines: tuple[object, ...]) -> None:
    facts = replace(AGAIN["DOE"], session_on=FIRST.session_on, language=Language.ENGLISH)
    verdict = judge_call(with_student(facts, mandates=lines))
    assert (verdict.outcome, verdict.first, verdict.lines) == (Outcome.REPEATED, FIRST, ())
    assert verdict.language is Language.ENGLISH


def test_a_first_call_is_no_repeat() -> None:
    assert judge_call(DOE_CALL).first is None
    assert judge_call(AGENCY_CALL).outcome is Outcome.ACCEPTED
