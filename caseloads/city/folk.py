"""Schools and who works there."""

from __future__ import annotations

from dataclasses import dataclass, field

from caseloads.city.times import SchoolDays
from providers.kinds import Affiliation, Borough, Role, Route
from providers.policy.verdict import Paper


@dataclass(slots=True, eq=False)
class Place:
    """A school; ``ours`` is False where it belongs to the hand-written scenes, which are not touched."""

    id: int
    dbn: str
    borough: Borough
    grades: tuple[str, ...]
    days: SchoolDays
    coordinator: int
    ours: bool = True


@dataclass(slots=True)
class Post:
    """Somebody works at a school: since when Galaxy lists them and SESIS is open to them there, if ever.

    ``listed`` and ``list_ends`` are Galaxy's; for who is not of the city they stay empty.
    """

    school: Place
    starts: int
    access: int | None
    listed: int | None = None
    list_ends: int | None = None


@dataclass(slots=True)
class Registered:
    """A line of PETS."""

    vendor: str
    active: bool = True
    eligible: bool = True


@dataclass(slots=True, eq=False)
class Person:
    """A provider.

    ``paper`` is what must be processed before their call counts (R8), ``calls`` whether one is due (R1), ``route`` the
    way into SESIS (R6, R9).  ``load`` counts students on the caseload, ``limit`` is how many they take.
    """

    id: int
    number: int
    name: str
    affiliation: Affiliation
    role: Role
    agency: int | None
    paper: Paper
    calls: bool
    route: Route
    limit: int
    load: int = 0
    posts: dict[int, Post] = field(default_factory=dict)
    pets: list[Registered] = field(default_factory=list)
