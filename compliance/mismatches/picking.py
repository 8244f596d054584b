"""The items that somebody ticked, as they were when the page showed them, locked for one act.

An item that changed in between is left alone and counted, never half changed.  Rows that another act or a comparison
holds at this moment are not waited for: two that wait for each other would stop both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Count, Q, QuerySet

from compliance.kinds import Code, EventKind, Owner, State
from compliance.mismatches.narrowing import Narrowed
from compliance.mismatches.seen import mark_of
from compliance.models import Finding, FindingEvent
from orcs_portal.accounts.models import User
from orcs_portal.shared.moment import Moment

CHANGED, SETTLED, BUSY, UNFIT = "changed", "settled", "busy", "unfit"
"""Why an item was left alone: it was changed since, is settled, is held by somebody at this moment, or the act is not
for it."""

KEPT = ("handling", "handled_by_id", "handled", "assigned_to_id", "handed_to", "ticket", "look_again")
"""The columns that people's acts write, kept in the event so that an act can be undone."""


@dataclass(frozen=True, slots=True)
class Picked:
    """What an act is asked for: ``rows`` are within the actor's scope.

    ``marks`` are how single items stood on the page.  Whole causes are all their items that the page could count:
    ``counted`` is their condition, and ``shown`` the world time at which the page counted them.
    """

    rows: QuerySet[Finding]
    marks: Mapping[int, str] = field(default_factory=dict)
    counted: Q | None = None
    shown: datetime | None = None

    def chosen(self) -> QuerySet[Finding]:
        """Return the rows that were ticked, or counted and there when the page was made."""
        condition = Q(pk__in=list(self.marks))
        if self.counted is not None:
            condition |= self.counted & (Q(opened__lte=self.shown) if self.shown else Q())
        return self.rows.filter(condition)

    def was_seen_as(self, row: Finding) -> bool:
        """Return whether an item still stands as the page showed it."""
        mark = self.marks.get(row.pk)
        if mark is not None:
            return mark == mark_of(row)
        return self.shown is None or row.handled is None or row.handled <= self.shown


def whole_causes(narrowed: Narrowed, codes: Collection[Code], *, user: int, at: Moment) -> Q:
    """Return the condition on every item of these causes in a list, shown on its page or not."""
    view = narrowed.view(user=user, today=at.today, now=at.world)
    return view & narrowed.but(code=None).filters() & Q(code__in=codes)


def owners_of(picked: Picked) -> dict[Owner, int]:
    """Return how many of these items each owner has to act on; empty where nothing was picked.  One query."""
    rows = picked.chosen().order_by("owner").values_list("owner").annotate(number=Count("pk"))
    return {Owner(owner): number for owner, number in rows}


@dataclass(slots=True)
class Done:
    """What an act did: whose items it changed, the act's own number for undoing it, and what it left alone and why."""

    act: UUID = field(default_factory=uuid4)
    changed: list[int] = field(default_factory=list)
    students: set[int] = field(default_factory=set)
    left: Counter[str] = field(default_factory=Counter)


def take(picked: Picked, done: Done, *, fits: Callable[[Finding], bool]) -> list[Finding]:
    """Return the items to change, locked until the transaction ends; what is left alone is counted in ``done``."""
    wanted = picked.chosen().count()
    # Only items are locked: what they are joined with to know whose they are may be missing, and is not ours to hold.
    locked = Finding.objects.filter(pk__in=picked.chosen().values("pk")).select_for_update(skip_locked=True)
    taken = []
    rows = list(locked.order_by("pk"))
    for row in rows:
        reason = _left_alone(picked, row, fits=fits)
        if reason:
            done.left[reason] += 1
        else:
            taken.append(row)
    gone = len(picked.marks) - picked.rows.filter(pk__in=list(picked.marks)).count()
    done.left += Counter({BUSY: wanted - len(rows), CHANGED: gone})
    return taken


def _left_alone(picked: Picked, row: Finding, *, fits: Callable[[Finding], bool]) -> str:
    if row.state == State.RESOLVED:
        return SETTLED
    if not picked.was_seen_as(row):
        return CHANGED
    return "" if fits(row) else UNFIT


def change(
    rows: Iterable[Finding],
    done: Done,
    *,
    kind: EventKind,
    to: Callable[[Finding], Mapping[str, Any]],
    told: Callable[[Finding], Mapping[str, Any]],
    note: str = "",
    by: User,
    now: datetime,
) -> None:
    """Write the columns that ``to`` gives each of these locked items, and an entry in each one's timeline.

    Items that get the same are written together.
    """
    events: list[FindingEvent] = []
    alike: dict[tuple[Any, ...], list[int]] = {}
    for row in rows:
        before = {name: _plain(getattr(row, name)) for name in KEPT}
        for name, value in to(row).items():
            setattr(row, name, value)
        alike.setdefault(tuple(getattr(row, name) for name in KEPT), []).append(row.pk)
        kept = {"act": str(done.act), "before": before, "after": mark_of(row), **told(row)}
        events.append(FindingEvent(finding=row, kind=kind, at=now, by=by, note=note, told=kept))
        done.changed.append(row.pk)
        if row.student_id is not None:
            done.students.add(row.student_id)
    for values, ids in alike.items():
        Finding.objects.filter(pk__in=ids).update(**dict(zip(KEPT, values, strict=True)))
    FindingEvent.objects.bulk_create(events, batch_size=1000)


def _plain(value: Any) -> Any:  # noqa: ANN401 - a column's value
    """Return a column's value as JSON keeps it."""
    return value.isoformat() if isinstance(value, date) else value
