"""Columns of an extract: their headings, where they come from, and how their values are written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import IntegerChoices

from providers.kinds import SluggedChoices


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, the SQL that makes it, and the closed list whose slugs it holds, if any."""

    heading: str
    sql: str
    values: type[IntegerChoices] | None = None

    def expression(self) -> str:
        """Return the SQL of the column as the file shows it."""
        if self.values is None:
            return self.sql
        cases = " ".join(f"WHEN {one.value} THEN '{slug(one)}'" for one in self.values)
        return f"CASE {self.sql} {cases} END"


@dataclass(frozen=True, slots=True)
class Layout:
    """One kind of extract: its columns in order, the rows they come from and the order of the rows.

    ``source`` is what follows FROM, with ``%(at)s`` for the moment whose state is written.
    """

    kind: str
    columns: tuple[Column, ...]
    source: str
    order: str

    def select(self) -> str:
        """Return the statement whose result is the file."""
        shown = ", ".join(f'{one.expression()} AS "{one.heading}"' for one in self.columns)
        return f"SELECT {shown} FROM {self.source} ORDER BY {self.order}"  # noqa: S608 - only layouts of this package


def slug(member: IntegerChoices) -> str:
    """Return the word that a file holds for a member of a closed list."""
    return member.slug if isinstance(member, SluggedChoices) else member.name.lower().replace("_", "-")


def padded(name: str) -> str:
    """Return the SQL of an OSIS number as nine digits."""
    return f"lpad({name}::text, 9, '0')"


def moment(name: str) -> str:
    """Return the SQL of a moment as ISO 8601 with its zone, to the second, in the session's time zone."""
    return f"to_char({name}, 'YYYY-MM-DD\"T\"HH24:MI:SSTZH:TZM')"


def plain(names: Iterable[str], table: str) -> tuple[Column, ...]:
    """Return columns that are written as they are."""
    return tuple(Column(name, f"{table}.{name}") for name in names)
