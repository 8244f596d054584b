"""Finding by number: an OSIS however it is grouped, a confirmation number, a reference; and what is none of these."""

from __future__ import annotations

import pytest

from caseloads.kinds import Outcome
from caseloads.models import Student
from tests import build
from tests.caseloads.calls import Scene, accepted, refusal
from tests.caseloads.views.pages import main
from tests.caseloads.views.people import Cast, as_coordinator
from tests.compliance.views.looking import NOTHING, look_for


@pytest.mark.parametrize(
    "pattern", ["{0}", " {0} ", "{1} {2} {3}", "{1}-{2}-{3}", "{1}.{2}.{3}", "{1} - {2}\N{EN DASH}{3}"]
)
def test_a_number_is_read_whatever_groups_it(here: Scene, pattern: str) -> None:
    digits = f"{here.osis:09}"
    typed = pattern.format(digits, digits[:3], digits[3:6], digits[6:])
    answer = look_for(as_coordinator(here.school), typed)
    assert answer.headers["Location"] == f"/students/{here.mandate.student_id}/"


def test_digits_of_another_script_are_digits(here: Scene) -> None:
    wide = "".join(chr(ord(one) - ord("0") + ord("\N{FULLWIDTH DIGIT ZERO}")) for one in f"{here.osis:09}")
    assert look_for(as_coordinator(here.school), wide).status_code == 302


@pytest.mark.parametrize("typed", ["012345678", "12345678"])
def test_a_zero_at_the_front_may_be_missing(here: Scene, typed: str) -> None:
    Student.objects.filter(pk=here.mandate.student_id).update(osis=12_345_678)
    answer = look_for(as_coordinator(here.school), typed)
    assert answer.headers["Location"] == f"/students/{here.mandate.student_id}/"


def test_eight_digits_may_be_a_student_and_a_call(here: Scene) -> None:
    Student.objects.filter(pk=here.mandate.student_id).update(osis=12_345_678)
    call = accepted(here.provider, build.mandated(here.school), confirmation="12345678")
    answer = look_for(as_coordinator(here.school), "1234 5678")
    assert "A student and a call have this number" in main(answer)
    assert f'href="/calls/{call.pk}/"' in answer.content.decode()
    assert len(answer.context["students"]) == 1


def test_a_confirmation_number_opens_its_call_for_whoever_may_see_it(people: Cast) -> None:
    number = str(people.call.confirmation)
    for client in (people.owner, people.colleague):
        assert look_for(client, f"{number[:4]} {number[4:]}").headers["Location"] == f"/calls/{people.call.pk}/"
    for client in (people.neighbor, people.stranger):
        assert NOTHING in main(look_for(client, number))


@pytest.mark.parametrize("pattern", ["R{0}", "r {0}", "R {1} {2}"])
def test_a_reference_opens_its_call_also_one_without_a_student(here: Scene, pattern: str) -> None:
    call = refusal(here.provider, school=here.school)
    digits = str(call.reference)[1:]
    answer = look_for(as_coordinator(here.school), pattern.format(digits, digits[:4], digits[4:]))
    assert answer.headers["Location"] == f"/calls/{call.pk}/"


def test_a_reference_is_no_confirmation_number(here: Scene) -> None:
    call = refusal(here.provider, school=here.school)
    assert NOTHING in main(look_for(as_coordinator(here.school), str(call.reference)[1:]))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("1234567", "A student number has nine digits and a confirmation number eight; you typed 7 digits"),
        ("1", "you typed 1 digit"),
        ("900 000 0012", "you typed 10 digits"),
        ("R1234", "A reference is R and eight digits; you typed 4 digits after the R"),
        ("R123456789", "you typed 9 digits after the R"),
    ],
)
def test_a_number_that_nobody_can_have_is_said_to_be_none(here: Scene, typed: str, said: str) -> None:
    answer = look_for(as_coordinator(here.school), typed)
    assert answer.status_code == 422
    assert said in main(answer)
    assert "<title>Error: " in answer.content.decode()


def test_a_call_that_is_kept_unlinked_is_found_by_its_reference(here: Scene) -> None:
    call = refusal(here.provider, school=here.school, outcome=Outcome.UNLINKED, student=here.mandate.student)
    answer = look_for(as_coordinator(here.school), str(call.reference))
    assert answer.headers["Location"] == f"/calls/{call.pk}/"
