"""``calls``: the calls, newest first."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet

from caseloads.kinds import Origin, Outcome
from caseloads.management import reading
from caseloads.models import Call
from orcs_portal.shared.commands import PortalCommand, Stopped, add_json, understood
from orcs_portal.shared.table import Cell, write_table
from providers.kinds import Language, Service

COLUMNS = (
    "id",
    "number",
    "outcome",
    "rule",
    "service",
    "language",
    "session",
    "called",
    "origin",
    "provider",
    "school",
)


class Command(PortalCommand):
    """Prints one line a call, without the student: ids are surrogates."""

    help = f"Print the calls, newest first. Columns: {', '.join(COLUMNS)}."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add ``--confirmation`` and ``--json``."""
        parser.add_argument("--confirmation", help="only the call of this confirmation number or reference")
        add_json(parser)

    def handle(self, *_args: Any, as_json: bool, confirmation: str | None, **_options: Any) -> None:
        """Print; a number that no call has ends with 4."""
        calls = Call.objects.select_related("provider", "school").order_by("-received", "-id")
        if confirmation is not None:
            number = understood(reading.call_number, confirmation, "--confirmation")
            calls = calls.filter(Q(confirmation=number) | Q(reference=number))
        printed = write_table(self.stdout, COLUMNS, _rows(calls), as_json=as_json)
        if confirmation is not None and not printed:
            raise Stopped("No call has this number.")


def _rows(calls: QuerySet[Call]) -> Iterator[tuple[Cell, ...]]:
    for one in calls.iterator(chunk_size=2000):
        yield (
            one.pk,
            one.confirmation or one.reference,
            Outcome(one.outcome).slug,
            one.rule,
            Service(one.service).slug,
            Language(one.language).slug if one.language else None,
            one.session_on,
            one.received,
            Origin(one.origin).slug,
            one.provider.number,
            one.school.dbn if one.school else None,
        )
