"""``demo_signins``: who signs in to the demonstration."""

from __future__ import annotations

from typing import Any

from caseloads.demonstration.signins import PASSWORD, SIGN_INS
from caseloads.management.demo import only_in_a_demonstration
from orcs_portal.shared.commands import PortalCommand
from orcs_portal.shared.table import write_table


class Command(PortalCommand):
    """Prints a line per sign-in: role, user name, password."""

    help = "Print the demonstration's sign-ins: role, user name, password."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Print, or stop where this is no demonstration."""
        only_in_a_demonstration("the demonstration's sign-ins")
        rows = [(one.role, one.username, PASSWORD) for one in SIGN_INS]
        write_table(self.stdout, ("role", "username", "password"), rows, as_json=False)
