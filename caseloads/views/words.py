"""What the pages say of calls that were not plainly accepted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from caseloads.kinds import Outcome
from caseloads.queries.calling import hold_since
from caseloads.queries.rows import Call
from orcs_portal.shared.clock import local_day


@dataclass(frozen=True, slots=True)
class WrongDoor:
    """A page of its own for a call that needed no student: a nurse's (R1), an RSA provider's under the hold (R13)."""

    template: str
    context: Callable[[Call], dict[str, Any]]


def door_of(call: Call) -> WrongDoor | None:
    """Return the page of its own that a call has, or None for the common one."""
    return None if call.student_id is not None else DOORS.get(call.reason)


def _not_needed(call: Call) -> dict[str, Any]:
    return {**_kept(call), "role": call.provider.get_role_display()}


def _hold(call: Call) -> dict[str, Any]:
    """Return the page's words as they were told then: the hold may have been lifted since."""
    day = call.session_on or local_day(call.received)
    return {**_kept(call), "hold_since": hold_since(day), "told": refusal(call)}


def _kept(call: Call) -> dict[str, Any]:
    asked = [{"label": "You asked for", "value": call.get_service_display()}]
    return {
        "provider_name": call.provider.full_name,
        "number": call.reference or "",
        "called_at": call.received,
        "asked": asked,
    }


DOORS = {
    "call-not-needed": WrongDoor("caseloads/call_not_needed.html", _not_needed),
    "rsa-hold": WrongDoor("caseloads/call_hold.html", _hold),
}


def refusal(call: Call) -> dict[str, Any] | None:
    """Return what the caller was told, for a call that was refused or kept unlinked."""
    if call.outcome == Outcome.ACCEPTED:
        return None
    said = call.said
    return {
        "title": said.get("headline", ""),
        "text": said.get("reason", ""),
        "who_acts": said.get("who_acts", ""),
        "what_then": said.get("what_then", ""),
        "meanwhile": said.get("meanwhile", ""),
        "look_again": date.fromisoformat(said["look_again"]) if said.get("look_again") else None,
    }
