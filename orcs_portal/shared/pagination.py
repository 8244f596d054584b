"""Pages of a long list by key, so that the last page costs what the first one does."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet

M = TypeVar("M", bound=Model)
CURSOR = re.compile(r"(?P<way>[ab])(?P<at>\d{1,17})-(?P<id>\d{1,18})")
START = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Page(Generic[M]):
    """Rows ``first`` to ``last`` of ``total``, and the cursors of the pages before and after, "" where none is."""

    rows: list[M]
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
            "next_count": min(self.size, self.total - self.last),
        }


def newest_first(rows: QuerySet[M], *, field: str, cursor: str, size: int, total: int) -> Page[M]:
    """Return one page of rows ordered by a moment and the id, newest first.

    ``cursor`` names a row and whether the page lies after or before it; anything unreadable is the first page.  It
    holds a time and a surrogate id, never a record.  One that lies beyond the last row leads to the first page too,
    since a list with rows must not look empty.
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
    return Page(
        chosen,
        before + 1,
        last,
        total,
        size,
        previous=_write("b", chosen[0], field) if before else "",
        next=_write("a", chosen[-1], field) if last < total else "",
    )


def _edge(row: Model, field: str) -> tuple[datetime, int]:
    return (getattr(row, field), int(row.pk))


def _beyond(field: str, edge: tuple[datetime, int], than: str) -> Q:
    at, key = edge
    return Q(**{f"{field}__{than}": at}) | Q(**{field: at, f"pk__{than}": key})


def _write(way: str, row: Model, field: str) -> str:
    at, key = _edge(row, field)
    return f"{way}{(at - START) // timedelta(microseconds=1)}-{key}"


def _read(cursor: str) -> tuple[str, tuple[datetime, int] | None]:
    match = CURSOR.fullmatch(cursor)
    if match is None:
        return "a", None
    return match["way"], (START + timedelta(microseconds=int(match["at"])), int(match["id"]))
