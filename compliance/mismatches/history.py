"""What happened to an item, newest first: what the comparison saw and what people did."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from compliance.kinds import EventKind, Owner
from compliance.models import Finding, FindingEvent
from orcs_portal.accounts.models import User
from orcs_portal.shared.say import say_date


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened: who did it ("" for the comparison), what in words, a note as written, and when."""

    who: str
    what: str
    at: datetime
    note: str = ""


def history_of(finding: Finding, *, today: date) -> list[Entry]:
    """Return an item's timeline; two queries, or three where it was given to somebody."""
    events = list(FindingEvent.objects.filter(finding=finding).select_related("by").order_by("-at", "-pk"))
    ids = {one.told.get("to_user") for one in events}
    names = dict(User.objects.filter(pk__in=ids - {None}).values_list("pk", "full_name")) if ids - {None} else {}
    said = [_entry(one, names, today) for one in events]
    found = finding.opened if finding.opened and not finding.times_back else finding.first_seen
    first = [Entry("", "Found by comparing the systems.", found)]
    if finding.since < found:
        first.append(Entry("", "The difference began, by what the systems say.", finding.since))
    # What came later in the day stands above, also where a comparison and a person share the minute.
    return sorted([*said, *first], key=lambda one: one.at, reverse=True)


def _entry(event: FindingEvent, names: dict[int, str], today: date) -> Entry:
    who = event.by.full_name if event.by else ""
    return Entry(who, WORDS[EventKind(event.kind)](event, names, today), event.at, event.note)


def _handed(event: FindingEvent, _names: dict[int, str], today: date) -> str:
    told = event.told
    owner = Owner(told["to"]).label if told.get("to") in Owner.values else "its owner"
    ticket = f", ticket {told['ticket']}" if told.get("ticket") else ""
    day = f" Look again {say_date(date.fromisoformat(told['look_again']), today)}." if told.get("look_again") else ""
    return f"handed this over to the {owner}{ticket}.{day}"


def _assigned(event: FindingEvent, names: dict[int, str], _today: date) -> str:
    to = event.told.get("to_user")
    if to is None:
        return "gave this to nobody."
    return "took this." if to == event.by_id else f"gave this to {names.get(to, 'somebody')}."


def _taken_back(event: FindingEvent, _names: dict[int, str], _today: date) -> str:
    undid = event.told.get("undid")
    return f"undid that: {UNDONE.get(undid, 'the last act')}." if undid else "took this back."


UNDONE = {
    EventKind.HANDED_OVER: "the hand-over",
    EventKind.ASSIGNED: "who has it",
    EventKind.TAKEN_BACK: "the taking back",
    EventKind.ACKNOWLEDGED: "the acknowledgment",
}


def _says(text: str) -> Callable[[FindingEvent, dict[int, str], date], str]:
    return lambda _event, _names, _today: text


WORDS: dict[EventKind, Callable[[FindingEvent, dict[int, str], date], str]] = {
    EventKind.CAME_BACK: _says("Came back: the systems differ again."),
    EventKind.SETTLED: _says("Settled by itself: the systems agree."),
    EventKind.ASSIGNED: _assigned,
    EventKind.HANDED_OVER: _handed,
    EventKind.TAKEN_BACK: _taken_back,
    EventKind.COMMENTED: _says("wrote:"),
    EventKind.ACKNOWLEDGED: _says("acknowledged this:"),
    EventKind.SNOOZED: _says("put this aside."),
    EventKind.OFFICE_ANSWERED: _says("let the office answer:"),
}
