"""What becomes of a call: accepted, refused, unlinked, or one thing to correct."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from providers.kinds import Language, Role, Service
from providers.policy.facts import CallFacts, Waits
from providers.policy.judging import judge_call
from providers.policy.verdict import Flag, Outcome
from tests.providers.policy.examples import (
    AGENCY_CALL,
    ALONE,
    CALLS,
    DOE,
    DOE_CALL,
    LINE,
    NURSE,
    RSA,
    RSA_CALL,
    SESSION,
    SPANISH,
    TODAY,
    plain,
    with_lines,
    with_student,
)

EACH = pytest.mark.parametrize("facts", CALLS.values(), ids=CALLS.keys())


@EACH
def test_a_call_in_order_is_accepted(facts: CallFacts) -> None:
    verdict = judge_call(facts)
    assert verdict.outcome is Outcome.ACCEPTED
    assert (verdict.rule, verdict.field, verdict.flags) == ("", "", ())
    assert verdict.lines == (LINE.id,)
    assert verdict.language is Language.ENGLISH
    assert "speech-language on Nov 23, 2026 is recorded." in plain(verdict.reason)


@pytest.mark.parametrize("role", [Role.PARAPROFESSIONAL, Role.ENL_TEACHER, Role.SETSS_TEACHER])
def test_paraprofessionals_and_teachers_call_like_anyone(role: Role) -> None:
    assert judge_call(replace(DOE_CALL, provider=replace(DOE, role=role))).outcome is Outcome.ACCEPTED


def test_a_nurse_is_told_that_no_call_is_needed() -> None:
    verdict = judge_call(replace(DOE_CALL, provider=NURSE))
    assert (verdict.outcome, verdict.rule, verdict.code) == (Outcome.REFUSED, "R1", "call-not-needed")
    assert verdict.look_again_school_days is None
    assert "Nothing is due from you." in verdict.reason


def test_an_independent_provider_is_refused_under_the_hold() -> None:
    verdict = judge_call(replace(RSA_CALL, rsa_hold=True, waits=Waits(hold=6)))
    assert (verdict.outcome, verdict.rule, verdict.code) == (Outcome.REFUSED, "R13", "rsa-hold")
    assert verdict.look_again_school_days == 6
    assert "on Nov 23, 2026 the hold was on" in plain(verdict.reason)


@pytest.mark.parametrize("facts", [DOE_CALL, AGENCY_CALL], ids=["DOE", "agency"])
def test_the_hold_does_not_touch_anybody_else(facts: CallFacts) -> None:
    assert judge_call(replace(facts, rsa_hold=True)).outcome is Outcome.ACCEPTED


@pytest.mark.parametrize("facts", [replace(DOE_CALL, provider=NURSE), replace(RSA_CALL, rsa_hold=True)])
def test_nurse_and_hold_are_said_without_looking_at_a_student(facts: CallFacts) -> None:
    assert judge_call(replace(facts, student=None)) == judge_call(facts)
    assert judge_call(facts).lines == ()


def test_a_nurse_under_an_rsa_is_told_first_that_no_call_is_needed() -> None:
    independent_nurse = replace(RSA, role=Role.NURSE)
    assert judge_call(replace(RSA_CALL, provider=independent_nurse, rsa_hold=True)).rule == "R1"


@EACH
def test_an_unknown_student_is_asked_for_again(facts: CallFacts) -> None:
    verdict = judge_call(replace(facts, student=None))
    assert (verdict.outcome, verdict.field, verdict.code) == (Outcome.CORRECT, "osis", "student-not-found")


def test_an_unknown_student_sounds_the_same_whatever_else_was_keyed() -> None:
    changed = replace(AGENCY_CALL, student=None, service=Service.COUNSELING, session_on=date(2016, 1, 4))
    assert judge_call(changed) == judge_call(replace(DOE_CALL, student=None))


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (with_student(AGENCY_CALL, transmittal_on=None), "no-transmittal"),
        (with_student(AGENCY_CALL, transmittal_on=None, rsa_letter_on=TODAY), "no-transmittal"),
        (with_student(RSA_CALL, rsa_letter_on=None), "no-letter"),
        (with_student(RSA_CALL, rsa_letter_on=None, transmittal_on=TODAY), "no-letter"),
    ],
)
def test_a_call_before_its_paper_is_refused(facts: CallFacts, code: str) -> None:
    verdict = judge_call(facts)
    assert (verdict.outcome, verdict.rule, verdict.code) == (Outcome.REFUSED, "R8", code)
    assert verdict.lines == (LINE.id,)
    assert verdict.language is Language.ENGLISH


def test_when_to_look_again_for_a_paper_is_a_setting() -> None:
    waits = Waits(transmittal=3, rsa_letter=4)
    agency = with_student(replace(AGENCY_CALL, waits=waits), transmittal_on=None)
    independent = with_student(replace(RSA_CALL, waits=waits), rsa_letter_on=None)
    assert judge_call(agency).look_again_school_days == 3
    assert judge_call(independent).look_again_school_days == 4


def test_the_gate_is_said_before_the_date() -> None:
    facts = with_student(replace(AGENCY_CALL, session_on=TODAY + timedelta(days=30)), transmittal_on=None)
    assert judge_call(facts).code == "no-transmittal"


def test_a_service_that_no_mandate_covers_is_kept_unlinked() -> None:
    verdict = judge_call(replace(DOE_CALL, service=Service.COUNSELING, waits=Waits(mandate=5)))
    assert (verdict.outcome, verdict.rule, verdict.code) == (Outcome.UNLINKED, "R10", "no-mandate")
    assert verdict.field == "service"
    assert (verdict.lines, verdict.language) == ((), None)
    assert verdict.look_again_school_days == 5


def test_a_student_without_any_mandate_is_kept_unlinked() -> None:
    assert judge_call(with_lines(DOE_CALL)).code == "no-mandate"


def test_an_agencys_call_for_an_unmandated_service_is_unlinked_though_no_transmittal_exists() -> None:
    facts = with_student(replace(AGENCY_CALL, service=Service.COUNSELING), transmittal_on=None)
    assert judge_call(facts).outcome is Outcome.UNLINKED


def test_an_unlinked_call_keeps_the_language_that_was_named() -> None:
    facts = replace(DOE_CALL, service=Service.COUNSELING, language=Language.SPANISH)
    assert judge_call(facts).language is Language.SPANISH


def test_a_first_attend_marks_individual_and_group_where_neither_is_assigned() -> None:
    assert judge_call(with_lines(DOE_CALL, LINE, ALONE)).lines == (ALONE.id, LINE.id)


def test_a_first_attend_marks_only_the_callers_own_lines_where_there_are_any() -> None:
    own = replace(ALONE, assigned_to_caller=True)
    assert judge_call(with_lines(DOE_CALL, LINE, own)).lines == (ALONE.id,)
    both = replace(LINE, assigned_to_caller=True)
    assert judge_call(with_lines(DOE_CALL, both, own)).lines == (ALONE.id, LINE.id)


def test_a_first_attend_does_not_mark_another_language() -> None:
    verdict = judge_call(with_lines(replace(DOE_CALL, language=Language.SPANISH), LINE, SPANISH))
    assert (verdict.lines, verdict.language) == ((SPANISH.id,), Language.SPANISH)


@pytest.mark.parametrize(
    ("mine", "others", "flags"),
    [
        (True, False, ()),
        (True, True, ()),
        (False, False, ()),
        (False, True, (Flag.OTHER_PROVIDER,)),
    ],
    ids=["mine", "shared", "nobody's", "another's"],
)
def test_another_providers_student_is_accepted_and_marked(*, mine: bool, others: bool, flags: tuple[Flag, ...]) -> None:
    verdict = judge_call(with_student(DOE_CALL, assigned_to_caller=mine, assigned_to_other=others))
    assert (verdict.outcome, verdict.flags) == (Outcome.ACCEPTED, flags)
    assert all(flag.words in verdict.reason for flag in flags)


@pytest.mark.parametrize(
    ("session_on", "flags"),
    [
        (date(2026, 11, 25), ()),
        (date(2026, 11, 26), (Flag.HOLIDAY,)),
        (date(2026, 11, 27), (Flag.HOLIDAY,)),
        (date(2026, 11, 28), (Flag.HOLIDAY,)),
        (date(2026, 11, 30), ()),
    ],
    ids=["the day before", "Thanksgiving", "the day after", "Saturday", "Monday"],
)
def test_a_day_without_school_is_accepted_and_marked(session_on: date, flags: tuple[Flag, ...]) -> None:
    verdict = judge_call(replace(DOE_CALL, session_on=session_on, today=date(2026, 11, 30)))
    assert (verdict.outcome, verdict.flags) == (Outcome.ACCEPTED, flags)


def test_both_marks_stand_side_by_side() -> None:
    facts = with_student(
        replace(DOE_CALL, session_on=date(2026, 11, 26), today=date(2026, 11, 30)),
        assigned_to_caller=False,
        assigned_to_other=True,
    )
    assert judge_call(facts).flags == (Flag.HOLIDAY, Flag.OTHER_PROVIDER)


def test_the_session_of_today_is_in_time() -> None:
    assert judge_call(replace(DOE_CALL, session_on=TODAY)).outcome is Outcome.ACCEPTED
    assert judge_call(replace(DOE_CALL, session_on=SESSION)).outcome is Outcome.ACCEPTED
