"""What happened between September and this morning, and how the portal itself lives through it.

Nothing that CAP, SEC or the caseloads say is written by hand: calls go through intake, their deliveries through the
outbox, and the nights do the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from itertools import groupby
from operator import attrgetter, itemgetter

from caseloads.actions import finalise_iep
from caseloads.demonstration.days import BEGIN, START, at, on
from caseloads.demonstration.rolls import everyone, lines
from caseloads.demonstration.staff import Who
from caseloads.demonstration.writing.book import Book
from caseloads.facts import Asked
from caseloads.intake import record
from caseloads.kinds import Origin, Outcome, System
from caseloads.propagation import deliver, nightly
from orcs_portal.shared.clock import at_local
from providers.kinds import Language, Service


@dataclass(frozen=True, slots=True)
class Past:
    """A call as it was made, and what became of it."""

    at: datetime
    provider: int
    osis: int
    service: Service
    session_on: date
    language: Language = Language.ENGLISH
    outcome: Outcome = Outcome.ACCEPTED


class Unlike(Exception):
    """A past call did not end as the demonstration says it did."""


# Calls that did not get through, and the two latest: yesterday's waits for SEC, this morning's for everything.
TOLD = (
    Past(at(9, 15, 10, 20), Who.QUARTEY, 900012163, Service.NURSE, on(9, 15), outcome=Outcome.REFUSED),
    Past(at(9, 24, 15, 50), Who.MARCHETTI, 900012147, Service.OCCUPATIONAL_THERAPY, on(9, 24), outcome=Outcome.REFUSED),
    Past(at(9, 24, 16, 5), Who.ADEYEMI, 900012237, Service.OCCUPATIONAL_THERAPY, on(9, 24), outcome=Outcome.UNLINKED),
    Past(at(10, 5, 16, 10), Who.FAIRWEATHER, 900012150, Service.SPEECH, on(10, 5), Language.POLISH, Outcome.REFUSED),
    Past(at(11, 23, 15, 40), Who.CASTELLANO, 900012258, Service.SPEECH, on(11, 23)),
    Past(at(11, 24, 7, 5), Who.CASTELLANO, 900012287, Service.SPEECH, on(11, 23)),
)
FIRST_CALL = (14, 30)
BETWEEN_CALLS = timedelta(minutes=4)


def sessions() -> Iterator[tuple[date, int, int, Service, Language]]:
    """Yield the first sessions that the students' lines tell of: day, provider, student, service and language."""
    for pupil, _, _, line in lines():
        if line.called is not None and line.by is not None:
            yield line.called, line.by, pupil.osis, line.service, line.language
        if line.before is not None:
            yield line.before.called, line.before.by, pupil.osis, line.service, line.language


def calls() -> list[Past]:
    """Return every past call; those after a session were made the same afternoon, one after the other."""
    made = list(TOLD)
    for day, told in groupby(sorted(sessions()), key=itemgetter(0)):
        begins = at_local(day, *FIRST_CALL)
        made += [
            Past(begins + place * BETWEEN_CALLS, provider, osis, service, day, language)
            for place, (_, provider, osis, service, language) in enumerate(told)
        ]
    return sorted(made, key=attrgetter("at"))


def live_through(book: Book, *, offset: timedelta) -> None:
    """Let the world go from ``BEGIN`` to ``START``: each night, call and IEP at its own time.

    ``offset`` is how far the world's clock is ahead of the real one.  Raises ``Unlike`` if a call ends differently.
    """
    nightly.begin(now=BEGIN)
    before = BEGIN
    for moment, happens in sorted(_events(book, offset), key=itemgetter(0)):
        nightly.walk(until=moment, after=before)
        happens()
        before = moment
    nightly.walk(until=START, after=before)


def _events(book: Book, offset: timedelta) -> Iterator[tuple[datetime, Callable[[], None]]]:
    for past in calls():
        yield past.at, partial(_call, past, book, offset)
    for _, pupil in everyone():
        for number, version in enumerate(pupil.versions, start=1):
            if version.finalised is not None and not version.is_past:
                yield version.finalised, partial(_finalise, book.ieps[pupil.osis, number].pk, version.finalised)


def _finalise(iep_id: int, moment: datetime) -> None:
    finalise_iep(iep_id=iep_id, by=None, now=moment)


def _call(past: Past, book: Book, offset: timedelta) -> None:
    real = past.at - offset
    recorded = record(
        provider=book.providers[past.provider],
        asked=Asked(past.osis, past.service, past.language, past.session_on),
        origin=Origin.FORM,
        now=past.at,
        real=real,
    )
    if recorded.call is None or recorded.repeated or recorded.call.outcome != past.outcome:
        raise Unlike(f"The call of provider {past.provider} at {past.at} was not {past.outcome.label.lower()}")
    if past.outcome == Outcome.ACCEPTED:
        for system in System:
            deliver.drain(system, real=lambda: real, world=lambda: past.at)
