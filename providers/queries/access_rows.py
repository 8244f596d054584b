"""A place without access to SESIS in words: why, who acts, and what the reader may do about it (R6, R9)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse

from orcs_portal.shared.say import say_when
from providers.kinds import Affiliation, Route
from providers.models import AccessRequest
from providers.policy.rules import access_missing, access_owner, registration_refused
from providers.policy.verdict import AccessOwner
from providers.queries.access import Place
from providers.scope import Standing

OWNERS = {
    AccessOwner.SCHOOL: "The head of school",
    AccessOwner.AGENCY: "The agency",
    AccessOwner.ORCS: "ORCS",
}


def rows_of(
    places: list[Place], requests: Mapping[int, AccessRequest], *, standing: Standing, now: datetime
) -> list[dict[str, Any]]:
    """Return the rows of a page; no query."""
    return [_Row(place, requests, standing, now).shown() for place in places]


class _Row:
    """Puts one place into words."""

    def __init__(self, place: Place, requests: Mapping[int, AccessRequest], standing: Standing, now: datetime) -> None:
        self.place, self.standing, self.now = place, standing, now
        self.provider = place.provider
        self.affiliation = Affiliation(self.provider.affiliation)
        self.request = requests.get(place.asked or 0)
        self.opener = access_owner(self.affiliation)
        self.advice = access_missing(self.affiliation)

    def shown(self) -> dict[str, Any]:
        """Return the row."""
        place, provider = self.place, self.provider
        return {
            "provider_name": provider.full_name,
            "number": provider.number,
            "role": provider.get_role_display(),
            "works_for": str(provider.agency or provider.get_affiliation_display()),
            "school": str(place.school),
            "opening": place.opened if place.opening else None,
            "healed": place.healed,
            "why": self._why(),
            "rule": self.advice.rule,
            "owner": "Nobody" if place.opening or place.healed else self._owner(),
            "asked": self._asked(),
            "acts": [] if place.opening or place.healed else self._acts(),
        }

    def _why(self) -> str:
        """Return what stands in the way, as the lists say it."""
        place = self.place
        if place.opening:
            return "Added to Galaxy; SESIS follows within a day"
        if place.route == Route.GALAXY:
            if place.added is None:
                return "Not on the school's Galaxy list"
            return f"On Galaxy's list since {say_when(place.added, self.now)}, but SESIS has not followed"
        if place.eligible:
            return "Active in PETS, but SESIS is not open at this school"
        return "In PETS, but not active and eligible" if place.listed else "Not in PETS"

    def _owner(self) -> str:
        if self.opener is AccessOwner.AGENCY and self.request is not None and self.request.passed_on is not None:
            return "ORCS, as the central office"
        return OWNERS[self.opener]

    def _asked(self) -> str:
        """Return who asked and when, and what became of it."""
        if self.request is None:
            return ""
        said = f"{self.request.asked_by} asked {say_when(self.request.asked, self.now)}."
        if self.request.passed_on is not None:
            said += f" Passed on to the central office {say_when(self.request.passed_on, self.now)}."
        return said

    def _acts(self) -> list[dict[str, Any]]:
        """Return the acts this reader may take on the row, the one that ends it first."""
        acts = [self._galaxy(), self._register(), self._pass_on(), self._ask()]
        return [act for act in acts if act is not None][:1]

    def _galaxy(self) -> dict[str, Any] | None:
        """Offer the head to add DOE staff to Galaxy (R6)."""
        if self.place.route != Route.GALAXY or self.place.school_id not in self.standing.head.schools:
            return None
        return self._act("access-galaxy-place", "Add to Galaxy")

    def _register(self) -> dict[str, Any] | None:
        """Offer ORCS to register as the central office what was passed on to it (R9)."""
        if self.request is None or self.request.route != Route.PETS or not self._orcs_runs():
            return None
        passed_on = self.request.passed_on is not None
        if registration_refused(self.affiliation, passed_on=passed_on) is not None:
            return None
        url = reverse("access-register", args=[self.request.pk])
        return {"url": url, "label": "Register in PETS", "whom": self.provider.full_name}

    def _pass_on(self) -> dict[str, Any] | None:
        """Offer the agency, or ORCS for an independent provider, to ask the central office (R9)."""
        if self.place.route != Route.PETS or (self.request is not None and self.request.passed_on is not None):
            return None
        if self.opener is AccessOwner.AGENCY:
            mine = self.provider.agency_id in self.standing.agencies
        else:
            mine = self._orcs_runs()
        return self._act("access-pets", "Ask the central office") if mine else None

    def _ask(self) -> dict[str, Any] | None:
        """Offer the school to ask, once (R6, R9)."""
        if self.request is not None or self.place.school_id not in self.standing.active_schools:
            return None
        whom = {AccessOwner.SCHOOL: "Ask the head", AccessOwner.AGENCY: "Ask the agency"}
        label = whom.get(self.opener, "Ask ORCS")
        return self._act("access-ask", label) | {"route": Route(self.place.route).slug}

    def _orcs_runs(self) -> bool:
        """Return whether this reader is ORCS for the school."""
        return self.standing.orcs_citywide or self.place.school.borough in self.standing.orcs_boroughs

    def _act(self, name: str, label: str) -> dict[str, Any]:
        return {"url": reverse(name, args=[self.place.pk]), "label": label, "whom": self.provider.full_name}
