"""Whom a user may see, worked out a second time.

This is the rule in plain steps over plain lists. It shares nothing with the product's queries on purpose: two ways of
saying the same thing that agree are evidence, one way said twice is not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from tests.oracle.world import Grant, World

COORDINATOR, HEAD, PROVIDER, AGENCY, ORCS, AUDITOR, ADMINISTRATOR = range(1, 8)


class Spanned(Protocol):
    """Anything that runs between two days, both included, or without an end."""

    @property
    def starts(self) -> date: ...
    @property
    def ends(self) -> date | None: ...


@dataclass(frozen=True)
class Sight:
    """``always`` may be shown at any time; ``on_asking`` only once the user has typed their number (a first call)."""

    always: frozenset[int] = frozenset()
    on_asking: frozenset[int] = frozenset()

    def __or__(self, other: Sight) -> Sight:
        """Return both together."""
        return Sight(self.always | other.always, self.on_asking | other.on_asking)


def runs(row: Spanned, on: date) -> bool:
    """Return whether a dated row covers a day."""
    return row.starts <= on and (row.ends is None or on <= row.ends)


def sight_of(user: int | None, world: World) -> Sight:
    """Return whom a user may see today; nobody for somebody who is not signed in."""
    sight = Sight()
    for grant in world.grants:
        if grant.user == user and runs(grant, world.today):
            sight |= granted(grant, world)
    return sight


def granted(grant: Grant, world: World) -> Sight:
    """Return whom one grant opens."""
    if grant.standing == ADMINISTRATOR or (grant.standing in (ORCS, AUDITOR) and grant.borough is None):
        return Sight(frozenset(student.id for student in world.students))
    if grant.standing in (ORCS, AUDITOR):
        return at_schools({school.id for school in world.schools if school.within == grant.borough}, world)
    if grant.school is not None:
        return at_schools({grant.school}, world)
    if grant.provider is not None:
        return of_provider(grant.provider, world)
    assert grant.agency is not None
    return of_agency(grant.agency, world)


def at_schools(schools: set[int], world: World) -> Sight:
    """Return who is enrolled at these schools today, whom a call was made for there, and who is still on a caseload.

    The last may have left: it is the school's to end what is kept of them.
    """
    kept = {pair.student for pair in world.kept if pair.other in schools}
    enrolled = {row.who for row in world.enrolments if row.where in schools and runs(row, world.today)}
    called = {call.student for call in world.calls if call.school in schools}
    return Sight(frozenset(enrolled | called | kept))


def of_provider(provider: int, world: World) -> Sight:
    """Return whom a provider serves or has called for; and, on asking, who else is at a school they work at."""
    served = {row.student for row in world.assignments if row.provider == provider and runs(row, world.today)}
    called = {call.student for call in world.calls if call.provider == provider}
    entered = {pair.student for pair in world.entries + world.letters if pair.other == provider}
    agency = next((row.within for row in world.providers if row.id == provider), None)
    sent = {pair.student for pair in world.transmittals if agency is not None and pair.other == agency}
    schools = {row.where for row in world.placements if row.who == provider and runs(row, world.today)}
    present = {row.who for row in world.enrolments if row.where in schools and runs(row, world.today)}
    return Sight(frozenset(served | called | entered), frozenset(present | sent))


def of_agency(agency: int, world: World) -> Sight:
    """Return who was transmitted to an agency, and whom its own providers serve or have called for."""
    sent = {pair.student for pair in world.transmittals if pair.other == agency}
    own = {row.id for row in world.providers if row.within == agency}
    served = {row.student for row in world.assignments if row.provider in own and runs(row, world.today)}
    called = {call.student for call in world.calls if call.provider in own}
    return Sight(frozenset(sent | served | called))
