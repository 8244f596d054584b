"""The line of one call, from phone to attendance, each stop with its state in words (R2, R3, R16)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.conf import settings
from django.urls import reverse

from caseloads.kinds import DeliveryState, EntryState, Origin, Outcome, System
from caseloads.models import Call, Delivery, Entry
from caseloads.queries.moment import Moment
from orcs_portal.shared.line import CallLine, Stop
from orcs_portal.shared.say import cap, group_number, say_time, say_when
from providers.kinds import Affiliation, Route
from providers.policy.rules import access_missing

HOW = {
    Origin.FORM: "Online form",
    Origin.COMMAND: "By command",
    Origin.PHONE: "Phone line",
    Origin.EXTRACT: "City's log",
}
NOT_SENT = "Not sent"


def line_of(
    call: Call, deliveries: Iterable[Delivery], entries: Iterable[Entry], *, at: Moment, may_retry: bool = False
) -> CallLine:
    """Return how far a call has come; ``may_retry`` offers to send again what failed."""
    if call.outcome != Outcome.ACCEPTED:
        return _stopped(call, at)
    by_system = {System(one.system): one for one in deliveries}
    held = next((one for one in entries if one.state == EntryState.HELD), None)
    opened = next((one for one in entries if one.state == EntryState.OPEN), None)
    ended = next((one for one in entries if one.state == EntryState.ENDED), None)
    systems = {one: _system(one, by_system, held, at=at, may_retry=may_retry) for one in System}
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
        systems[System.CAP],
        systems[System.SEC],
        systems[System.SESIS],
        _caseload(held, opened, ended, at, over=System.SESIS in over),
        _attendance(opened),
    )
    done = {stop.key for stop in stops if stop.mark == "done"} | {one.slug for one in over}
    settled = done | ({"caseload"} if System.SESIS in over else set()) >= {stop.key for stop in stops[:-1]}
    return CallLine(stops, settled=settled, said="The line ended" if over and settled else "")


def _phone(call: Call, at: Moment) -> Stop:
    return Stop("phone", "Phone", "done", cap(say_when(call.received, at.world)), HOW[Origin(call.origin)])


def _stopped(call: Call, at: Moment) -> CallLine:
    """Return the line of a call that went no further than the IVR."""
    if call.outcome == Outcome.REFUSED:
        ivr = Stop("ivr", "IVR", "stop", f"Refused, {say_time(call.received)}", f"Rule {call.rule}")
    else:
        ivr = Stop("ivr", "IVR", "wait", "Kept, not linked", "The coordinator looks at it")
    none = Stop("cap", "CAP", "none", NOT_SENT, "Only an accepted call goes further")
    rest = (
        none,
        Stop("sec", "SEC", "none", NOT_SENT),
        Stop("sesis", "SESIS", "none", NOT_SENT),
        Stop("caseload", "Caseload", "none", "Not open"),
        Stop("attendance", "Attendance", "none", "Not open"),
    )
    return CallLine((_phone(call, at), ivr, *rest), stopped=True, settled=True)


def _system(
    system: System, deliveries: Mapping[System, Delivery], held: Entry | None, *, at: Moment, may_retry: bool
) -> Stop:
    key, name = system.slug, str(system.label)
    delivery = deliveries.get(system)
    if delivery is None:
        return Stop(key, name, "none", NOT_SENT)
    if delivery.shown is not None:
        return Stop(key, name, "done", cap(say_when(delivery.shown, at.world)), SHOWN[system])
    if delivery.ended is not None:
        return Stop(key, name, "none", "Nothing to show", f"{delivery.reason}: no IEP mandates it any more")
    if system == System.SESIS and held is not None:
        return Stop(key, name, "wait", "Waits for access", _access(held))
    if delivery.state in TAKEN:
        return _taken(key, name, delivery, at)
    return _untaken(key, name, delivery, at, may_retry=may_retry)


TAKEN = frozenset({DeliveryState.DELIVERED, DeliveryState.AWAITED})
SHOWN = {
    System.CAP: "Mandate marked as first attended",
    System.SEC: "The report shows it",
    System.SESIS: "On the caseload",
}
HOLDS = {"cap": "Taken; worked through overnight.", "sec": "Taken; shows a day after CAP has it.", "sesis": "Taken."}


def _taken(key: str, name: str, delivery: Delivery, at: Moment) -> Stop:
    """Return the stop of a system that has the call, or is to report it, and does not show it yet."""
    by = "" if delivery.expected is None else f"Expected by {say_when(delivery.expected, at.world)}."
    if delivery.expected is not None and delivery.expected < at.world:
        return Stop(key, name, "fail", "Late", f"{by} It has not shown yet.")
    what = HOLDS[key] if delivery.state == DeliveryState.DELIVERED else f"Not sent: {name} is read from extracts."
    return Stop(key, name, "wait", "Waiting", f"{what} {by}".strip())


def _untaken(key: str, name: str, delivery: Delivery, at: Moment, *, may_retry: bool) -> Stop:
    """Return the stop of a system that has not got the call yet."""
    parked = delivery.state == DeliveryState.PARKED
    if delivery.state == DeliveryState.SENDING or (delivery.failed is None and not parked):
        return Stop(key, name, "wait", "Waiting", "On its way.")
    retry = reverse("call-replay", args=[delivery.call_id, key]) if may_retry else ""
    when = say_when(at.in_world(delivery.failed or delivery.queued), at.world)
    reason = f"{delivery.reason}."
    if parked:
        meta = f"{reason} It is kept, and goes out again when somebody says so."
        return Stop(key, name, "fail", f"Parked, {when}", meta, retry_url=retry)
    again = say_when(at.in_world(max(delivery.due, at.real)), at.world)
    meta = f"{reason} We try again {again}, {_how_long(delivery)}."
    return Stop(key, name, "fail", f"{_times(delivery)}, {when}", meta, retry_url=retry)


def _times(delivery: Delivery) -> str:
    """Return how often a delivery failed; silence of the whole system is no failure of its own."""
    if delivery.attempts == 0:
        return "No answer"
    return "Failed once" if delivery.attempts == 1 else f"Failed {delivery.attempts} times"


def _how_long(delivery: Delivery) -> str:
    if delivery.attempts == 0:
        return f"and go on for {settings.DELIVERY_GIVE_UP_HOURS} hours"
    return f"then less often, up to {settings.DELIVERY_ATTEMPTS} times in all"


def _access(held: Entry) -> str:
    return access_missing(Affiliation(held.provider.affiliation)).headline + "."


def _caseload(held: Entry | None, opened: Entry | None, ended: Entry | None, at: Moment, *, over: bool) -> Stop:
    if held is not None:
        route = Route(held.held_for or Route.GALAXY).label
        return Stop("caseload", "Caseload", "wait", "Held", f"Opens once {route} gives access to SESIS")
    if opened is not None:
        return Stop("caseload", "Caseload", "done", cap(say_when(opened.since, at.world)), "The student is there")
    if ended is not None:
        return Stop("caseload", "Caseload", "done", f"Ended, {say_when(ended.since, at.world)}", "A newer IEP ended it")
    if over:
        return Stop("caseload", "Caseload", "none", "Nothing to open", "The line ended before the call arrived")
    return Stop("caseload", "Caseload", "none", "Opens with SESIS", "The student appears then")


def _attendance(opened: Entry | None) -> Stop:
    if opened is None:
        return Stop("attendance", "Attendance", "none", "Not yet", "Recorded in SESIS once the caseload is open")
    return Stop("attendance", "Attendance", "none", "Now possible", "Record sessions in SESIS")
