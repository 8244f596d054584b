"""What the frame of every page shows: where one is, the rooms one has, and who one is."""

from __future__ import annotations

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
        return {"frame": {**base, "place": "", "rooms": [], "who": None, "places": [], "signed_in_at": None}}
    standing = standing_of_request(request)
    schools = places(standing)
    chosen = next((one for one in schools if one.pk == standing.chosen), None)
    return {
        "frame": {
            **base,
            "place": str(chosen) if chosen else _place(standing, [str(one) for one in schools]),
            "places": _places(schools, standing),
            "rooms": _rooms(request, standing),
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


def _rooms(request: HttpRequest, standing: Standing) -> list[dict[str, Any]]:
    """Return the rooms that exist and are this person's."""
    match = getattr(request, "resolver_match", None)
    here = match.url_name if match else ""
    wanted = [
        ("caseload", "My caseload", standing.is_provider, {"caseload"}),
        ("call-new", "Record a first call", standing.is_provider, {"call-new", "call-change", "call-record"}),
        ("calls", "Calls", standing.is_provider or standing.oversees, {"calls", "call", "parked"}),
        ("simulator", "Simulator", settings.DEMO and bool(standing.kinds), {"simulator"}),
        ("admin:index", "Administration", standing.is_admin, {"index"}),
    ]
    return [
        {"label": label, "url": reverse(name), "count": None, "current": here in current}
        for name, label, has, current in wanted
        if has
    ]


def _signed_in_at(request: HttpRequest) -> datetime | None:
    said = request.session.get(SIGNED_IN_AT, "")
    return parse_datetime(said) if said else None
