"""``resume_clock``: the demonstration's world goes on from where it was last seen."""

from __future__ import annotations

from typing import Any

from orcs_portal.shared import clock
from orcs_portal.shared.commands import PortalCommand


class Command(PortalCommand):
    """Sets the world clock to the last time it showed; says nothing, and does nothing without a world clock."""

    help = "Let the demonstration's clock go on from the last time it showed."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Resume."""
        clock.resume_world(real=clock.real_now())
