"""How fresh what one reads is: when each system last gave something, and when they were last compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from caseloads.kinds import Fault, FedBy, System
from caseloads.models import SystemSetting
from caseloads.queries.scope import calls_for
from compliance.models import Run
from orcs_portal.shared.models import PeriodicRun
from providers.models import GalaxyListing, PetsListing
from providers.scope import Standing

NIGHTS = {System.SESIS: "download", System.CAP: "cap-night", System.SEC: "sec-night"}
"""The night's work that each system's freshness is read from."""

MEANS = {
    System.SESIS: "IEPs and caseloads are read live. The night sends final IEPs to CAP",
    System.CAP: "CAP works through the night's IEPs and calls",
    System.SEC: "SEC takes over from CAP, a day behind",
}


@dataclass(frozen=True, slots=True)
class Fresh:
    """A system: when it last gave something, how that went, and what that means for the reader."""

    name: str
    good: datetime | None
    tone: str
    icon: str
    state: str
    means: str = ""


def compared() -> datetime | None:
    """Return the world time of the last comparison of everything, or None before the first one."""
    return Run.objects.filter(full=True).order_by("-as_of").values_list("as_of", flat=True).first()


def freshness(standing: Standing, *, now: datetime) -> list[Fresh]:
    """Return how fresh each system is, as of world time ``now``; a fixed number of queries."""
    runs = _runs(now)
    knobs = {one.system: one for one in SystemSetting.objects.all()}
    return [
        *(_system(system, runs, knobs.get(system)) for system in (System.SESIS, System.CAP, System.SEC)),
        _phone(standing),
        _lists(),
    ]


def _runs(now: datetime) -> Mapping[tuple[str, bool], datetime]:
    """Return the last due time of each night's work, of all (False) and of what was done (True)."""
    rows = PeriodicRun.objects.filter(task__in=NIGHTS.values(), due__lte=now)
    last = {(task, False): due for task, due in rows.values_list("task").annotate(last=Max("due"))}
    done = rows.filter(done__isnull=False).values_list("task").annotate(last=Max("due"))
    return last | {(task, True): due for task, due in done}


def _system(system: System, runs: Mapping[tuple[str, bool], datetime], knobs: SystemSetting | None) -> Fresh:
    task, name = NIGHTS[system], str(system.label)
    good, tried = runs.get((task, True)), runs.get((task, False))
    if knobs is not None and knobs.fed_by == FedBy.EXTRACTS:
        return Fresh(name, None, "info", "info", "Read from files", "What a file says stands until the next file")
    if knobs is not None and knobs.fault != Fault.NONE:
        return Fresh(name, good, "bad", "warn", str(Fault(knobs.fault).label), "You are reading what it said before")
    if tried is not None and tried != good:
        return Fresh(name, good, "due", "warn", "Not done", "You are reading what it said the night before")
    if good is None:
        return Fresh(name, None, "plain", "info", "No night so far", MEANS[system])
    return Fresh(name, good, "ok", "check", "In order", MEANS[system])


def _phone(standing: Standing) -> Fresh:
    """Return the phone line, with the last call of one's schools; a whole city's last call is looked for nowhere."""
    wide = standing.citywide or standing.boroughs
    last = None if wide else next((one.received for one in calls_for(standing).order_by("-received", "-pk")[:1]), None)
    return Fresh("Phone line", last, "ok", "check", "Live", "Calls show as soon as they are made")


def _lists() -> Fresh:
    added = GalaxyListing.objects.aggregate(last=Max("added"))["last"]
    registered = PetsListing.objects.aggregate(last=Max("registered"))["last"]
    last = max((one for one in (added, registered) if one is not None), default=None)
    return Fresh("Galaxy, PETS", last, "ok", "check", "Live", "The last entry on either list")
