"""Browsers and forms on the way of a vacancy."""

from __future__ import annotations

from typing import Any

from django.test import Client

from caseloads.models import Vacancy
from providers.kinds import Borough
from providers.models.grant import Standing
from tests import build
from tests.caseloads.contracting.scene import SINCE, Bench
from tests.caseloads.views.people import as_agency, browser

LIST, NEW = "/vacancies/", "/vacancies/new/"
CHANGE, RECORD = f"{NEW}change/", f"{NEW}record/"


def as_designee_of(here: Bench) -> Client:
    """Return the browser of the school's designee."""
    return browser(here.designee)


def as_orcs_of(here: Bench) -> Client:
    """Return the browser of ORCS for the school's borough."""
    return browser(here.orcs)


def as_agent_of(here: Bench) -> Client:
    """Return the browser of the first agency's representative."""
    return as_agency(here.agency)


def as_stranger_of_orcs() -> Client:
    """Return the browser of ORCS in another borough."""
    user = build.user()
    build.grant(user, Standing.ORCS, borough=Borough.QUEENS)
    return browser(user)


def typed(here: Bench, **changes: Any) -> dict[str, Any]:
    """Return the vacancy form's fields as sent."""
    whole = {
        "school": here.school.dbn,
        "service": "speech",
        "language": "english",
        "mandates": here.ids,
        "since": f"{SINCE:%m/%d/%Y}",
        "note": "The room is free Monday to Thursday.",
    }
    return whole | changes


def page(of: Vacancy, act: str = "") -> str:
    """Return the address of a vacancy, or of an act on it."""
    return f"{LIST}{of.pk}/{act}"
