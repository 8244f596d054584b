"""``demo_signins``: who signs in to the demonstration."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from caseloads.demonstration.signins import PASSWORD, SIGN_INS
from caseloads.management.demo import only_in_a_demonstration
from orcs_portal.shared.commands import PortalCommand, add_json
from orcs_portal.shared.table import write_table

COLUMNS = ("role", "user", "password")


class Command(PortalCommand):
    """Prints a line for each sign-in of the demonstration."""

    help = "Print the demonstration's sign-ins, one a line: role, user name and password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer JSON lines."""
        add_json(parser)

    def handle(self, *_args: Any, as_json: bool, **_options: Any) -> None:
        """Print them, or stop where this is no demonstration."""
        only_in_a_demonstration("a demonstration sign-in")
        rows = [(one.role, one.username, PASSWORD) for one in SIGN_INS]
        write_table(self.stdout, COLUMNS, rows, as_json=as_json)
