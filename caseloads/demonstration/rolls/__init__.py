"""Reads the schools' rolls: a file each, which names every student with their IEPs.

Slugs, names and dates are as the commands use them; whatever a file misspells is refused with the words at fault.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from caseloads.demonstration.days import YEAR_STARTS
from caseloads.demonstration.pupils import SPRING, Before, Line, Pupil, Version
from caseloads.demonstration.staff import FIG_TREE, HARBOR_VIEW, MARSH_CREEK, Who
from caseloads.kinds import IepKind
from orcs_portal.shared.clock import NEW_YORK
from providers.kinds import Language, Service

Table = Mapping[str, Any]
FOLDER = Path(__file__).parent
FILES = {HARBOR_VIEW: "harbor_view.toml", FIG_TREE: "fig_tree.toml", MARSH_CREEK: "marsh_creek.toml"}


@cache
def everyone() -> tuple[tuple[str, Pupil], ...]:
    """Return every student with the DBN of their school today."""
    return tuple((dbn, pupil) for dbn, name in FILES.items() for pupil in pupils_of(name))


def lines() -> Iterator[tuple[Pupil, int, Version, Line]]:
    """Yield every line of every IEP version, with the version's number."""
    for _dbn, pupil in everyone():
        for number, version in enumerate(pupil.versions, start=1):
            for line in version.lines:
                yield pupil, number, version, line


def pupils_of(name: str) -> list[Pupil]:
    """Return the students of one file; raises ``ValueError`` or ``KeyError`` with the word that it misspells."""
    tables: list[Table] = tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))["pupils"]
    return [_pupil(table) for table in tables]


def _pupil(table: Table) -> Pupil:
    first_name, last_name = table["name"]
    came = table.get("came_from")
    return Pupil(
        osis=table["osis"],
        first_name=first_name,
        last_name=last_name,
        grade=table["grade"],
        versions=tuple(map(_version, table.get("ieps", (table,)))),
        consent=table.get("consent"),
        came=None if came is None else (came["school"], came["until"]),
    )


def _version(table: Table) -> Version:
    """Read an IEP; without a word on it, it was made final in spring, for this school year."""
    final = table["final"].replace(tzinfo=NEW_YORK) if "final" in table else SPRING
    return Version(
        lines=tuple(map(_line, table["lines"])),
        starts=table.get("starts", YEAR_STARTS),
        finalised=None if table.get("draft") else final,
        kind=IepKind.from_slug(table.get("kind", "annual")),
    )


def _line(table: Table) -> Line:
    before = table.get("before")
    return Line(
        service=Service.from_slug(table["service"]),
        notation=table["mandate"],
        by=_who(table.get("by")),
        called=table.get("called"),
        language=Language.from_slug(table.get("language", "english")),
        since=table.get("since"),
        before=None if before is None else Before(Who[before["by"].upper()], before["until"], before["called"]),
    )


def _who(name: str | None) -> Who | None:
    return None if name is None else Who[name.upper()]
