"""Students, where they go to school, and the one IEP that governs: what the database refuses."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from caseloads.kinds import IepStatus, Transfer
from caseloads.models import Enrolment, Iep, Mandate, Student
from providers.kinds import Language, Service, Setting
from tests import build
from tests.refusals import refused

pytestmark = pytest.mark.django_db

NOVEMBER = date(2026, 11, 1)
DAY = timedelta(days=1)


@pytest.mark.parametrize("osis", [1, 900_000_001, 999_999_999])
def test_an_osis_has_up_to_nine_digits(osis: int) -> None:
    assert Student.objects.create(osis=osis, first_name="Testing", last_name="Student").pk


@pytest.mark.parametrize("osis", [-1, 0, 1_000_000_000])
def test_an_osis_out_of_bounds_is_refused(osis: int) -> None:
    with refused("student_osis_has_nine_digits"):
        Student.objects.create(osis=osis, first_name="Testing", last_name="Student")


def test_two_students_never_share_an_osis() -> None:
    one = build.student(build.school())
    with refused("caseloads_student_osis_key"):
        Student.objects.create(osis=one.osis, first_name="Testing", last_name="Twin")


def enrol(student: Student, starts: date, ends: date | None = None) -> Enrolment:
    """Enrol a student at another school."""
    return Enrolment.objects.create(student=student, school=build.school(), grade="4", starts=starts, ends=ends)


def test_a_student_is_at_one_school_on_a_day() -> None:
    student = build.student(build.school())
    with refused("enrolment_one_school_on_a_day"):
        enrol(student, NOVEMBER)


def test_the_last_day_at_one_school_is_not_the_first_at_another() -> None:
    student = build.student(build.school())
    Enrolment.objects.filter(student=student).update(ends=NOVEMBER)
    with refused("enrolment_one_school_on_a_day"):
        enrol(student, NOVEMBER)
    enrol(student, NOVEMBER + DAY)
    assert student.enrolments.count() == 2


def test_a_stay_within_a_stay_is_refused() -> None:
    student = build.student(build.school())
    with refused("enrolment_one_school_on_a_day"):
        enrol(student, NOVEMBER, NOVEMBER)
    with refused("enrolment_one_school_on_a_day"):
        enrol(student, date(2026, 8, 1), build.BEFORE)
    enrol(student, date(2026, 8, 1), build.BEFORE - DAY)


def test_two_students_are_at_their_schools_at_the_same_time() -> None:
    school = build.school()
    build.student(school)
    build.student(school)
    assert Enrolment.objects.filter(school=school, ends=None).count() == 2


def test_an_enrolment_does_not_end_before_it_starts() -> None:
    student = build.student(build.school())
    Enrolment.objects.update(ends=build.BEFORE)
    with refused("enrolment_ends_after_it_starts"):
        Enrolment.objects.filter(student=student).update(ends=build.BEFORE - DAY)


def test_two_ieps_never_govern_on_one_day() -> None:
    """R10: the latest agreed mandate, so one of them at a time."""
    student = build.student(build.school())
    build.iep(student)
    with refused("iep_one_governs_on_a_day"):
        build.iep(student, version=2, starts=NOVEMBER)


def test_an_iep_governs_from_the_day_after_the_last_of_the_one_before() -> None:
    student = build.student(build.school())
    old = build.iep(student)
    Iep.objects.filter(pk=old.pk).update(governs=DateRange(old.starts, NOVEMBER))
    with refused("iep_one_governs_on_a_day"):
        build.iep(student, version=2, starts=NOVEMBER - DAY)
    build.iep(student, version=2, starts=NOVEMBER)
    assert Iep.objects.get(governs__contains=NOVEMBER).version == 2
    assert Iep.objects.get(governs__contains=NOVEMBER - DAY).version == 1


def test_any_number_of_drafts_lie_beside_the_one_that_governs() -> None:
    student = build.student(build.school())
    build.iep(student)
    for version in (2, 3):
        build.iep(student, version=version, status=IepStatus.DRAFT)
    assert student.ieps.count() == 3


def test_ieps_of_two_students_govern_on_the_same_day() -> None:
    school = build.school()
    build.iep(build.student(school))
    build.iep(build.student(school))
    assert Iep.objects.filter(governs__contains=build.TODAY).count() == 2


def test_a_version_is_written_once() -> None:
    student = build.student(build.school())
    build.iep(student)
    with refused("iep_version_once"):
        build.iep(student, status=IepStatus.DRAFT)


@pytest.mark.parametrize("field", ["finalised", "governs"])
def test_a_final_iep_has_its_time_and_governs(field: str) -> None:
    build.iep(build.student(build.school()))
    with refused("iep_final_iff_dated_and_governing"):
        Iep.objects.update(**{field: None})


@pytest.mark.parametrize("status", [IepStatus.DRAFT, IepStatus.REVIEW])
def test_what_is_not_final_neither_governs_nor_was_finalised(status: IepStatus) -> None:
    build.iep(build.student(build.school()), status=status)
    with refused("iep_final_iff_dated_and_governing"):
        Iep.objects.update(governs=DateRange(NOVEMBER, None))
    with refused("iep_final_iff_dated_and_governing"):
        Iep.objects.update(finalised=build.NOW)


@pytest.mark.parametrize("transfer", set(Transfer) - {Transfer.NEVER})
def test_a_draft_never_travels_to_cap(transfer: Transfer) -> None:
    with refused("iep_transfers_only_when_final"):
        build.iep(build.student(build.school()), status=IepStatus.DRAFT, transfer=transfer)


def test_consent_is_given_once() -> None:
    student = build.student(build.school())
    build.consent(student)
    with refused("caseloads_consent_student_id_key"):
        build.consent(student)


def test_whoever_made_an_iep_final_did_so_at_a_time() -> None:
    row = build.iep(build.student(build.school()), status=IepStatus.DRAFT)
    with refused("iep_finaliser_only_with_time"):
        Iep.objects.filter(pk=row.pk).update(finalised_by=build.user())


def test_a_mandate_is_named_once_on_an_iep_for_each_setting() -> None:
    iep = build.iep(build.student(build.school()))
    build.mandate(iep)
    with refused("mandate_once_on_an_iep"):
        build.mandate(iep, frequency=1)
    build.mandate(iep, group_size=1)
    build.mandate(iep, language=Language.SPANISH)
    build.mandate(iep, Service.COUNSELING)
    assert iep.mandates.count() == 4


def test_a_mandate_belongs_to_its_ieps_student() -> None:
    row, other = build.mandated(build.school()), build.student(build.school())
    with refused("mandate_of_the_ieps_student"):
        Mandate.objects.filter(pk=row.pk).update(student=other)


@pytest.mark.parametrize(("setting", "size"), [(Setting.INDIVIDUAL, 2), (Setting.INDIVIDUAL, 0), (Setting.GROUP, 1)])
def test_one_alone_is_individual_and_more_are_a_group(setting: Setting, size: int) -> None:
    build.mandated(build.school())
    with refused("mandate_group_size_fits_setting"):
        Mandate.objects.update(setting=setting, group_size=size)


@pytest.mark.parametrize(("frequency", "duration"), [(0, 30), (41, 30), (3, 4), (3, 481)])
def test_an_impossible_frequency_or_duration_is_refused(frequency: int, duration: int) -> None:
    iep = build.iep(build.student(build.school()))
    with refused("mandate_frequency_and_duration_possible"):
        build.mandate(iep, frequency=frequency, duration=duration)


@pytest.mark.parametrize(("frequency", "duration"), [(1, 5), (40, 480)])
def test_the_least_and_the_most_of_both_are_taken(frequency: int, duration: int) -> None:
    iep = build.iep(build.student(build.school()))
    assert build.mandate(iep, frequency=frequency, duration=duration).pk


def test_a_mandate_does_not_end_before_it_starts() -> None:
    row = build.mandated(build.school())
    Mandate.objects.update(ends=row.starts)
    with refused("mandate_ends_after_it_starts"):
        Mandate.objects.update(ends=row.starts - DAY)
