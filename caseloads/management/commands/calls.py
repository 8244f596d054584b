"""``calls``: the calls, newest first."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from caseloads.kinds import Origin, Outcome
from caseloads.models import Call
from orcs_portal.shared.commands import PortalCommand, add_json
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
        parser.add_argument("--confirmation", default="", help="only the call of this confirmation number or reference")
        add_json(parser)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print."""
        write_table(self.stdout, COLUMNS, _rows(options["confirmation"]), as_json=options["as_json"])


def _rows(number: str) -> Iterator[tuple[Cell, ...]]:
    calls = Call.objects.select_related("provider", "school").order_by("-received", "-id")
    plain = number.replace(" ", "").upper()
    if plain:
        calls = calls.filter(reference=plain) if plain.startswith("R") else calls.filter(confirmation=plain)
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
