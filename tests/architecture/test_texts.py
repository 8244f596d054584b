"""What no file of the repository may hold: addresses elsewhere, this machine's paths, loose ends, silenced checks."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.architecture import tree

URL = re.compile(r"(?:https?:)?//(?P<host>[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)*\.[a-z]{2,})\b", re.IGNORECASE)
ALLOWED_HOST = re.compile(
    r"^(?:localhost|www\.w3\.org|.*\.(?:example|test|invalid|localhost)|example\.(?:com|org|net))$"
)
INDEX = re.compile(r"--(?:extra-)?index-url|--find-links|\bindex-url\s*=|\btrusted-host\b")
MACHINE = re.compile(
    r"(?<![\w.$}>-])/(?:" + "|".join(["work", "root", r"home/\w+", "Users/" + r"\w+"]) + r")(?=/|\b)(?!-)"
)
LOOSE_END = re.compile(r"\b(?:" + "|".join(["TO" + "DO", "FIX" + "ME", "X" + "XX", "HA" + "CK"]) + r")\b")
SILENCER = re.compile(r"#\s*(?:no" + r"qa|type:\s*ig" + r"nore|pragma:\s*no cov" + r"er)(?P<rest>.*)")
CODED = re.compile(r"^(?::\s*[A-Z]+[0-9]+(?:,\s*[A-Z]+[0-9]+)*|\[[a-z-]+(?:,\s*[a-z-]+)*\])?\s*(?P<reason>.*)$")
LOCKS = {"requirements.lock", "requirements-dev.lock", "requirements-image.lock", "requirements-bench.lock"}


def found(pattern: re.Pattern[str]) -> Iterator[str]:
    """Yield where a pattern occurs in any file, this one apart."""
    for path, text in tree.texts():
        for number, line in enumerate(text.splitlines(), start=1):
            if tree.named(path) != "tests/architecture/test_texts.py" and pattern.search(line):
                yield f"{tree.named(path)}:{number}: {line.strip()[:100]}"


def strangers(text: str) -> list[str]:
    """Return the hosts that a text points to and that are not ours or made up."""
    return [match["host"] for match in URL.finditer(text) if not ALLOWED_HOST.match(match["host"].lower())]


def silenced_without_cause(line: str) -> bool:
    """Return whether a line silences a check without saying which one and why."""
    match = SILENCER.search(line)
    if match is None:
        return False
    rest = CODED.match(match["rest"])
    coded = "cover" in match[0] or match["rest"].startswith((":", "["))
    return rest is None or not coded or len(rest["reason"].strip(" #-–:")) < 4


def test_no_file_points_to_a_host_elsewhere() -> None:
    hosts = [f"{tree.named(path)}: {host}" for path, text in tree.texts() for host in strangers(text)]
    assert not [host for host in hosts if not host.startswith("tests/architecture/test_texts.py")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('<script src="https://cdn.elsewhere.net/x.js">', ["cdn.elsewhere.net"]),
        ('<link href="//fonts.elsewhere.com/css">', ["fonts.elsewhere.com"]),
        ("http://localhost:8000/calls/", []),
        ("https://portal.example/ and https://example.org/", []),
        ('xmlns="http://www.w3.org/2000/svg"', []),
    ],
)
def test_a_host_elsewhere_would_be_seen(text: str, expected: list[str]) -> None:
    assert strangers(text) == expected


def test_no_file_names_a_package_index() -> None:
    assert not list(found(INDEX))


def test_no_file_holds_a_path_of_a_machine() -> None:
    assert not list(found(MACHINE))


@pytest.mark.parametrize("path", ["/" + "work/main", 'open("/' + 'root/x")', "=/" + "home/ann/portal"])
def test_a_path_of_a_machine_would_be_seen(path: str) -> None:
    assert MACHINE.search(path)


def test_no_file_holds_a_loose_end() -> None:
    assert not list(found(LOOSE_END))


def test_no_check_is_silenced_without_saying_which_and_why() -> None:
    bare = [
        f"{tree.named(path)}:{number}"
        for path in (*tree.code(), *tree.tests())
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if silenced_without_cause(line)
    ]
    assert not [where for where in bare if not where.startswith("tests/architecture/test_texts.py")], bare


@pytest.mark.parametrize(
    ("line", "without_cause"),
    [
        ("x = 1  # no" + "qa", True),
        ("x = 1  # no" + "qa: S101", True),
        ("x = 1  # no" + "qa: S101 - the shell is ours", False),
        ("x = 1  # type: ig" + "nore", True),
        ("x = 1  # type: ig" + "nore[attr-defined]", True),
        ("x = 1  # type: ig" + "nore[attr-defined]  # the stubs lack it", False),
        ("x = 1  # a remark", False),
    ],
)
def test_a_silenced_check_without_cause_would_be_seen(line: str, without_cause: bool) -> None:
    assert silenced_without_cause(line) is without_cause


def test_locks_hold_no_addresses() -> None:
    assert not [name for name in LOCKS if "://" in (tree.ROOT / name).read_text(encoding="utf-8")]
