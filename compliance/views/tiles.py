"""The numbers that Today follows, each a link to the list of exactly that many rows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from compliance.kinds import Code
from compliance.mismatches import today as queries
from compliance.mismatches.account import Account
from compliance.mismatches.ages import Ages
from compliance.mismatches.narrowing import Narrowed
from compliance.queries.scope import may_act
from orcs_portal.shared.clock import local_day
from orcs_portal.shared.moment import Moment
from providers.pages import address
from providers.scope import Standing


def tiles(
    standing: Standing, balance: Account, numbers: queries.Numbers, counted: Ages, *, at: Moment
) -> list[dict[str, Any]]:
    """Return the numbers to follow, each with the list of exactly that many rows."""
    own = [
        {
            "name": "Mine",
            "number": balance.mine,
            "url": Narrowed(tab="mine").address(),
            "note": f"{balance.late} overdue" if balance.late else "None overdue",
            "tone": "bad" if balance.late else "",
        },
        {
            "name": "Unassigned",
            "number": balance.unassigned,
            "url": Narrowed(tab="unassigned").address(),
            "note": _oldest(balance.oldest, counted),
            "tone": "",
        },
    ]
    rest = [
        {
            "name": "Calls due",
            "number": numbers.calls_due,
            "url": Narrowed(tab="due", code=Code.NO_FIRST_ATTEND).address(),
            "note": f"{numbers.calls_late} late" if numbers.calls_late else "None late",
            "tone": "due" if numbers.calls_late else "",
        },
        {
            "name": "May not call yet",
            "number": numbers.gated,
            "url": Narrowed(tab="due", code=Code.NO_TRANSMITTAL).address(),
            "note": "No transmittal so far (R8)",
            "tone": "",
        },
    ]
    return [*(own if may_act(standing) else []), *rest, *_vacancies(standing, at)]


def _vacancies(standing: Standing, at: Moment) -> list[dict[str, Any]]:
    """Return the tile of vacancies, for who oversees schools."""
    if not (standing.citywide or standing.boroughs or standing.active_schools):
        return []
    number, minutes = queries.vacancies(standing, today=at.today)
    note = "Reported, and nobody serves" if minutes is None else f"{minutes} minutes unserved a week"
    return [
        {"name": "Vacancies open", "number": number, "url": address("vacancies", tab="open"), "note": note, "tone": ""}
    ]


def _oldest(opened: datetime | None, counted: Ages) -> str:
    if opened is None:
        return "Every item has somebody"
    days = counted.age(None, local_day(opened))
    return f"Oldest: {days} school day{'' if days == 1 else 's'}"
