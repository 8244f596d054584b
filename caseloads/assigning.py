"""Assigning a provider to mandates, and ending it; the policy says who may be assigned (R8, R13)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from caseloads.contracting.marks import touch
from caseloads.contracting.vacancies import close_filled
from caseloads.kinds import System
from caseloads.mandates import governing, still_assigned
from caseloads.models import Assignment, Enrolment, Mandate, RsaLetter, Transmittal
from caseloads.propagation.feeding import simulated
from caseloads.systems.sesis import documents, leaving
from orcs_portal.accounts.models import User
from orcs_portal.audit.record import record_access
from orcs_portal.shared.clock import local_day
from orcs_portal.shared.say import say_date
from providers.kinds import Affiliation, Role, Service
from providers.models import Placement, Provider
from providers.policy.assigning import AssignFacts, Papers, assignment_refused
from providers.policy.facts import ProviderFacts
from providers.policy.verdict import Advice
from providers.queries.hold import rsa_hold
from providers.queries.running import running_on

AHEAD = timedelta(days=60)
"""So far ahead an assignment may begin or end."""


class CannotAssign(Exception):
    """Nobody was assigned, or nothing ended; the message says why, ``advice`` the rule where one decided."""

    def __init__(self, words: str | Advice, *, field: str = "") -> None:
        """Keep the words, the advice they come from, and the field of a form that they are about."""
        super().__init__(words.message if isinstance(words, Advice) else words)
        self.advice = words if isinstance(words, Advice) else None
        self.field = field


@dataclass(frozen=True, slots=True)
class Processed:
    """What ORCS processed for the students of some lines: the days, by student and agency or provider."""

    transmittals: Mapping[tuple[int, int], date]
    letters: Mapping[tuple[int, int], date]

    def for_(self, provider: Provider, students: Iterable[int]) -> tuple[Papers, ...]:
        """Return one provider's papers, one for each student."""
        agency = provider.agency_id or 0
        return tuple(
            Papers(self.transmittals.get((one, agency)), self.letters.get((one, provider.pk))) for one in students
        )


def processed_for(lines: Collection[Mandate]) -> Processed:
    """Return what was processed for lines of one service and language (R8); two queries."""
    students, (service, language) = {line.student_id for line in lines}, _kind(lines)
    sent: dict[tuple[int, int], date] = {}
    of_line = {"student__in": students, "service": service, "language": language}
    for one in Transmittal.objects.filter(**of_line).order_by("-processed"):
        sent[one.student_id, one.agency_id] = local_day(one.processed)
    letters = RsaLetter.objects.filter(**of_line).exclude(processed=None)
    approved = {(one.student_id, one.provider_id): local_day(one.processed) for one in letters if one.processed}
    return Processed(sent, approved)


def judge(
    provider: Provider, lines: Sequence[Mandate], papers: Processed, *, starts: date, today: date, hold: bool
) -> Advice | None:
    """Return why a provider may not be assigned to lines from a day on, or None (R8, R13)."""
    return assignment_refused(
        AssignFacts(
            provider=ProviderFacts(Affiliation(provider.affiliation), Role(provider.role)),
            service=Service(lines[0].service),
            papers=papers.for_(provider, sorted({line.student_id for line in lines})),
            starts=starts,
            today=today,
            hold=hold,
        )
    )


def assign(
    *, mandates: Collection[int], provider: Provider, starts: date, by: User, now: datetime, real: datetime
) -> list[Assignment]:
    """Assign a provider to lines of one service and language that nobody serves, all of them or none.

    From then on the provider works at the school; a nurse's caseload entry opens by it (R1); a vacancy in which nobody
    waits any more is closed.  ``now`` is world time; ``real`` dates the record of who did it.  Raises ``CannotAssign``
    where the policy refuses (R8, R13), where somebody was assigned meanwhile, a line is mandated no more, or the day is
    out of bounds.
    """
    today = local_day(now)
    with transaction.atomic():
        lines = _locked(mandates, today)
        _check_day(lines, starts, today)
        refused = judge(provider, lines, processed_for(lines), starts=starts, today=today, hold=rsa_hold(starts))
        if refused is not None:
            raise CannotAssign(refused)
        made = Assignment.objects.bulk_create(
            Assignment(mandate=line, provider=provider, starts=starts) for line in lines
        )
        students = {line.student_id for line in lines}
        _place(provider, students, starts, today)
        if simulated(System.SESIS):
            documents.open_by_assignment(now=now, assignments=[one.pk for one in made])
        _record("Assigned a provider", students, made[0].pk, by=by, real=real)
        touch(now=now, students=students, providers=[provider.pk])
        close_filled(students=students, by=by, now=now)
    return made


def end(*, assignment: Assignment, last_day: date, by: User, now: datetime, real: datetime) -> Assignment:
    """End an assignment after its last day, which may lie behind or ahead; the caseload entry ends the day after.

    Raises ``CannotAssign`` where it is over already, or the day is before its first or too far ahead.
    """
    today = local_day(now)
    with transaction.atomic():
        row = Assignment.objects.select_for_update(of=("self",)).select_related("mandate").get(pk=assignment.pk)
        if row.ends is not None and row.ends < today:
            raise CannotAssign(f"This ended on {say_date(row.ends, today)} already")
        if last_day < row.starts:
            words = f"The last day must be {say_date(row.starts, today)}, the first one, or later"
            raise CannotAssign(words, field="last_day")
        if last_day > today + AHEAD:
            raise CannotAssign(f"The last day must be {say_date(today + AHEAD, today)} or before", field="last_day")
        row.ends = last_day
        row.save(update_fields=["ends"])
        if simulated(System.SESIS):
            leaving.end_left(now=now, assignments=[row.pk])
        _record("Ended an assignment", [row.mandate.student_id], row.pk, by=by, real=real)
        touch(now=now, students=[row.mandate.student_id], providers=[row.provider_id])
    return row


def _record(purpose: str, students: Collection[int], assignment: int, *, by: User, real: datetime) -> None:
    """Keep who assigned whom: an assignment's own row has no author."""
    record_access(
        by=by,
        now=real,
        students=students,
        what="assign",
        purpose=purpose,
        verb="changed",
        kind="assignment",
        object_id=assignment,
    )


def _locked(mandates: Collection[int], today: date) -> list[Mandate]:
    """Return the lines, locked in one order, so that of two who assign at once the second sees the first."""
    lines = list(Mandate.objects.filter(pk__in=mandates).order_by("pk").select_for_update())
    wanted = {line.pk for line in lines}
    if not lines or len(wanted) != len(set(mandates)):
        raise CannotAssign("Choose at least one student who has nobody", field="mandates")
    if wanted != set(governing(today).filter(pk__in=wanted).values_list("pk", flat=True)):
        raise CannotAssign("A mandate has ended or was replaced meanwhile. Choose again", field="mandates")
    if still_assigned(today).filter(mandate__in=wanted).exists():
        raise CannotAssign("Somebody was assigned to one of these students meanwhile. Choose again", field="mandates")
    _kind(lines)
    return lines


def _kind(lines: Collection[Mandate]) -> tuple[int, int]:
    """Return the one service and language of lines; raises ``CannotAssign`` where there are several."""
    kinds = {(line.service, line.language) for line in lines}
    if len(kinds) > 1:
        raise CannotAssign("Choose students of one service and language at a time", field="mandates")
    return kinds.pop()


def _check_day(lines: Collection[Mandate], starts: date, today: date) -> None:
    begins = max(line.starts for line in lines)
    if starts < begins:
        raise CannotAssign(f"The mandate begins on {say_date(begins, today)}: choose that day or later", field="starts")
    if starts > today + AHEAD:
        raise CannotAssign(f"The first day must be {say_date(today + AHEAD, today)} or before", field="starts")


def _place(provider: Provider, students: Collection[int], starts: date, today: date) -> None:
    """Have the provider work, from that day on, wherever these students are and they do not work yet."""
    schools = set(Enrolment.objects.filter(running_on(today), student__in=students).values_list("school", flat=True))
    working = Placement.objects.filter(provider=provider, school__in=schools, ends=None)
    fresh = schools - set(working.values_list("school", flat=True))
    rows = [Placement(provider=provider, school_id=school, starts=starts) for school in sorted(fresh)]
    Placement.objects.bulk_create(rows, ignore_conflicts=True)


def load_of(providers: Collection[int], service: int, today: date) -> dict[int, int]:
    """Return how many students of a service each provider is assigned to; one query."""
    rows = still_assigned(today).filter(provider__in=providers, mandate__service=service)
    students: dict[int, set[int]] = defaultdict(set)
    for provider, student in rows.values_list("provider", "mandate__student"):
        students[provider].add(student)
    return {provider: len(found) for provider, found in students.items()}
