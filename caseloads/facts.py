"""The only bridge from rows to the policy's plain facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Min, Q, QuerySet

from caseloads.kinds import IepStatus, Outcome
from caseloads.models import Assignment, Call, Enrolment, Mandate, RsaLetter, Student, Transmittal
from orcs_portal.shared.clock import local_day
from providers.kinds import Affiliation, Language, Role, Service, Setting
from providers.models import CalendarDay, Placement, Provider, SchoolYear
from providers.policy.facts import (
    CallFacts,
    FirstAttend,
    MandateFacts,
    ProviderFacts,
    SchoolYearFacts,
    StudentFacts,
)
from providers.policy.rules import language_called
from providers.queries.hold import rsa_hold

NoSchoolYear = SchoolYear.DoesNotExist
"""No school year has begun: nothing about calls can be judged, and pages say so."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a caller keyed: whose number, which service, in which language (None: not said), when first seen."""

    osis: int
    service: Service
    language: Language | None
    session_on: date


@dataclass(frozen=True, slots=True)
class Loaded:
    """The policy's facts, with the ids of the rows they came from."""

    facts: CallFacts
    provider: Provider
    student: int | None
    school: int | None


def load(provider: Provider, asked: Asked, *, today: date) -> Loaded:
    """Return everything that decides about a call; a fixed number of queries.  Raises ``NoSchoolYear``."""
    year = school_year(today)
    student_id = may_serve(provider, today).filter(osis=asked.osis).values_list("pk", flat=True).first()
    school_id = _school(provider, student_id, asked.session_on, today)
    facts = CallFacts(
        provider=ProviderFacts(Affiliation(provider.affiliation), Role(provider.role)),
        student=None if student_id is None else _student(provider, student_id, asked, year),
        service=asked.service,
        language=asked.language,
        session_on=asked.session_on,
        today=today,
        school_year=year,
        rsa_hold=rsa_hold(asked.session_on),
        closed_days=closed_days(school_id, year),
    )
    return Loaded(facts, provider, student_id, school_id)


def may_serve(provider: Provider, on: date) -> QuerySet[Student]:
    """Return the students a provider may call for: of the schools they work at, assigned, or transmitted (R8)."""
    running = running_on(on)
    schools = Placement.objects.filter(running, provider=provider).values("school")
    enrolled = Enrolment.objects.filter(running, school__in=schools).values("student")
    assigned = Assignment.objects.filter(running, provider=provider).values("mandate__student")
    mine = Q(pk__in=enrolled) | Q(pk__in=assigned)
    if provider.agency_id is not None:
        mine |= Q(pk__in=Transmittal.objects.filter(agency=provider.agency_id).values("student"))
    return Student.objects.filter(mine)


def school_year(on: date) -> SchoolYearFacts:
    """Return the school year of a day: the one it falls into, in summer the one just over.

    Raises ``NoSchoolYear`` where no year has begun by then.
    """
    year = SchoolYear.objects.filter(starts__lte=on).latest("starts")
    return SchoolYearFacts(year.starts, year.ends)


def closed_days(school_id: int | None, year: SchoolYearFacts) -> frozenset[date]:
    """Return the weekdays of a year on which a school, or every school, has no students."""
    days = CalendarDay.objects.filter(
        Q(school__isnull=True) | Q(school=school_id), date__range=(year.first_day, year.last_day)
    )
    return frozenset(days.values_list("date", flat=True))


def _student(provider: Provider, student_id: int, asked: Asked, year: SchoolYearFacts) -> StudentFacts:
    mandates = _mandates(provider, student_id, asked.session_on)
    language = language_called(mandates, asked.service, asked.language, asked.session_on)
    line: dict[str, int | None] = {"student": student_id, "service": asked.service, "language": language}
    assigned = _assigned(student_id, asked.service, language, asked.session_on)
    return StudentFacts(
        mandates=mandates,
        transmittal_on=_transmitted(provider, line),
        rsa_letter_on=_lettered(provider, line),
        first_attend=_first(provider, line, year),
        assigned_to_caller=provider.pk in assigned,
        assigned_to_other=bool(assigned - {provider.pk}),
    )


def _mandates(provider: Provider, student_id: int, on: date) -> tuple[MandateFacts, ...]:
    """Return the lines of every final IEP, marked where theirs is the one that governs on the day (R10)."""
    rows = Mandate.objects.filter(student=student_id, iep__status=IepStatus.FINAL).order_by("id").select_related("iep")
    mine = set(
        Assignment.objects.filter(running_on(on), provider=provider, mandate__student=student_id).values_list(
            "mandate", flat=True
        )
    )
    return tuple(
        MandateFacts(
            id=row.pk,
            service=Service(row.service),
            language=Language(row.language),
            setting=Setting(row.setting),
            frequency=row.frequency,
            duration=row.duration,
            group_size=row.group_size,
            starts=row.starts,
            ends=row.ends,
            governs=on in row.iep.governs,
            assigned_to_caller=row.pk in mine,
        )
        for row in rows
    )


def _assigned(student_id: int, service: Service, language: Language | None, on: date) -> set[int]:
    rows = Assignment.objects.filter(running_on(on), mandate__student=student_id, mandate__service=service)
    if language is not None:
        rows = rows.filter(mandate__language=language)
    return set(rows.values_list("provider", flat=True))


def _transmitted(provider: Provider, line: Mapping[str, object]) -> date | None:
    if provider.agency_id is None:
        return None
    first = Transmittal.objects.filter(agency=provider.agency_id, **line).aggregate(at=Min("processed"))["at"]
    return None if first is None else local_day(first)


def _lettered(provider: Provider, line: Mapping[str, object]) -> date | None:
    first = RsaLetter.objects.filter(provider=provider, **line).aggregate(at=Min("processed"))["at"]
    return None if first is None else local_day(first)


def _first(provider: Provider, line: Mapping[str, object], year: SchoolYearFacts) -> FirstAttend | None:
    row = (
        Call.objects.filter(outcome=Outcome.ACCEPTED, provider=provider, school_year=year.first_day, **line)
        .values_list("confirmation", "session_on")
        .first()
    )
    return None if row is None or row[1] is None else FirstAttend(str(row[0]), row[1])


def _school(provider: Provider, student_id: int | None, on: date, today: date) -> int | None:
    """Return the student's school on the session's day, else today's; without a student, the caller's own."""
    if student_id is None:
        return Placement.objects.filter(running_on(today), provider=provider).values_list("school", flat=True).first()
    rows = Enrolment.objects.filter(student=student_id).order_by("-starts").values_list("school", "starts", "ends")
    spans = list(rows)
    for day in (on, today):
        for school, starts, ends in spans:
            if starts <= day and (ends is None or day <= ends):
                return int(school)
    return int(spans[0][0]) if spans else None


def running_on(on: date) -> Q:
    """Return the condition that a dated row covers a day."""
    return Q(starts__lte=on) & (Q(ends__isnull=True) | Q(ends__gte=on))
