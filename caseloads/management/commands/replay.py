"""``replay``: parked deliveries go out again."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from caseloads.actions import replay
from caseloads.kinds import DeliveryState, System
from caseloads.management.ringing import RingingCommand
from caseloads.models import Delivery
from orcs_portal.shared import clock
from orcs_portal.shared.commands import Exit, Stopped, add_json
from orcs_portal.shared.table import write_table

COLUMNS = ("id", "confirmation", "system", "state")


class Command(RingingCommand):
    """Puts parked deliveries back into the queue, their attempts at nothing, and rings the bell."""

    help = f"Send parked deliveries again: all of them, or those named. Prints each: {', '.join(COLUMNS)}."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take deliveries by their ids, as ``deliveries`` prints them."""
        parser.add_argument("ids", nargs="*", type=int, metavar="ID", help="a delivery's id; none: every parked one")
        add_json(parser)

    def handle(self, *_args: Any, as_json: bool, ids: list[int], **_options: Any) -> None:
        """Replay; ends with 3 where only some were parked, with 4 where none was."""
        parked = Delivery.objects.filter(state=DeliveryState.PARKED)
        chosen = parked.filter(pk__in=ids) if ids else parked
        done = replay(deliveries=chosen, by=None, now=clock.real_now())
        if not done:
            raise Stopped("Nothing was sent again: none of these is parked." if ids else "Nothing is parked.")
        rows = Delivery.objects.filter(pk__in=done).select_related("call").order_by("id")
        write_table(
            self.stdout,
            COLUMNS,
            ((one.pk, one.call.confirmation, System(one.system).slug, DeliveryState(one.state).slug) for one in rows),
            as_json=as_json,
        )
        if left := sorted(set(ids) - set(done)):
            raise Stopped(f"Not parked, and left as they are: {', '.join(map(str, left))}.", code=Exit.SOME_REFUSED)
