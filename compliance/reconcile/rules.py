"""The catalogue as statements: one pass over each picture says everything that holds of its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from compliance.kinds import Code, Condition
from compliance.reconcile import evidence
from compliance.reconcile.entry import Case, Entry, Picture

SUBJECT = (
    "line", "osis", "service", "language", "setting", "iep_id", "provider_number", "place_id", "call_id", "letter_id",
    "student_id", "provider_id", "agency_id", "school_id", "at_school",
)  # fmt: skip
"""What a finding may be about, and whose it is; what a picture lacks is null."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How a picture's row becomes a finding: subject and evidence; ``first`` says that it has one code at most."""

    subject: Mapping[str, str]
    evidence: str
    first: bool = False


OF_A_LINE = {"line": "p.line", "student_id": "p.student_id", "school_id": "p.school_id"}
OF_A_PROVIDER = {"provider_number": "p.number", "provider_id": "p.provider_id", "agency_id": "p.agency_id"}
OF_A_CALL = {
    **{name: f"p.{name}" for name in ("call_id", "osis", "service", "language", "student_id", "school_id")},
    **OF_A_PROVIDER,
}

READINGS: Mapping[Picture, Reading] = {
    Picture.DOCUMENT: Reading(
        {name: f"p.{name}" for name in ("iep_id", "osis", "student_id", "school_id")}, evidence.DOCUMENT, first=True
    ),
    Picture.LINE: Reading(OF_A_LINE, evidence.LINE),
    Picture.NEED: Reading(
        {**OF_A_LINE, "agency_id": "CASE WHEN v.code = %(agency_code)s THEN p.agency_id END"}, evidence.NEED
    ),
    Picture.SERVED: Reading({**OF_A_LINE, **OF_A_PROVIDER}, evidence.SERVED),
    Picture.ENTRY: Reading({**OF_A_LINE, **OF_A_PROVIDER}, evidence.ENTRY),
    Picture.LOAD: Reading({"service": "p.service", "school_id": "p.school_id", **OF_A_PROVIDER}, evidence.LOAD),
    Picture.CALL: Reading(OF_A_CALL, evidence.CALL, first=True),
    Picture.DELIVERY: Reading({**OF_A_CALL, "at_school": "p.at_school"}, evidence.DELIVERY),
    Picture.LETTER: Reading(
        {
            **{name: f"p.{name}" for name in ("letter_id", "osis", "service", "language", "student_id", "school_id")},
            "provider_number": "p.number",
            "provider_id": "p.provider_id",
        },
        evidence.LETTER,
        first=True,
    ),
    Picture.PLACE: Reading({"place_id": "p.school_id", "school_id": "p.school_id", **OF_A_PROVIDER}, evidence.PLACE),
}


class Way(NamedTuple):
    """One condition of one case of one code."""

    entry: Entry
    case: Case
    condition: Condition
    sql: str


def ways(entries: Iterable[Entry]) -> list[Way]:
    """Return every condition of the entries, in the order of their codes."""
    return [
        Way(entry, case, condition, sql)
        for entry in entries
        for case in entry.cases
        for condition, sql in (
            (Condition.OPEN, case.open),
            (Condition.WAITING, case.waiting),
            (Condition.EXEMPT, case.exempt),
        )
        if sql
    ]


def saying(picture: Picture, catalogue: Mapping[Code, Entry]) -> str:
    """Return the statement that writes into ``said`` what the catalogue says of a picture's rows."""
    reading = READINGS[picture]
    found = ways(entry for entry in catalogue.values() if entry.picture is picture)
    hits = ", ".join(f"CASE WHEN {way.sql} THEN {number} END" for number, way in enumerate(found))
    every = f"array_remove(ARRAY[{hits}]::int[], NULL)"
    subject = ", ".join(reading.subject.get(name, "NULL") for name in SUBJECT)
    return f"""
        INSERT INTO said (picture, at, code, condition, hop, subject, beside, severity, act_days, behind, owner,
            {", ".join(SUBJECT)}, since, until)
        SELECT '{picture}', p.at, v.code, v.condition, v.hop, v.subject, v.beside, v.severity, v.act_days,
            COALESCE({_chosen(found, _behind)}, false), COALESCE({_chosen(found, lambda way: way.case.owner)}, v.owner),
            {subject}, {_chosen(found, lambda way: way.case.since)}, {_chosen(found, _until)}
        FROM (
            SELECT p.*, p.ctid AS at, k.days, k.today, unnest({f"({every})[1:1]" if reading.first else every}) AS way
            FROM picture_{picture} p JOIN picture_school s ON s.school_id = COALESCE(p.school_id, 0)
            JOIN picture_calendar k ON k.calendar = s.calendar
        ) p
        JOIN (VALUES {_constants(found)}) AS v(way, code, condition, hop, subject, beside, severity, act_days, owner)
            USING (way)
    """  # noqa: S608 - only names of this module and expressions of the catalogue


def witnessing(picture: Picture) -> str:
    """Return the statement that keeps for each item of a picture what the systems said."""
    reading = READINGS[picture]
    line = "JOIN picture_line l ON l.ctid = p.of_line" if "l." in reading.evidence else ""
    return f"""
        INSERT INTO witness (code, a, b, evidence)
        SELECT v.code, v.a, v.b, jsonb_strip_nulls({reading.evidence})
        FROM item v JOIN picture_{picture} p ON p.ctid = v.at {line}
        WHERE v.picture = '{picture}'
    """  # noqa: S608 - as above


def _until(way: Way) -> str:
    return way.case.until if way.condition == Condition.WAITING else ""


def _behind(way: Way) -> str:
    return way.case.behind if way.condition == Condition.OPEN else ""


def _chosen(found: Sequence[Way], part: Callable[[Way], str]) -> str:
    """Return the part that belongs to the way in which a row was hit, or NULL."""
    parts = " ".join(f"WHEN {number} THEN {part(way)}" for number, way in enumerate(found) if part(way))
    return f"CASE p.way {parts} END" if parts else "NULL"


def _constants(found: Sequence[Way]) -> str:
    return ", ".join(
        f"({number}, {int(e.code)}, {int(way.condition)}, {int(e.hop)}, {int(e.subject)}, {e.beside}, "
        f"{int(e.severity)}, {e.days}, {int(e.owner)})"
        for number, way in enumerate(found)
        for e in (way.entry,)
    )
