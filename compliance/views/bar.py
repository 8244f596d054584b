"""The bar below a list that acts on what was ticked, and what its form carries."""

from __future__ import annotations

from typing import Any

from django.utils.http import urlencode

from compliance.forms import AssignForm, HandOverForm
from compliance.mismatches.ages import Ages, ages
from compliance.mismatches.narrowing import Narrowed, write_moment
from compliance.queries.rows import User
from compliance.queries.scope import may_act, staff_of
from orcs_portal.shared.moment import Moment
from providers.scope import Standing

USUAL_DAYS = 5
"""School days until one looks again, where nothing else is said."""


def context(standing: Standing, narrowed: Narrowed, me: User, *, at: Moment) -> dict[str, Any]:
    """Return the bar's forms; nothing for somebody who only looks."""
    if not may_act(standing):
        return {"acts": False}
    counted = ages(standing.active_schools, at.today)
    return {
        "acts": True,
        "list": urlencode(narrowed.parts()),
        "shown": write_moment(at.world),
        "hand_over": hand_over_form(counted, ticket=True),
        "assign": AssignForm(me=me, colleagues=staff_of(standing.acting.active_schools, at.today)),
    }


def hand_over_form(counted: Ages, *, ticket: bool, school: int | None = None, days: int = USUAL_DAYS) -> HandOverForm:
    """Return an unsent form with a school day to look again that is usual."""
    return HandOverForm(
        calendar=counted.calendar(school),
        today=counted.today,
        ticket=ticket,
        initial={"look_again": counted.in_days(school, days) or counted.year.last_day},
    )
