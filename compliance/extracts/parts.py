"""Columns that several kinds of extract share."""

from __future__ import annotations

from compliance.extracts.columns import Column, padded, plain
from providers.kinds import Language, Service, Setting


def line(table: str) -> tuple[Column, ...]:
    """Return the columns that name a line: service, language and setting."""
    return (
        Column("service", f"{table}.service", Service),
        Column("language", f"{table}.language", Language),
        Column("setting", f"{table}.setting", Setting),
    )


def shape(table: str) -> tuple[Column, ...]:
    """Return frequency a week, duration in minutes and group size."""
    return plain(("frequency", "duration", "group_size"), table)


def osis(table: str) -> Column:
    """Return the column of the student's number."""
    return Column("osis", padded(f"{table}.osis"))


DBN = Column("dbn", "c.dbn")
