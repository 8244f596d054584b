"""Whose calls, students and deliveries somebody may see; every other query here starts from one of these."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from caseloads.facts import running_on
from caseloads.models import Assignment, Call, Delivery, Enrolment, Entry, Student, Transmittal
from providers.models import Provider
from providers.scope import Standing


def calls_condition(standing: Standing, prefix: str = "") -> Q:
    """Return the condition on calls: one's own, those of one's schools or boroughs, those of one's agency's people."""
    if standing.citywide:
        # Also the few without a school: a nurse or an independent provider who works nowhere called all the same.
        return Q(**{f"{prefix}pk__isnull": False})
    condition = standing.schools_condition(f"{prefix}school__")
    if standing.provider is not None:
        condition |= Q(**{f"{prefix}provider": standing.provider})
    if standing.agencies:
        condition |= Q(**{f"{prefix}provider__agency__in": standing.agencies})
    return condition


def calls_for(standing: Standing) -> QuerySet[Call]:
    """Return the calls somebody may see."""
    return Call.objects.filter(calls_condition(standing))


def may_send_again(standing: Standing, call: Call) -> bool:
    """Return whether somebody may send a call's deliveries again: its caller, its school's staff, ORCS."""
    mine = call.provider_id == standing.provider
    return mine or (standing.may_replay and calls_for(standing.acting).filter(pk=call.pk).exists())


def deliveries_for(standing: Standing) -> QuerySet[Delivery]:
    """Return the deliveries of the calls somebody may see."""
    return Delivery.objects.filter(calls_condition(standing, "call__"))


def students_for(standing: Standing, on: date) -> QuerySet[Student]:
    """Return the students of one's schools or boroughs, one's own, and those transmitted to one's agency."""
    enrolled = Enrolment.objects.filter(running_on(on) & standing.schools_condition("school__"))
    condition = Q(pk__in=enrolled.values("student"))
    if standing.provider is not None:
        condition |= Q(
            pk__in=Assignment.objects.filter(running_on(on), provider=standing.provider).values("mandate__student")
        )
        condition |= Q(pk__in=Entry.objects.filter(provider=standing.provider).values("student"))
    if standing.agencies:
        condition |= Q(pk__in=Transmittal.objects.filter(agency__in=standing.agencies).values("student"))
    return Student.objects.filter(condition)


def own_provider(standing: Standing) -> Provider | None:
    """Return the provider somebody is, or None."""
    return None if standing.provider is None else Provider.objects.filter(pk=standing.provider).first()


def own_assignments(standing: Standing, on: date) -> QuerySet[Assignment]:
    """Return one's own running assignments."""
    if standing.provider is None:
        return Assignment.objects.none()
    return Assignment.objects.filter(running_on(on), provider=standing.provider)
