"""Rows on their way into tables: gathered as lines of text, then copied table by table."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models.fields import NOT_PROVIDED

from caseloads.city.times import DAYS, written
from caseloads.systems.copying import ESCAPES, NULL, Batch


class Sheet:
    """Lines for one table; ``columns`` are those that are given, the others have what the model says by default."""

    def __init__(self, model: type[models.Model], columns: str) -> None:
        self.table = model._meta.db_table
        self.lines: list[str] = []
        given = columns.split()
        defaults = _defaults(model, given)
        self.columns = (*given, *defaults)
        self.end = "".join(f"\t{_plain(one)}" for one in defaults.values()) + "\n"
        self.count = 0

    def add(self, line: str) -> None:
        """Add a row: its given cells, with tabs between them."""
        self.lines.append(line + self.end)

    def batch(self) -> Batch:
        """Return what was added since the last time."""
        lines, self.lines = self.lines, []
        self.count += len(lines)
        return Batch(self.table, self.columns, lines)


def _defaults(model: type[models.Model], given: list[str]) -> dict[str, object]:
    """Return what columns hold that are not given, may not be empty, and have no default in the database."""
    return {
        str(one.column): one.get_default()
        for one in model._meta.concrete_fields
        if _must_be_given(one) and one.column not in given
    }


def _must_be_given(column: models.Field[Any, Any]) -> bool:
    made_by_the_database = column.primary_key or column.generated or column.db_default is not NOT_PROVIDED
    return not made_by_the_database and not column.null


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "t" if value else "f"
    return "{}" if value in ({}, []) else str(value)


def day(value: int | None) -> str:
    """Return a day, or nothing."""
    return NULL if value is None else DAYS[value]


def moment(value: int | None) -> str:
    """Return a moment, or nothing."""
    return NULL if value is None else written(value)


def number(value: int | None) -> str:
    """Return a number, or nothing."""
    return NULL if value is None else str(value)


def text(value: str) -> str:
    """Return a text with what COPY would misread written otherwise."""
    return value.translate(ESCAPES)


def listed(values: list[int]) -> str:
    """Return numbers as a list."""
    return "{" + ",".join(map(str, values)) + "}"
