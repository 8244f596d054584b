"""What the frame of every page shows: where one is, the rooms one has, and who one is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.dateparse import parse_datetime

from orcs_portal.shared.clock import world_now
from providers.kinds import Borough
from providers.middleware import standing_of_request
from providers.scope import Standing, places

SIGNED_IN_AT = "signed_in_at"


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return the frame's context; for somebody not signed in, hardly any of it."""
    user = getattr(request, "user", None)
    base = {"now": world_now(), "demo": settings.DEMO, "idle_minutes": settings.SESSION_COOKIE_AGE // 60}
    if user is None or not user.is_authenticated:
        return {
            "frame": {**base, "place": "", "rooms": [], "finds": False, "who": None, "places": [], "signed_in_at": None}
        }
    standing = standing_of_request(request)
    schools = places(standing)
    chosen = next((one for one in schools if one.pk == standing.chosen), None)
    return {
        "frame": {
            **base,
            "place": str(chosen) if chosen else _place(standing, [str(one) for one in schools]),
            "places": _places(schools, standing),
            "rooms": _rooms(request, standing),
            "finds": standing.is_provider or standing.oversees,
            "who": {"name": user.full_name, "role": ", ".join(standing.labels) or "No role at present"},
            "signed_in_at": _signed_in_at(request),
        }
    }


def _place(standing: Standing, schools: list[str]) -> str:
    """Return where somebody without a chosen school is."""
    if len(schools) == 1:
        return schools[0]
    if schools:
        return f"All {len(schools)} schools"
    if standing.citywide:
        return "All schools"
    if standing.boroughs:
        return ", ".join(str(Borough(one).label) for one in sorted(standing.boroughs))
    return "Your own students" if standing.is_provider else "ORCS Portal"


def _places(schools: list[Any], standing: Standing) -> list[dict[str, Any]]:
    if len(schools) < 2:  # noqa: PLR2004 - a switch needs two
        return []
    every = {"value": "", "label": f"All {len(schools)} schools", "chosen": standing.chosen is None}
    return [every, *({"value": one.pk, "label": str(one), "chosen": one.pk == standing.chosen} for one in schools)]


@dataclass(frozen=True, slots=True)
class Room:
    """A room of the masthead: its first page's name, who has it, and the names of the pages that belong to it.

    A page whose name begins with ``here`` and a dash belongs to it too, such as ``vacancy-new`` to Vacancies.
    """

    name: str
    label: str
    has: Callable[[Standing], bool]
    pages: frozenset[str] = frozenset()
    here: str = ""

    def holds(self, page: str) -> bool:
        """Return whether a page belongs to the room."""
        return page == self.name or page in self.pages or bool(self.here and page.startswith(f"{self.here}-"))


def _oversees_schools(standing: Standing) -> bool:
    return standing.citywide or bool(standing.boroughs or standing.schools)


MISMATCHES = frozenset({"mismatch", "mismatches-hand-over", "mismatches-assign", "codes", "call-sheets", "lines"})
CONTRACTING = frozenset(
    {"vacancy", "assign", "assign-choose", "assign-record", "assign-one", "assign-end", "contacts", "rsa-hold"}
    | {"contact-school", "contact-orcs", "offer-answer"}
)
ROOMS = (
    Room("today", "Today", lambda standing: standing.oversees),
    Room("mismatches", "Mismatches", lambda standing: standing.oversees, MISMATCHES, "mismatch"),
    Room("caseload", "My caseload", lambda standing: standing.is_provider),
    Room(
        "call-new",
        "Record a first call",
        lambda standing: standing.calls,
        frozenset({"call-change", "call-record"}),
    ),
    Room("calls", "Calls", lambda standing: standing.is_provider or standing.oversees, frozenset({"call", "parked"})),
    Room("vacancies", "Vacancies", lambda standing: standing.oversees, CONTRACTING, "vacancy"),
    Room("sec-report", "SEC report", _oversees_schools),
    Room("access", "Access", lambda standing: standing.oversees, here="access"),
    Room("simulator", "Simulator", lambda standing: settings.DEMO and bool(standing.kinds)),
    Room("admin:index", "Administration", lambda standing: standing.is_admin, frozenset({"index"})),
)


def _rooms(request: HttpRequest, standing: Standing) -> list[dict[str, Any]]:
    """Return the rooms that are this person's."""
    match = getattr(request, "resolver_match", None)
    here = (match.url_name or "") if match else ""
    return [
        {"label": room.label, "url": reverse(room.name), "count": None, "current": room.holds(here)}
        for room in ROOMS
        if room.has(standing)
    ]


def _signed_in_at(request: HttpRequest) -> datetime | None:
    said = request.session.get(SIGNED_IN_AT, "")
    return parse_datetime(said) if said else None
