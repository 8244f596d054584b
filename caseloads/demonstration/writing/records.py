"""Writes students with their enrolments, consents, IEPs, mandates and who is assigned."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.backends.postgresql.psycopg_any import DateRange

from caseloads.demonstration.days import STAFF_START
from caseloads.demonstration.pupils import Line, Pupil, Version
from caseloads.demonstration.rolls import everyone, lines
from caseloads.demonstration.writing.book import Book, LineKey
from caseloads.kinds import IepStatus
from caseloads.models import Assignment, Consent, Enrolment, Iep, Mandate, Student
from orcs_portal.shared.clock import at_local


def key_of(pupil: Pupil, number: int, line: Line) -> LineKey:
    """Return what a line is found by in the book."""
    return (pupil.osis, number, line.service, line.language, line.setting)


def write_records(book: Book) -> None:
    """Write every student, as SESIS held them before its nights begin; what was made final since is still a draft."""
    students = [Student(osis=one.osis, first_name=one.first_name, last_name=one.last_name) for _, one in everyone()]
    book.students = {row.osis: row for row in Student.objects.bulk_create(students)}
    Enrolment.objects.bulk_create([row for dbn, one in everyone() for row in _enrolments(dbn, one, book)])
    Consent.objects.bulk_create(
        [
            Consent(student=book.students[one.osis], given=one.consent, recorded=at_local(one.consent, 16))
            for _, one in everyone()
            if one.consent is not None
        ]
    )
    _write_ieps(book)
    _write_mandates(book)
    Assignment.objects.bulk_create([row for found in lines() for row in _assignments(*found, book)])


def _enrolments(dbn: str, pupil: Pupil, book: Book) -> Iterator[Enrolment]:
    student, starts = book.students[pupil.osis], STAFF_START
    if pupil.came is not None:
        other, ends = pupil.came
        yield Enrolment(student=student, school=book.schools[other], grade=pupil.grade, starts=starts, ends=ends)
        starts = ends + timedelta(days=1)
    yield Enrolment(student=student, school=book.schools[dbn], grade=pupil.grade, starts=starts)


def _write_ieps(book: Book) -> None:
    rows = {
        (pupil.osis, number): _iep(pupil, number, version, book)
        for _, pupil in everyone()
        for number, version in enumerate(pupil.versions, start=1)
    }
    book.ieps = dict(zip(rows, Iep.objects.bulk_create(rows.values()), strict=True))


def _iep(pupil: Pupil, number: int, version: Version, book: Book) -> Iep:
    return Iep(
        student=book.students[pupil.osis],
        version=number,
        kind=version.kind,
        starts=version.starts,
        status=IepStatus.FINAL if version.is_past else IepStatus.DRAFT,
        finalised=version.finalised if version.is_past else None,
        governs=DateRange(version.starts, None) if version.is_past else None,
    )


def _write_mandates(book: Book) -> None:
    rows = {
        key_of(pupil, number, line): _mandate(book.ieps[pupil.osis, number], line) for pupil, number, _, line in lines()
    }
    book.mandates = dict(zip(rows, Mandate.objects.bulk_create(rows.values()), strict=True))


def _mandate(iep: Iep, line: Line) -> Mandate:
    frequency, duration, group_size = line.figures
    return Mandate(
        iep=iep,
        student=iep.student,
        service=line.service,
        language=line.language,
        setting=line.setting,
        frequency=frequency,
        duration=duration,
        group_size=group_size,
        starts=iep.starts,
    )


def _assignments(pupil: Pupil, number: int, version: Version, line: Line, book: Book) -> Iterator[Assignment]:
    mandate = book.mandates[key_of(pupil, number, line)]
    starts: date = line.since or version.starts
    if line.before is not None:
        before = book.providers[line.before.by]
        yield Assignment(mandate=mandate, provider=before, starts=version.starts, ends=line.before.until)
    if line.by is not None:
        yield Assignment(mandate=mandate, provider=book.providers[line.by], starts=starts)
