"""What SESIS received, brought in as a whole instead of call by call."""

from __future__ import annotations

from collections.abc import Iterable

from caseloads.systems.copying import Batch

NOTICES = (
    "delivery",
    "call_id",
    "provider_id",
    "school_id",
    "mandates",
    "received",
    "due",
    "expected",
    "applied",
    "opened",
)


def notices(lines: Iterable[str]) -> Batch:
    """Return first attends that SESIS has received, in the order of ``NOTICES``, encoded."""
    return Batch("caseloads_sesisnotice", NOTICES, lines)
