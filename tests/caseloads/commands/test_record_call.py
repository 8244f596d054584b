"""``record_call``: the same intake as the page and the phone, and an answer that scripts can read."""

from __future__ import annotations

import json

import pytest

from caseloads.kinds import Origin, Outcome
from caseloads.models import Call, Delivery
from providers.kinds import Language, Service
from providers.models import SchoolYear
from tests import build
from tests.caseloads.commands.conftest import Cast, Ended, Run

COLUMNS = ["accepted", "rule", "confirmation", "message"]


def call(run: Run, cast: Cast, **changed: object) -> Ended:
    """Run the command with the options of a good call, some of them changed, left out where None."""
    options: dict[str, object] = {
        "provider": cast.therapist.number,
        "student": cast.student,
        "service": "speech",
        "date": "yesterday",
    }
    flags = [f"--{name}={value}" for name, value in (options | changed).items() if value not in (None, True)]
    return run("record_call", *flags, *(f"--{name}" for name, value in changed.items() if value is True))


def test_an_accepted_call_is_one_line_with_its_number(run: Run, cast: Cast) -> None:
    ended = call(run, cast)
    kept = Call.objects.get()
    assert (ended.code, ended.said) == (0, "")
    (line,) = ended.lines
    assert line.split()[:3] == ["yes", "-", kept.confirmation]
    assert line.split("  ")[3].startswith("Call accepted. The first session of speech-language on Nov 23, 2026")


def test_an_accepted_call_is_kept_with_its_three_deliveries(run: Run, cast: Cast) -> None:
    call(run, cast)
    kept = Call.objects.get()
    assert (kept.outcome, kept.origin, kept.session_on) == (
        Outcome.ACCEPTED,
        Origin.COMMAND,
        build.TODAY.replace(day=23),
    )
    assert (kept.provider, kept.student) == (cast.therapist, cast.speech.student)
    assert Delivery.objects.filter(call=kept).count() == 3


def test_json_is_one_line_and_nothing_else(run: Run, cast: Cast) -> None:
    ended = call(run, cast, json=True)
    (line,) = ended.lines
    answer = json.loads(line)
    assert list(answer) == COLUMNS
    assert (answer["accepted"], answer["rule"]) == (True, None)
    assert answer["confirmation"] == Call.objects.get().confirmation


def test_a_repeated_call_is_accepted_with_the_first_number(run: Run, cast: Cast) -> None:
    first = json.loads(call(run, cast, json=True).lines[0])
    again = call(run, cast, json=True, date="today")
    answer = json.loads(again.lines[0])
    assert again.code == 0
    assert (answer["accepted"], answer["confirmation"]) == (True, first["confirmation"])
    assert answer["message"].startswith("Recorded before: your first call stands.")
    assert Call.objects.count() == 1


def test_a_refused_call_names_its_rule_tells_its_reference_and_ends_with_four(run: Run, cast: Cast) -> None:
    student = f"{cast.therapy.student.osis:09}"
    ended = call(run, cast, provider=cast.contractor.number, student=student, service="occupational-therapy", json=True)
    answer, kept = json.loads(ended.lines[0]), Call.objects.get()
    assert (ended.code, ended.said) == (4, "")
    assert (answer["accepted"], answer["rule"], answer["confirmation"]) == (False, "R8", None)
    assert answer["message"].endswith(f" Reference {kept.reference}.")
    assert not Delivery.objects.exists()


def test_a_nurses_call_is_refused_with_the_first_rule(run: Run, cast: Cast) -> None:
    ended = call(run, cast, provider=cast.nurse.number)
    assert ended.code == 4
    assert ended.lines[0].split()[:3] == ["no", "R1", "-"]


def test_an_unlinked_call_is_not_accepted_and_tells_its_reference(run: Run, cast: Cast) -> None:
    ended = call(run, cast, service="physical-therapy", json=True)
    answer, kept = json.loads(ended.lines[0]), Call.objects.get()
    assert ended.code == 4
    assert (kept.outcome, answer["confirmation"]) == (Outcome.UNLINKED, None)
    assert str(kept.reference) in answer["message"]


@pytest.mark.parametrize(
    ("changed", "headline"),
    [
        ({"student": "900099999"}, "No student found with this number."),
        ({"date": "2026-11-25"}, "The first session is in the future."),
        ({"date": "2026-09-01"}, "The first session is before the school year."),
        ({"language": "spanish"}, "Choose a language that is mandated."),
    ],
)
def test_what_can_be_corrected_is_told_and_not_kept(
    changed: dict[str, object], headline: str, run: Run, cast: Cast
) -> None:
    ended = call(run, cast, json=True, **changed)
    answer = json.loads(ended.lines[0])
    assert ended.code == 4
    assert answer["message"].startswith(headline)
    assert not Call.objects.exists()


def test_the_language_is_taken_where_it_is_said(run: Run, cast: Cast) -> None:
    build.mandate(cast.speech.iep, Service.SPEECH, Language.POLISH)
    assert "Choose the language" in call(run, cast).lines[0]
    assert call(run, cast, language="polish").code == 0
    assert Call.objects.get().language == Language.POLISH


@pytest.mark.parametrize("written", ["{0}{1}{2}", "{0} {1} {2}", "{0}-{1}-{2}", " {0}.{1}.{2} "])
def test_a_student_number_may_be_grouped(written: str, run: Run, cast: Cast) -> None:
    digits = cast.student
    assert call(run, cast, student=written.format(digits[:3], digits[3:6], digits[6:])).code == 0


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"service": "speach"}, "--service: 'speach' is not one of: speech, occupational-therapy, "),
        ({"language": "latin"}, "--language: 'latin' is not one of: english, spanish, "),
        ({"date": "11/23/2026"}, "--date: '11/23/2026' is not a date such as 2026-11-24, today or yesterday."),
        ({"student": "12345678"}, "--student: a student number has nine digits."),
        ({"student": "Amara"}, "--student: a student number has nine digits."),
        ({"provider": "12"}, "--provider: a provider number has six to nine digits."),
        ({"provider": "999999"}, "--provider: nobody has the number 999999."),
    ],
)
def test_wrong_use_is_one_sentence_and_ends_with_two(
    changed: dict[str, object], sentence: str, run: Run, cast: Cast
) -> None:
    ended = call(run, cast, **changed)
    assert (ended.code, ended.lines) == (2, [])
    assert ended.said.startswith(sentence)
    assert ended.said.count("\n") == 0
    assert not Call.objects.exists()


@pytest.mark.parametrize("name", ["provider", "student", "service", "date"])
def test_what_the_phone_asks_must_be_said(name: str, run: Run, cast: Cast) -> None:
    ended = call(run, cast, **{name: None})
    assert f"--{name}" in ended.said
    assert not Call.objects.exists()


def test_a_wrong_student_number_is_not_repeated_on_the_terminal(run: Run, cast: Cast) -> None:
    assert "90001" not in call(run, cast, student="90001").said


def test_without_a_school_year_it_says_so(run: Run, cast: Cast) -> None:
    SchoolYear.objects.all().delete()
    ended = call(run, cast)
    assert (ended.code, ended.lines) == (4, [])
    assert ended.said == "Nothing was recorded: no school year has begun yet; load a school year first."
