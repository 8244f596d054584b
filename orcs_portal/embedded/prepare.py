"""Prepare the database and the static files for serving, in one process: Django is loaded once for all steps.

Standard output carries one line per step, then the lines of the demonstration's sign-ins.
"""

from __future__ import annotations

from orcs_portal.embedded.portal import PREPARATION

STEP = "step: "


def main() -> None:
    """Run the steps in order, then print the sign-ins."""
    import django  # noqa: PLC0415 - who only runs this module's process need not load Django
    from django.core.management import call_command  # noqa: PLC0415 - as above

    django.setup()
    for step in PREPARATION:
        print(f"{STEP}{step.title}", flush=True)
        call_command(*step.command)
    print(f"{STEP}listing the sign-ins", flush=True)
    call_command("demo_signins")


if __name__ == "__main__":
    main()
