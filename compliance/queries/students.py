"""Everything about one student on a page, as much of it as is the reader's to see."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Prefetch
from django.urls import reverse

from caseloads.kinds import IepKind
from caseloads.models import Consent, Enrolment, Iep, Student
from caseloads.queries.calls import grade_on
from caseloads.queries.moment import Moment
from compliance.queries.student_calls import call_rows, entry_rows
from compliance.queries.student_findings import findings_about
from compliance.queries.student_ieps import Facts, rows_of_versions, versions_of
from compliance.queries.student_looks import look_rows
from compliance.queries.student_papers import paper_rows
from compliance.queries.student_scope import Part, may_record_consent, part_of
from providers.scope import Standing


def student_page(standing: Standing, student_id: int, *, at: Moment) -> dict[str, Any] | None:
    """Return a student's page, or None for a student whom somebody may not see; a fixed number of queries."""
    part = part_of(standing, student_id, on=at.today)
    student = _student(student_id) if part else None
    if part is None or student is None:
        return None
    consent = Consent.objects.filter(student=student_id).select_related("recorded_by").first()
    ieps = versions_of(student_id, part)
    versions = rows_of_versions(ieps, Facts(at.today, consented=consent is not None))
    return {
        **_basics(student, at),
        "part": _name(part),
        "versions": versions,
        "governing": next((one for one in versions if one["governs"]), None),
        "findings": findings_about(standing, student_id, part, at=at),
        "calls": call_rows(standing, student_id, part, at=at),
        "entries": entry_rows(student_id, part),
        "papers": paper_rows(student_id, part),
        "consent": _consent(standing, student, ieps, consent, at) if part.whole else None,
        "looks": look_rows(student_id, at=at) if part.whole else None,
    }


def _name(part: Part) -> str:
    """Return whose page this is: everything, a provider's own, or an agency's service."""
    return "whole" if part.whole else ("agency" if part.agencies else "provider")


def _student(student_id: int) -> Student | None:
    enrolments = Enrolment.objects.select_related("school").order_by("-starts")
    return Student.objects.filter(pk=student_id).prefetch_related(Prefetch("enrolments", enrolments)).first()


def _basics(student: Student, at: Moment) -> dict[str, Any]:
    enrolments = list(student.enrolments.all())
    present = next(
        (one for one in enrolments if one.starts <= at.today and (one.ends is None or at.today <= one.ends)), None
    )
    return {
        "id": student.pk,
        "name": student.full_name,
        "osis": student.osis,
        "grade": grade_on(enrolments, at.today) if present else "",
        "school": present.school if present else None,
        "enrolments": [
            {
                "school": str(one.school),
                "grade": one.grade,
                "starts": one.starts,
                "ends": one.ends,
                "now": one is present,
            }
            for one in enrolments
        ],
    }


def _consent(
    standing: Standing, student: Student, ieps: list[Iep], consent: Consent | None, at: Moment
) -> dict[str, Any]:
    """Return what is known of consent, and where it is recorded by those who may (R11)."""
    earliest = _earliest(ieps)
    mine = earliest is not None and consent is None and may_record_consent(standing, student.pk, on=at.today)
    by = consent.recorded_by if consent else None
    return {
        "asked": earliest is not None,
        "earliest": earliest,
        "given": consent.given if consent else None,
        "recorded": consent.recorded if consent else None,
        "by": by.full_name if by else "",
        "url": reverse("student-consent", args=[student.pk]) if mine else "",
    }


def consent_from(standing: Standing, student_id: int, *, at: Moment) -> date | None:
    """Return the first day that a consent recorded by somebody may have, or None where it is not theirs (R11)."""
    if not may_record_consent(standing, student_id, on=at.today):
        return None
    return _earliest(Iep.objects.filter(student=student_id))


def _earliest(ieps: Iterable[Iep]) -> date | None:
    """Return the first day that a consent to a student's first IEP can have; None for a student without one."""
    begins = [one.starts for one in ieps if one.kind == IepKind.INITIAL]
    return min(begins) - timedelta(days=settings.CONSENT_DAYS_BEFORE) if begins else None
