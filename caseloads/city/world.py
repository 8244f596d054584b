"""What every student of the city is made with: the moment, who serves, what is contracted, and fresh numbers."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from caseloads.city.contracting import Contracting
from caseloads.city.folk import Place
from caseloads.city.staff import Staff
from caseloads.city.times import Times


@dataclass(slots=True)
class Ids:
    """Ids of rows that point at one another, counted up from what the database has set aside."""

    students: Iterator[int]
    ieps: Iterator[int]
    mandates: Iterator[int]
    calls: Iterator[int]
    deliveries: Iterator[int]
    osis: Iterator[int]
    strangers: Iterator[int]


@dataclass(slots=True)
class World:
    """The city while it is made.

    ``hold`` tells whether independent providers are held back today, and ``hold_since`` from which moment on (R13).
    """

    rng: Random
    times: Times
    staff: Staff
    contracting: Contracting
    ids: Ids
    numbers: Iterator[str]
    hold: bool
    hold_since: int
    places: dict[str, list[Place]]
    """Schools of the city by district and borough, the first three letters of a DBN."""

    def near(self, place: Place) -> list[Place]:
        """Return the schools of a school's district, itself among them."""
        return self.places[place.dbn[:3]]

    @property
    def year(self) -> int:
        """The school year's first day."""
        return self.times.first


def counted(first: int) -> Iterator[int]:
    """Return numbers counted up."""
    return itertools.count(first)
