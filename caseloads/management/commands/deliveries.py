"""``deliveries``: how far each call has come in each system."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from caseloads.kinds import DeliveryState, System
from caseloads.management import reading
from caseloads.models import Delivery
from orcs_portal.shared.commands import PortalCommand, Stopped, add_json, understood
from orcs_portal.shared.table import Cell, write_table

COLUMNS = (
    "confirmation",
    "system",
    "state",
    "attempts",
    "due",
    "delivered",
    "reason",
    "id",
    "expected",
    "shown",
)


class Command(PortalCommand):
    """Prints a line for each call and system, the newest call first as in ``calls``, and in it CAP, SEC, SESIS."""

    help = (
        f"Print deliveries, one a line, those of the newest call first. Columns: {', '.join(COLUMNS)}. "
        "Due and delivered are real time, expected and shown the world's."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer one call by its number, one state, and JSON lines."""
        parser.add_argument("--confirmation", help="only those of the call with this confirmation number")
        parser.add_argument("--state", help="only those in this state, such as waiting or parked")
        add_json(parser)

    def handle(self, *_args: Any, as_json: bool, confirmation: str | None, state: str | None, **_options: Any) -> None:
        """Print them; a number that no delivered call has ends with 4."""
        rows = Delivery.objects.select_related("call").order_by("-call__received", "-call_id", "system")
        if confirmation is not None:
            rows = rows.filter(call__confirmation=understood(reading.call_number, confirmation, "--confirmation"))
            if not rows.exists():
                raise Stopped("No accepted call has this number.")
        if state is not None:
            rows = rows.filter(state=understood(DeliveryState.from_slug, state, "--state"))
        write_table(self.stdout, COLUMNS, map(_row, rows.iterator(chunk_size=2000)), as_json=as_json)


def _row(one: Delivery) -> tuple[Cell, ...]:
    return (
        one.call.confirmation,
        System(one.system).slug,
        DeliveryState(one.state).slug,
        one.attempts,
        one.due,
        one.delivered,
        one.reason,
        one.pk,
        one.expected,
        one.shown,
    )
