"""The tile that says whether the three systems agree: each number a link to the lines behind it."""

from __future__ import annotations

from typing import Any

from compliance.mismatches.lines import Agreement, agreement_of, wide
from orcs_portal.shared.moment import Moment
from providers.pages import address
from providers.scope import Standing

SOURCES = {"sesis": ("SESIS", ""), "cap": ("CAP", "sesis"), "sec": ("SEC", "cap")}
"""Each system with the one that it is measured against."""


def context(standing: Standing, *, at: Moment) -> dict[str, Any] | None:
    """Return what the tile shows; None for who oversees no school, or before the first count."""
    counted = agreement_of(standing, at=at)
    if counted is None:
        return None
    most = max(1, counted.sesis, counted.cap, counted.sec)
    return {
        "systems": [_system(key, counted, most) for key in SOURCES],
        "apart": counted.apart,
        "explained": counted.explained,
        "explained_url": address("lines", view="explained"),
        "unexplained": counted.unexplained,
        "unexplained_url": address("lines", view="unexplained"),
        "as_of": counted.as_of,
        "live": not wide(standing),
    }


def _system(key: str, counted: Agreement, most: int) -> dict[str, Any]:
    name, against = SOURCES[key]
    number = counted.number(key)
    return {
        "name": name,
        "number": number,
        "url": address("lines", view=key),
        "width": f"{100 * number / most:.4g}",
        "why": _why(number, against, counted),
    }


def _why(number: int, against: str, counted: Agreement) -> str:
    """Return how many more or fewer lines a system holds than the one it copies."""
    if not against:
        return "Mandates on final IEPs. This is the binding record."
    name, apart = SOURCES[against][0], number - counted.number(against)
    if apart == 0:
        return f"As many as {name}."
    return f"{abs(apart)} {'more' if apart > 0 else 'fewer'} than {name}."
