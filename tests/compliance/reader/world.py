"""A small world in plain values: one school and its neighbor, some students, and what every system says of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from caseloads.kinds import EntryState, IepKind, IepStatus, Outcome, Transfer
from caseloads.systems.cap.codes import CapStatus
from caseloads.systems.sec.codes import SecStatus
from providers.kinds import Affiliation, Language, Role, Service, Setting


@dataclass(slots=True)
class Person:
    """A provider; ``agency`` is the world's own agency or none."""

    number: int
    affiliation: Affiliation
    role: Role

    @property
    def of_the_agency(self) -> bool:
        """Whether the world's agency employs them."""
        return self.affiliation == Affiliation.AGENCY


@dataclass(slots=True)
class Line:
    """A mandate of an IEP."""

    id: int
    service: Service
    language: Language
    setting: Setting
    frequency: int
    duration: int
    group_size: int
    starts: date
    ends: date | None = None


@dataclass(slots=True)
class Document:
    """An IEP version; ``governs`` are its first day and the day after its last."""

    version: int
    kind: IepKind
    status: IepStatus
    starts: date
    lines: list[Line]
    final: datetime | None = None
    governs: tuple[date, date | None] | None = None
    transfer: Transfer = Transfer.NEVER
    transfer_at: datetime | None = None


@dataclass(slots=True)
class Assigned:
    """A provider assigned to a mandate, by its id."""

    line: int
    provider: int
    starts: date
    ends: date | None = None


@dataclass(slots=True)
class Vacant:
    """A vacancy that names a mandate; ``declined`` says what the agency answered (None: nothing, or nobody asked)."""

    line: int
    logged: datetime
    closed: datetime | None = None
    declined: bool | None = None


@dataclass(slots=True)
class Sent:
    """A transmittal to the world's agency."""

    service: Service
    language: Language
    processed: datetime


@dataclass(slots=True)
class Letter:
    """An RSA letter; ``number`` tells letters apart."""

    number: int
    provider: int
    service: Service
    language: Language
    processed: datetime | None


@dataclass(slots=True)
class Called:
    """A call; ``at`` is 0 for the world's school and 1 for its neighbor, ``number`` tells calls apart."""

    number: int
    provider: int
    service: Service
    language: Language
    lines: list[int]
    session_on: date
    received: datetime
    outcome: Outcome = Outcome.ACCEPTED
    by_log: bool = False
    at: int = 0


@dataclass(slots=True)
class OnCaseload:
    """A caseload entry."""

    line: int
    provider: int
    state: EntryState
    since: datetime
    call: int | None = None


@dataclass(slots=True)
class InCap:
    """A row of CAP."""

    service: Service
    language: Language
    setting: Setting
    frequency: int
    duration: int
    group_size: int
    starts: date
    ends: date | None
    status: CapStatus
    since: datetime
    provider: int | None = None
    first_attend: date | None = None

    @property
    def key(self) -> tuple[Service, Language, Setting]:
        """What tells it from the student's other rows."""
        return (self.service, self.language, self.setting)


@dataclass(slots=True)
class InSec:
    """A row of SEC's report."""

    service: Service
    language: Language
    setting: Setting
    frequency: int
    duration: int
    group_size: int
    status: SecStatus
    from_at: datetime
    provider: int | None = None
    first_attend: date | None = None
    until_at: datetime | None = None

    @property
    def key(self) -> tuple[Service, Language, Setting]:
        """What tells it from the student's other rows."""
        return (self.service, self.language, self.setting)


@dataclass(slots=True)
class Enrolled:
    """Enrolled at the world's school (0) or its neighbor (1)."""

    at: int
    starts: date
    ends: date | None = None


@dataclass(slots=True)
class Pupil:
    """A student with everything about them; ``ours`` is False for a number that only CAP and SEC know."""

    osis: int
    ours: bool = True
    enrolled: list[Enrolled] = field(default_factory=list)
    consent: datetime | None = None
    documents: list[Document] = field(default_factory=list)
    assigned: list[Assigned] = field(default_factory=list)
    vacant: list[Vacant] = field(default_factory=list)
    sent: list[Sent] = field(default_factory=list)
    letters: list[Letter] = field(default_factory=list)
    calls: list[Called] = field(default_factory=list)
    entries: list[OnCaseload] = field(default_factory=list)
    cap: list[InCap] = field(default_factory=list)
    sec: list[InSec] = field(default_factory=list)


@dataclass(slots=True)
class Listed:
    """A line of Galaxy's list of the world's school (0) or its neighbor (1)."""

    provider: int
    at: int
    added: datetime
    ends: date | None = None


@dataclass(slots=True)
class Registered:
    """A line of PETS."""

    provider: int
    active: bool
    eligible: bool


@dataclass(slots=True)
class World:
    """One school, its neighbor and the people around them; one agency serves all worlds."""

    seed: int
    dbns: tuple[str, str]
    people: dict[int, Person]
    pupils: list[Pupil]
    galaxy: list[Listed]
    pets: list[Registered]
    closed: list[date]


@dataclass(frozen=True, slots=True)
class Times:
    """What every world of a load shares: the moment, the calendar, the hold, and what the agency is contracted for."""

    at: datetime
    year: tuple[date, date]
    holidays: frozenset[date]
    staff_only: frozenset[date]
    hold: bool
    hold_since: date
    contracts: frozenset[tuple[Service, Language]]
