"""How the policy speaks: plain, whole, and never of a student by name or number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from orcs_portal.shared.say import say_date
from providers.kinds import Affiliation, Language, Route, Service
from providers.policy import contract_words, rules
from providers.policy.facts import RequestKind, Waits
from providers.policy.judging import judge_call
from providers.policy.verdict import Advice, Answer, Flag, Outcome, Paper, Verdict
from providers.policy.words import say_day, say_list, say_service
from tests import build
from tests.providers.policy.examples import (
    AGENCY_CALL,
    DOE_CALL,
    FIRST,
    LINE,
    NURSE,
    PAPER,
    RSA_CALL,
    SPANISH,
    TODAY,
    YEAR,
    plain,
    with_lines,
    with_student,
)

DAY = timedelta(days=1)


def verdicts() -> Iterator[Verdict]:
    """Yield one verdict of every code that a call can get."""
    far = with_lines(DOE_CALL, replace(LINE, starts=date(2020, 1, 6)))
    yield judge_call(DOE_CALL)
    yield judge_call(replace(DOE_CALL, provider=NURSE))
    yield judge_call(replace(RSA_CALL, rsa_hold=True))
    yield judge_call(replace(DOE_CALL, student=None))
    yield judge_call(replace(DOE_CALL, service=Service.COUNSELING))
    yield judge_call(with_lines(DOE_CALL, LINE, SPANISH))
    yield judge_call(replace(DOE_CALL, language=Language.POLISH))
    yield judge_call(with_student(DOE_CALL, first_attend=FIRST))
    yield judge_call(with_student(AGENCY_CALL, transmittal_on=None))
    yield judge_call(with_student(RSA_CALL, rsa_letter_on=None))
    yield judge_call(replace(DOE_CALL, session_on=TODAY + DAY))
    yield judge_call(replace(far, session_on=YEAR.first_day - DAY))
    yield judge_call(replace(far, session_on=YEAR.last_day + DAY, today=YEAR.last_day + DAY))
    yield judge_call(replace(DOE_CALL, session_on=LINE.starts - DAY))
    yield judge_call(replace(AGENCY_CALL, session_on=PAPER - DAY))
    yield judge_call(replace(RSA_CALL, session_on=PAPER - DAY))


def advices() -> Iterator[Advice]:
    """Yield every answer given outside a call."""
    papers = (Paper.TRANSMITTAL, Paper.RSA_LETTER)
    found = [
        *(rules.access_missing(affiliation) for affiliation in Affiliation),
        *(rules.wrong_door(affiliation, Route.GALAXY) for affiliation in sorted(build.NON_DOE)),
        rules.wrong_door(Affiliation.DOE, Route.PETS),
        rules.placement_held(Affiliation.RSA, hold=True),
        rules.vacancy_or_evaluation(RequestKind.EVALUATION),
        contract_words.other_service(Service.SPEECH),
        *(contract_words.paper_first(paper, Service.SPEECH, 2, Waits()) for paper in papers),
        *(contract_words.starts_before_paper(paper, PAPER) for paper in papers),
        contract_words.agencies_first(),
        contract_words.through_the_designee(),
        contract_words.agency_asks_first(),
    ]
    yield from (advice for advice in found if advice is not None)


EVERY = [*verdicts(), *advices()]
EACH_VERDICT = pytest.mark.parametrize("verdict", list(verdicts()), ids=[verdict.code for verdict in verdicts()])
EACH = pytest.mark.parametrize("advice", EVERY, ids=[advice.code for advice in EVERY])


def test_every_code_of_a_call_is_looked_at_here() -> None:
    assert sorted(verdict.code for verdict in verdicts()) == [
        "accepted",
        "after-school-year",
        "already-recorded",
        "before-letter",
        "before-mandate",
        "before-school-year",
        "before-transmittal",
        "call-not-needed",
        "in-the-future",
        "language-not-mandated",
        "no-letter",
        "no-mandate",
        "no-transmittal",
        "rsa-hold",
        "student-not-found",
        "which-language",
    ]


@EACH
def test_codes_are_slugs_that_fit_their_column(advice: Advice) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", advice.code)
    assert len(advice.code) <= 40


@EACH
def test_headlines_end_bare_and_sentences_end_in_a_full_stop(advice: Advice) -> None:
    assert not advice.headline.endswith((".", " "))
    for text in (advice.reason, advice.who_acts, advice.what_then, advice.meanwhile):
        assert text == "" or re.fullmatch(r"[A-Z].*\.", text), text


@EACH
def test_a_reason_a_person_and_a_next_step_are_always_named(advice: Advice) -> None:
    assert advice.reason
    assert advice.who_acts
    assert advice.what_then


@EACH
def test_the_rule_stands_in_brackets_after_the_words(advice: Advice) -> None:
    if advice.rule:
        assert f"({advice.rule})" in advice.reason
        assert not advice.reason.startswith(f"({advice.rule})")


@EACH
def test_no_words_shout_or_blame(advice: Advice) -> None:
    assert "!" not in advice.message
    assert "…" not in advice.message
    assert not re.search(r"\b(invalid|illegal|error|failed|please)\b", advice.message, re.IGNORECASE)


@EACH
def test_no_words_hold_a_number_of_a_person(advice: Advice) -> None:
    assert not re.search(r"\d{5,}", advice.message)


@EACH
def test_blanks_are_single_and_only_dates_are_kept_whole(advice: Advice) -> None:
    assert not re.search(r"\s{2,}", advice.message)
    bound = re.sub(r"[A-Z][a-z]{2}\u00a0\d{1,2},\u00a0\d{4}", "", advice.message)
    assert not re.search(r"[^\S ]", bound)


@EACH
def test_the_message_says_it_all_in_one_line(advice: Advice) -> None:
    assert advice.message.startswith(f"{advice.headline}. {advice.reason}")
    for text in (advice.who_acts, advice.what_then, advice.meanwhile):
        assert text in advice.message
    assert advice.message.endswith(".")


@EACH_VERDICT
def test_a_verdict_is_whole_for_its_outcome(verdict: Verdict) -> None:
    assert bool(verdict.field) is (verdict.outcome in {Outcome.CORRECT, Outcome.UNLINKED})
    assert (verdict.first is not None) is (verdict.outcome is Outcome.REPEATED)
    if verdict.outcome is Outcome.REFUSED:
        assert verdict.rule
    if verdict.outcome is Outcome.ACCEPTED:
        assert verdict.lines
        assert verdict.language is not None
        assert verdict.rule == ""


@EACH_VERDICT
def test_what_is_waited_for_has_a_day_to_look_again(verdict: Verdict) -> None:
    waits = verdict.outcome is Outcome.UNLINKED or (verdict.rule in {"R8", "R13"} and verdict.field == "")
    assert (verdict.look_again_school_days is not None) is waits


def test_the_address_of_an_evaluation_is_sesis_and_a_vacancy_goes_on() -> None:
    advice = rules.vacancy_or_evaluation(RequestKind.EVALUATION)
    assert advice is not None
    assert (advice.rule, advice.code) == ("R14", "evaluation-through-sesis")
    assert "Nothing was sent to an agency." in advice.meanwhile
    assert rules.vacancy_or_evaluation(RequestKind.VACANCY) is None


@pytest.mark.parametrize(
    ("service", "said"),
    [
        (Service.SPEECH, "speech-language"),
        (Service.HEALTH_PARA, "health paraprofessional"),
        (Service.SETSS, "SETSS"),
        (Service.ENL, "ENL/ESL"),
    ],
)
def test_a_service_is_said_as_in_a_sentence(service: Service, said: str) -> None:
    assert say_service(service) == said


def test_a_day_is_said_with_its_year() -> None:
    assert say_day(date(2026, 11, 4)) == "Nov\u00a04,\u00a02026"


@pytest.mark.parametrize("month", range(1, 13))
def test_a_day_is_said_as_on_every_page(month: int) -> None:
    day = date(2026, month, 9)
    assert plain(say_day(day)) == plain(say_date(day, date(2025, 1, 1)))


def test_a_list_is_said_with_or() -> None:
    assert say_list(["Spanish"]) == "Spanish"
    assert say_list(["Spanish", "English"]) == "English or Spanish"
    assert say_list(["Spanish", "Polish", "English"]) == "English, Polish or Spanish"


def test_flags_and_answers_have_words() -> None:
    assert all(flag.words.endswith(".") for flag in Flag)
    assert {answer.headline for answer in Answer} == {"You may call now", "Not yet, because", "Not needed"}
