"""Where a cause is worked on: its own page, where there is one, else it is handed over."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from compliance.kinds import Code
from compliance.mismatches.may import ELSEWHERE
from compliance.mismatches.narrowing import Narrowed
from compliance.mismatches.tallies import Cause
from providers.pages import address

ELSEWHERE_PAGES: dict[Code, tuple[str, str]] = {
    Code.NO_FIRST_ATTEND: ("Print call sheets", "call-sheets"),
}
"""Causes that are not handed over as a rule, with the words and the page of their act."""


def door_of(cause: Cause, narrowed: Narrowed, *, acts: bool) -> dict[str, Any]:
    """Return the one act of a cause: a page's address, or handing all its items over; empty where there is none."""
    page = ELSEWHERE_PAGES.get(cause.code)
    if page is not None:
        return {"label": page[0], "url": address(page[1], school=narrowed.school)}
    if acts and cause.entry.owner in ELSEWHERE and narrowed.tab in {"mine", "unassigned", "open"}:
        return {"label": f"Hand over all {cause.items}" if cause.items > 1 else "Hand it over", "only": cause.code.name}
    return {}


def code_url(code: Code) -> str:
    """Return the address of the page that explains a code."""
    return reverse("codes", args=[code.name])
