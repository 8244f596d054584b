"""How many rows lists hold, counted no further than anybody reads: a city's calls are not counted through for a tab."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

MOST = 10_000
"""Up to so many rows are counted exactly; of a longer list it is said that it holds more."""


class Capped(int):
    """A number of rows that was counted up to ``MOST``; one above it stands for any number above it."""

    @property
    def over(self) -> bool:
        """Whether there are more rows than were counted."""
        return self > MOST

    def __str__(self) -> str:
        """Say the number as a page shows it: ``25``, or ``10,000+``."""
        return f"{MOST:,}+" if self.over else str(int(self))


def count_up_to_most(lists: Mapping[str, QuerySet[Any]]) -> dict[str, Capped]:
    """Return how many rows each list holds, each counted up to ``MOST`` by its own plan and index; one query."""
    parts = {key: part for key, rows in lists.items() if (part := _part(rows)) is not None}
    if not parts:
        return dict.fromkeys(lists, Capped(0))
    counted = (f"(SELECT count(*) FROM ({sql}) AS each)" for sql, _ in parts.values())  # noqa: S608 - Django's own text
    columns = ", ".join(counted)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns}", [one for _, params in parts.values() for one in params])
        found = dict(zip(parts, cursor.fetchone() or (), strict=True))
    return {key: Capped(found.get(key, 0)) for key in lists}


def _part(rows: QuerySet[Any]) -> tuple[str, tuple[Any, ...]] | None:
    """Return the statement that reads a list's ids as far as they are counted; None for one that cannot hold any."""
    chosen = rows.order_by() if rows.query.values_select else rows.order_by().values("pk")
    try:
        return chosen[: MOST + 1].query.sql_with_params()
    except EmptyResultSet:
        return None
