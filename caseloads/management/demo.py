"""What commands that belong to a demonstration share."""

from __future__ import annotations

from django.conf import settings

from orcs_portal.shared.commands import Stopped


def only_in_a_demonstration(what: str) -> None:
    """Stop with one sentence where ``DEMO`` is not set: production has no made-up people and only the real time."""
    if not settings.DEMO:
        raise Stopped(f"Nothing was done: {what} exists only where DEMO is set, and never in production.")
