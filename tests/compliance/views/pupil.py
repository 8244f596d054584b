"""A student's page as somebody gets it, and what a test puts onto it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from caseloads.kinds import EntryState
from caseloads.models import Entry, Mandate
from providers.kinds import Route
from providers.models import Agency
from tests import build
from tests.caseloads.calls import Scene
from tests.caseloads.views.people import as_coordinator

DAY = timedelta(days=1)


def address(mandate: Mandate) -> str:
    """Return the address of a mandate's student."""
    return f"/students/{mandate.student_id}/"


def page(here: Scene) -> dict[str, Any]:
    """Return the student's page as the school's coordinator gets it."""
    return dict(as_coordinator(here.school).get(address(here.mandate)).context["student"])


def entry(here: Scene, mandate: Mandate, state: EntryState = EntryState.OPEN, **columns: Any) -> Entry:
    """Put a mandate onto the provider's caseload in SESIS."""
    known = {"provider": here.provider, "school": here.school, "since": build.NOW, "student": mandate.student}
    held_for = Route.GALAXY if state is EntryState.HELD else None
    return Entry.objects.create(**{"mandate": mandate, "state": state, "held_for": held_for, **known} | columns)


def agency_of(here: Scene) -> Agency:
    """Return an agency to which the student's service was transmitted."""
    agency = build.agency()
    build.transmittal(here.mandate, build.contract(agency))
    return agency
