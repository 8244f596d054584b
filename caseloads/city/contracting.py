"""What is contracted out: who is contracted for what, vacancies with their answers, transmittals and letters."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from random import Random

from caseloads.city.folk import Person, Place
from caseloads.city.records import Letter, Line, Offered, Pupil, Transmitted, Vacant
from caseloads.city.times import MINUTES, Times
from caseloads.models import Offer, Vacancy

ACCEPTED, DECLINED = Offer.Answer.ACCEPTED.value, Offer.Answer.DECLINED.value
FILLED, WITHDRAWN = Vacancy.Closing.FILLED.value, Vacancy.Closing.WITHDRAWN.value
Key = tuple[int, int, int]
"""A service and a language, of a borough or of a school."""


@dataclass(frozen=True, slots=True)
class Contracted:
    """An agency's contract; ``ours`` is False for one that was there before the city."""

    id: int
    agency: int
    starts: int
    ends: int | None = None
    ours: bool = True

    def runs(self, day: int) -> bool:
        """Return whether it covers a day."""
        return self.starts <= day and (self.ends is None or day <= self.ends)


class Contracting:
    """Contracts by borough, and what came of them."""

    def __init__(self, rng: Random, times: Times, *, first_vacancy: int, first_letter: int) -> None:
        self.rng = rng
        self.times = times
        self.contracts: dict[Key, list[Contracted]] = defaultdict(list)
        self.taken: set[Key] = set()
        """Schools' services whose open vacancy is another's: of those nothing is vacant in the city."""
        self.vacancies: list[Vacant] = []
        self.still_open: dict[Key, Vacant] = {}
        self.ids = itertools.count(first_vacancy)
        self.letters = itertools.count(first_letter)
        self.written = 0

    def contracted(self, place: Place, service: int, language: int, day: int | None = None) -> list[Contracted]:
        """Return who is contracted for a service in a language in a school's borough on a day, or (None) today."""
        on = self.times.day if day is None else day
        return [one for one in self.contracts.get((place.borough, service, language), ()) if one.runs(on)]

    def of_ours(self, place: Place, service: int, language: int) -> Contracted | None:
        """Return a running contract of an agency of the city, or None where there is none."""
        ours = [one for one in self.contracted(place, service, language) if one.ours]
        return self.rng.choice(ours) if ours else None

    def may_be_vacant(self, place: Place, service: int, language: int) -> bool:
        """Return whether a vacancy of the city may be open here."""
        return (place.id, service, language) not in self.taken

    def vacant(self, place: Place, lines: Iterable[Line], *, logged: int) -> Vacant:
        """Name lines of one service and language in the school's open vacancy, logged by then at the latest."""
        named = list(lines)
        key = (place.id, named[0].service, named[0].language)
        found = self.still_open.get(key)
        if found is None:
            found = self.still_open[key] = self._log(place, named[0], logged)
        found.logged = min(found.logged, logged)
        found.since = min(found.since, self.times.day_of(found.logged))
        found.lines += named
        return found

    def over(self, place: Place, lines: Iterable[Line], *, logged: int, closed: int, closing: int = FILLED) -> Vacant:
        """Return a vacancy that was closed again."""
        named = list(lines)
        found = self._log(place, named[0], logged)
        found.lines += named
        found.closed, found.closing = closed, closing
        return found

    def _log(self, place: Place, line: Line, logged: int) -> Vacant:
        found = Vacant(
            id=next(self.ids),
            school=place,
            service=line.service,
            language=line.language,
            since=self.times.day_of(logged) - self.rng.randrange(3),
            logged=logged,
        )
        self.vacancies.append(found)
        return found

    def declined(self, vacancy: Vacant, agencies: Iterable[int], *, at: int) -> None:
        """Let agencies decline a vacancy."""
        vacancy.offers += [Offered(agency, at - MINUTES, DECLINED, at) for agency in agencies]

    def transmit(self, pupil: Pupil, place: Place, lines: list[Line], contract: Contracted, *, processed: int) -> None:
        """Send an agency the transmittal for a student's lines, after it accepted the vacancy; once is enough."""
        key = (contract.agency, lines[0].service, lines[0].language)
        if key in {(one.agency, one.service, one.language) for one in pupil.transmittals}:
            return
        accepted = processed - MINUTES
        vacancy = self.over(place, lines, logged=accepted - 3 * MINUTES, closed=processed)
        vacancy.offers.append(Offered(contract.agency, accepted - MINUTES, ACCEPTED, accepted))
        pupil.transmittals.append(
            Transmitted(contract.agency, contract.id, lines[0].service, lines[0].language, processed, vacancy)
        )

    def approve(self, pupil: Pupil, person: Person, line: Line, *, processed: int | None, approved: int) -> Letter:
        """Approve that an independent provider serves a student's service."""
        letter = Letter(next(self.letters), person, line.service, line.language, approved, processed)
        pupil.letters.append(letter)
        return letter

    def not_yet_written(self) -> list[Vacant]:
        """Return every vacancy; they change until the last student is made."""
        return self.vacancies
