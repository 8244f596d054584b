"""What a call's page says below its line, to the caller as you and to everybody else by name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.conf import settings
from django.urls import reverse

from caseloads.queries.moment import Moment
from caseloads.queries.on_caseload import OnCaseload, on_caseload
from caseloads.queries.rows import Call
from caseloads.queries.transit import Transit
from orcs_portal.shared.line import CallLine
from orcs_portal.shared.say import say_when
from providers.policy.verdict import AccessOwner


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice: its tone, icon, title without a full stop, text, and perhaps where to go on."""

    tone: str
    icon: str
    title: str
    text: str
    url: str = ""
    link: str = ""


due = partial(Notice, "due", "warn")
wait = partial(Notice, "wait", "clock")
info = partial(Notice, "", "info")
done = partial(Notice, "ok", "check")

DESK = settings.HELP_DESK_NUMBER
ENDED = "SESIS ended the entry, because a newer IEP took its place (R10)."
OVER = (
    "The service ended on the student's IEP before the call reached SESIS, so no caseload entry is made (R10). The "
    "call stands, and there is nothing more for {who} to do."
)


def notices(call: Call, line: CallLine, transit: Transit | None, *, mine: bool, at: Moment) -> list[Notice]:
    """Return whether the caller's work is done, and what else keeps the call from where it goes."""
    if call.student is None or call.confirmation is None:
        return []
    found = on_caseload(call, at=at)
    told = _to_the_caller(call, line, found, at.world) if mine else _to_others(call, found, at.world)
    return [*told, *_of_the_iep(transit)]


def _of_the_iep(transit: Transit | None) -> list[Notice]:
    if transit is None:
        return []
    return [(wait if transit.nobody_acts else due)(transit.headline, transit.text)]


def _to_the_caller(call: Call, line: CallLine, found: OnCaseload, now: datetime) -> list[Notice]:
    """Return what the caller is told."""
    mine = {"url": reverse("caseload"), "link": "Open my caseload"}
    by = "" if found.by is None else say_when(found.by, now)
    advice = found.advice
    if advice is not None:
        return [due(advice.headline, f"{advice.reason} {advice.who_acts} {advice.what_then}")]
    if found.state == "coming":
        title = "Your part is done" if _trouble(line) else "You are done"
        whom = call.student.full_name if call.student else "The student"
        return [wait(title, f"{whom} appears on your caseload by {by}.{_trouble(line)}", **mine)]
    late = f"It was to show the student by {by}. You need not call again: ring the help desk at {DESK} with the number"
    said = {
        "open": done("The student is on your caseload", _trouble(line).strip(), **mine),
        "ended": info("The student has left your caseload", ENDED),
        "over": info("There is nothing left to open", OVER.format(who="you")),
        "late": due("SESIS is late", f"{late} above (R7)."),
    }
    return [said[found.state]] if found.state in said else []


def _to_others(call: Call, found: OnCaseload, now: datetime) -> list[Notice]:
    """Return what everybody else is told: of the caller by name, and who must act."""
    who, whom = call.provider.full_name, call.student
    by = "" if found.by is None else say_when(found.by, now)
    doors = {"url": reverse("access"), "link": "Who still needs access"}
    if found.owner is not None:
        return [due(f"Waiting: {who} has no SESIS access at this school", HELD[found.owner].format(who=who), **doors)]
    said = {
        "open": done(f"The student is on the caseload of {who}", ""),
        "coming": wait("Nobody needs to act", f"{whom} appears on the caseload of {who} by {by}."),
        "ended": info(f"The student has left the caseload of {who}", ENDED),
        "over": info("There is nothing left to open", OVER.format(who="anybody")),
        "late": due(
            "SESIS is late",
            f"It was to show {whom} on the caseload of {who} by {by}. Ring the help desk at {DESK} with the number "
            "above (R7).",
        ),
    }
    return [said[found.state]] if found.state in said else []


HELD = {
    AccessOwner.SCHOOL: (
        "DOE staff come into SESIS through the school's Galaxy, and {who} is not on it (R6). The head of school adds "
        "them. SESIS access follows within a day, and the caseload opens by itself."
    ),
    AccessOwner.AGENCY: (
        "Non-DOE providers come into SESIS through PETS, and {who} is not active there (R9). Their agency asks the "
        "central office to register them. The caseload opens by itself then; never add them to Galaxy."
    ),
    AccessOwner.ORCS: (
        "Non-DOE providers come into SESIS through PETS, and {who} is not active there (R9). ORCS asks the central "
        "office to register them. The caseload opens by itself then; never add them to Galaxy."
    ),
}


def _trouble(line: CallLine) -> str:
    """Return a sentence about the systems that failed to take the call, after a blank; "" where none did."""
    names = [stop.name for stop in line.stops if stop.mark == "fail"]
    if not names:
        return ""
    return f" {' and '.join(names)} did not take the call yet: the line above says what happens next."
