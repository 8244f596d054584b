"""``simulate``: moves the demonstration's clock and sets the systems' faults."""

from __future__ import annotations

import re
from argparse import ArgumentParser
from typing import Any

from caseloads import actions
from caseloads.kinds import Fault, System
from caseloads.management.demo import only_in_a_demonstration
from caseloads.propagation import moves
from orcs_portal.shared import clock
from orcs_portal.shared.commands import PortalCommand, understood
from orcs_portal.shared.table import plain

UNITS = {"m": 1, "h": 60, "d": 24 * 60, "w": 7 * 24 * 60}
SPAN = re.compile(r"(?P<count>[1-9]\d{0,4})(?P<unit>[mhdw])")
MOST = 31 * 24 * 60


def minutes_of(text: str) -> int:
    """Return the minutes of a duration such as ``90m``, ``2h``, ``1d`` or ``1w``; raises ``ValueError``."""
    match = SPAN.fullmatch(text.strip().lower())
    minutes = int(match["count"]) * UNITS[match["unit"]] if match else 0
    if not 0 < minutes <= MOST:
        raise ValueError(f"{text!r} is not a duration such as 90m, 2h, 1d or 1w, up to 31 days")
    return minutes


class Command(PortalCommand):
    """Advances the world, or makes a system misbehave; only in a demonstration."""

    help = "Move the demonstration's clock on (advance DURATION, night), or set a system's fault (fault SYSTEM MODE)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the three acts."""
        acts = parser.add_subparsers(dest="act", required=True)
        advance = acts.add_parser("advance", help="move the clock on, event by event")
        advance.add_argument("duration", help="such as 90m, 2h, 1d or 1w")
        acts.add_parser("night", help="move the clock on by a day, through one night")
        fault = acts.add_parser("fault", help="make a system misbehave, or behave again")
        fault.add_argument("system", help=", ".join(one.slug for one in System))
        fault.add_argument("mode", help=", ".join(one.slug for one in Fault))

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do it, and say what was done."""
        only_in_a_demonstration("the simulator")
        if options["act"] == "fault":
            self._fault(options["system"], options["mode"])
        else:
            self._move(understood(minutes_of, options.get("duration", "1d"), "DURATION"))

    def _fault(self, system_text: str, mode_text: str) -> None:
        system = understood(System.from_slug, system_text, "SYSTEM")
        fault = understood(Fault.from_slug, mode_text, "MODE")
        actions.set_fault(system=system, fault=fault, by=None, now=clock.real_now(), world=clock.world_now())
        self.stdout.write(f"{system.slug} {fault.slug}")

    def _move(self, minutes: int) -> None:
        """Move the clock in this process; one that a worker has taken up meanwhile is waited for by its lock."""
        move = actions.ask_clock(minutes=minutes, by=None, now=clock.real_now())
        events = moves.carry_out(move.pk, real=clock.real_now, world=clock.world_now)
        if events is None:
            moves.await_done(move.pk)
        self.stdout.write(f"{plain(clock.world_now())}  {events or 0} events")
