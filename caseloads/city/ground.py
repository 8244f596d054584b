"""What stands still before a student comes: schools with their days, the hold, and how the systems behave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from random import Random

from caseloads.city import invented
from caseloads.city.accounts import Accounts
from caseloads.city.folk import Place
from caseloads.city.times import SchoolDays, Times, instant, minute
from caseloads.city.yearbook import close_some, school_days, term_at, times_at
from caseloads.demonstration.staff import HARBOR_VIEW
from caseloads.demonstration.staff import SCHOOLS as SCENES
from caseloads.kinds import System
from caseloads.models import SystemSetting
from orcs_portal.shared.clock import at_local, local_day
from providers.directory import Listed, load_directory
from providers.kinds import Borough
from providers.models import PolicySwitch, School
from providers.policy.facts import Switch
from providers.policy.rules import hold_on

SESIS_LAGS = {"lag_min": 120, "lag_max": 600, "lag_promise": 2880}
GRADES = "0K,01,02,03,04,05"
HOLD_REASON = "Contracts with agencies come first."


@dataclass(frozen=True, slots=True)
class Ground:
    """The city's schools, the moment, and since when independent providers are held back, if they are.

    ``featured`` is the place among the schools of the demonstration's first one, where it is there.
    """

    times: Times
    places: list[Place]
    featured: int | None
    hold: bool
    hold_since: int


def lay(listed: Sequence[Listed] | None, accounts: Accounts, rng: Random, *, at: datetime) -> Ground:
    """Lay the ground for a city at a moment; ``listed`` are its schools, None where they are there or invented."""
    term = term_at(local_day(at))
    times = times_at(at, term)
    rows = _schools(listed, now=at)
    ours = [row for row in rows if row.dbn not in SCENES]
    coordinators = accounts.of_schools(ours)
    close_some([row.pk for row in ours], school_days(times, ())[None], times, rng)
    days = school_days(times, [row.pk for row in rows])
    calendars = {school: SchoolDays(own, times) for school, own in days.items()}
    places = [
        Place(
            id=row.pk,
            dbn=row.dbn,
            borough=Borough(row.borough),
            grades=_grades(row),
            days=calendars.get(row.pk, calendars[None]),
            coordinator=coordinators.get(row.pk, accounts.orcs),
            ours=row.pk in coordinators,
        )
        for row in rows
    ]
    for system in System:
        SystemSetting.objects.get_or_create(system=system, defaults=SESIS_LAGS if system == System.SESIS else {})
    featured = next((index for index, one in enumerate(places) if not one.ours), None)
    return Ground(times, places, featured, *_hold(times, accounts))


def _schools(listed: Sequence[Listed] | None, *, now: datetime) -> list[School]:
    """Return the schools of a directory, else those that are there, else invented ones.

    Those of the hand-written scenes are left alone, but for the first, which has students of both.
    """
    others = School.objects.exclude(dbn__in=SCENES)
    if listed is None and not others.exists():
        listed = invented.schools()
    if listed is not None:
        load_directory(listed=listed, now=now)
        others = others.filter(dbn__in=[one.dbn for one in listed])
    return [*others.order_by("dbn"), *School.objects.filter(dbn=HARBOR_VIEW)]


def _grades(row: School) -> tuple[str, ...]:
    """Return a school's grades as enrolments name them: ``K`` and ``3`` for the directory's ``0K`` and ``03``."""
    named = [one for one in row.grades.split(",") if one not in {"", "SE", "PK"}] or GRADES.split(",")
    return tuple(one.lstrip("0") for one in named)


def _hold(times: Times, accounts: Accounts) -> tuple[bool, int]:
    """Return whether the hold is on at the moment, and since when; without any switch it begins with the year (R13)."""
    switches = PolicySwitch.objects.filter(rule=PolicySwitch.Rule.RSA_HOLD)
    if not switches.exists():
        starts = date.fromordinal(times.staff)
        PolicySwitch.objects.create(
            rule=PolicySwitch.Rule.RSA_HOLD,
            starts=starts,
            on=True,
            reason=HOLD_REASON,
            set_by_id=accounts.orcs,
            set_at=at_local(starts, 9),
        )
    rows = list(switches.values_list("starts", "on"))
    today = local_day(instant(times.at))
    since = max((starts for starts, on in rows if on and starts <= today), default=today)
    return hold_on(today, [Switch(starts, on) for starts, on in rows]), minute(at_local(since, 0))
