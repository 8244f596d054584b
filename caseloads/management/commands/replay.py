"""``replay``: parked deliveries once more."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from caseloads import actions
from caseloads.kinds import DeliveryState
from caseloads.models import Delivery
from orcs_portal.shared import clock
from orcs_portal.shared.commands import PortalCommand, Stopped


class Command(PortalCommand):
    """Puts parked deliveries back into the queue: those named, or all."""

    help = "Send parked deliveries again: those whose ids are named, or all of them. Prints how many."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the ids."""
        parser.add_argument("ids", nargs="*", type=int, metavar="ID", help="a delivery's id, as `deliveries` prints it")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Replay, or stop where nothing of it is parked."""
        parked = Delivery.objects.filter(state=DeliveryState.PARKED)
        chosen = parked.filter(pk__in=options["ids"]) if options["ids"] else parked
        sent = actions.replay(deliveries=chosen, by=None, now=clock.real_now())
        if not sent:
            raise Stopped("Nothing was done: none of these deliveries is parked.")
        self.stdout.write(f"{len(sent)} sent again")
