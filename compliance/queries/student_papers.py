"""What ORCS has to do with a student: vacancies that name the student, transmittals and RSA letters (R8, R12, R13)."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, Q
from django.urls import reverse

from caseloads.models import Mandate, Offer, RsaLetter, Transmittal, Vacancy
from compliance.queries.student_scope import Part
from orcs_portal.shared.clock import at_local


def paper_rows(student_id: int, part: Part) -> list[dict[str, Any]]:
    """Return vacancies, transmittals and letters, the newest first; four queries for school staff, fewer for others."""
    rows = [*_transmittals(student_id, part), *_letters(student_id, part)]
    if part.whole:
        rows += _vacancies(student_id)
    return sorted(rows, key=lambda row: row["at"], reverse=True)


def _vacancies(student_id: int) -> list[dict[str, Any]]:
    """Return the vacancies that name a mandate of this student, with what the agencies said."""
    named = Mandate.objects.filter(student=student_id).values("vacancies")
    offers = Offer.objects.select_related("agency").order_by("offered", "id")
    rows = Vacancy.objects.filter(pk__in=named).select_related("school", "logged_by")
    return [
        {
            "sort": "vacancy",
            "id": one.pk,
            "number": one.number,
            "url": reverse("vacancy", args=[one.pk]),
            "service": one.get_service_display(),
            "language": one.get_language_display(),
            "at": one.logged,
            "by": one.logged_by.full_name,
            "school": str(one.school),
            "closed": one.closed,
            "closing": one.get_closing_display() or "",
            "offers": [_offer(offer) for offer in one.offers.all()],
        }
        for one in rows.prefetch_related(Prefetch("offers", offers))
    ]


def _offer(one: Offer) -> dict[str, Any]:
    answer = str(one.get_answer_display() or "")
    return {"agency": str(one.agency), "answer": answer.lower() or "no answer yet"}


def _transmittals(student_id: int, part: Part) -> list[dict[str, Any]]:
    """Return the transmittals that concern the reader: all, those to the reader's agency, or to the provider's."""
    rows = Transmittal.objects.filter(_whose(part), student=student_id).select_related("agency")
    return [
        {
            "sort": "transmittal",
            "service": one.get_service_display(),
            "language": one.get_language_display(),
            "at": one.processed,
            "to": str(one.agency),
        }
        for one in rows
    ]


def _whose(part: Part) -> Q:
    if part.whole:
        return Q()
    return Q(agency__in=part.agencies) if part.agencies else Q(agency__providers=part.provider)


def _letters(student_id: int, part: Part) -> list[dict[str, Any]]:
    """Return the RSA letters, a provider's own alone, also those that ORCS must still process; an agency has none."""
    if part.agencies:
        return []
    rows = RsaLetter.objects.filter(part.people(), student=student_id)
    return [
        {
            "sort": "letter",
            "service": one.get_service_display(),
            "language": one.get_language_display(),
            "at": one.processed or at_local(one.approved, 12),
            "processed": one.processed,
            "approved": one.approved,
            "to": one.provider.full_name,
        }
        for one in rows.select_related("provider")
    ]
