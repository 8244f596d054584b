"""Reading the access lists."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from providers.kinds import Affiliation
from tests.compliance.reader.days import day_of
from tests.compliance.reader.pupil import Case, covers
from tests.compliance.reader.said import OPEN, WAITING, Said
from tests.compliance.reader.world import Called, Listed, Times, World

DAY = timedelta(hours=24)


def listed(world: World, times: Times, number: int, at: int) -> list[Listed]:
    """Return the running lines of a provider on a school's Galaxy list."""
    today = day_of(times.at)
    return [
        one
        for one in world.galaxy
        if (one.provider, one.at) == (number, at) and one.added <= times.at and (one.ends is None or one.ends >= today)
    ]


def in_pets(world: World, number: int) -> bool:
    """Return whether PETS has an active and eligible line of a provider."""
    return any(one.provider == number and one.active and one.eligible for one in world.pets)


def has_access(case: Case, call: Called) -> bool:
    """Return whether the caller can work in SESIS at the call's school."""
    person = case.person(call.provider)
    if person.affiliation != Affiliation.DOE:
        return in_pets(case.world, person.number)
    return any(one.added <= case.times.at - DAY for one in listed(case.world, case.times, person.number, call.at))


def serves_at(cases: list[Case]) -> set[tuple[int, int]]:
    """Return who serves where: provider numbers and 0 or 1."""
    found = set()
    for case in cases:
        at = case.school_on(case.day)
        document = case.governing(case.day)
        if at is None or document is None:
            continue
        for line in (one for one in document.lines if covers(one.starts, one.ends, case.day)):
            found |= {(one.provider, at) for one in case.assigned_to(line)}
    return found


def read_places(world: World, times: Times, cases: list[Case]) -> Iterator[Said]:
    """Yield what is wrong with access, by provider and school (R6, R9)."""
    for number, at in serves_at(cases):
        place = world.dbns[at]
        if world.people[number].affiliation == Affiliation.DOE:
            running = listed(world, times, number, at)
            if not running:
                yield Said("NOT_IN_GALAXY", OPEN, provider=number, place=place)
            elif all(one.added > times.at - DAY for one in running):
                yield Said("NOT_IN_GALAXY", WAITING, provider=number, place=place)
        elif not in_pets(world, number):
            yield Said("NOT_IN_PETS", OPEN, provider=number, place=place)
    wrong = {(one.provider, one.at) for one in world.galaxy if one in listed(world, times, one.provider, one.at)}
    for number, at in wrong:
        if world.people[number].affiliation != Affiliation.DOE:
            yield Said("NON_DOE_IN_GALAXY", OPEN, provider=number, place=world.dbns[at])
