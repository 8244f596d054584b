"""Pages of a long list by key, so that the last page costs what the first one does."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet

from orcs_portal.shared.capped import Capped

M = TypeVar("M", bound=Model)
R = TypeVar("R")
CURSOR = re.compile(r"(?P<way>[ab])(?P<at>\d{1,17})-(?P<id>\d{1,18})")
START = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Page(Generic[R]):
    """Rows ``first`` to ``last`` of ``total``, and the cursors of the pages before and after, "" where none is."""

    rows: list[R]
    first: int
    last: int
    total: int
    size: int
    previous: str
    next: str

    def pager(self, address: Callable[[str], str]) -> dict[str, Any] | None:
        """Return what the pager needs; ``address`` makes an address of a cursor.  None for an empty list."""
        if not self.rows:
            return None
        return {
            "first": self.first,
            "last": self.last,
            "total": self.total,
            "previous_url": address(self.previous) if self.previous else "",
            "previous_count": min(self.size, self.first - 1),
            "next_url": address(self.next) if self.next else "",
            "next_count": self.size if _is_open_ended(self.total) else min(self.size, self.total - self.last),
        }


def _is_open_ended(total: int) -> bool:
    """Return whether a list was not counted to its end."""
    return isinstance(total, Capped) and total.over


def numbered(rows: Sequence[R], *, page: str, size: int) -> Page[R]:
    """Return one page of rows that are all at hand; ``page`` is its number from 1 on, anything else the first page."""
    asked = int(page) if re.fullmatch(r"[1-9][0-9]{0,5}", page) else 1
    number = asked if (asked - 1) * size < len(rows) else 1
    first = (number - 1) * size
    chosen = list(rows[first : first + size])
    last = first + len(chosen)
    return Page(
        chosen,
        first + 1 if chosen else 0,
        last,
        len(rows),
        size,
        previous=str(number - 1) if first else "",
        next=str(number + 1) if last < len(rows) else "",
    )


def newest_first(rows: QuerySet[M], *, field: str, cursor: str, size: int, total: int) -> Page[M]:
    """Return one page of rows ordered by a moment and the id, newest first.

    ``cursor`` names a row and whether the page lies after or before it; anything unreadable is the first page.  It
    holds a time and a surrogate id, never a record.  One that lies beyond the last row leads to the first page too,
    since a list with rows must not look empty.  Of a list that was not counted to its end it is asked whether more rows
    follow.
    """
    way, edge = _read(cursor)
    ordered = rows.order_by(f"-{field}", "-pk")
    if edge is None:
        chosen = list(ordered[:size])
    elif way == "a":
        chosen = list(ordered.filter(_beyond(field, edge, "lt"))[:size])
    else:
        chosen = list(reversed(rows.order_by(field, "pk").filter(_beyond(field, edge, "gt"))[:size]))
    if not chosen and edge is not None:
        return newest_first(rows, field=field, cursor="", size=size, total=total)
    if not chosen:
        return Page([], 0, 0, total, size, "", "")
    before = rows.filter(_beyond(field, _edge(chosen[0], field), "gt")).count() if edge is not None else 0
    last = before + len(chosen)
    after = rows.filter(_beyond(field, _edge(chosen[-1], field), "lt"))
    more = after.exists() if _is_open_ended(total) else last < total
    return Page(
        chosen,
        before + 1,
        last,
        total,
        size,
        previous=_write("b", chosen[0], field) if before else "",
        next=_write("a", chosen[-1], field) if more else "",
    )


def _edge(row: Model, field: str) -> tuple[datetime, int]:
    return (getattr(row, field), int(row.pk))


def _beyond(field: str, edge: tuple[datetime, int], than: str) -> Q:
    """Return the condition on rows past another; its first part says what an index can look up."""
    at, key = edge
    return Q(**{f"{field}__{than}e": at}) & (Q(**{f"{field}__{than}": at}) | Q(**{f"pk__{than}": key}))


def _write(way: str, row: Model, field: str) -> str:
    at, key = _edge(row, field)
    return f"{way}{(at - START) // timedelta(microseconds=1)}-{key}"


def _read(cursor: str) -> tuple[str, tuple[datetime, int] | None]:
    match = CURSOR.fullmatch(cursor)
    if match is None:
        return "a", None
    return match["way"], (START + timedelta(microseconds=int(match["at"])), int(match["id"]))


PLACE = re.compile(r"(?P<way>[ab])(?P<id>\d{1,18})")


def by_columns(rows: QuerySet[M], *, order: tuple[str, ...], cursor: str, size: int, total: int) -> Page[M]:
    """Return one page of rows ordered by columns and then the id, all in the way of the first: ``-due`` is downward.

    ``cursor`` names the row after or before which the page lies by its id alone, so that no address ever holds what the
    list is sorted by.  Upward, empty cells come last; downward the columns must be filled.  An unreadable cursor is the
    first page, and so is one whose row is gone or that lies beyond the list's end.
    """
    down = order[0].startswith("-")
    names = tuple(name.removeprefix("-") for name in order)
    way, edge = _place(rows, cursor, names)
    forward = tuple(f"{'-' if down else ''}{name}" for name in (*names, "pk"))
    if edge is None:
        chosen = list(rows.order_by(*forward)[:size])
    elif way == "a":
        chosen = list(rows.filter(_past(names, edge, down=down)).order_by(*forward)[:size])
    else:
        backward = rows.filter(_past(names, edge, down=not down)).order_by(*(_turned(name) for name in forward))
        chosen = list(reversed(backward[:size]))
    if not chosen and edge is not None:
        return by_columns(rows, order=order, cursor="", size=size, total=total)
    if not chosen:
        return Page([], 0, 0, total, size, "", "")
    first = _place(rows, f"b{chosen[0].pk}", names)[1] if edge is not None else None
    before = rows.filter(_past(names, first, down=not down)).count() if first is not None else 0
    last = before + len(chosen)
    return Page(
        chosen,
        before + 1,
        last,
        total,
        size,
        previous=f"b{chosen[0].pk}" if before else "",
        next=f"a{chosen[-1].pk}" if last < total else "",
    )


def _turned(name: str) -> str:
    return name.removeprefix("-") if name.startswith("-") else f"-{name}"


def _place(rows: QuerySet[M], cursor: str, names: tuple[str, ...]) -> tuple[str, tuple[Any, ...] | None]:
    """Return which way a page lies from a row, and that row's cells and id; None where there is no such row."""
    match = PLACE.fullmatch(cursor)
    if match is None:
        return "a", None
    whole = rows.model._default_manager.filter(pk=int(match["id"]))
    return match["way"], whole.values_list(*names, "pk").first()


def _past(names: tuple[str, ...], edge: tuple[Any, ...], *, down: bool) -> Q:
    """Return the condition on rows that lie past another row, downward or upward; empty cells lie above all."""
    condition, same = Q(), Q()
    for name, cell in zip((*names, "pk"), edge, strict=True):
        condition |= same & _further(name, cell, down=down)
        same &= Q(**{f"{name}__isnull": True}) if cell is None else Q(**{name: cell})
    return condition


def _further(name: str, cell: Any, *, down: bool) -> Q:  # noqa: ANN401 - whatever a column holds
    if cell is None:
        return Q(**{f"{name}__isnull": False}) if down else Q(pk__in=[])
    further = Q(**{f"{name}__{'lt' if down else 'gt'}": cell})
    return further if down or name == "pk" else further | Q(**{f"{name}__isnull": True})
