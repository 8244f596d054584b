"""What each system said of an item, as the comparison kept it: read field by field, and said in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.dateparse import parse_date, parse_datetime

from caseloads.kinds import IepKind, Transfer
from caseloads.systems.cap.codes import CapStatus
from caseloads.systems.sec.codes import SecStatus
from compliance.kinds import Code
from orcs_portal.shared.clock import local_day
from orcs_portal.shared.say import cap, notation, say_date, say_when
from providers.kinds import Language, Service, Setting

SYSTEMS = {"sesis": "SESIS", "cap": "CAP", "sec": "SEC", "ivr": "IVR"}
FIGURES = ("frequency", "duration", "group_size")


@dataclass(frozen=True, slots=True)
class Words:
    """What turns codes into words: the page's now, and providers' names by number."""

    now: datetime
    providers: Mapping[int, str]

    @property
    def today(self) -> date:
        """The page's New York date."""
        return local_day(self.now)


@dataclass(frozen=True, slots=True)
class Evidence:
    """An item's evidence; a system that said nothing is None."""

    kept: Mapping[str, Any]
    code: Code | None = None

    def of(self, part: str) -> Mapping[str, Any] | None:
        """Return what one system, or another part of the evidence, said; None for nothing."""
        said = self.kept.get(part)
        return said if isinstance(said, Mapping) and said else None

    def value(self, part: str, field: str) -> Any:  # noqa: ANN401 - a number, a text, a date or nothing
        """Return one field of one system, or None."""
        return (self.of(part) or {}).get(field)

    @property
    def differs(self) -> tuple[str, ...]:
        """The fields that differ."""
        return tuple(self.kept.get("differs") or ())

    def figures(self, system: str) -> str:
        """Return a mandate's three figures as a system has them, such as ``3 × 30 × 2``; "" where it has none."""
        said = self.of(system) or {}
        known = [said[name] for name in FIGURES if isinstance(said.get(name), int)]
        return notation(*known) if len(known) == len(FIGURES) else ""

    def figures_somewhere(self) -> str:
        """Return the figures as the first system that has any says them."""
        return next((said for system in ("sesis", "cap", "sec") if (said := self.figures(system))), "")

    def calls(self) -> list[Mapping[str, Any]]:
        """Return the calls that the phone line has."""
        return [one for one in (self.of("ivr") or {}).get("calls") or () if isinstance(one, Mapping)]

    def provider_numbers(self) -> Iterator[int]:
        """Yield every provider's number that any system names."""
        for part in self.kept.values():
            if isinstance(part, Mapping) and isinstance(part.get("provider"), int):
                yield part["provider"]
        for call in self.calls():
            if isinstance(call.get("provider"), int):
                yield call["provider"]
        yield from (one for one in self.kept.get("assigned") or () if isinstance(one, int))


FIELDS = {
    "frequency": "Sessions a week",
    "duration": "Minutes a session",
    "group_size": "Group size",
    "service": "Service",
    "language": "Language",
    "setting": "Setting",
    "starts": "Starts",
    "ends": "Ends",
    "status": "Status",
    "provider": "Provider",
    "first_attend": "First attended",
}
"""The fields of a line, in the order of a page."""


def say_value(field: str, value: Any, system: str, words: Words) -> str:  # noqa: ANN401 - as it was kept
    """Return a field's value in words; "" for nothing."""
    if value is None or value == "":
        return ""
    speak = SPOKEN.get(field)
    return speak(value, system, words) if speak else str(value)


def _date(value: Any, _system: str, words: Words) -> str:  # noqa: ANN401 - as it was kept
    day = parse_date(str(value)[:10])
    return say_date(day, words.today) if day else str(value)


def _moment(value: Any, _system: str, words: Words) -> str:  # noqa: ANN401 - as it was kept
    moment = parse_datetime(str(value))
    return cap(say_when(moment, words.now)) if moment and moment.tzinfo else _date(value, "", words)


def _at(value: Any, _system: str, words: Words) -> str:  # noqa: ANN401 - as it was kept
    """Return a moment, or a date, as it stands inside a sentence."""
    moment = parse_datetime(str(value))
    return say_when(moment, words.now) if moment and moment.tzinfo else _date(value, "", words)


def _day(value: Any, _system: str, words: Words) -> str:  # noqa: ANN401 - as it was kept
    """Return the New York day of a moment, or a date, in words."""
    moment = parse_datetime(str(value))
    return say_date(local_day(moment), words.today) if moment and moment.tzinfo else _date(value, "", words)


def _provider(value: Any, _system: str, words: Words) -> str:  # noqa: ANN401 - as it was kept
    return words.providers.get(value) or f"Number {value}, not known here"


def _status(value: Any, system: str, _words: Words) -> str:  # noqa: ANN401 - as it was kept
    kinds = {"cap": CapStatus, "sec": SecStatus}
    kind = kinds.get(system)
    return _listed(kind, value) if kind else str(value)


def _listed(kind: Any, value: Any) -> str:  # noqa: ANN401 - a closed list, and what may be in it
    try:
        return str(kind(value).label)
    except ValueError:
        return str(value)


def _of(kind: Any) -> Callable[[Any, str, Words], str]:  # noqa: ANN401 - a closed list
    return lambda value, _system, _words: _listed(kind, value)


SPOKEN: dict[str, Callable[[Any, str, Words], str]] = {
    "service": _of(Service),
    "language": _of(Language),
    "setting": _of(Setting),
    "kind": _of(IepKind),
    "transfer": _of(Transfer),
    "starts": _date,
    "ends": _date,
    "first_attend": _date,
    "session_on": _date,
    "approved": _date,
    "day": _day,
    "at": _at,
    "final": _moment,
    "transfer_at": _moment,
    "since": _moment,
    "received": _moment,
    "processed": _moment,
    "added": _moment,
    "assigned": _moment,
    "opened": _moment,
    "letter": _moment,
    "consent": _moment,
    "galaxy": _moment,
    "serves": _moment,
    "provider": _provider,
    "status": _status,
}
