"""Lists of calls and deliveries, and one call's page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.urls import reverse

from caseloads.kinds import UNDELIVERED, DeliveryState, Outcome, System
from caseloads.models import Call, Delivery, Enrolment, Entry, Mandate
from caseloads.queries.line import HOW, line_of
from caseloads.queries.marks import MARKED, TITLES, marks_of
from caseloads.queries.moment import Moment
from caseloads.queries.scope import calls_for, deliveries_for
from caseloads.queries.transit import Key, Transit, in_transit
from orcs_portal.shared.capped import Capped, count_up_to_most
from orcs_portal.shared.line import CallLine
from orcs_portal.shared.pagination import Page, newest_first
from providers.scope import Standing

PAGE = 25


@dataclass(frozen=True, slots=True)
class Narrowed:
    """A list of calls narrowed by tab, and on the delivery tabs by one system."""

    tab: str = "all"
    system: System | None = None


def _held_up(standing: Standing, narrowed: Narrowed) -> QuerySet[Delivery]:
    """Return the deliveries that make up a delivery tab: few, and under an index of their own."""
    states = [DeliveryState.PARKED] if narrowed.tab == "parked" else sorted(UNDELIVERED)
    rows = deliveries_for(standing).filter(state__in=states)
    return rows if narrowed.system is None else rows.filter(system=narrowed.system)


def _listed(standing: Standing, narrowed: Narrowed) -> QuerySet[Call]:
    """Return the calls behind a tab."""
    if narrowed.tab in BY_SYSTEM:
        return Call.objects.filter(pk__in=_held_up(standing, narrowed).values("call"))
    if narrowed.tab == "marked":
        return calls_for(standing).filter(MARKED)
    if narrowed.tab in {"accepted", "refused", "unlinked"}:
        return calls_for(standing).filter(outcome=Outcome.from_slug(narrowed.tab))
    return calls_for(standing)


TABS = (
    ("all", "All"),
    ("accepted", "Accepted"),
    ("refused", "Refused"),
    ("unlinked", "Unlinked"),
    ("marked", "Marked"),
    ("on-its-way", "Not taken yet"),
    ("parked", "Parked"),
)


BY_SYSTEM = frozenset({"on-its-way", "parked"})
"""The tabs that a system narrows; the others hold calls, whatever became of their deliveries."""


def tab_counts(standing: Standing, system: System | None) -> dict[str, Capped]:
    """Return how many calls each tab holds, the longest up to ``capped.MOST``; one query."""
    return count_up_to_most({key: _counted(standing, Narrowed(key, system)) for key, _ in TABS})


def _counted(standing: Standing, narrowed: Narrowed) -> QuerySet[Any]:
    """Return rows that are as many as the tab's calls."""
    if narrowed.tab in BY_SYSTEM:
        return _held_up(standing, narrowed).values("call").distinct()
    return _listed(standing, narrowed)


def page_of_calls(standing: Standing, narrowed: Narrowed, *, cursor: str, total: int) -> Page[Call]:
    """Return one page of calls, newest first, with what their lines need; a fixed number of queries."""
    rows = _listed(standing, narrowed)
    return newest_first(_dressed(rows), field="received", cursor=cursor, size=PAGE, total=total)


def _dressed(rows: QuerySet[Call]) -> QuerySet[Call]:
    return rows.select_related("student", "school", "provider", "provider__agency").prefetch_related(
        "deliveries",
        Prefetch("entries", Entry.objects.select_related("provider")),
        Prefetch("student__enrolments", Enrolment.objects.order_by("-starts")),
    )


def calls_about(student_id: int, condition: Q, *, most: int) -> list[Call]:
    """Return the calls for one student that a condition lets through, newest first, with what their lines need."""
    return list(_dressed(Call.objects.filter(condition, student=student_id)).order_by("-received", "-id")[:most])


def rows_of_calls(calls: Sequence[Call], *, at: Moment) -> list[dict[str, Any]]:
    """Return calls as rows of the list."""
    transits = transits_of(calls, at=at)
    return [_row(call, at, transits.get(_key(call))) for call in calls]


def _row(call: Call, at: Moment, transit: Transit | None) -> dict[str, Any]:
    return {
        **basics(call),
        "url": reverse("call", args=[call.pk]),
        "provider_note": str(call.provider.agency or call.provider.get_role_display()),
        "reason": call.said.get("headline", ""),
        "rule": call.rule,
        "marks": [TITLES[flag] for flag in marks_of(call)],
        "line": line_of(call, call.deliveries.all(), call.entries.all(), at=at, transit=transit),
    }


def transits_of(calls: Iterable[Call], *, at: Moment) -> dict[Key, Transit]:
    """Return what keeps the IEPs behind calls from CAP, by line; asked only for what CAP does not show (R11)."""
    return in_transit({_key(call) for call in calls if _is_on_its_way_to_cap(call)}, now=at.world)


def transit_of(call: Call, *, at: Moment) -> Transit | None:
    """Return what keeps the IEP behind one call from CAP, or None."""
    return transits_of([call], at=at).get(_key(call))


def _is_on_its_way_to_cap(call: Call) -> bool:
    return any(one.system == System.CAP and one.shown is None and one.ended is None for one in call.deliveries.all())


def _key(call: Call) -> Key:
    return (call.student_id or 0, call.service, call.language or 0)


def basics(call: Call) -> dict[str, Any]:
    """Return what a list and a page say of a call."""
    return {
        "id": call.pk,
        "number": call.confirmation or call.reference or "",
        "outcome": Outcome(call.outcome).slug,
        "student_name": call.student.full_name if call.student else "No student",
        "osis": call.student.osis if call.student else None,
        "grade": grade_on(call.student.enrolments.all(), call.session_on) if call.student else "",
        "school": str(call.school) if call.school else "",
        "service": call.get_service_display(),
        "language": call.get_language_display() or "",
        "session_on": call.session_on,
        "called_at": call.received,
        "provider_name": call.provider.full_name,
    }


def grade_on(enrolments: Iterable[Enrolment], day: date | None) -> str:
    """Return the grade of a day in words, else the latest; enrolments come newest first."""
    known = list(enrolments)
    if not known:
        return "not enrolled"
    covering = (one for one in known if day is None or (one.starts <= day and (one.ends is None or day <= one.ends)))
    return f"grade {next(covering, known[0]).grade}"


def call_of(standing: Standing, call_id: int) -> Call | None:
    """Return one call somebody may see, with what its page needs."""
    return _dressed(calls_for(standing)).filter(pk=call_id).first()


def page_of_call(call: Call) -> dict[str, Any]:
    """Return what a call's page says of it."""
    mandates = list(Mandate.objects.filter(pk__in=call.mandates).order_by("setting", "id"))
    return {**basics(call), "mandates": mandates, "how": HOW[call.origin]}  # type: ignore[index] # stored as its value


def line_for(call: Call, *, at: Moment, may_retry: bool, transit: Transit | None) -> CallLine:
    """Return the line of a call that came from ``call_of``, with what keeps its IEP from CAP."""
    entries = call.entries.all()
    return line_of(call, call.deliveries.all(), entries, at=at, may_retry=may_retry, transit=transit)


def parked_for(standing: Standing, system: System | None) -> QuerySet[Delivery]:
    """Return the parked deliveries somebody may see."""
    rows = deliveries_for(standing).filter(state=DeliveryState.PARKED)
    return rows if system is None else rows.filter(system=system)


def parked_counts(standing: Standing) -> dict[System, int]:
    """Return how many deliveries are parked for each system; one query."""
    return _by_system(deliveries_for(standing).filter(state=DeliveryState.PARKED))


def waiting_counts(standing: Standing) -> dict[System, int]:
    """Return how many deliveries are on their way to each system; one query."""
    return _by_system(deliveries_for(standing).filter(state__in=sorted(UNDELIVERED)))


def _by_system(rows: QuerySet[Delivery]) -> dict[System, int]:
    counted = dict(rows.values_list("system").annotate(n=Count("pk")))
    return {system: counted.get(system, 0) for system in System}


def page_of_parked(standing: Standing, system: System | None, *, cursor: str, total: int) -> Page[Delivery]:
    """Return one page of parked deliveries, the last failed first."""
    rows = parked_for(standing, system).select_related("call__student", "call__provider")
    return newest_first(rows, field="failed", cursor=cursor, size=PAGE, total=total)


def sendable(standing: Standing, ids: Iterable[int]) -> dict[int, System]:
    """Return which of these deliveries school staff or ORCS may send again, with their systems; parked or not."""
    if not standing.may_replay:
        return {}
    rows = deliveries_for(standing.acting).filter(pk__in=list(ids)).values_list("id", "system")
    return {key: System(system) for key, system in rows}


def rows_of_parked(standing: Standing, deliveries: Sequence[Delivery], *, at: Moment) -> list[dict[str, Any]]:
    """Return parked deliveries as rows of their list, with where to send again those that one may."""
    mine = sendable(standing, [one.pk for one in deliveries])
    return [
        {
            **basics_of_parked(one),
            "parked_at": at.in_world(one.failed or one.queued),
            "replay_url": reverse("delivery-replay", args=[one.pk]) if one.pk in mine else "",
        }
        for one in deliveries
    ]


def basics_of_parked(one: Delivery) -> dict[str, Any]:
    """Return what the list says of a parked delivery."""
    student = one.call.student
    return {
        "id": one.pk,
        "system": one.get_system_display(),
        "student_name": student.full_name if student else "No student",
        "osis": student.osis if student else None,
        "service": one.get_service_display(),
        "provider_name": one.call.provider.full_name,
        "number": one.call.confirmation or "",
        "call_url": reverse("call", args=[one.call_id]),
        "reason": one.reason,
        "attempts": one.attempts,
    }
