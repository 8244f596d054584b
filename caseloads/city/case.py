"""Makes one student: documents and their lines first, then who serves, and what the systems heard of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from random import Random

from caseloads.city.folk import Person, Place
from caseloads.city.numbers import names
from caseloads.city.records import Assigned, Enrolled, Line, Pupil, Unit, Version
from caseloads.city.shares import (
    BILINGUAL,
    BOTH_SETTINGS,
    BY_SERVICE,
    CONTRACTED,
    CONTRACTED_BILINGUAL,
    DRAW_KIND,
    GROUP,
    INDIVIDUAL,
    LANGUAGES,
    SIZES,
    Kind,
)
from caseloads.city.times import DOWNLOAD, Times
from caseloads.city.world import World
from caseloads.kinds import IepKind, IepStatus, Transfer
from providers.kinds import Language, Service

AFTERNOON = 15


class Case:
    """One student in the making."""

    def __init__(self, world: World, place: Place) -> None:
        self.world = world
        self.place = place
        self.rng: Random = world.rng
        self.times: Times = world.times
        first, last = names(self.rng)
        self.pupil = Pupil(next(world.ids.students), next(world.ids.osis), first, last)
        self.pupil.enrolled.append(Enrolled(place, self.times.staff))

    # Documents

    def settled(self, kind: IepKind = IepKind.ANNUAL) -> Version:
        """Return an IEP that began before the school year and reached CAP then."""
        starts = self.times.first - self.rng.randrange(30, 220)
        return self.version(starts, self.times.on(starts - self.rng.randrange(3, 20), AFTERNOON), kind=kind)

    def fresh(self, day: int, kind: IepKind = IepKind.ANNUAL) -> Version:
        """Return an IEP that begins on a day and reached CAP in its first night."""
        return self.version(day, self.times.on(day - 1, AFTERNOON, self.rng.randrange(60)), kind=kind)

    def version(
        self,
        starts: int,
        final: int,
        *,
        kind: IepKind = IepKind.ANNUAL,
        transfer: Transfer = Transfer.SUCCESSFUL,
        status: IepStatus = IepStatus.FINAL,
    ) -> Version:
        """Add a version, final since a moment; every older one ends the day before it begins (R10).

        A first IEP has its consent recorded the day before.  A *successful* one came down in the night after that; one
        whose night is still to come was never attempted.
        """
        made = Version(next(self.world.ids.ieps), len(self.pupil.versions) + 1, kind, starts, final, status)
        if status == IepStatus.FINAL:
            self._end_older(starts)
            if kind == IepKind.INITIAL and transfer == Transfer.SUCCESSFUL:
                day = self.times.day_of(final) - 1
                self.pupil.consent = (day, self.times.on(day, AFTERNOON + 1))
            self.transfer(made, transfer)
        self.pupil.versions.append(made)
        return made

    def _end_older(self, starts: int) -> None:
        for older in self.pupil.versions:
            if older.status == IepStatus.FINAL and older.until is None:
                older.until = starts

    def transfer(self, version: Version, transfer: Transfer) -> None:
        """Let the download of a version go this way, in the night after it was made final."""
        night = self.times.next(version.final, DOWNLOAD)
        if transfer == Transfer.NEVER or night > self.times.at:
            version.transfer, version.transfer_at, version.download = Transfer.NEVER, None, None
            return
        version.transfer, version.transfer_at = transfer, night
        version.download = night if transfer == Transfer.SUCCESSFUL else None

    # Lines

    def unit(
        self,
        version: Version,
        service: Service | None = None,
        *,
        language: Language | None = None,
        settings: Sequence[int] = (),
    ) -> Unit:
        """Add a service to a version, drawn by its share where it is not named."""
        kind = BY_SERVICE[service] if service is not None else self._kind(version)
        spoken = language if language is not None else self._language(kind)
        chosen = settings or self._settings(kind)
        lines = [self.line(version, kind, spoken.value, setting) for setting in chosen]
        return Unit(kind.service.value, spoken.value, lines)

    def line(self, version: Version, kind: Kind, language: int, setting: int) -> Line:
        """Add a line to a version."""
        frequency, duration = kind.figures(self.rng)
        made = Line(
            id=next(self.world.ids.mandates),
            service=kind.service.value,
            language=language,
            setting=setting,
            frequency=frequency,
            duration=duration,
            group_size=1 if setting == INDIVIDUAL else SIZES(self.rng),
            starts=version.starts,
            months=12 if self.rng.random() < 1 / 20 else 10,
        )
        version.lines.append(made)
        return made

    def carried(self, unit: Unit, version: Version) -> Unit:
        """Return a unit as a new version has it: with the same lines, some of them changed."""
        lines = []
        for old in unit.lines:
            new = self.line(version, BY_SERVICE[Service(old.service)], old.language, old.setting)
            if self.rng.random() < 1 / 2:
                new.frequency, new.duration, new.group_size = old.frequency, old.duration, old.group_size
            lines.append(new)
        return Unit(unit.service, unit.language, lines, unit.lines)

    def _kind(self, version: Version) -> Kind:
        used = self.used() | {line.service for line in version.lines}
        while (kind := DRAW_KIND(self.rng)).service in used:
            pass
        return kind

    def used(self) -> set[int]:
        """Return the services that the student's IEPs, CAP or SEC name already."""
        named = {line.service for version in self.pupil.versions for line in version.lines}
        return named | {track.service for track in self.pupil.tracks}

    def _language(self, kind: Kind) -> Language:
        if kind.spoken and self.rng.random() < BILINGUAL:
            return LANGUAGES(self.rng)
        return Language.ENGLISH

    def _settings(self, kind: Kind) -> tuple[int, ...]:
        if self.rng.random() >= kind.grouped:
            return (INDIVIDUAL,)
        return (INDIVIDUAL, GROUP) if self.rng.random() < BOTH_SETTINGS else (GROUP,)

    # Who serves

    def somebody(self, unit: Unit, *, contracted: bool | None = None) -> Person:
        """Return somebody with room for a unit: of an agency where one is contracted for it, else of the DOE.

        Without a word on it the city's shares decide.
        """
        if contracted is None:
            foreign = unit.language != Language.ENGLISH
            contracted = self.rng.random() < (CONTRACTED_BILINGUAL if foreign else CONTRACTED)
        contract = self.world.contracting.of_ours(self.place, unit.service, unit.language) if contracted else None
        agency = contract.agency if contract else None
        return self.world.staff.serving(self.place, unit.service, unit.language, agency=agency)

    def assign(self, lines: Iterable[Line], person: Person, starts: int, ends: int | None = None) -> None:
        """Assign somebody to lines between two days."""
        self.pupil.assigned += [Assigned(line, person, starts, ends) for line in lines]
