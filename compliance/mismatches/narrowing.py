"""What a list of items is narrowed to, as an address says it: never by anything of a student."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime
from typing import Self, TypeVar

from django.db.models import Q
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.http import urlencode

from compliance.kinds import Code, Owner, Severity, State
from compliance.mismatches import standing as how
from providers.kinds import SluggedChoices

Listed = TypeVar("Listed", bound=SluggedChoices)

TABS = {
    "mine": "Mine",
    "unassigned": "Unassigned",
    "open": "All open",
    "handed-over": "Handed over",
    "waiting": "Waiting",
    "acknowledged": "Acknowledged",
    "settled": "Settled, 7 days",
}
OWN_TABS = frozenset({"mine", "unassigned"})
"""The tabs of those who act."""

OPEN_TABS = ("mine", "unassigned", "open", "handed-over")
"""The tabs of what is open, which can be narrowed by age and state, and sorted."""

ALSO = {"due": "Open or waiting"}
"""Views without a tab of their own, which a number somewhere leads to."""

CHANGES: Mapping[str, tuple[str, Callable[[datetime], Q]]] = {
    "before": ("Open", how.open_at),
    "new": ("New since", how.new_since),
    "came-back": ("Came back since", how.came_back_since),
    "settled": ("Settled since", how.settled_since),
    "acknowledged": ("Acknowledged since", how.acknowledged_since),
    "waiting": ("Only waiting again since", how.waits_again_since),
}
"""Views of what changed since a moment; the account's lines lead to them."""

AGES = {"overdue": "Overdue", "today": "Due today", "in-time": "In time"}
STATES = {"untouched": "Not handed over", "look-again": "Time to look again", "came-back": "Came back"}
SORTS = {
    "overdue": "Most overdue first",
    "newest": "Newest first",
    "oldest": "Oldest first",
    "name": "Student's name",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """A tab or a change since a moment, the filters, and the order; empty ones narrow nothing."""

    tab: str = "open"
    code: Code | None = None
    severity: Severity | None = None
    owner: Owner | None = None
    school: str = ""
    age: str = ""
    state: str = ""
    changed: str = ""
    since: datetime | None = None
    sort: str = ""

    @classmethod
    def read(cls, data: Mapping[str, str], *, otherwise: str = "open") -> Self:
        """Return what an address asks for; whatever cannot be read there narrows nothing.

        ``otherwise`` is the tab of an address that names none.
        """
        changed, since = data.get("changed", ""), _moment(data.get("since", ""))
        known = changed if changed in CHANGES and since is not None else ""
        tab = data.get("tab", "")
        tab = tab if tab in TABS or tab in ALSO else otherwise
        is_open = not known and tab in OPEN_TABS
        return cls(
            tab=tab,
            code=_code(data.get("code", "")),
            severity=_of(Severity, data.get("severity", "")),
            owner=_of(Owner, data.get("owner", "")),
            school=_dbn(data.get("school", "")),
            age=_among(AGES, data.get("age", "")) if is_open else "",
            state=_among(STATES, data.get("state", "")) if is_open else "",
            changed=known,
            since=since if known else None,
            sort=_among(SORTS, data.get("sort", "")) if is_open else "",
        )

    def parts(self) -> dict[str, str]:
        """Return the address's parts; what narrows nothing is left out."""
        said = {one.name: _said(getattr(self, one.name)) for one in fields(self)}
        if self.changed:
            said["tab"] = ""
        return {name: text for name, text in said.items() if text}

    def address(self, page: str = "", *, name: str = "mismatches", **kwargs: str) -> str:
        """Return the address of this list, or of another page about it."""
        parts = self.parts() | ({"page": page} if page else {})
        return f"{reverse(name, kwargs=kwargs or None)}?{urlencode(parts)}"

    def but(self, **changes: object) -> Self:
        """Return the same list with something else narrowed."""
        return replace(self, **changes)  # type: ignore[arg-type] # the names are this class's own

    def filters(self) -> Q:
        """Return the condition of the filters that every tab shares."""
        condition = Q()
        for name in ("code", "severity", "owner"):
            value = getattr(self, name)
            if value is not None:
                condition &= Q(**{name: value})
        if self.school:
            condition &= Q(school__dbn=self.school)
        return condition

    def open_filters(self, today: date) -> Q:
        """Return the condition of the filters that the tabs of what is open share besides."""
        return self._age(today) & self._state(today)

    def _age(self, today: date) -> Q:
        ages = {"overdue": how.overdue(today), "today": Q(due=today), "in-time": Q(due__gt=today)}
        return ages.get(self.age, Q())

    def _state(self, today: date) -> Q:
        states = {
            "untouched": Q(state=State.OPEN),
            "look-again": Q(state=State.HANDED_OVER, look_again__lte=today),
            "came-back": Q(regressed__isnull=False),
        }
        return states.get(self.state, Q())

    def parts_of_view(self, *, user: int, today: date, now: datetime) -> list[Q]:
        """Return conditions that together are the view's and share no row, each of which an index answers."""
        if self.changed == "before" and self.since is not None:
            return [part(self.since) for part in how.OPEN_BEFORE]
        return [self.view(user=user, today=today, now=now)]

    def view(self, *, user: int, today: date, now: datetime) -> Q:
        """Return the condition of the tab, or of what changed."""
        if self.changed and self.since is not None:
            return CHANGES[self.changed][1](self.since)
        condition = tab_condition(self.tab, user=user, today=today, now=now)
        return condition & self.open_filters(today) if self.tab in OPEN_TABS else condition

    def to_tab(self, tab: str) -> Self:
        """Return the same list under another tab, without the filters that it does not know."""
        kept = self.but(tab=tab, changed="", since=None)
        return kept if tab in OPEN_TABS else kept.but(age="", state="", sort="")


def tab_condition(tab: str, *, user: int, today: date, now: datetime) -> Q:
    """Return the condition of a tab, or of a view without one; ``now`` is world time."""
    conditions = {
        "mine": how.to_do(today) & Q(assigned_to=user),
        "unassigned": how.to_do(today) & Q(assigned_to__isnull=True),
        "open": how.unfinished(),
        "handed-over": Q(state=State.HANDED_OVER),
        "waiting": Q(state=State.WAITING),
        "acknowledged": Q(state=State.ACKNOWLEDGED),
        "settled": how.recently_settled(now),
        "due": how.unfinished() | Q(state=State.WAITING),
    }
    return conditions[tab]


def write_moment(moment: datetime) -> str:
    """Return a moment as an address holds it, to the microsecond, in UTC."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _moment(text: str) -> datetime | None:
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    aware = moment is not None and moment.tzinfo is not None
    # A moment at the calendar's very ends has no time in another zone.
    return moment if aware and moment is not None and FIRST_YEAR <= moment.year <= LAST_YEAR else None


def _code(text: str) -> Code | None:
    return Code.__members__.get(text)


def _of(members: type[Listed], slug: str) -> Listed | None:
    return next((one for one in members if one.slug == slug), None)


def _among(known: Mapping[str, str], text: str) -> str:
    return text if text in known else ""


def _dbn(text: str) -> str:
    """Return a school's code as it is written, in capitals; nothing that could not be one."""
    dbn = text.strip().upper()
    return dbn if dbn.isascii() and dbn.isalnum() and len(dbn) <= DBN_LENGTH else ""


DBN_LENGTH = 6
FIRST_YEAR, LAST_YEAR = 1900, 2999


def _said(value: object) -> str:
    if isinstance(value, datetime):
        return write_moment(value)
    if isinstance(value, Code):
        return value.name
    if isinstance(value, SluggedChoices):
        return value.slug
    return str(value or "")
