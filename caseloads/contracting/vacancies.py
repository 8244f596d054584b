"""Reporting a vacancy, adding students to it, and closing it (R12, R14, R15)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Q

from caseloads.contracting.lines import open_lines
from caseloads.contracting.marks import touch
from caseloads.contracting.refusal import CannotContract
from caseloads.mandates import at_schools, governing, unserved
from caseloads.models import Mandate, Redirected, Vacancy
from orcs_portal.accounts.models import User
from orcs_portal.shared.clock import local_day
from providers.kinds import Language, Service
from providers.models import School
from providers.policy.rules import report_refused
from providers.scope import standing_of


class OpenAlready(CannotContract):
    """The same vacancy is open: a service and language has one at a school; ``vacancy`` is that one."""

    def __init__(self, vacancy: Vacancy) -> None:
        """Keep the open one."""
        super().__init__("This vacancy is open already. Add the students to it")
        self.vacancy = vacancy


def log(
    *,
    school: School,
    service: Service,
    language: Language,
    mandates: Collection[int],
    since: date,
    note: str,
    by: User,
    now: datetime,
) -> Vacancy:
    """Report that mandates of one service and language at a school have nobody, at world time ``now`` (R15).

    Those served or ended meanwhile drop off.  Raises ``CannotContract`` for anybody but the designee and ORCS, and
    where nobody of the chosen waits any more; ``OpenAlready`` where the same vacancy is open.
    """
    for_school = _reports_for_school(by, school, now)
    try:
        with transaction.atomic():
            vacancy = Vacancy.objects.create(
                school=school,
                service=service,
                language=language,
                unserved_since=since,
                logged_by=by,
                logged=now,
                note=note,
                for_school=for_school,
            )
            _name(vacancy, _waiting(vacancy, mandates, local_day(now)), now=now)
    except IntegrityError as error:
        raise OpenAlready(_open_one(school, service, language, error)) from error
    return vacancy


def add(*, vacancy: Vacancy, mandates: Collection[int], by: User, now: datetime) -> int:
    """Name more students in an open vacancy, and return how many mandates that added (R15).

    Raises ``CannotContract`` for anybody but the designee and ORCS, and for a vacancy that is closed or that an agency
    has accepted already: what it accepted stays what it was asked.
    """
    _reports_for_school(by, vacancy.school, now)
    with transaction.atomic():
        row = locked(vacancy)
        if row.offers.filter(answer=1).exists():
            raise CannotContract("An agency has accepted this vacancy as it is. Log the students once it is closed")
        lines = _waiting(row, mandates, local_day(now))
        return _name(row, lines, now=now)


def close(*, vacancy: Vacancy, closing: Vacancy.Closing, by: User, now: datetime) -> None:
    """Close a vacancy as filled or withdrawn; raises ``CannotContract`` for one that is closed."""
    _reports_for_school(by, vacancy.school, now)
    with transaction.atomic():
        row = locked(vacancy)
        row.closing, row.closed, row.closed_by = closing, now, by
        row.save(update_fields=["closing", "closed", "closed_by"])
        touch(now=now, students=_students(row), agencies=row.offers.values_list("agency", flat=True))


def close_filled(*, students: Collection[int], by: User, now: datetime) -> list[int]:
    """Close, as filled, the open vacancies of students in which nobody waits any more; return their ids."""
    with transaction.atomic():
        named = Vacancy.mandates.through.objects.filter(mandate__student__in=students).values("vacancy")
        rows = list(Vacancy.objects.filter(pk__in=named, closed=None).order_by("pk").select_for_update())
        waiting = open_lines([row.pk for row in rows], local_day(now))
        filled = [row.pk for row in rows if row.pk not in waiting]
        Vacancy.objects.filter(pk__in=filled).update(closing=Vacancy.Closing.FILLED, closed=now, closed_by=by)
    return filled


def redirect_evaluation(*, school: School, language: Language | None, by: User, now: datetime) -> Redirected:
    """Keep that somebody asked for a contracted-out evaluation here, which belongs into SESIS (R14).

    Raises ``CannotContract`` for anybody but the designee and ORCS.
    """
    for_school = _reports_for_school(by, school, now)
    return Redirected.objects.create(school=school, language=language, for_school=for_school, asked_by=by, asked=now)


def locked(vacancy: Vacancy) -> Vacancy:
    """Return the open vacancy's row, locked to the transaction's end; raises ``CannotContract`` for a closed one."""
    row = Vacancy.objects.select_for_update(of=("self",)).select_related("school").get(pk=vacancy.pk)
    if row.closed is not None:
        raise CannotContract("This vacancy has been closed")
    return row


def _reports_for_school(by: User, school: School, now: datetime) -> bool:
    """Return whether this is ORCS on the school's behalf; raises ``CannotContract`` for who may not report (R15)."""
    standing = standing_of(by.pk, on=local_day(now))
    designee = school.pk in standing.designee_of
    orcs = standing.orcs_citywide or school.borough in standing.orcs_boroughs
    refused = report_refused(designee=designee, orcs=orcs)
    if refused is not None:
        raise CannotContract(refused)
    return not designee


def _waiting(vacancy: Vacancy, mandates: Collection[int], today: date) -> list[Mandate]:
    """Return those of the chosen lines that are this vacancy's and have nobody; raises ``CannotContract`` for none."""
    rows = governing(today).filter(pk__in=mandates, service=vacancy.service, language=vacancy.language)
    lines = list(unserved(at_schools(rows, Q(school=vacancy.school_id), today), today))
    if not lines:
        raise CannotContract("None of these students waits any more. Choose again", field="mandates")
    return lines


def _name(vacancy: Vacancy, lines: list[Mandate], *, now: datetime) -> int:
    before = set(vacancy.mandates.values_list("pk", flat=True))
    fresh = [line for line in lines if line.pk not in before]
    vacancy.mandates.add(*fresh)
    touch(now=now, students=[line.student_id for line in fresh])
    return len(fresh)


def _students(vacancy: Vacancy) -> list[int]:
    return list(vacancy.mandates.values_list("student", flat=True))


def _open_one(school: School, service: Service, language: Language, error: IntegrityError) -> Vacancy:
    """Return the vacancy that is open, by whose constraint this one was refused; anything else is raised on."""
    if getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") != "vacancy_open_once":
        raise error
    return Vacancy.objects.get(school=school, service=service, language=language, closed=None)
