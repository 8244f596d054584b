"""Prepare the database and the static files for serving, in one process: Django is loaded once for all steps.

Standard output carries one line per step, then the lines of the demonstration's sign-ins.
"""

from __future__ import annotations

import django
from django.core.management import call_command

from orcs_portal.embedded.portal import PREPARATION

STEP = "step: "


def main() -> None:
    """Run the steps in order, then print the sign-ins."""
    django.setup()
    for step in PREPARATION:
        print(f"{STEP}{step.title}", flush=True)
        call_command(*step.command)
    print(f"{STEP}listing the sign-ins", flush=True)
    call_command("demo_signins")


if __name__ == "__main__":
    main()
