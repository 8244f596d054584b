"""Random small worlds: what every system says is mostly in order, with times close to the edges of every lag.

All people, students and schools in them are synthetic.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

from caseloads.kinds import EntryState, IepKind, IepStatus, Outcome, Transfer
from providers.kinds import Affiliation, Language, Role, Service
from tests.compliance.reader.days import NEW_YORK, ONE, day_of
from tests.compliance.reader.pupil import covers
from tests.compliance.reader.random_chances import KEYS, LONG_AGO
from tests.compliance.reader.random_systems import Systems
from tests.compliance.reader.world import (
    Assigned,
    Called,
    Document,
    Enrolled,
    Letter,
    Line,
    Listed,
    OnCaseload,
    Person,
    Pupil,
    Registered,
    Sent,
    Times,
    Vacant,
    World,
)


class Maker(Systems):
    """Makes one world from a seed."""

    def __init__(self, seed: int, place: int, times: Times) -> None:
        super().__init__(seed, place, times)
        self.vacant: set[tuple[int, Service, Language]] = set()
        self.world = World(
            seed=seed,
            dbns=(
                f"{10 + place // 400:02}K{2 * place % 1000:03}",
                f"{10 + place // 400:02}K{(2 * place + 1) % 1000:03}",
            ),
            people={one.number: one for one in self._people()},
            pupils=[],
            galaxy=[],
            pets=[],
            closed=[],
        )

    def make(self) -> World:
        """Return the world."""
        world = self.world
        if self.chance(0.3):
            world.closed = sorted({self.ago(0, 12) for _ in range(2)})
        for _ in range(self.rng.randrange(1, 4)):
            world.pupils.append(self._pupil())
        if self.chance(0.15):
            world.pupils.append(self._stranger())
        self._lists()
        return world

    def _people(self) -> list[Person]:
        base = 600_000 + self.place * 10
        kinds = (
            (Affiliation.DOE, Role.SPEECH_THERAPIST),
            (Affiliation.DOE, Role.PARAPROFESSIONAL),
            (Affiliation.DOE, Role.NURSE),
            (Affiliation.AGENCY, Role.SPEECH_THERAPIST),
            (Affiliation.RSA, Role.COUNSELOR),
        )
        return [Person(base + index, *kind) for index, kind in enumerate(kinds)]

    def _lists(self) -> None:
        for one in self.world.people.values():
            doe = one.affiliation == Affiliation.DOE
            for at in (0, 1):
                if self.chance(0.8 if doe else 0.08):
                    added = self.back() if self.chance(0.3) else LONG_AGO
                    ends = self.rng.choice((None, None, None, None, self.day, self.day - ONE, self.day + ONE))
                    self.world.galaxy.append(Listed(one.number, at, added, ends))
            if not doe and self.chance(0.85):
                self.world.pets.append(Registered(one.number, self.chance(0.9), self.chance(0.9)))

    def _pupil(self) -> Pupil:
        pupil = Pupil(700_000_000 + next(self.numbers))
        pupil.enrolled = self._enrolled()
        if self.chance(0.5):
            pupil.consent = self.back()
        self._documents(pupil)
        final = [one for one in pupil.documents if one.status == IepStatus.FINAL]
        for document in final:
            self._assigned(pupil, document)
        self._gates(pupil, final)
        self._calls(pupil, final)
        self._entries(pupil, final)
        self.cap(pupil, final[-1].lines if final else [])
        self.sec(pupil)
        return pupil

    def _stranger(self) -> Pupil:
        pupil = Pupil(700_000_000 + next(self.numbers), ours=False)
        key = self.rng.choice(KEYS)
        if self.chance(0.7):
            pupil.cap.append(self.row(self.line(key), pupil))
        if self.chance(0.7):
            row = self.row(self.line(key), pupil)
            pupil.sec.append(self.shown(row))
        return pupil

    def _enrolled(self) -> list[Enrolled]:
        start = date(2026, 9, 1)
        ends = self.ago(0, 5) if self.chance(0.1) else None
        if self.chance(0.2):
            moved = max(self.ago(0, 15), start + ONE)
            if ends is None or ends >= moved:
                return [Enrolled(1, start, moved - ONE), Enrolled(0, moved, ends)]
        return [Enrolled(0, start, ends)]

    def _documents(self, pupil: Pupil) -> None:
        keys = self.rng.sample(KEYS, self.rng.randrange(1, 4))
        starts = self.ago(30, 60)
        pupil.documents.append(self._document(1, starts, [self.line(key, starts) for key in keys]))
        if self.chance(0.35):
            second = self.day + self.rng.randrange(-20, 6) * ONE
            kept = [replace(one, id=next(self.numbers), starts=second) for one in pupil.documents[0].lines]
            kept = [replace(one, ends=None) if one.ends is not None else one for one in kept if self.chance(0.8)]
            if self.chance(0.4) or not kept:
                left = [key for key in KEYS if key not in {(x.service, x.language, x.setting) for x in kept}]
                kept.append(self.line(self.rng.choice(left), second))
            first = pupil.documents[0]
            first.governs = (first.starts, second)
            pupil.documents.append(self._document(2, second, kept))
        if self.chance(0.1):
            draft = Document(3, IepKind.ANNUAL, IepStatus.DRAFT, self.day, [self.line(self.rng.choice(KEYS))])
            pupil.documents.append(draft)

    def _document(self, version: int, starts: date, lines: list[Line]) -> Document:
        initial = version == 1 and self.chance(0.25)
        document = Document(version, IepKind.INITIAL if initial else IepKind.ANNUAL, IepStatus.FINAL, starts, lines)
        document.final = self.back()
        document.governs = (starts, None)
        weights = (2, 2, 14, 1, 1)
        document.transfer = self.rng.choices(list(Transfer), weights)[0]
        if document.transfer != Transfer.NEVER:
            document.transfer_at = self.back()
        return document

    def _assigned(self, pupil: Pupil, document: Document) -> None:
        for line in document.lines:
            nurse = line.service == Service.NURSE
            for number, one in self.world.people.items():
                fits = (one.role == Role.NURSE) == nurse
                if fits and self.chance(0.9 if nurse else 0.25):
                    starts = self.ago(0, 25)
                    ends = max(starts, self.ago(0, 6)) if self.chance(0.15) else None
                    pupil.assigned.append(Assigned(line.id, number, starts, ends))

    def _gates(self, pupil: Pupil, final: list[Document]) -> None:
        keys = sorted({(line.service, line.language) for one in final for line in one.lines})
        independent = next(n for n, one in self.world.people.items() if one.affiliation == Affiliation.RSA)
        at = next((one.at for one in pupil.enrolled if covers(one.starts, one.ends, self.day)), 0)
        for key in keys:
            if self.chance(0.35):
                pupil.sent.append(Sent(*key, self.back()))
            if self.chance(0.2):
                processed = self.rng.choice((None, self.back(), self._weeks_ago()))
                pupil.letters.append(Letter(next(self.numbers), independent, *key, processed))
            lines = [line.id for one in final for line in one.lines if (line.service, line.language) == key]
            if self.chance(0.25):
                closed = self.back() if self.chance(0.3) else None
                if closed is None and (at, *key) in self.vacant:
                    continue
                if closed is None:
                    self.vacant.add((at, *key))
                logged = min(self.back(), closed) if closed else self.back()
                pupil.vacant.append(
                    Vacant(self.rng.choice(lines), logged, closed, self.rng.choice((None, True, False)))
                )

    def _weeks_ago(self) -> datetime:
        day = self.day - self.rng.choice((27, 28, 29, 35)) * ONE
        return datetime.combine(day, time(11), tzinfo=NEW_YORK)

    def _calls(self, pupil: Pupil, final: list[Document]) -> None:
        keys = sorted({(line.service, line.language) for one in final for line in one.lines})
        said: set[tuple[object, ...]] = set()
        for key in keys:
            for _ in range(self.rng.choices((0, 1, 2), (3, 5, 2))[0]):
                pupil.calls.append(self._call(pupil, final, key, said))

    def _call(
        self,
        pupil: Pupil,
        final: list[Document],
        key: tuple[Service, Language],
        said: set[tuple[object, ...]],
    ) -> Called:
        document = self.rng.choice(final)
        lines = [line.id for line in document.lines if (line.service, line.language) == key]
        assigned = [one.provider for one in pupil.assigned if one.line in lines]
        number = self.rng.choice(assigned) if assigned and self.chance(0.85) else self.rng.choice([*self.world.people])
        received = self.back()
        session = day_of(received) - self.rng.randrange(0, 3) * ONE
        outcome = Outcome.ACCEPTED
        if self.world.people[number].affiliation != Affiliation.DOE and self.chance(0.4):
            outcome = Outcome.REFUSED
        elif self.chance(0.05):
            outcome = Outcome.UNLINKED
        at = next((one.at for one in pupil.enrolled if covers(one.starts, one.ends, session)), 0)
        call = Called(next(self.numbers), number, *key, lines, session, received, outcome)
        call.at = 1 - at if self.chance(0.06) else at
        once = (number, *key)
        call.by_log = self.chance(0.3) or (once in said)
        if outcome == Outcome.ACCEPTED and not call.by_log:
            said.add(once)
        return call

    def _entries(self, pupil: Pupil, final: list[Document]) -> None:
        open_once: set[tuple[int, int]] = set()
        lines = [line for one in final for line in one.lines]
        for call in pupil.calls:
            fits = [one.id for one in lines if (one.service, one.language) == (call.service, call.language)]
            line = self.rng.choice(fits)
            if call.outcome == Outcome.ACCEPTED and self.chance(0.8) and (line, call.provider) not in open_once:
                state = self.rng.choices(list(EntryState), (1, 8, 1))[0]
                if state != EntryState.ENDED:
                    open_once.add((line, call.provider))
                pupil.entries.append(OnCaseload(line, call.provider, state, self.back(), call.number))


def make_world(seed: int, place: int, times: Times) -> World:
    """Return the world of a seed; ``place`` (0 to 999) keeps it apart from others of the same load."""
    return Maker(seed, place, times).make()
