"""How far a service has come that nobody serves: awaiting, vacant, transmitted, approved."""

from __future__ import annotations

from caseloads.city.contracting import WITHDRAWN, Contracted
from caseloads.city.folk import Person
from caseloads.city.lives import APPROVED, CONTRACTING, TRANSMITTED, Lives
from caseloads.city.records import Letter, Track, Unit
from caseloads.city.times import DOWNLOAD, MINUTES
from caseloads.city.tracks import Turn


def await_provider(lives: Lives, unit: Unit) -> list[Track]:
    """Let nobody serve a unit, and nobody have reported that; CAP awaits since the document came down."""
    return lives.hear(unit, [])


def be_vacant(lives: Lives, unit: Unit, *, since: int, logged: int | None = None) -> list[Track]:
    """Let the unit be named in the school's open vacancy; CAP contracts out since the night of that day."""
    heard = lives.times.on(since, DOWNLOAD)
    place = lives.case.place
    lives.case.world.contracting.vacant(place, unit.lines, logged=heard - MINUTES // 2 if logged is None else logged)
    return lives.hear(unit, [Turn(heard, status=CONTRACTING)])


def be_transmitted(lives: Lives, unit: Unit, contract: Contracted, *, on: int) -> list[Track]:
    """Let ORCS have sent the transmittal on a day, late in the morning; CAP hears of it in the night."""
    processed = lives.times.on(on, 6, lives.rng.randrange(60))
    lives.case.world.contracting.transmit(lives.pupil, lives.case.place, unit.lines, contract, processed=processed)
    turns = [Turn(processed - 2 * MINUTES, status=CONTRACTING)]
    heard = lives.times.next(processed, DOWNLOAD)
    if heard <= lives.times.at:
        turns.append(Turn(heard, status=TRANSMITTED))
    return lives.hear(unit, turns)


def approve(lives: Lives, unit: Unit, person: Person, *, on: int, declined: bool = True) -> Letter:
    """Let ORCS have processed a letter on a day, after every contracted agency declined, or (not so) without asking."""
    times, contracting, place = lives.times, lives.case.world.contracting, lives.case.place
    processed = times.on(on, 6, lives.rng.randrange(60))
    letter = contracting.approve(lives.pupil, person, unit.lines[0], processed=processed, approved=on - 7)
    asked = contracting.contracted(place, unit.service, unit.language, on)
    if declined and asked:
        letter.vacancy = contracting.over(
            place, unit.lines, logged=processed - 12 * MINUTES, closed=processed, closing=WITHDRAWN
        )
        contracting.declined(letter.vacancy, [one.agency for one in asked], at=processed - 5 * MINUTES)
    return letter


def be_approved(lives: Lives, unit: Unit, person: Person, *, on: int, declined: bool = True) -> Letter:
    """Let a letter be processed, and nobody serve yet."""
    letter = approve(lives, unit, person, on=on, declined=declined)
    heard = lives.times.next(letter.processed or 0, DOWNLOAD)
    lives.hear(unit, [Turn(heard, status=APPROVED)] if heard <= lives.times.at else [])
    return letter
