"""Who serves: people with room on their caseloads, found or taken on as lines come."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator
from random import Random

from caseloads.city.folk import Person, Place, Post, Registered
from caseloads.city.numbers import names
from caseloads.city.shares import BY_SERVICE
from caseloads.city.times import MINUTES, Times, instant
from orcs_portal.shared.clock import local_day
from providers.kinds import Affiliation, Language, Role, Service
from providers.policy.rules import call_due, gate, may_be_added_to_galaxy, route_into_sesis
from providers.policy.verdict import Paper

Pool = tuple[str, Role, int, int | None]


class Staff:
    """Everybody of the city who serves, by what they do, in which language, and where."""

    def __init__(self, rng: Random, times: Times, *, first_id: int, first_number: int) -> None:
        self.rng = rng
        self.times = times
        self.people: list[Person] = []
        self.ids = itertools.count(first_id)
        self.numbers = itertools.count(first_number)
        self.open: dict[Pool, list[Person]] = defaultdict(list)
        self.written = 0

    def serving(self, place: Place, service: int, language: int, *, agency: int | None = None) -> Person:
        """Return somebody with room for one more student, and count that student."""
        kind = BY_SERVICE[Service(service)]
        roving = kind.roving or language != Language.ENGLISH or agency is not None
        where = place.dbn[:3] if roving else place.dbn
        pool = self.open[where, kind.given_by, language, agency]
        if not pool or pool[-1].load >= pool[-1].limit:
            pool.append(self.hire(kind.given_by, agency=agency, limit=self.rng.randrange(*kind.room)))
        person = pool[-1]
        person.load += 1
        self.post(person, place)
        return person

    def another(self, place: Place, service: int, *, agency: int | None = None) -> Person:
        """Return somebody new at a school, who serves nobody else."""
        person = self.hire(BY_SERVICE[Service(service)].given_by, agency=agency)
        self.post(person, place)
        return person

    def hire(self, role: Role, *, agency: int | None = None, independent: bool = False, limit: int = 1) -> Person:
        """Return somebody new, employed by the DOE, an agency, or nobody."""
        affiliation = Affiliation.RSA if independent else Affiliation.DOE if agency is None else Affiliation.AGENCY
        first, last = names(self.rng)
        person = Person(
            id=next(self.ids),
            number=next(self.numbers),
            name=f"{first} {last}",
            affiliation=affiliation,
            role=role,
            agency=agency,
            paper=self._paper(affiliation),
            calls=call_due(role),
            route=route_into_sesis(affiliation),
            limit=limit,
        )
        if not may_be_added_to_galaxy(affiliation):
            person.pets.append(Registered(vendor=""))
        self.people.append(person)
        return person

    def _paper(self, affiliation: Affiliation) -> Paper:
        today = local_day(instant(self.times.at))
        return gate(affiliation, transmittal_on=None, rsa_letter_on=None, today=today).paper

    def post(self, person: Person, place: Place) -> Post:
        """Return somebody's post at a school, which begins with the school year's staff; with access, by their way."""
        if (post := person.posts.get(place.id)) is not None:
            return post
        begins = self.times.on(self.times.staff, 9)
        in_galaxy = may_be_added_to_galaxy(person.affiliation)
        post = Post(
            school=place,
            starts=self.times.staff,
            access=begins + MINUTES,
            listed=begins if in_galaxy else None,
        )
        person.posts[place.id] = post
        return post

    def not_yet_written(self) -> Iterator[Person]:
        """Yield people taken on since this was last asked."""
        yield from self.people[self.written :]
        self.written = len(self.people)
