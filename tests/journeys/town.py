"""Builds a borough around the demonstration's schools: small, but with every kind of disagreement in the coordinator's.

Run as a module with the portal's environment, it takes seconds; the demonstration's own borough of 5,000 would make
every journey that begins anew wait.
"""

from __future__ import annotations

from datetime import timedelta

STUDENTS = 340  # the coordinator's school has the first 300
REPRESENTED = "Elm Terrace Pediatrics"  # by the demonstration's representative too: somebody of theirs lacks PETS
A_WHILE = timedelta(minutes=10)  # what waits for another minute has stopped waiting, and no count changes meanwhile
RATE = 0.75  # of all lines: a dozen final IEPs that never reached CAP, and two of every other kind


def main() -> None:
    """Build it as it is on the demonstration's first morning, and compare the systems a while later."""
    import django  # noqa: PLC0415 - only where this runs as a process of its own

    django.setup()

    from django.core.management import call_command  # noqa: PLC0415 - after Django is set up

    from caseloads.city.build import build  # noqa: PLC0415 - as above
    from caseloads.city.options import Options  # noqa: PLC0415 - as above
    from caseloads.demonstration.days import START  # noqa: PLC0415 - as above
    from caseloads.demonstration.load import SEED  # noqa: PLC0415 - as above
    from compliance.reconcile.touched import catch_up  # noqa: PLC0415 - as above
    from orcs_portal.shared import clock  # noqa: PLC0415 - as above
    from providers.models import Agency, Grant  # noqa: PLC0415 - as above

    build(Options(STUDENTS, SEED, START, rate=RATE), real=clock.real_now())
    clock.set_world(to=START + A_WHILE, real=clock.real_now())
    catch_up(as_of=clock.world_now(), now=clock.real_now())  # or a worker would, in the middle of a journey
    call_command("reconcile")
    own = Grant.objects.get(user__username="agency")
    Grant.objects.create(
        user=own.user, standing=own.standing, agency=Agency.objects.get(name=REPRESENTED), starts=own.starts
    )


if __name__ == "__main__":
    main()
