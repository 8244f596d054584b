"""The call light: now, not yet and why, or not needed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from providers.policy.facts import LightFacts
from providers.policy.judging import call_light, judge_call
from providers.policy.verdict import Answer, Outcome
from tests.providers.policy.examples import AGENCY, CALLS, FIRST, LIGHT, NURSE, PAPER, RSA, TODAY, plain

SENT = replace(LIGHT, provider=AGENCY, transmittal_on=PAPER)
PROCESSED = replace(LIGHT, provider=RSA, rsa_letter_on=PAPER, rsa_hold=False)
TOMORROW = TODAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        (LIGHT, "Call after the first session."),
        (SENT, "For a first session from Oct 19, 2026 on."),
        (PROCESSED, "For a first session from Oct 19, 2026 on."),
        (replace(SENT, transmittal_on=TODAY), "For a first session from Nov 24, 2026 on."),
    ],
    ids=["DOE", "agency", "RSA", "transmittal of today"],
)
def test_you_may_call_now(facts: LightFacts, reason: str) -> None:
    light = call_light(facts)
    assert (light.answer, light.headline, plain(light.reason)) == (Answer.NOW, "You may call now", reason)
    assert light.rule == ""
    assert light.who_acts == ""


@pytest.mark.parametrize(
    ("facts", "rule", "says"),
    [
        (replace(SENT, transmittal_on=None), "R8", "ORCS has not sent the transmittal (R8)."),
        (replace(SENT, transmittal_on=None, rsa_letter_on=PAPER), "R8", "ORCS has not sent the transmittal (R8)."),
        (replace(SENT, transmittal_on=TOMORROW), "R8", "ORCS has not sent the transmittal (R8)."),
        (replace(PROCESSED, rsa_letter_on=None), "R8", "ORCS has not processed your approval letter (R8)."),
        (replace(PROCESSED, rsa_hold=True), "R13", "No RSA provider may serve in a school building now (R13)."),
        (replace(LIGHT, mandate_exists=False), "R10", "No IEP in force mandates this service (R10)."),
        (replace(SENT, mandate_exists=False, transmittal_on=None), "R10", "No IEP in force mandates"),
    ],
)
def test_not_yet_names_the_one_reason(facts: LightFacts, rule: str, says: str) -> None:
    light = call_light(facts)
    assert (light.answer, light.headline) == (Answer.NOT_YET, "Not yet, because")
    assert light.rule == rule
    assert light.reason.startswith(says)
    assert light.who_acts.endswith(".")


def test_a_nurse_need_not_call() -> None:
    light = call_light(replace(LIGHT, provider=NURSE))
    assert (light.answer, light.headline, light.rule) == (Answer.NOT_NEEDED, "Not needed", "R1")


def test_a_nurse_need_not_call_even_without_a_mandate() -> None:
    assert call_light(replace(LIGHT, provider=NURSE, mandate_exists=False)).answer is Answer.NOT_NEEDED


@pytest.mark.parametrize(
    "facts",
    [
        LIGHT,
        replace(SENT, transmittal_on=None),
        replace(PROCESSED, rsa_hold=True),
        replace(LIGHT, mandate_exists=False),
    ],
)
def test_what_was_recorded_need_not_be_called_again_whatever_changed(facts: LightFacts) -> None:
    light = call_light(replace(facts, first_attend=FIRST))
    assert light.answer is Answer.NOT_NEEDED
    assert plain(light.reason) == "First session recorded: Oct 20, 2026."


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("hold", [True, False])
@pytest.mark.parametrize("paper", [None, PAPER, TODAY, TOMORROW])
@pytest.mark.parametrize("mandated", [True, False])
def test_the_light_promises_just_what_a_call_for_today_would_get(
    name: str, paper: date | None, *, hold: bool, mandated: bool
) -> None:
    facts = CALLS[name]
    assert facts.student is not None
    student = replace(
        facts.student,
        transmittal_on=paper if name == "agency" else None,
        rsa_letter_on=paper if name == "RSA" else None,
        mandates=facts.student.mandates if mandated else (),
    )
    light = call_light(
        LightFacts(
            provider=facts.provider,
            mandate_exists=mandated,
            transmittal_on=student.transmittal_on,
            rsa_letter_on=student.rsa_letter_on,
            rsa_hold=hold,
            first_attend=None,
            today=TODAY,
        )
    )
    verdict = judge_call(replace(facts, student=student, rsa_hold=hold, session_on=TODAY))
    assert (light.answer is Answer.NOW) is (verdict.outcome is Outcome.ACCEPTED)
    assert light.rule == verdict.rule
