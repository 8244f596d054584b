"""``load_demo``: the demonstration's borough, once."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from caseloads.demonstration.load import load
from caseloads.management.demo import only_in_a_demonstration
from caseloads.management.ringing import RingingCommand
from orcs_portal.shared import clock


class Command(RingingCommand):
    """Loads three schools, sixty students and their autumn, and a borough around them; a second time nothing."""

    help = (
        "Load the demonstration once: three schools, sixty students and what happened since September, and around them "
        "a borough with as many students as the setting DEMO_STUDENTS says."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Load, or stop where this is no demonstration."""
        only_in_a_demonstration("the demonstration")
        load(real=clock.real_now(), students=settings.DEMO_STUDENTS)
