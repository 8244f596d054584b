"""What students bring along before it is written: plain records that point at one another.

Fields are named as in our tables.  Days are ordinals and moments minutes since 1970 (see ``times``).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from caseloads.city.folk import Person, Place
from caseloads.kinds import EntryState, IepKind, IepStatus, Origin, Outcome, System, Transfer


@dataclass(slots=True, eq=False)
class Line:
    """A mandate of an IEP version."""

    id: int
    service: int
    language: int
    setting: int
    frequency: int
    duration: int
    group_size: int
    starts: int
    ends: int | None = None
    months: int = 10

    @property
    def key(self) -> tuple[int, int, int]:
        """What tells it from the version's other lines."""
        return (self.service, self.language, self.setting)


@dataclass(slots=True, eq=False)
class Version:
    """An IEP; ``until`` is the first day on which it governs no more, ``download`` the night that brought it to CAP."""

    id: int
    number: int
    kind: IepKind
    starts: int
    final: int
    status: IepStatus = IepStatus.FINAL
    until: int | None = None
    transfer: Transfer = Transfer.NEVER
    transfer_at: int | None = None
    download: int | None = None
    passed_over: bool = False
    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Unit:
    """A service in a language, in one setting or both: served by one person, begun by one call.

    ``lines`` are those of the latest version; ``before`` those of the version before it, where it had them.
    """

    service: int
    language: int
    lines: list[Line]
    before: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class Enrolled:
    """A student is at a school between two days."""

    school: Place
    starts: int
    ends: int | None = None


@dataclass(slots=True)
class Assigned:
    """A provider is assigned to a line between two days."""

    line: Line
    person: Person
    starts: int
    ends: int | None = None


@dataclass(slots=True, eq=False)
class Called:
    """A call; ``lost`` are the systems that never had it, ``parked`` those whose delivery was given up.

    ``marked`` is how many mandates CAP marked by it; ``year`` is the school year's first day.
    """

    id: int
    number: str
    person: Person
    school: Place
    service: int
    language: int | None
    lines: list[Line]
    session_on: int
    received: int
    year: int
    outcome: Outcome = Outcome.ACCEPTED
    origin: Origin = Origin.FORM
    rule: str = ""
    reason: str = "accepted"
    lag: int = 0
    marked: int = 1
    other_provider: bool = False
    misheard: Heard | None = None
    lost: set[System] = field(default_factory=set)
    parked: set[System] = field(default_factory=set)

    @property
    def told(self) -> str:
        """The number as the caller was told it: a confirmation, or the reference of a call that was kept."""
        return self.number if self.outcome == Outcome.ACCEPTED else f"R{self.number}"


@dataclass(slots=True, eq=False)
class OnCaseload:
    """A caseload entry."""

    line: Line
    person: Person
    school: Place
    state: EntryState
    since: int
    call: Called | None = None


@dataclass(slots=True)
class Heard:
    """What SEC took down of a call in place of what was said: who called, and the session's day."""

    provider: int
    session_on: int


@dataclass(slots=True)
class Said:
    """What CAP says of a line since a moment."""

    since: int
    frequency: int
    duration: int
    group_size: int
    starts: int
    ends: int | None
    status: int
    provider: int | None = None
    first_attend: int | None = None


@dataclass(slots=True)
class Shown:
    """What SEC shows of a line between two moments."""

    frequency: int
    duration: int
    group_size: int
    status: int
    provider: int | None
    first_attend: int | None
    from_at: int
    until_at: int | None = None


@dataclass(slots=True, eq=False)
class Track:
    """A line in CAP and SEC, by its key there: the open row and a closed one, and what SEC showed, the latest last.

    ``unheard`` says that SEC has CAP's first attend but never heard of the call, and so does not show it.
    """

    service: int
    language: int
    setting: int
    cap: Said | None
    sec: list[Shown]
    closed: Said | None = None
    unheard: bool = False


@dataclass(slots=True, eq=False)
class Transmitted:
    """A transmittal to an agency."""

    agency: int
    contract: int
    service: int
    language: int
    processed: int
    vacancy: Vacant | None = None


@dataclass(slots=True, eq=False)
class Letter:
    """An RSA letter."""

    id: int
    person: Person
    service: int
    language: int
    approved: int
    processed: int | None
    vacancy: Vacant | None = None


@dataclass(slots=True)
class Offered:
    """A vacancy was offered to an agency; ``answer`` is None while it has not answered."""

    agency: int
    offered: int
    answer: int | None = None
    answered: int | None = None


@dataclass(slots=True, eq=False)
class Vacant:
    """A vacancy of a school, for the lines that it names."""

    id: int
    school: Place
    service: int
    language: int
    since: int
    logged: int
    lines: list[Line] = field(default_factory=list)
    offers: list[Offered] = field(default_factory=list)
    closed: int | None = None
    closing: int | None = None


@dataclass(slots=True, eq=False)
class Pupil:
    """A student, or (with ``id`` 0) a number that only CAP and SEC know."""

    id: int
    osis: int
    first_name: str = ""
    last_name: str = ""
    enrolled: list[Enrolled] = field(default_factory=list)
    consent: tuple[int, int] | None = None
    versions: list[Version] = field(default_factory=list)
    assigned: list[Assigned] = field(default_factory=list)
    calls: list[Called] = field(default_factory=list)
    entries: list[OnCaseload] = field(default_factory=list)
    tracks: list[Track] = field(default_factory=list)
    transmittals: list[Transmitted] = field(default_factory=list)
    letters: list[Letter] = field(default_factory=list)
