"""How far a service of a student has come, and what every system says of it after clean nights."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from caseloads.city.case import Case
from caseloads.city.folk import Person, Place
from caseloads.city.records import Called, Line, OnCaseload, Track, Unit, Version
from caseloads.city.shares import DELAYS
from caseloads.city.times import CAP_NIGHT, DOWNLOAD
from caseloads.city.tracks import Turn, track
from caseloads.kinds import EntryState, Origin, Outcome
from caseloads.systems.cap.codes import CapStatus
from providers.policy.verdict import Paper

LEAST_LAG, MOST_LAG, LAG_STEP = 120, 600, 5
"""Minutes from a call until its caseload entry is made (``SystemSetting``)."""
AWAITING, CONTRACTING = CapStatus.APB.value, CapStatus.ACO.value
TRANSMITTED, APPROVED, ASSIGNED = CapStatus.TRANSMITTED.value, CapStatus.RSA_APPROVED.value, CapStatus.ASSIGNED.value


@dataclass(slots=True)
class Served:
    """Who serves a unit since when, the call that began it, its entries and its lines in CAP and SEC."""

    unit: Unit
    person: Person
    starts: int
    call: Called | None
    entries: list[OnCaseload]
    tracks: list[Track]
    turns: list[Turn]


class Lives:
    """The ways of one student's services; what was not said is drawn."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.times = case.times
        self.rng = case.rng
        self.pupil = case.pupil

    def serve(
        self,
        unit: Unit,
        person: Person | None = None,
        *,
        since: int | None = None,
        delay: int | None = None,
        called: bool = True,
    ) -> Served:
        """Let somebody serve a unit, and call as soon as a first session was held, within the time that calls have.

        ``since`` is the first day of the assignment; ``delay`` the school days from then, or from the paper that opens
        the gate (R8), to the session.  Who makes no call (R1) has the entry by assignment.
        """
        who = person or self.case.somebody(unit)
        starts = self._assign(unit, who, since)
        due = max(starts, self.open_gate(unit, who, starts), self.times.first - 1)
        call = None
        if called and who.calls:
            session = self.case.place.days.after(due, DELAYS(self.rng) if delay is None else delay)
            if session is not None:
                call = self.call(unit, who, session)
        entries = self.enter(unit, who, call, starts)
        turns = self.turns(who, starts, call)
        return Served(unit, who, starts, call, entries, self.hear(unit, turns), turns)

    def take_over(self, served: Served, person: Person, change: int, *, delay: int | None = None) -> Served:
        """Let somebody else serve from a day on, who calls as well; a first attend stays the first person's.

        The first one's entry ends with the assignment, unless it was opened only later.
        """
        unit = served.unit
        for one in self.pupil.assigned:
            if one.person is served.person and one.line in unit.lines:
                one.ends = change - 1
        for entry in served.entries:
            if self.times.day_of(entry.since) < change:
                entry.state, entry.since = EntryState.ENDED, self.times.on(change, DOWNLOAD)
        self.pupil.tracks = [one for one in self.pupil.tracks if one not in served.tracks]
        self.case.assign(unit.lines, person, change)
        session = self.case.place.days.after(change - 1, 1 + (self.rng.randrange(4) if delay is None else delay))
        call = self.call(unit, person, session) if session is not None and person.calls else None
        if call is not None and served.call is not None:
            call.marked = 0
        entries = self.enter(unit, person, call, change)
        turns = [*served.turns, *self.turns(person, change, call)]
        return Served(unit, person, change, call, entries, self.hear(unit, turns), turns)

    def _assign(self, unit: Unit, person: Person, since: int | None) -> int:
        """Assign to the version before and to the latest, and return the first day."""
        first = (unit.before or unit.lines)[0].starts
        starts = max(first, self.times.staff) if since is None else since
        latest = unit.lines[0].starts if unit.lines else None
        if unit.before and (latest is None or starts < latest):
            self.case.assign(unit.before, person, starts, self._last_day(unit, latest))
        self.case.assign(unit.lines, person, starts if latest is None else max(starts, latest))
        return starts

    def _last_day(self, unit: Unit, latest: int | None) -> int | None:
        """Return the last day of the version before."""
        if latest is not None:
            return latest - 1
        version = self.version_of(unit.before[0])
        return None if version.until is None else version.until - 1

    def version_of(self, line: Line) -> Version:
        """Return the version that a line belongs to."""
        return next(one for one in self.pupil.versions if line in one.lines)

    def open_gate(self, unit: Unit, person: Person, starts: int) -> int:
        """Process the paper that somebody needs before calling (R8), some days before they start; return its day."""
        day = min(starts, self.times.day) - self.rng.randrange(1, 6)
        if person.paper == Paper.TRANSMITTAL:
            lines = unit.lines or unit.before
            contract = next(
                one
                for one in self.case.world.contracting.contracted(self.case.place, unit.service, unit.language)
                if one.agency == person.agency
            )
            processed = self.times.on(day, 11, self.rng.randrange(60))
            self.case.world.contracting.transmit(self.pupil, self.case.place, lines, contract, processed=processed)
        return day

    # Calls

    def call(
        self,
        unit: Unit,
        person: Person,
        session: int,
        received: int | None = None,
        *,
        origin: Origin = Origin.FORM,
        lines: Iterable[Line] = (),
        place: Place | None = None,
    ) -> Called | None:
        """Let somebody call about a first session, the same afternoon where no moment is given.

        Returns None where that moment is still to come.  The call is about the lines that governed on the session's
        day, unless others are named.
        """
        at = (
            self.times.on(session, self.rng.randrange(12, 19), self.rng.randrange(60)) if received is None else received
        )
        if at > self.times.at:
            return None
        about = list(lines) or self.governing(unit, session)
        made = Called(
            id=next(self.case.world.ids.calls),
            number=next(self.case.world.numbers),
            person=person,
            school=place or self.school_on(session),
            service=unit.service,
            language=unit.language,
            lines=about,
            session_on=session,
            received=at,
            year=self.times.first,
            origin=origin,
            lag=self.rng.randrange(LEAST_LAG, MOST_LAG, LAG_STEP),
            marked=len(about),
        )
        self.pupil.calls.append(made)
        return made

    def kept(self, unit: Unit, person: Person, received: int, outcome: Outcome, rule: str, reason: str) -> Called:
        """Let somebody make a call that is kept with a reference: refused by a rule, or about no mandate."""
        made = self.call(unit, person, self.times.day_of(received), received)
        if made is None:
            raise ValueError("a kept call lies in the past")
        made.outcome, made.rule, made.reason = outcome, rule, reason
        made.lines = made.lines if outcome == Outcome.REFUSED else []
        return made

    def governing(self, unit: Unit, day: int) -> list[Line]:
        """Return the lines of a unit that govern on a day."""
        latest = unit.lines[0].starts if unit.lines else None
        return unit.before if unit.before and (latest is None or day < latest) else unit.lines

    def school_on(self, day: int) -> Place:
        """Return where the student was on a day, or is now."""
        for one in self.pupil.enrolled:
            if one.starts <= day and (one.ends is None or day <= one.ends):
                return one.school
        return self.case.place

    # Caseloads

    def enter(self, unit: Unit, person: Person, call: Called | None, starts: int) -> list[OnCaseload]:
        """Open the entries: a while after a call, or by assignment for who makes none (R1, R3)."""
        if person.calls and call is None:
            return []
        first = call.session_on if call is not None else starts
        since = self.opened(call) if call is not None else self.times.on(max(starts, self.times.staff), DOWNLOAD)
        if since > self.times.at:
            return []
        made = [
            OnCaseload(line, person, self.school_on(first), EntryState.OPEN, since, call)
            for line in self.governing(unit, self.times.day)
        ]
        self.pupil.entries += made
        return made

    def opened(self, call: Called) -> int:
        """Return when the entries of a call are made: SESIS works in steps of five minutes."""
        return -(-(call.received + call.lag) // LAG_STEP) * LAG_STEP

    # CAP and SEC

    def turns(self, person: Person, starts: int, call: Called | None) -> list[Turn]:
        """Return what CAP hears of who is assigned since when, and of a first attend."""
        heard = min(self.times.on(starts, DOWNLOAD), self.times.last_at(DOWNLOAD))
        found = [Turn(heard, status=ASSIGNED, provider=person.number)]
        if call is not None and (marked := self.times.next(call.received, CAP_NIGHT)) <= self.times.at:
            found.append(Turn(marked, provider=person.number, first_attend=call.session_on))
        return found

    def hear(self, unit: Unit, turns: list[Turn]) -> list[Track]:
        """Let CAP hear of a unit's documents and of ``turns``; of what no version brought down it says nothing."""
        before = {line.key: line for line in unit.before}
        latest = {line.key: line for line in unit.lines}
        found = []
        for key in {**before, **latest}:
            told = [*self._documents(before.get(key), latest.get(key)), *turns]
            if told and told[0].line is not None:
                found.append(track(latest.get(key) or before[key], _from_the_first(told), self.times))
        self.pupil.tracks += found
        return found

    def _documents(self, before: Line | None, latest: Line | None) -> list[Turn]:
        """Return the turns by which a line came down, changed, and was dropped."""
        turns = []
        for line in (before, latest):
            download = self.version_of(line).download if line is not None else None
            if download is not None:
                turns.append(Turn(download, line=line))
        if before is not None and latest is None:
            following = next((one for one in self.pupil.versions if one.starts == self.version_of(before).until), None)
            if following is not None and following.download is not None:
                turns.append(Turn(following.download, ends=self.times.day_of(following.download)))
        return turns


def _from_the_first(turns: list[Turn]) -> list[Turn]:
    """Return turns with none before the document came down: what was so by then is heard with it."""
    first = turns[0].at
    return [turn if turn.at >= first or turn.line else _at(turn, first) for turn in turns]


def _at(turn: Turn, at: int) -> Turn:
    return Turn(at, status=turn.status, provider=turn.provider, first_attend=turn.first_attend)
