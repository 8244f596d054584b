"""Commands that put something into the queue and ring for it."""

from __future__ import annotations

import logging

from caseloads.propagation import bell
from orcs_portal.shared.commands import PortalCommand


class RingingCommand(PortalCommand):
    """A command whose ring may go unheard: its process ends at once, and the next sweep finds the row anyway."""

    def run_from_argv(self, argv: list[str]) -> None:
        """Run, and keep from standard error that nobody heard."""
        logging.getLogger(bell.__name__).setLevel(logging.ERROR)
        super().run_from_argv(argv)
