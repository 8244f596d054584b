"""Whose vacancies somebody sees, and which of them are theirs to act on (R12, R15)."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from caseloads.mandates import at_schools, governing
from caseloads.models import Assignment, Mandate, Offer, Redirected, Vacancy
from providers.models import School
from providers.scope import Standing


def vacancies_for(standing: Standing) -> QuerySet[Vacancy]:
    """Return the vacancies of one's schools or boroughs, and those that were offered to one's agency."""
    condition = standing.schools_condition("school__")
    if standing.agencies:
        condition |= Q(pk__in=Offer.objects.filter(agency__in=standing.agencies).values("vacancy"))
    return Vacancy.objects.filter(condition).select_related("school")


def sees_whole(standing: Standing, vacancy: Vacancy) -> bool:
    """Return whether somebody sees a vacancy as the school and ORCS do, and not only their own agency's offer."""
    school = vacancy.school
    return standing.citywide or school.borough in standing.boroughs or school.pk in standing.active_schools


def vacancies_of_orcs(standing: Standing) -> QuerySet[Vacancy]:
    """Return the vacancies that somebody of ORCS contracts out."""
    return Vacancy.objects.filter(standing.orcs.schools_condition("school__")).select_related("school")


def reported_by(standing: Standing) -> Q:
    """Return the condition on schools whose vacancies somebody reports: as their designee, or as ORCS (R15)."""
    return standing.designee.schools_condition() | standing.orcs.schools_condition()


def schools_to_report(standing: Standing) -> QuerySet[School]:
    """Return the schools whose vacancies somebody reports (R15)."""
    return School.objects.filter(reported_by(standing)).order_by("dbn")


def vacancies_to_report(standing: Standing) -> QuerySet[Vacancy]:
    """Return the vacancies to which somebody adds students, or which they withdraw (R15)."""
    within = standing.designee.schools_condition("school__") | standing.orcs.schools_condition("school__")
    return Vacancy.objects.filter(within).select_related("school")


def offers_to_answer(standing: Standing) -> QuerySet[Offer]:
    """Return the offers that somebody answers: their agency's, or as ORCS on an agency's behalf (R12)."""
    mine = standing.orcs.schools_condition("vacancy__school__") | Q(agency__in=standing.agencies)
    return Offer.objects.filter(mine).select_related("vacancy__school", "agency")


def redirected_for(standing: Standing) -> QuerySet[Redirected]:
    """Return the attempts at one's schools that were led to where they belong (R14)."""
    return Redirected.objects.filter(standing.schools_condition("school__")).select_related("school", "asked_by")


def schools_to_assign(standing: Standing) -> QuerySet[School]:
    """Return the schools whose students somebody assigns to providers: their staff's, and ORCS's."""
    own = standing.staff.schools_condition() | standing.orcs.schools_condition()
    return School.objects.filter(own).order_by("dbn")


def mandates_to_assign(standing: Standing, on: date) -> QuerySet[Mandate]:
    """Return the lines that govern on a day, of students at a school whose students somebody assigns (R10)."""
    own = standing.staff.schools_condition("school__") | standing.orcs.schools_condition("school__")
    return at_schools(governing(on), own, on)


def assignments_to_end(standing: Standing, on: date) -> QuerySet[Assignment]:
    """Return the assignments, not yet over on a day, that somebody may end."""
    lines = mandates_to_assign(standing, on)
    running = Q(ends=None) | Q(ends__gte=on)
    return Assignment.objects.filter(running, mandate__in=lines).select_related("mandate__student", "provider")
