"""What one system's stop on the line says of a call: taken, shown, late, failed, or what it waits for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from django.conf import settings
from django.urls import reverse

from caseloads.kinds import DeliveryState, System
from caseloads.models import Delivery, Entry
from caseloads.queries.moment import Moment
from caseloads.queries.transit import Transit
from caseloads.systems.sec.gateway import expected_after, shows_after
from orcs_portal.shared.line import Stop
from orcs_portal.shared.say import cap, say_when

NOT_SENT = "Not sent"
TAKEN = frozenset({DeliveryState.DELIVERED, DeliveryState.AWAITED})
SHOWN = {
    System.CAP: "Mandate marked as first attended",
    System.SEC: "The report shows it",
    System.SESIS: "On the caseload",
}
HOLDS = {
    System.CAP: "Taken; worked through overnight.",
    System.SEC: "Taken; shows a day after CAP has it.",
    System.SESIS: "Taken.",
}
SOON = timedelta(seconds=90)
"""Up to here the next try is told in seconds: by the minute it would read as now, or as past."""
STEP = 10  # seconds: a page that looks again every two does not draw the line anew each time


@dataclass(frozen=True, slots=True)
class Way:
    """A call's deliveries, what holds it at SESIS, what keeps its IEP from CAP, and who looks when."""

    deliveries: Mapping[System, Delivery]
    held: Entry | None
    transit: Transit | None
    at: Moment
    may_retry: bool

    def stop(self, system: System) -> Stop:
        """Return the stop of a system."""
        key, name, delivery = system.slug, str(system.label), self.deliveries.get(system)
        if delivery is None:
            return Stop(key, name, "none", NOT_SENT)
        if delivery.shown is not None:
            return Stop(key, name, "done", cap(say_when(delivery.shown, self.at.world)), SHOWN[system])
        if delivery.ended is not None:
            return Stop(key, name, "none", "Nothing to show", f"{delivery.reason}: no IEP mandates it any more")
        if system == System.SESIS and self.held is not None:
            return Stop(key, name, "wait", "Waits for access", "The provider has no access to SESIS at the school.")
        if delivery.state in TAKEN:
            return self._taken(system, delivery)
        return self._untaken(system, delivery)

    def _taken(self, system: System, delivery: Delivery) -> Stop:
        """Return the stop of a system that has the call, or is to report it, and does not show it yet."""
        key, name = system.slug, str(system.label)
        sent = delivery.state == DeliveryState.DELIVERED
        what = HOLDS[system] if sent else f"Not sent: {name} is read from extracts."
        expected = delivery.expected
        if system == System.CAP and self.transit is not None:
            if not self.transit.on_time:
                return Stop(key, name, "wait", self.transit.state, f"{self.transit.reason} {self.transit.who_acts}")
            what = "Taken; tonight's download brings the IEP (R11)."
        if system == System.SEC and sent:
            expected = self._sec_after_cap(delivery)
            if expected is None:
                return Stop(key, name, "wait", "Waits for CAP", "Taken; shows a day after CAP does.")
        by = "" if expected is None else f"Expected by {say_when(expected, self.at.world)}."
        if expected is not None and expected < self.at.world:
            return Stop(key, name, "wait", "Late", f"{by} It has not shown yet.", tone="is-due")
        return Stop(key, name, "wait", "Waiting", f"{what} {by}".strip())

    def _sec_after_cap(self, sec: Delivery) -> datetime | None:
        """Return by when SEC should show what it has; None while CAP is too late for any date to be promised."""
        cap_has = self.deliveries.get(System.CAP)
        if cap_has is None or sec.expected is None or cap_has.ended is not None:
            return sec.expected
        if cap_has.shown is not None:
            return max(sec.expected, shows_after(cap_has.shown))
        if self.transit is not None and not self.transit.on_time:
            return None
        if cap_has.state in TAKEN:
            late = cap_has.expected is not None and cap_has.expected < self.at.world
        else:
            late = cap_has.state == DeliveryState.PARKED or expected_after(self.at.world) > sec.expected
        return None if late else sec.expected

    def _untaken(self, system: System, delivery: Delivery) -> Stop:
        """Return the stop of a system that has not got the call yet."""
        key, name = system.slug, str(system.label)
        parked = delivery.state == DeliveryState.PARKED
        if delivery.state == DeliveryState.SENDING or (delivery.failed is None and not parked):
            return Stop(key, name, "wait", "Waiting", "On its way.")
        retry = reverse("call-replay", args=[delivery.call_id, key]) if self.may_retry else ""
        when = say_when(self.at.in_world(delivery.failed or delivery.queued), self.at.world)
        reason = f"{delivery.reason}."
        if parked:
            meta = f"{reason} It is kept, and goes out again when somebody says so."
            return Stop(key, name, "fail", f"Parked, {when}", meta, retry_url=retry)
        meta = f"{reason} We try again {self._again(delivery.due)}, {_how_long(delivery)}."
        return Stop(key, name, "fail", f"{_times(delivery)}, {when}", meta, retry_url=retry)

    def _again(self, due: datetime) -> str:
        """Return when the next try is, in seconds where it is near."""
        left = due - self.at.real
        if left > SOON:
            return say_when(self.at.in_world(due), self.at.world)
        if left <= timedelta():
            return "now"
        return f"within {ceil(left.total_seconds() / STEP) * STEP} seconds"


def _times(delivery: Delivery) -> str:
    """Return how often a delivery failed; silence of the whole system is no failure of its own."""
    if delivery.attempts == 0:
        return "No answer"
    return "Failed once" if delivery.attempts == 1 else f"Failed {delivery.attempts} times"


def _how_long(delivery: Delivery) -> str:
    if delivery.attempts == 0:
        return f"and go on for {settings.DELIVERY_GIVE_UP_HOURS} hours"
    return f"then less often, up to {settings.DELIVERY_ATTEMPTS} times in all"
