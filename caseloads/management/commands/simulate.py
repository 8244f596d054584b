"""``simulate``: the demonstration's clock and the faults of its systems."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from caseloads.actions import ask_clock, set_fault
from caseloads.kinds import Fault, System
from caseloads.management import reading
from caseloads.management.demo import only_in_a_demonstration
from caseloads.management.ringing import RingingCommand
from caseloads.propagation import moves
from orcs_portal.shared import clock
from orcs_portal.shared.commands import Stopped, add_json, understood
from orcs_portal.shared.models import WorldClock
from orcs_portal.shared.table import write_table

NIGHT = 24 * 60  # minutes: the same time tomorrow, as on the simulator's page


class Command(RingingCommand):
    """Moves the world on, or makes one of the three systems misbehave."""

    help = (
        "Move the demonstration's clock on, with everything that falls due; prints: now, events. "
        "Or set a system's fault; prints: system, mode."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer the three acts."""
        acts = parser.add_subparsers(dest="act", required=True, metavar="advance|night|fault")
        advance = acts.add_parser("advance", help="move on by a duration")
        advance.add_argument("duration", help="such as 90m, 2h, 1d, 1w or 1d12h")
        night = acts.add_parser("night", help="move on by a day and its night")
        fault = acts.add_parser("fault", help="make a system misbehave, or behave again")
        fault.add_argument("system", help=", ".join(one.slug for one in System))
        fault.add_argument("mode", help=", ".join(one.slug for one in Fault))
        for each in (advance, night, fault):
            add_json(each)

    def handle(self, *_args: Any, act: str, as_json: bool, **options: Any) -> None:
        """Do one act, or stop where this is no demonstration."""
        only_in_a_demonstration("the simulator")
        if act == "fault":
            self._fault(options["system"], options["mode"], as_json=as_json)
        elif act == "night":
            self._move(NIGHT, as_json=as_json)
        else:
            self._move(understood(reading.minutes, options["duration"], "duration"), as_json=as_json)

    def _fault(self, system: str, mode: str, *, as_json: bool) -> None:
        which, what = understood(System.from_slug, system, "system"), understood(Fault.from_slug, mode, "mode")
        set_fault(system=which, fault=what, by=None, now=clock.real_now(), world=clock.world_now())
        write_table(self.stdout, ("system", "mode"), [(which.slug, what.slug)], as_json=as_json)

    def _move(self, minutes: int, *, as_json: bool) -> None:
        """Ask for the move and carry it out here; a worker that was quicker is waited for."""
        if not WorldClock.objects.exists():
            raise Stopped("Nothing was moved: there is no world clock yet; load the demonstration first.")
        move = ask_clock(minutes=minutes, by=None, now=clock.real_now())
        events = moves.carry_out(move.pk, real=clock.real_now, world=clock.world_now)
        if events is None and not moves.await_done(move.pk):
            raise CommandError("A worker took up the move and has not finished it yet.")
        clock.note_seen(real=clock.real_now())
        write_table(self.stdout, ("now", "events"), [(clock.world_now(), events)], as_json=as_json)
