"""The locks agree with pyproject.toml and with one another, and PostgreSQL's driver is the one that was chosen."""

from __future__ import annotations

import re
import tomllib
from importlib.util import find_spec

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import is_psycopg3
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture import tree

PYPROJECT = (tree.ROOT / "pyproject.toml").read_text(encoding="utf-8")
PROJECT = tomllib.loads(PYPROJECT)["project"]
BASE: list[str] = PROJECT["dependencies"]
EXTRAS: dict[str, list[str]] = PROJECT["optional-dependencies"]
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;]+)")
HASH = re.compile(r"--hash=(sha256:[0-9a-f]{64})")

WANTED = {
    "requirements-image.lock": BASE,
    "requirements.lock": [*BASE, *EXTRAS["embedded"]],
    "requirements-dev.lock": [*BASE, *EXTRAS["embedded"], *EXTRAS["dev"]],
    "requirements-bench.lock": [*BASE, *EXTRAS["embedded"], *EXTRAS["dev"], *EXTRAS["bench"]],
}


def pins(name: str) -> dict[str, tuple[str, frozenset[str]]]:
    """Return a lock's packages with their version and hashes."""
    text = (tree.ROOT / name).read_text(encoding="utf-8")
    found: dict[str, tuple[str, frozenset[str]]] = {}
    for stanza in re.split(r"^(?=\S)", text, flags=re.MULTILINE)[1:]:
        match = PIN.match(stanza)
        assert match, f"{name} has a line that is no pin: {stanza[:60]}"
        found[canonicalize_name(match[1])] = (match[2], frozenset(HASH.findall(stanza)))
    return found


@pytest.mark.parametrize("name", WANTED)
def test_a_lock_pins_what_pyproject_asks_for(name: str) -> None:
    pinned = pins(name)
    for wanted in map(Requirement, WANTED[name]):
        version, _hashes = pinned[canonicalize_name(wanted.name)]
        assert wanted.specifier.contains(version), f"{name} pins {wanted.name} {version}, not {wanted.specifier}"


@pytest.mark.parametrize("name", WANTED)
def test_every_pin_of_a_lock_has_its_hashes(name: str) -> None:
    assert not [package for package, (_version, hashes) in pins(name).items() if not hashes]


def test_the_smaller_locks_are_parts_of_the_larger() -> None:
    image, run, dev, bench = (pins(name) for name in WANTED)
    assert image.items() <= run.items() <= dev.items() <= bench.items()


def test_the_image_carries_no_embedded_servers() -> None:
    assert not pins("requirements-image.lock").keys() & {Requirement(line).name for line in EXTRAS["embedded"]}


def test_every_dependency_says_why_it_is_there() -> None:
    lines = re.findall(r"^  \"[a-z][A-Za-z0-9_.\[\]-]*[<>=~]=?[0-9].*$", PYPROJECT, re.MULTILINE)
    assert len(lines) == len(BASE) + sum(map(len, EXTRAS.values()))
    assert not [line for line in lines if not re.search(r"\",\s+# \S.{8,}$", line)]


def test_the_driver_is_psycopg2() -> None:
    assert not is_psycopg3
    assert connection.vendor == "postgresql"
    assert find_spec("psycopg2") is not None


def test_no_lock_brings_the_driver_that_django_would_prefer() -> None:
    assert find_spec("psycopg") is None
    assert not [name for name in WANTED if pins(name).keys() & {"psycopg", "psycopg-binary", "psycopg-c"}]
