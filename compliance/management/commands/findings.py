"""``findings``: the items, one a line."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from compliance.kinds import Code, Owner, State
from compliance.management import reading
from compliance.models import Finding
from orcs_portal.shared.commands import Exit, PortalCommand, Stopped, add_json, understood
from orcs_portal.shared.table import Cell, plain, write_table
from providers.kinds import Language, Service, Setting, SluggedChoices
from providers.models import School

COLUMNS = (
    "code",
    "state",
    "osis",
    "service",
    "language",
    "setting",
    "provider",
    "dbn",
    "owner",
    "since",
    "evidence",
)


class Command(PortalCommand):
    """Prints one line an item, by code and school; what an item's subject lacks is empty."""

    help = (
        f"Print items, one a line: {', '.join(COLUMNS)}. "
        "Owner is who acts; evidence is what each system said, as JSON in codes."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer one code, one state, one school, and JSON lines."""
        parser.add_argument("--code", help="only this code, such as IEP_NOT_IN_CAP")
        parser.add_argument("--state", default="open", help=f"only this state: {', '.join(reading.STATES)}")
        parser.add_argument("--school", metavar="DBN", help="only items of this school")
        add_json(parser)

    def handle(
        self, *_args: Any, code: str | None, state: str, school: str | None, as_json: bool, **_options: Any
    ) -> None:
        """Print them; a word or a school that does not exist is wrong use."""
        rows = Finding.objects.filter(state=understood(reading.state, state, "--state"))
        if code is not None:
            rows = rows.filter(code=understood(reading.code, code, "--code"))
        if school is not None:
            rows = rows.filter(school=_school(school))
        if as_json:
            for row in _rows(rows):
                self.stdout.write(json.dumps(dict(zip(COLUMNS, row, strict=True))))
        else:
            write_table(self.stdout, COLUMNS, ((*row[:-1], json.dumps(row[-1])) for row in _rows(rows)), as_json=False)


def _school(dbn: str) -> School:
    found = School.objects.filter(dbn=dbn.strip().upper()).first()
    if found is None:
        raise Stopped(f"--school: {dbn!r} is no school's DBN.", code=Exit.WRONG_USE)
    return found


def _rows(rows: QuerySet[Finding]) -> Iterator[tuple[Any, ...]]:
    ordered = rows.select_related("school").order_by("code", "school__dbn", "osis", "id")
    for one in ordered.iterator(chunk_size=2000):
        cells: tuple[Cell, ...] = (
            Code(one.code).name,
            State(one.state).slug,
            None if one.osis is None else f"{one.osis:09}",
            _slug(Service, one.service),
            _slug(Language, one.language),
            _slug(Setting, one.setting),
            one.provider_number,
            one.school.dbn if one.school else None,
            Owner(one.owner).slug,
            one.since,
        )
        yield (*map(plain, cells), one.evidence)


def _slug(kinds: type[SluggedChoices], value: int | None) -> str | None:
    return None if value is None else kinds(value).slug
