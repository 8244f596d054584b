"""The catalogue put wrong in one place at a time: a condition turned around, a number moved by one, and so on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import NamedTuple

from compliance.kinds import Code
from compliance.reconcile.catalogue import CATALOGUE, Case, Entry
from compliance.reconcile.settings import PLAIN

WORD = re.compile(r"[()]|\b(?:AND|CASE|END)\b")
CONDITIONS = ("open", "waiting", "exempt", "behind")


class Mutant(NamedTuple):
    """A catalogue, or numbers, that are wrong in one place, and what was done."""

    what: str
    catalogue: Mapping[Code, Entry]
    numbers: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Place:
    """A case of a code."""

    entry: Entry
    number: int

    @property
    def case(self) -> Case:
        """The case itself."""
        return self.entry.cases[self.number]

    def put(self, **columns: str) -> Mapping[Code, Entry]:
        """Return the catalogue with this case changed."""
        cases = list(self.entry.cases)
        cases[self.number] = replace(self.case, **columns)
        return with_entry(replace(self.entry, cases=tuple(cases)))


def with_entry(entry: Entry) -> Mapping[Code, Entry]:
    """Return the catalogue with one entry exchanged."""
    return MappingProxyType({**CATALOGUE, entry.code: entry})


def places() -> Iterator[Place]:
    """Yield every case of every code."""
    for entry in CATALOGUE.values():
        for number in range(len(entry.cases)):
            yield Place(entry, number)


def conjuncts(condition: str) -> list[str]:
    """Return the parts of a condition that are joined by AND at its top."""
    parts, depth, begin = [], 0, 0
    for word in WORD.finditer(condition):
        depth += {"(": 1, "CASE": 1, ")": -1, "END": -1}.get(word[0], 0)
        if word[0] == "AND" and depth == 0:
            parts.append(condition[begin : word.start()].strip())
            begin = word.end()
    return [*parts, condition[begin:].strip()]


def turned(condition: str) -> Iterator[str]:
    """Yield a condition turned around, as a whole and in each of its parts."""
    yield f"({condition}) IS NOT TRUE"
    parts = conjuncts(condition)
    for at in range(len(parts)) if len(parts) > 1 else ():
        yield " AND ".join(f"({one}) IS NOT TRUE" if at == here else one for here, one in enumerate(parts))


def wrong_conditions() -> Iterator[Mutant]:
    """Yield a catalogue for every condition turned around."""
    for place in places():
        for name in CONDITIONS:
            condition = getattr(place.case, name)
            for at, wrong in enumerate(turned(condition) if condition else ()):
                what = f"{place.entry.code.name} {place.number} {name} turned around, {at or 'whole'}"
                yield Mutant(what, place.put(**{name: wrong}), {})


def wrong_owners() -> Iterator[Mutant]:
    """Yield a catalogue for every owner of a single case forgotten."""
    for place in places():
        if place.case.owner:
            yield Mutant(f"{place.entry.code.name} {place.number} by its usual owner", place.put(owner=""), {})


def wrong_days(said: set[int]) -> Iterator[Mutant]:
    """Yield a catalogue for the days to act of every code that is ever open, one more and one less."""
    for entry in CATALOGUE.values():
        for by in (-1, 1) if entry.code in said else ():
            what = f"{entry.code.name} to be acted on in {entry.days + by} days"
            yield Mutant(what, with_entry(replace(entry, days=entry.days + by)), {})


def wrong_numbers(values: Mapping[str, object]) -> Iterator[Mutant]:
    """Yield every lag and age, one more and one less."""
    for name in PLAIN:
        number = values[name]
        assert isinstance(number, int)
        for by in (-1, 1):
            yield Mutant(f"{name} of {number + by}", CATALOGUE, {name: number + by})
