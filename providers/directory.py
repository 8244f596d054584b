"""The city's school directory: read row by row, and loaded by difference."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from orcs_portal.shared.models import Touched
from providers.kinds import Borough
from providers.models import School
from providers.models.school import DBN_PATTERN

COLUMNS = (
    "dbn",
    "name",
    "type",
    "category",
    "grades",
    "borough",
    "geographic_district",
    "administrative_district",
    "managed_by",
    "status",
)
"""The directory's heading; one that lacks a column is another kind of file."""

FIELDS = ("name", "borough", "category", "grades")
LONGEST = {"name": 160, "category": 40, "grades": 80}
BOROUGHS = {one.label.lower(): one for one in Borough}


class NotADirectory(Exception):
    """The file is no school directory; the message says why in one sentence."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A school as the directory lists it; ``category`` and ``grades`` are its own words."""

    dbn: str
    name: str
    borough: Borough
    category: str
    grades: str

    @property
    def facts(self) -> dict[str, object]:
        """What our row is to say besides the DBN."""
        return {name: getattr(self, name) for name in FIELDS}


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that is not loaded: where it ends in the file, and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many schools were new, changed, and as before."""

    new: int
    changed: int
    same: int


def read_directory(lines: Iterable[str]) -> tuple[list[Listed], list[Refused]]:
    """Return the schools of a directory, and the rows that are none; raises ``NotADirectory``."""
    reader = csv.DictReader(lines, strict=True)
    found: dict[str, tuple[int, Listed]] = {}
    refused: list[Refused] = []
    try:
        _check_heading(reader.fieldnames or ())
        for row in reader:
            try:
                school = _school(row, found)
            except ValueError as error:
                refused.append(Refused(reader.line_num, str(error)))
            else:
                found[school.dbn] = reader.line_num, school
    except csv.Error as error:
        raise NotADirectory(f"what follows line {reader.line_num} cannot be read as CSV: {error}") from None
    except UnicodeDecodeError:
        raise NotADirectory("the file is not written in UTF-8") from None
    return [school for _line, school in found.values()], refused


def _check_heading(heading: Iterable[str]) -> None:
    found = {name.strip().lower() for name in heading}
    missing = [name for name in COLUMNS if name not in found]
    if missing:
        what = "the column" if len(missing) == 1 else "the columns"
        raise NotADirectory(f"it lacks {what} {', '.join(missing)}")


def _school(row: Mapping[str | None, str | list[str] | None], found: Mapping[str, tuple[int, Listed]]) -> Listed:
    """Return the school of a row; raises ``ValueError`` with the reason for which it is refused."""
    if None in row or None in row.values():
        raise ValueError("it has more or fewer cells than the heading")
    cells = {str(name).strip().lower(): " ".join(str(cell).split()) for name, cell in row.items()}
    if any("\0" in cell for cell in cells.values()):
        raise ValueError("it holds a NUL character, which no name has")
    dbn = cells["dbn"].upper()
    if not re.fullmatch(DBN_PATTERN, dbn):
        raise ValueError(f"{cells['dbn']!r} is not a DBN such as 15K321")
    if dbn in found:
        raise ValueError(f"{dbn} is listed twice, first on line {found[dbn][0]}")
    if not cells["name"]:
        raise ValueError(f"{dbn} has no name")
    borough = BOROUGHS.get(cells["borough"].lower())
    if borough is not Borough.of_dbn(dbn):
        raise ValueError(f"{dbn} is not in {cells['borough'] or 'a borough without a name'}")
    for name, most in LONGEST.items():
        if len(cells[name]) > most:
            raise ValueError(f"{dbn} has a {name} of {len(cells[name])} characters, and {most} fit")
    return Listed(dbn, cells["name"], borough, cells["category"], cells["grades"])


def load_directory(*, listed: Iterable[Listed], now: datetime) -> Loaded:
    """Write the schools that are new or have changed, and nothing where nothing has; ``now`` is world time.

    Schools that the directory does not list stay as they are.
    """
    with transaction.atomic():
        known = {row.dbn: row for row in School.objects.select_for_update()}
        new = [School(dbn=one.dbn, **one.facts) for one in listed if one.dbn not in known]
        changed = list(_changed(listed, known))
        School.objects.bulk_create(new)
        School.objects.bulk_update(changed, FIELDS, batch_size=500)
        if new or changed:
            Touched.objects.create(kind=Touched.Kind.ALL, at=now)
    same = sum(1 for one in listed if one.dbn in known) - len(changed)
    return Loaded(len(new), len(changed), same)


def _changed(listed: Iterable[Listed], known: Mapping[str, School]) -> Iterator[School]:
    """Yield our rows of which the directory says something else, as it says it."""
    for one in listed:
        row = known.get(one.dbn)
        if row is not None and any(getattr(row, name) != fact for name, fact in one.facts.items()):
            for name, fact in one.facts.items():
                setattr(row, name, fact)
            yield row
