"""``resume_clock``: the world goes on from where it stood."""

from __future__ import annotations

from typing import Any

from caseloads.management.demo import only_in_a_demonstration
from orcs_portal.shared import clock
from orcs_portal.shared.commands import PortalCommand


class Command(PortalCommand):
    """Lets the demonstration's clock go on from the time it last showed, as if nothing had passed meanwhile."""

    help = "Let the demonstration's clock go on from where it stood when everything was stopped."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Set the clock; without one there is nothing to go on."""
        only_in_a_demonstration("a world clock")
        clock.resume_world(real=clock.real_now())
