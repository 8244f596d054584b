"""The line of one call, from phone to attendance, each stop with its state in words (R2, R3, R16)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from caseloads.kinds import EntryState, Origin, Outcome, System
from caseloads.models import Call, Delivery, Entry
from caseloads.queries.moment import Moment
from caseloads.queries.stops import NOT_SENT, Way
from caseloads.queries.transit import Transit
from orcs_portal.shared.line import CallLine, Stop
from orcs_portal.shared.say import cap, group_number, say_time, say_when
from providers.kinds import Route

HOW = {
    Origin.FORM: "Online, in place of the phone",
    Origin.COMMAND: "By command, in place of the phone",
    Origin.PHONE: "Phone line",
    Origin.EXTRACT: "City's log",
}


def line_of(
    call: Call,
    deliveries: Iterable[Delivery],
    entries: Iterable[Entry],
    *,
    at: Moment,
    may_retry: bool = False,
    transit: Transit | None = None,
) -> CallLine:
    """Return how far a call has come; ``may_retry`` offers to send again what failed.

    ``transit`` is what keeps the IEP behind it from CAP, where something does (R11).
    """
    if call.outcome != Outcome.ACCEPTED:
        return _stopped(call, at)
    by_system = {System(one.system): one for one in deliveries}
    by_state = _by_state(entries)
    held, opened = by_state.get(EntryState.HELD), by_state.get(EntryState.OPEN)
    way = Way(by_system, held, transit, at, may_retry)
    over = {one for one, delivery in by_system.items() if delivery.ended is not None}
    stops = (
        _phone(call, at),
        Stop(
            "ivr",
            "IVR",
            "done",
            f"Accepted, {say_time(call.received)}",
            f"Number {group_number(call.confirmation or '')}",
        ),
        *(way.stop(system) for system in System),
        _caseload(by_state, at, over=System.SESIS in over),
        _attendance(opened),
    )
    done = {stop.key for stop in stops if stop.mark == "done"} | {one.slug for one in over}
    settled = done | ({"caseload"} if System.SESIS in over else set()) >= {stop.key for stop in stops[:-1]}
    return CallLine(stops, settled=settled, said="The line ended" if over and settled else "")


def _by_state(entries: Iterable[Entry]) -> dict[EntryState, Entry]:
    """Return the first entry of each state."""
    found: dict[EntryState, Entry] = {}
    for one in entries:
        found.setdefault(EntryState(one.state), one)
    return found


def _phone(call: Call, at: Moment) -> Stop:
    return Stop("phone", "Phone", "done", cap(say_when(call.received, at.world)), HOW[Origin(call.origin)])


def _stopped(call: Call, at: Moment) -> CallLine:
    """Return the line of a call that went no further than the IVR."""
    if call.outcome == Outcome.REFUSED:
        state, meta, tone = f"Refused, {say_time(call.received)}", f"Rule {call.rule}", ""
    else:
        state, meta, tone = "Kept, not linked", "The coordinator looks at it", "is-due"
    ivr = Stop("ivr", "IVR", "stop", state, meta, tone=tone)
    none = Stop("cap", "CAP", "none", NOT_SENT, "Only an accepted call goes further")
    rest = (
        none,
        Stop("sec", "SEC", "none", NOT_SENT),
        Stop("sesis", "SESIS", "none", NOT_SENT),
        Stop("caseload", "Caseload", "none", "Not open"),
        Stop("attendance", "Attendance", "none", "Not open"),
    )
    return CallLine((_phone(call, at), ivr, *rest), stopped=True, settled=True)


def _caseload(by_state: Mapping[EntryState, Entry], at: Moment, *, over: bool) -> Stop:
    if (held := by_state.get(EntryState.HELD)) is not None:
        route = Route(held.held_for or Route.GALAXY).label
        return Stop("caseload", "Caseload", "wait", "Held", f"Opens once {route} gives access to SESIS")
    if (opened := by_state.get(EntryState.OPEN)) is not None:
        return Stop("caseload", "Caseload", "done", cap(say_when(opened.since, at.world)), "The student is there")
    if (ended := by_state.get(EntryState.ENDED)) is not None:
        return Stop("caseload", "Caseload", "done", f"Ended, {say_when(ended.since, at.world)}", "A newer IEP ended it")
    if over:
        return Stop("caseload", "Caseload", "none", "Nothing to open", "The line ended before the call arrived")
    return Stop("caseload", "Caseload", "none", "Opens with SESIS", "The student appears then")


def _attendance(opened: Entry | None) -> Stop:
    if opened is None:
        return Stop("attendance", "Attendance", "none", "Not yet", "Recorded in SESIS once the caseload is open")
    return Stop("attendance", "Attendance", "none", "Now possible", "Record sessions in SESIS")
