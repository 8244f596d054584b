"""Where a cause is worked on: its own page, where there is one, else it is handed over."""

from __future__ import annotations

from typing import Any

from compliance.kinds import Code
from compliance.mismatches.may import ELSEWHERE
from compliance.mismatches.narrowing import Narrowed
from compliance.mismatches.tallies import Cause
from compliance.queries.scope import may_act
from providers.pages import address
from providers.scope import Standing

PAGES: dict[Code, tuple[str, str]] = {
    Code.NO_FIRST_ATTEND: ("Print call sheets", "call-sheets"),
    Code.AWAITING_PROVIDER: ("Assign or log a vacancy", "assign"),
    Code.VACANCY_NOT_REPORTED: ("Assign or log a vacancy", "assign"),
    Code.NOT_IN_GALAXY: ("Open access", "access"),
    Code.NOT_IN_PETS: ("Open access", "access"),
    Code.NON_DOE_IN_GALAXY: ("Open access", "access"),
}
"""Causes that are worked on at a page of their own, with the words of the act."""

OF_ORCS: dict[Code, tuple[str, str]] = {
    Code.NO_TRANSMITTAL: ("Open vacancies", "vacancies"),
    Code.AGENCY_NOT_STARTED: ("Open vacancies", "vacancies"),
    Code.RSA_WITHOUT_AGENCIES: ("Open vacancies", "vacancies"),
    Code.RSA_UNUSED: ("Open vacancies", "vacancies"),
}
"""The same for what ORCS does itself and others hand over to it."""

TO_HAND_OVER = frozenset({"mine", "unassigned", "open"})
"""The tabs whose causes can be handed over whole."""


def page_of(code: Code, standing: Standing) -> tuple[str, str] | None:
    """Return the words and the page of a cause's act for somebody who acts, or None where it is handed over."""
    if not may_act(standing):
        return None
    return PAGES.get(code) or (OF_ORCS.get(code) if standing.is_orcs else None)


def door_of(cause: Cause, narrowed: Narrowed, standing: Standing) -> dict[str, Any]:
    """Return the one act of a cause: a page's address, or handing all its items over; empty where there is none."""
    page = page_of(cause.code, standing)
    if page is not None:
        return {"label": page[0], "url": address(page[1], school=narrowed.school)}
    whole = not narrowed.changed and narrowed.tab in TO_HAND_OVER
    if may_act(standing) and cause.entry.owner in ELSEWHERE and whole:
        return {"label": f"Hand over all {cause.items}" if cause.items > 1 else "Hand it over", "only": cause.code.name}
    return {}
