"""Where the student of a call stands on the caller's SESIS caseload (R3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from caseloads.kinds import EntryState, System
from caseloads.models import Call
from caseloads.queries.moment import Moment
from providers.kinds import Affiliation
from providers.policy.rules import access_missing, access_owner
from providers.policy.verdict import AccessOwner, Advice


@dataclass(frozen=True, slots=True)
class OnCaseload:
    """Where a call's student stands for its caller: open, held, ended, over, coming or late; "" without a promise.

    *Ended* was on the caseload; *over* came too late for it, since no IEP names the line any more.

    ``by`` is SESIS' promise in world time; of a held entry ``advice`` tells the caller what opens it, and ``owner`` who
    opens it (R6, R9).
    """

    state: str = ""
    by: datetime | None = None
    advice: Advice | None = None
    owner: AccessOwner | None = None


def on_caseload(call: Call, *, at: Moment) -> OnCaseload:
    """Return where the student of an accepted call stands."""
    states = {one.state for one in call.entries.all()}
    if EntryState.OPEN in states:
        return OnCaseload("open")
    if EntryState.HELD in states:
        of = Affiliation(call.provider.affiliation)
        return OnCaseload("held", advice=access_missing(of), owner=access_owner(of))
    if EntryState.ENDED in states:
        return OnCaseload("ended")
    sesis = next((one for one in call.deliveries.all() if one.system == System.SESIS), None)
    if sesis is None or sesis.expected is None:
        return OnCaseload()
    if sesis.ended is not None:
        return OnCaseload("over")
    return OnCaseload("coming" if at.world <= sesis.expected else "late", sesis.expected)
