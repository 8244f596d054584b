"""Reads the matrix, and the addresses that the portal has."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

FILE = Path(__file__).with_name("matrix.csv")
METHODS = {"GET": ("GET", "HEAD"), "POST": ("POST",), "OTHER": ("PUT", "PATCH", "DELETE")}
"""What a row's method stands for. A HEAD is a GET without its body; OPTIONS tells nothing but the methods."""


@dataclass(frozen=True)
class Row:
    """What every role gets for one method at one address, about one object.

    The expected answer is a status, or ``>name`` for a redirect to the page of that name.
    """

    url: str
    method: str
    about: str
    expected: dict[str, str]

    @property
    def key(self) -> str:
        """The row's name in reports."""
        return f"{self.method} {self.url}" + (f" ({self.about})" if self.about else "")

    def covers(self, name: str) -> bool:
        """Return whether the row speaks of this address; only the admin's may be named by a pattern."""
        return fnmatchcase(name, self.url) if self.url.startswith("admin:") else name == self.url


@dataclass(frozen=True)
class Address:
    """A named address, and the names of what is filled into it."""

    name: str
    route: str
    parameters: frozenset[str]


def rows() -> list[Row]:
    """Return the matrix as it is written."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return [
            row_of({str(key).strip(): str(cell).strip() for key, cell in line.items()}) for line in csv.DictReader(file)
        ]


def row_of(line: dict[str, str]) -> Row:
    """Return a line of the file as a row."""
    url, method, about = line.pop("url"), line.pop("method"), line.pop("object")
    return Row(url, method, about, line)


def addresses() -> list[Address]:
    """Return every address of the portal; raises ``AssertionError`` for one without a name."""
    return list(walk(get_resolver(), ""))


def walk(resolver: URLResolver, namespace: str) -> Iterator[Address]:
    """Yield the addresses below a resolver."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            assert pattern.name, f"{pattern.pattern} has no name, so nothing can be said of it"
            parameters = frozenset(pattern.pattern.regex.groupindex) | frozenset(pattern.pattern.converters)
            yield Address(f"{namespace}{pattern.name}", str(pattern.pattern), parameters)
        else:
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from walk(pattern, inner)
