"""SEC's report of a school on a day: whose lines, which IEP beside them, and what is missing."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from caseloads.kinds import IepStatus
from caseloads.models import Enrolment, Iep, Mandate
from caseloads.queries.moment import Moment
from compliance.kinds import Code
from compliance.reports.sec import Report, moment_of, sec_report
from compliance.reports.verdicts import AGREES, DIFFERS, WAITING
from providers.kinds import Language, Service
from providers.models import School
from tests import build
from tests.compliance import build as findings
from tests.compliance.reports.lines import sec_line

pytestmark = pytest.mark.django_db

AT = Moment(build.NOW, build.REAL)
DAY = timedelta(days=1)


@pytest.fixture
def school() -> School:
    """Return a school."""
    return build.school()


@pytest.fixture
def mandate(school: School) -> Mandate:
    """Return a mandate of a student there."""
    return build.mandated(school)


def of(school: School, day: date = build.TODAY) -> Report:
    """Return the report of a school."""
    return sec_report(school.pk, day, at=AT)


def kinds(found: Report) -> list[tuple[str, bool]]:
    """Return verdicts, and whether each row is missing from the report."""
    return [(row.verdict.kind, row.is_missing) for row in found.rows]


def test_a_day_is_read_at_its_end_and_today_now() -> None:
    assert moment_of(build.TODAY, at=AT) == build.NOW
    yesterday = moment_of(build.TODAY - DAY, at=AT)
    assert yesterday == datetime(2026, 11, 23, 23, 59, 59, 999_999, tzinfo=build.NEW_YORK)


def test_lines_stand_beside_their_mandates_and_missing_ones_after_them(school: School, mandate: Mandate) -> None:
    sec_line(mandate)
    other = build.mandate(mandate.iep, Service.COUNSELING)
    found = of(school)
    assert kinds(found) == [(AGREES, False), (DIFFERS, True)]
    assert [row.key for row in found.rows][1] == f"m{other.pk}"


def test_only_students_enrolled_on_the_day_are_on_it(school: School, mandate: Mandate) -> None:
    sec_line(mandate)
    sec_line(build.mandated(build.school()))
    Enrolment.objects.filter(student=mandate.student).update(ends=build.TODAY - DAY)
    assert of(school).rows == []
    assert kinds(of(school, build.TODAY - DAY)) == [(AGREES, False)]


def test_a_number_that_is_no_student_of_ours_is_on_no_schools_report(school: School, mandate: Mandate) -> None:
    sec_line(mandate, osis=123_456_789)
    assert kinds(of(school)) == [(DIFFERS, True)]


def test_the_report_of_a_day_gone_by_is_what_it_showed_then(school: School, mandate: Mandate) -> None:
    changed = datetime(2026, 11, 20, 3, 0, tzinfo=build.NEW_YORK)
    sec_line(mandate, frequency=2, until_at=changed)
    sec_line(mandate, from_at=changed)
    (row,) = of(school, date(2026, 11, 19)).rows
    assert row.pair.line is not None
    assert (row.pair.line.frequency, row.verdict.kind) == (2, DIFFERS)
    assert kinds(of(school, date(2026, 11, 20))) == [(AGREES, False)]


def test_the_iep_beside_it_is_the_latest_that_was_final_then(school: School, mandate: Mandate) -> None:
    sec_line(mandate)
    Iep.objects.update(governs=DateRange(build.YEAR[0], date(2026, 12, 1)))
    newer = build.iep(mandate.student, version=2, starts=date(2026, 12, 1))
    Iep.objects.filter(pk=newer.pk).update(finalised=build.NOW - 2 * DAY)
    build.mandate(newer, frequency=1)
    assert kinds(of(school)) == [(DIFFERS, False)]
    assert kinds(of(school, build.TODAY - 5 * DAY)) == [(AGREES, False)]


def test_a_draft_and_a_mandate_that_has_ended_are_not_looked_for(school: School, mandate: Mandate) -> None:
    sec_line(mandate)
    build.mandate(build.iep(mandate.student, version=2, status=IepStatus.DRAFT), Service.VISION)
    ended = build.mandate(mandate.iep, Service.COUNSELING)
    Mandate.objects.filter(pk=ended.pk).update(ends=build.TODAY - DAY)
    assert kinds(of(school)) == [(AGREES, False)]
    assert kinds(of(school, build.TODAY - DAY)) == [(AGREES, False), (DIFFERS, True)]


def test_items_decide_and_one_that_waits_is_waited_for(school: School, mandate: Mandate) -> None:
    sec_line(mandate)
    findings.on_line(Code.SEC_WAITING, mandate, **findings.waiting())
    assert kinds(of(school)) == [(WAITING, False)]


def test_items_of_a_neighbor_are_not_this_students(school: School, mandate: Mandate) -> None:
    sec_line(mandate)
    findings.on_document(Code.IEP_NOT_IN_CAP, build.mandated(school).iep)
    first, second = of(school).rows
    assert {first.verdict.kind, second.verdict.kind} == {AGREES, DIFFERS}


def test_rows_stand_by_name_service_and_language(school: School) -> None:
    for name in ("zhou", "Ţîrlea", "al-Hashimi"):
        iep = build.iep(build.student(school, last_name=name))
        for language in (Language.SPANISH, Language.ENGLISH):
            sec_line(build.mandate(iep, language=language))
    said = [(row.enrolment.student.last_name, row.pair.line.language) for row in of(school).rows if row.pair.line]
    assert said == [
        ("al-Hashimi", Language.ENGLISH),
        ("al-Hashimi", Language.SPANISH),
        ("Ţîrlea", Language.ENGLISH),
        ("Ţîrlea", Language.SPANISH),
        ("zhou", Language.ENGLISH),
        ("zhou", Language.SPANISH),
    ]


def test_providers_are_named_where_they_are_known(school: School, mandate: Mandate) -> None:
    provider = build.provider(name="Miriam Castellano")
    sec_line(mandate, provider_number=provider.number)
    sec_line(build.mandate(mandate.iep, Service.VISION), provider_number=999_999)
    assert of(school).providers == {provider.number: "Miriam Castellano"}


@pytest.mark.parametrize("students", [1, 7])
def test_a_report_costs_the_same_whatever_its_length(
    school: School, students: int, django_assert_num_queries: object
) -> None:
    for _ in range(students):
        sec_line(build.mandated(school), provider_number=500_001)
    with django_assert_num_queries(5):  # type: ignore[operator] # pytest-django's fixture
        of(school)
