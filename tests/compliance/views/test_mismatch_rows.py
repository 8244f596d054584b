"""The list of mismatches: what its rows say, what an empty one says, and what it costs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from compliance.kinds import Code, Condition
from compliance.models import Finding
from tests import build
from tests.caseloads.views.pages import main, records, words
from tests.caseloads.views.people import (
    as_coordinator,
    as_orcs,
)
from tests.compliance import build as rows
from tests.compliance.views.floor import LIST, Floor, ids
from tests.compliance.views.mixture import mixed

DAY = timedelta(days=1)
BACK = {"regressed": build.NOW - DAY, "opened": build.NOW - DAY, "times_back": 1}


def test_no_address_on_the_page_holds_anything_of_a_student(floor: Floor) -> None:
    item = rows.differing(build.mandated(floor.school))
    assert item.student is not None
    page = floor.me.get(LIST + "?tab=open&sort=name").content.decode()
    addresses = " ".join(part for part in page.split('"') if part.startswith("/"))
    assert str(item.osis) not in addresses
    assert item.student.last_name not in addresses


@pytest.mark.parametrize("number", [4, 40])
def test_the_page_costs_the_same_whatever_its_length(
    floor: Floor, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    mixed(floor, number)
    floor.me.get(LIST)
    with django_assert_num_queries(31):
        floor.me.get(LIST + "?tab=open")
    with django_assert_num_queries(28):
        floor.me.get(LIST + "?tab=open&code=CAP_FIELD_DIFFERS")


def test_the_record_names_the_students_of_this_page_alone(floor: Floor) -> None:
    for _ in range(5):
        rows.differing(build.mandated(floor.school))
    answer = floor.me.get(LIST + "?tab=open")
    (kept,) = records()
    shown = Finding.objects.filter(pk__in=ids(answer)).values_list("student", flat=True)
    assert (kept[0], kept[1]) == ("mismatches", sorted(shown))


def test_rows_say_what_differs_how_old_how_late_and_who_has_it(floor: Floor) -> None:
    rows.differing(build.mandated(floor.school), assigned_to=floor.colleague)
    page = main(floor.me.get(LIST + "?tab=open"))
    assert "3 × 30 × 2 in SESIS, 2 × 30 × 2 in CAP" in page.replace("\xa0", " ")
    assert "5 school days" in page
    assert "2 over" in page
    assert "Ongoing" in page
    assert "Jo Petrossian has it" in page


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        (rows.waiting(), "Waiting Until Thu, Nov 26, 7:41 am"),
        (rows.settled(), "Settled by itself Today, 5:41 am"),
        (
            {"regressed": build.NOW - DAY, "opened": build.NOW - DAY, "times_back": 1},
            "Came back Had settled, differs again",
        ),
        ({"opened": build.NOW}, "New Nobody has it"),
        ({"condition": Condition.EXEMPT, "opened": None}, "No call is due Nobody needs to act"),
    ],
)
def test_rows_say_how_an_item_stands(floor: Floor, columns: dict[str, Any], said: str) -> None:
    item = rows.differing(build.mandated(floor.school), **columns)
    tab = {2: "waiting", 5: "settled", 6: "acknowledged"}.get(item.state, "open")
    assert said in main(floor.me.get(f"{LIST}?tab={tab}")).replace("\xa0", " ")


def test_what_was_handed_over_says_to_whom_and_when_to_look_again(floor: Floor) -> None:
    rows.differing(build.mandated(floor.school), **rows.handed_over(floor.user))
    page = main(floor.me.get(LIST + "?tab=handed-over")).replace("\xa0", " ")
    assert "Handed over, verifying CAP-authorized office, look again Fri, Nov 27" in page
    Finding.objects.update(look_again=build.TODAY)
    assert "Look again CAP-authorized office, look again today" in main(floor.me.get(LIST + "?tab=mine"))


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?tab=mine", "Nothing is yours"),
        ("?tab=unassigned", "Every item has somebody"),
        ("?tab=open", "Nothing is open"),
        ("?tab=handed-over", "Nothing is handed over"),
        ("?tab=waiting", "Nothing is waiting"),
        ("?tab=acknowledged", "Nothing is acknowledged"),
        ("?tab=settled", "Nothing has settled in the last seven days"),
        ("?tab=open&code=SEC_ONLY", "Nothing fits these filters"),
        ("?tab=due", "Nothing of that kind"),
    ],
)
def test_an_empty_list_says_why_and_what_then(floor: Floor, query: str, said: str) -> None:
    assert said in main(floor.me.get(LIST + query))


def test_that_the_systems_agree_is_said_of_the_whole_list_alone(floor: Floor) -> None:
    assert "Nothing is open: the systems agree." in words(floor.me.get(LIST + "?tab=open"))
    rows.differing(build.mandated(floor.school))
    said = words(floor.me.get(LIST + "?tab=unassigned&code=SEC_ONLY"))
    assert "Nothing that fits these filters is open." in said
    assert "the systems agree" not in said


def test_where_nothing_is_mine_the_page_leads_to_what_nobody_has(floor: Floor) -> None:
    rows.differing(build.mandated(floor.school))
    assert "1 item has nobody. Look at it" in words(floor.me.get(LIST + "?tab=mine"))


def test_an_item_of_no_student_of_ours_is_shown_to_the_city_alone(floor: Floor) -> None:
    item = rows.found(Code.SEC_ONLY, osis=123_456_789, service=1, language=1, setting=1)
    page = main(as_orcs().get(LIST))
    assert "No student of ours" in page
    assert ids(as_orcs().get(LIST)) == [item.pk]
    assert ids(as_coordinator(floor.school).get(LIST)) == []


def test_a_student_who_has_left_is_still_the_schools_to_end(floor: Floor) -> None:
    mandate = build.mandated(floor.school)
    therapist = build.provider(at=floor.school)
    mandate.student.enrolments.update(ends=build.TODAY - 3 * DAY)
    item = rows.on_line(Code.CASELOAD_ENDED, mandate, provider=therapist)
    mandate.entries.create(
        student=mandate.student, provider=therapist, school=floor.school, state=2, since=build.NOW - 30 * DAY
    )
    assert ids(floor.me.get(LIST + "?tab=open")) == [item.pk]
