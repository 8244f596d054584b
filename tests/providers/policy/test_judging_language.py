"""The language of a service: found where there is one, asked for where there are more."""

from __future__ import annotations

from dataclasses import replace

import pytest

from providers.kinds import Language, Service
from providers.policy.judging import judge_call
from providers.policy.verdict import Outcome
from tests.providers.policy.examples import AGENCY_CALL, DOE_CALL, LINE, SPANISH, with_lines, with_student

POLISH = replace(LINE, id=11, language=Language.POLISH)
BILINGUAL = with_lines(DOE_CALL, LINE, SPANISH)


def test_the_one_language_of_the_mandate_is_taken() -> None:
    verdict = judge_call(with_lines(DOE_CALL, SPANISH))
    assert (verdict.outcome, verdict.language) == (Outcome.ACCEPTED, Language.SPANISH)


def test_two_languages_are_asked_for_by_name() -> None:
    verdict = judge_call(BILINGUAL)
    assert (verdict.outcome, verdict.field, verdict.code) == (Outcome.CORRECT, "language", "which-language")
    assert "is mandated in English or Spanish (R10)" in verdict.reason
    assert verdict.language is None


def test_three_languages_are_listed_in_order() -> None:
    assert "in English, Polish or Spanish (R10)" in judge_call(with_lines(DOE_CALL, SPANISH, POLISH, LINE)).reason


@pytest.mark.parametrize(("language", "line"), [(Language.ENGLISH, LINE.id), (Language.SPANISH, SPANISH.id)])
def test_naming_one_of_them_settles_it(language: Language, line: int) -> None:
    verdict = judge_call(replace(BILINGUAL, language=language))
    assert verdict.outcome is Outcome.ACCEPTED
    assert (verdict.language, verdict.lines) == (language, (line,))


def test_a_language_that_is_not_mandated_is_asked_for_again() -> None:
    verdict = judge_call(replace(DOE_CALL, language=Language.SPANISH))
    assert (verdict.outcome, verdict.field, verdict.code) == (Outcome.CORRECT, "language", "language-not-mandated")
    assert "is mandated in English, not in Spanish (R10)" in verdict.reason


def test_the_language_is_asked_for_before_the_gate() -> None:
    facts = with_student(with_lines(AGENCY_CALL, LINE, SPANISH), transmittal_on=None)
    assert judge_call(facts).code == "which-language"


def test_the_languages_of_another_service_do_not_matter() -> None:
    counseling = replace(SPANISH, service=Service.COUNSELING)
    assert judge_call(with_lines(DOE_CALL, LINE, counseling)).language is Language.ENGLISH
    unmandated = replace(with_lines(DOE_CALL, counseling), language=Language.ENGLISH)
    assert judge_call(unmandated).outcome is Outcome.UNLINKED


def test_a_superseded_language_does_not_matter() -> None:
    old = replace(SPANISH, governs=False)
    assert judge_call(with_lines(DOE_CALL, LINE, old)).language is Language.ENGLISH
