"""A wide reader's numbers of lines: kept by every comparison, and always those of the lists behind them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from caseloads.models import Enrolment
from compliance.models import LineCount
from compliance.reconcile.run import reconcile
from compliance.reconcile.touched import catch_up
from orcs_portal.shared.models import Touched
from providers.kinds import Borough
from tests import build
from tests.caseloads.views.people import as_auditor, as_orcs
from tests.compliance.views.floor import Floor
from tests.compliance.views.test_lines import TODAY, everywhere

LATER = build.NOW + timedelta(minutes=5)


def numbers(borough: Borough | None = None) -> list[int]:
    """Return what SESIS, CAP and SEC hold, and the lines apart, explained and not; each is its list's total."""
    orcs = as_orcs(borough)
    tile = orcs.get(TODAY).context["agreement"]
    urls = [*(system["url"] for system in tile["systems"]), tile["explained_url"], tile["unexplained_url"]]
    lists = [[orcs.get(one["url"]).context["total"] for one in orcs.get(url).context["schools"]] for url in urls]
    found = [*(system["number"] for system in tile["systems"]), tile["explained"], tile["unexplained"]]
    assert found == [sum(each) for each in lists]
    return found


def touch(student: int) -> None:
    """Say that a student's picture may have changed."""
    Touched.objects.create(kind=Touched.Kind.STUDENT, subject_id=student, at=build.NOW)


def test_a_comparison_of_everything_leaves_the_numbers_of_borough_and_city(floor: Floor) -> None:
    everywhere(floor.school)
    build.mandated(build.school("15K918"))
    build.mandated(build.school("24Q919"))
    assert as_auditor().get(TODAY).context["agreement"] is None
    reconcile(as_of=build.NOW, now=build.REAL)
    brooklyn, city = numbers(Borough.BROOKLYN), numbers()
    assert (brooklyn[:3], sum(brooklyn[3:])) == ([2, 1, 1], 1)
    assert (city[:3], sum(city[3:])) == ([3, 1, 1], 2)


def test_what_was_touched_is_counted_anew_at_its_school_alone(floor: Floor) -> None:
    other = build.school("15K918")
    first = everywhere(floor.school)
    everywhere(other)
    reconcile(as_of=build.NOW, now=build.REAL)
    build.mandated(floor.school)
    touch(first.student_id)
    assert catch_up(as_of=LATER, now=build.REAL) == 1
    kept = {one.school: (one.sesis, one.as_of) for one in LineCount.objects.select_related("school")}
    assert kept == {floor.school: (2, LATER), other: (1, build.NOW)}
    assert numbers(Borough.BROOKLYN)[:3] == [3, 2, 2]


def test_a_student_who_moves_is_counted_at_the_new_school_and_no_more_at_the_old(floor: Floor) -> None:
    other = build.school("15K918")
    mandate = everywhere(floor.school)
    everywhere(other)
    reconcile(as_of=build.NOW, now=build.REAL)
    mandate.student.enrolments.update(ends=build.TODAY - timedelta(days=1))
    Enrolment.objects.create(student=mandate.student, school=other, grade="3", starts=build.TODAY)
    touch(mandate.student_id)
    catch_up(as_of=LATER, now=build.REAL)
    assert {one.school: one.sesis for one in LineCount.objects.select_related("school")} == {other: 2}
    assert numbers(Borough.BROOKLYN)[:3] == [2, 2, 2]


@pytest.mark.parametrize("students", [1, 6])
def test_the_numbers_cost_one_query_however_many_schools_there_are(
    floor: Floor, students: int, django_assert_num_queries: object
) -> None:
    for place in range(students):
        everywhere(build.school(f"15K92{place}"))
    reconcile(as_of=build.NOW, now=build.REAL)
    orcs = as_orcs(Borough.BROOKLYN)
    orcs.get("/mismatches/lines/")
    with django_assert_num_queries(7):  # type: ignore[operator] # pytest-django's fixture
        assert len(orcs.get("/mismatches/lines/").context["schools"]) == students
