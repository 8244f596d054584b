"""The simulator's page: the clock, the systems, drafts, and what just happened."""

from __future__ import annotations

import operator
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Prefetch
from django.urls import reverse

from caseloads.kinds import Fault, IepStatus, System
from caseloads.models import Breaker, ClockMove, Enrolment, Iep, KnobTurn, Mandate, SystemSetting
from caseloads.queries.calls import parked_counts, waiting_counts
from caseloads.queries.moment import Moment
from caseloads.queries.scope import students_for
from orcs_portal.accounts.models import User
from orcs_portal.shared.models import PeriodicRun
from orcs_portal.shared.say import say_when
from providers.scope import Standing

NEWEST = 8
LAG_WORDS = {
    System.CAP: "Takes a call at once, works overnight",
    System.SEC: "Shows a call a day after CAP has it",
    System.SESIS: "Opens the caseload within two days",
}
NIGHT_WORDS = {
    "download": "SESIS sent its final IEPs to CAP",
    "cap-night": "CAP worked through its calls",
    "sec-night": "SEC took over from CAP and wrote its report",
}
MODES = tuple((fault.slug, str(fault.label)) for fault in Fault)


@dataclass(frozen=True, slots=True)
class Drafted:
    """A mandate as a draft IEP will say it."""

    service: str
    language: str
    frequency: int
    duration: int
    group_size: int


def clock_of(*, at: Moment) -> dict[str, Any]:
    """Return the clock and, of a move that is under way, its target and how much of its way the nights have gone.

    The share is in percent, and None before the first of its nights is done.
    """
    move = ClockMove.objects.filter(done__isnull=True).order_by("id").first()
    if move is None or move.reached is None:
        target = None if move is None else at.world + timedelta(minutes=move.minutes)
        return {"now": at.world, "target": target, "percent": None}
    way = timedelta(minutes=move.minutes)
    nights = PeriodicRun.objects.filter(task__in=NIGHT_WORDS, done__isnull=False, due__lte=move.reached)
    last = nights.filter(due__gt=move.reached - way).order_by("-due").values_list("due", flat=True).first()
    percent = None if last is None else round(100 * (1 - (move.reached - last) / way))
    return {"now": at.world, "target": move.reached, "percent": percent}


def systems_of(standing: Standing, *, at: Moment) -> list[dict[str, Any]]:
    """Return each system's knobs, whether we still ask it, and how many deliveries wait or are parked."""
    knobs = {one.system: one for one in SystemSetting.objects.all()}
    breakers = {one.system: one for one in Breaker.objects.all()}
    waiting, parked = waiting_counts(standing), parked_counts(standing)
    may_open = standing.is_provider or standing.oversees
    return [
        {
            "key": system.slug,
            "name": system.label,
            "lag_words": LAG_WORDS[system],
            "may_open": may_open,
            **_mode(knobs.get(system)),
            **_breaker(breakers.get(system), at),
            "waiting": waiting[system],
            "waiting_url": f"{reverse('calls')}?tab=on-its-way&system={system.slug}",
            "parked": parked[system],
            "parked_url": f"{reverse('parked')}?system={system.slug}",
        }
        for system in System
    ]


def _mode(knobs: SystemSetting | None) -> dict[str, str]:
    fault = Fault(knobs.fault) if knobs else Fault.NONE
    return {"mode": fault.slug, "mode_words": str(fault.label)}


def _breaker(breaker: Breaker | None, at: Moment) -> dict[str, str]:
    if breaker is None or breaker.opened is None or breaker.probe is None:
        return {"breaker": "closed", "breaker_words": "Deliveries go out as they come"}
    if breaker.probe <= at.real:
        return {"breaker": "probing", "breaker_words": "One delivery is tried now"}
    when = say_when(at.in_world(breaker.probe), at.world)
    return {"breaker": "open", "breaker_words": f"Silent {breaker.silences} times; the next try is {when}"}


def drafts_of(standing: Standing, *, at: Moment) -> list[dict[str, Any]]:
    """Return the draft IEPs of students somebody may see, with the students' ids for the access record."""
    drafts = (
        Iep.objects.exclude(status=IepStatus.FINAL)
        .filter(student__in=students_for(standing, at.today))
        .annotate(lines=Count("mandates"))
        .filter(lines__gt=0)
        .select_related("student")
        .prefetch_related(
            Prefetch("mandates", Mandate.objects.order_by("service", "setting")),
            Prefetch("student__enrolments", Enrolment.objects.select_related("school").order_by("-starts")),
        )
        .order_by("student__last_name", "student__first_name", "id")
    )
    return [_draft(one) for one in drafts]


def _draft(iep: Iep) -> dict[str, Any]:
    enrolments = list(iep.student.enrolments.all())
    return {
        "id": iep.pk,
        "student": iep.student_id,
        "student_name": iep.student.full_name,
        "osis": iep.student.osis,
        "school": str(enrolments[0].school) if enrolments else "",
        "iep_on": iep.starts,
        "mandates": [
            Drafted(one.get_service_display(), one.get_language_display(), one.frequency, one.duration, one.group_size)
            for one in iep.mandates.all()
        ],
    }


def draft_of(standing: Standing, iep_id: int, *, at: Moment) -> Iep | None:
    """Return one draft that somebody may make final, or None."""
    return Iep.objects.filter(pk=iep_id, student__in=students_for(standing, at.today)).first()


def log_of(*, at: Moment) -> list[dict[str, Any]]:
    """Return the newest nights, moves of the clock, turned knobs and IEPs made final by somebody, newest first.

    ``who`` is the person, "Command" for a command, and "" for what a system did by itself.
    """
    happened = [*_nights(at), *_moves(), *_turns(), *_finals()]
    return sorted(happened, key=operator.itemgetter("at"), reverse=True)[:NEWEST]


def _nights(at: Moment) -> Iterator[dict[str, Any]]:
    nights = PeriodicRun.objects.filter(task__in=NIGHT_WORDS, done__isnull=False, due__lte=at.world)
    for one in nights.order_by("-due")[:NEWEST]:
        yield {"at": one.due, "text": f"{NIGHT_WORDS[one.task]}.", "who": ""}


def _moves() -> Iterator[dict[str, Any]]:
    moves = ClockMove.objects.filter(reached__isnull=False).select_related("asked_by").order_by("-id")[:NEWEST]
    for one in moves:
        yield {"at": one.reached, "text": f"Moved the clock on by {_span(one.minutes)}.", "who": _who(one.asked_by)}


def _turns() -> Iterator[dict[str, Any]]:
    for one in KnobTurn.objects.select_related("by").order_by("-turned", "-id")[:NEWEST]:
        yield {"at": one.turned, "text": f"Set {one}.", "who": _who(one.by)}


def _finals() -> Iterator[dict[str, Any]]:
    """Yield who made an IEP final; whose it was is not said, since everybody reads this."""
    finals = Iep.objects.filter(finalised_by__isnull=False).select_related("finalised_by")
    for one in finals.order_by("-finalised", "-id")[:NEWEST]:
        yield {"at": one.finalised, "text": "Finalized an IEP.", "who": _who(one.finalised_by)}


def _who(user: User | None) -> str:
    return "Command" if user is None else user.full_name


def _span(minutes: int) -> str:
    """Return a span in words: ``an hour``, ``7 days``, ``90 minutes``."""
    for size, one, many in ((24 * 60, "a day", "days"), (60, "an hour", "hours")):
        if minutes % size == 0:
            return one if minutes == size else f"{minutes // size} {many}"
    return f"{minutes} minutes"
