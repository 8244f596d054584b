"""``feed``: whether a system is fed by the simulation, which we send to, or by extracts, which we only read."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from caseloads.kinds import DeliveryState, FedBy, System
from caseloads.management.ringing import RingingCommand
from caseloads.models import Delivery
from caseloads.propagation import feeding
from orcs_portal.shared import clock
from orcs_portal.shared.commands import Stopped, add_json, understood
from orcs_portal.shared.table import Cell, write_table

COLUMNS = ("system", "fed_by", "waiting", "awaited")


class Command(RingingCommand):
    """Sets where what a system says comes from, one of the two and never both, and prints how each system stands."""

    help = (
        "Print how each system is fed, or have one fed by the simulation or by extracts from now on. "
        f"Columns: {', '.join(COLUMNS)}."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take a system and what feeds it; without them nothing is changed."""
        parser.add_argument("system", nargs="?", help="cap, sec or sesis; none: only print")
        parser.add_argument("fed_by", nargs="?", help="simulation or extracts")
        add_json(parser)

    def handle(self, *_args: Any, as_json: bool, system: str | None, fed_by: str | None, **_options: Any) -> None:
        """Set it; ends with 4 where the system is fed that way already, with 2 where half is missing."""
        if system is not None:
            self._set(
                understood(System.from_slug, system, "system"), understood(FedBy.from_slug, fed_by or "", "fed_by")
            )
        write_table(self.stdout, COLUMNS, _rows(), as_json=as_json)

    def _set(self, system: System, fed_by: FedBy) -> None:
        if feeding.simulated(system) is (fed_by == FedBy.SIMULATION):
            raise Stopped(f"{system.label} is fed by {_words(fed_by)} already.")
        feeding.switch(system=system, fed_by=fed_by, by=None, now=clock.real_now(), world=clock.world_now())


def _words(fed_by: FedBy) -> str:
    return "the simulation" if fed_by == FedBy.SIMULATION else "extracts"


def _rows() -> Iterator[tuple[Cell, ...]]:
    for system in System:
        fed_by = FedBy.SIMULATION if feeding.simulated(system) else FedBy.EXTRACTS
        mine = Delivery.objects.filter(system=system)
        counts = (mine.filter(state=state).count() for state in (DeliveryState.WAITING, DeliveryState.AWAITED))
        yield (system.slug, fed_by.slug, *counts)
