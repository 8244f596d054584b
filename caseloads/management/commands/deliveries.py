"""``deliveries``: one line per call and system."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from caseloads.kinds import DeliveryState, System
from caseloads.models import Delivery
from orcs_portal.shared.commands import PortalCommand, add_json, understood
from orcs_portal.shared.table import Cell, write_table

COLUMNS = ("confirmation", "system", "state", "attempts", "due", "delivered", "reason", "id", "expected", "shown")


class Command(PortalCommand):
    """Prints deliveries in the order in which they were queued."""

    help = f"Print one line per call and system. Columns: {', '.join(COLUMNS)}."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add what narrows the list, and ``--json``."""
        parser.add_argument("--confirmation", default="", help="only those of this call")
        parser.add_argument("--state", default="", help="waiting, sending, delivered, parked or awaited")
        add_json(parser)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print, or stop at a state that does not exist."""
        state = understood(DeliveryState.from_slug, options["state"], "--state") if options["state"] else None
        rows = _rows(options["confirmation"].replace(" ", ""), state)
        write_table(self.stdout, COLUMNS, rows, as_json=options["as_json"])


def _rows(confirmation: str, state: DeliveryState | None) -> Iterator[tuple[Cell, ...]]:
    deliveries = Delivery.objects.select_related("call").order_by("id")
    if confirmation:
        deliveries = deliveries.filter(call__confirmation=confirmation)
    if state is not None:
        deliveries = deliveries.filter(state=state)
    for one in deliveries.iterator(chunk_size=2000):
        yield (
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
