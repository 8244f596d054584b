"""For every rule that decides: a case that passes, and one that misses it by one fact."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple

import pytest

from providers.kinds import Affiliation, Role, Route
from providers.policy.facts import RequestKind
from providers.policy.judging import judge_call
from providers.policy.registry import DECIDING
from providers.policy.rules import call_due, report_refused, route_into_sesis, vacancy_or_evaluation, wrong_door
from tests.providers.policy.examples import (
    AGENCY,
    AGENCY_CALL,
    DOE,
    DOE_CALL,
    LINE,
    PAPER,
    RSA_CALL,
    with_lines,
    with_student,
)

DAY = timedelta(days=1)


class Case(NamedTuple):
    """What is tried, and whether the rule lets it pass."""

    passes: bool
    what: str
    tried: Callable[[], bool]


def goes_through(rule: str, facts: object) -> bool:
    """Return whether a call passes a rule: accepted, or stopped by that very rule."""
    verdict = judge_call(facts)  # type: ignore[arg-type]  # one table holds the calls of every rule
    assert verdict.rule in {"", rule}
    return verdict.code == "accepted"


CASES: dict[str, tuple[Case, ...]] = {
    "R1": (
        Case(passes=True, what="a paraprofessional calls", tried=lambda: call_due(Role.PARAPROFESSIONAL)),
        Case(passes=False, what="a nurse does not", tried=lambda: call_due(Role.NURSE)),
    ),
    "R6": (
        Case(passes=True, what="DOE through Galaxy", tried=lambda: wrong_door(Affiliation.DOE, Route.GALAXY) is None),
        Case(passes=False, what="DOE through PETS", tried=lambda: wrong_door(Affiliation.DOE, Route.PETS) is None),
    ),
    "R8": (
        Case(
            passes=True,
            what="an agency's session on the transmittal's day",
            tried=lambda: goes_through("R8", replace(AGENCY_CALL, session_on=PAPER)),
        ),
        Case(
            passes=False,
            what="the day before the transmittal",
            tried=lambda: goes_through("R8", replace(AGENCY_CALL, session_on=PAPER - DAY)),
        ),
        Case(
            passes=False,
            what="no transmittal, though a letter",
            tried=lambda: goes_through("R8", with_student(AGENCY_CALL, transmittal_on=None, rsa_letter_on=PAPER)),
        ),
    ),
    "R9": (
        Case(passes=True, what="RSA through PETS", tried=lambda: route_into_sesis(Affiliation.RSA) is Route.PETS),
        Case(passes=False, what="RSA by Galaxy", tried=lambda: wrong_door(Affiliation.RSA, Route.GALAXY) is None),
        Case(passes=False, what="agency by Galaxy", tried=lambda: wrong_door(Affiliation.AGENCY, Route.GALAXY) is None),
    ),
    "R10": (
        Case(
            passes=True,
            what="the last day of the line in force",
            tried=lambda: goes_through("R10", with_lines(DOE_CALL, replace(LINE, ends=DOE_CALL.session_on))),
        ),
        Case(
            passes=False,
            what="the day after it",
            tried=lambda: goes_through("R10", with_lines(DOE_CALL, replace(LINE, ends=DOE_CALL.session_on - DAY))),
        ),
        Case(
            passes=False,
            what="a line of a superseded IEP",
            tried=lambda: goes_through("R10", with_lines(DOE_CALL, replace(LINE, governs=False))),
        ),
    ),
    "R13": (
        Case(passes=True, what="an RSA call without the hold", tried=lambda: goes_through("R13", RSA_CALL)),
        Case(
            passes=False,
            what="the same under the hold",
            tried=lambda: goes_through("R13", replace(RSA_CALL, rsa_hold=True)),
        ),
    ),
    "R14": (
        Case(passes=True, what="a vacancy", tried=lambda: vacancy_or_evaluation(RequestKind.VACANCY) is None),
        Case(passes=False, what="an evaluation", tried=lambda: vacancy_or_evaluation(RequestKind.EVALUATION) is None),
    ),
    "R15": (
        Case(passes=True, what="the designee", tried=lambda: report_refused(designee=True, orcs=False) is None),
        Case(passes=True, what="ORCS", tried=lambda: report_refused(designee=False, orcs=True) is None),
        Case(passes=False, what="a colleague", tried=lambda: report_refused(designee=False, orcs=False) is None),
    ),
}
ALL = [pytest.param(case, id=f"{rule}: {case.what}") for rule, cases in CASES.items() for case in cases]


@pytest.mark.parametrize("rule", DECIDING)
def test_every_deciding_rule_has_a_passing_and_a_near_miss_case(rule: str) -> None:
    assert {case.passes for case in CASES.get(rule, ())} == {True, False}


def test_no_case_stands_under_a_rule_that_decides_nothing() -> None:
    assert set(CASES) == set(DECIDING)


@pytest.mark.parametrize("case", ALL)
def test_the_rule_lets_pass_what_it_should_and_nothing_else(case: Case) -> None:
    assert case.tried() is case.passes


def test_a_near_miss_of_the_hold_is_the_agencys_own_provider() -> None:
    assert judge_call(replace(AGENCY_CALL, rsa_hold=True)).code == "accepted"
    assert {DOE.affiliation, AGENCY.affiliation} == {Affiliation.DOE, Affiliation.AGENCY}
