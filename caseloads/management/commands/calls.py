"""``calls``: the calls that were recorded."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.db.models import Q

from caseloads.kinds import Origin, Outcome
from caseloads.management import reading
from caseloads.models import Call
from orcs_portal.shared.commands import PortalCommand, Stopped, add_json, understood
from orcs_portal.shared.table import Cell, write_table
from providers.kinds import Language, Service

COLUMNS = (
    "id",
    "outcome",
    "rule",
    "confirmation",
    "reference",
    "provider",
    "osis",
    "service",
    "language",
    "session",
    "received",
    "origin",
)


class Command(PortalCommand):
    """Prints the calls, oldest first."""

    help = f"Print calls, one a line: {', '.join(COLUMNS)}."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer one call by its number, and JSON lines."""
        parser.add_argument("--confirmation", help="only the call of this confirmation number or reference")
        add_json(parser)

    def handle(self, *_args: Any, as_json: bool, confirmation: str | None, **_options: Any) -> None:
        """Print them; a number that no call has ends with 4."""
        rows = Call.objects.select_related("provider", "student").order_by("received", "id")
        if confirmation is not None:
            number = understood(reading.call_number, confirmation, "--confirmation")
            rows = rows.filter(Q(confirmation=number) | Q(reference=number))
        printed = write_table(self.stdout, COLUMNS, map(_row, rows.iterator()), as_json=as_json)
        if confirmation is not None and not printed:
            raise Stopped("No call has this number.")


def _row(call: Call) -> tuple[Cell, ...]:
    return (
        call.pk,
        Outcome(call.outcome).slug,
        call.rule,
        call.confirmation,
        call.reference,
        call.provider.number,
        f"{call.student.osis:09}" if call.student else None,
        Service(call.service).slug,
        Language(call.language).slug if call.language else None,
        call.session_on,
        call.received,
        Origin(call.origin).slug,
    )
