"""`make run` interrupted with Ctrl-C, and its supervision killed, at random moments of a start and of serving.

Each time nothing of the clone is left, nothing stands in the way of the next start, and the data is whole.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import socket
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.faults.campaign import SEED, note, size
from tests.faults.clone import SECONDS_TO_SERVE, SERVES, SUPERVISES, Clone, Run
from tests.faults.stack import await_true

CALL = ("--provider", "310042", "--student", "900012011", "--service", "speech", "--date", "2026-11-23")
AWKWARD = f"a folder/{'with a long name ' * 7}/it's 100% mine"
CONFIRMATION = re.compile(r"\b\d{8}\b")
SECONDS_TO_BE_GONE = 30.0  # after a SIGKILL: who hears that it is alone ends in order
CHANCE = random.Random(SEED)

pytestmark = pytest.mark.timeout(600)


@dataclass(frozen=True, slots=True)
class Moment:
    """A stretch of a start: how it is seen to have begun, and up to how many seconds later the blow falls."""

    name: str
    begun: Callable[[Clone, Run], bool]
    seconds: float
    first: bool = True  # whether it belongs to a first start, in a clone without ``var``


WAKING = Moment("waking", lambda _clone, _run: True, 0.4)
INITDB = Moment("initdb", lambda clone, _run: (clone.place.cluster / "new").exists(), 0.4)
MIGRATING = Moment("migrating", lambda clone, _run: (clone.place.log / "prepare.log").exists(), 1.5)
LOADING = Moment("loading", lambda clone, _run: (clone.place.root / "static" / "staticfiles.json").exists(), 4.0)
BOOTING = Moment("booting", lambda clone, _run: (clone.place.log / "web.log").exists(), 1.2, first=False)
READY = Moment("ready", lambda _clone, run: run.is_ready, 2.0, first=False)


@dataclass(frozen=True, slots=True)
class Blow:
    """What is done at a moment: SIGKILL to one of those who keep the rest running, or Ctrl-C where none is named."""

    moment: Moment
    victim: str
    delay: float
    patient: bool  # whether whoever struck waits until everything is gone before starting anew

    @property
    def title(self) -> str:
        """What a test's name says of it."""
        return f"{self.moment.name}+{self.delay:.2f}s-{self.victim or 'ctrl-c'}"

    def fall(self, clone: Clone, run: Run) -> None:
        """Wait for the moment and strike."""
        await_true(f"the start is {self.moment.name}", lambda: self.moment.begun(clone, run), within=SECONDS_TO_SERVE)
        time.sleep(self.delay)
        if not self.victim:
            run.interrupt()
            return
        for pid in clone.processes(self.victim)[:1] or [run.make.pid]:
            os.kill(pid, signal.SIGKILL)


def _blows(*, kill: bool) -> list[Blow]:
    """Return three blows, or ten: in a first start, while workers boot, while ready, and then over again."""
    firsts = CHANCE.sample([INITDB, MIGRATING, LOADING], 3)
    moments = [firsts[0], BOOTING, READY, firsts[1], BOOTING, READY, firsts[2], BOOTING, READY, WAKING]
    return [_blow(moment, kill=kill) for moment in moments[: size(3, 10)]]


def _blow(moment: Moment, *, kill: bool) -> Blow:
    supervised = moment in {LOADING, BOOTING, READY}
    victims = [SERVES, SUPERVISES, "make run"] if supervised else [SERVES, "make run"]
    return Blow(
        moment,
        victim=CHANCE.choice(victims) if kill else "",
        delay=CHANCE.uniform(0, moment.seconds),
        patient=not kill or CHANCE.random() < 0.5,
    )


@dataclass(frozen=True, slots=True)
class Whole:
    """The clone, what was kept of an undisturbed first start, and how many rows each table holds after it."""

    clone: Clone
    kept: Path
    rows: dict[str, int]


@pytest.fixture(scope="module", autouse=True)
def heard() -> Iterator[None]:
    """Let Ctrl-C be heard by what is started here, also when these tests run in the background, where it is ignored."""
    kept = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, kept)


@pytest.fixture(scope="module")
def whole() -> Iterator[Whole]:
    """Serve a clone of what is committed once, undisturbed, where the path is as awkward as a path may be."""
    with tempfile.TemporaryDirectory(prefix="orcs-supervision-") as folder:
        Path(folder).chmod(0o755)  # as root the database runs as another user
        clone = Clone(Path(folder) / AWKWARD, _free_port())
        with clone.served():
            rows = clone.counts()
        kept = Path(folder) / "kept"
        clone.place.root.rename(kept)
        shutil.rmtree(kept / "log")
        yield Whole(clone, kept, rows)
        shutil.rmtree(clone.place.run)  # such a path is too long for sockets, which then live elsewhere


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@pytest.mark.parametrize("blow", _blows(kill=False), ids=lambda blow: blow.title)
def test_ctrl_c_at_any_moment_leaves_nothing_and_the_next_start_is_whole(whole: Whole, blow: Blow) -> None:
    _strike_and_start_again(whole, blow)


@pytest.mark.parametrize("blow", _blows(kill=True), ids=lambda blow: blow.title)
def test_sigkill_of_what_supervises_leaves_nothing_and_the_next_start_is_whole(whole: Whole, blow: Blow) -> None:
    _strike_and_start_again(whole, blow)


def _strike_and_start_again(whole: Whole, blow: Blow) -> None:
    clone = whole.clone
    clone.put_back(None if blow.moment.first else whole.kept)
    run = clone.start()
    confirmation = _confirmation_once_ready(clone, run) if blow.moment is READY else ""
    blow.fall(clone, run)
    struck, before = time.monotonic(), clone.left()
    if blow.patient:
        _await_nothing(clone, run, blow)
    again = time.monotonic()
    with clone.served():
        ready = time.monotonic()
        run.await_end()
        assert not before.keys() & clone.left().keys()
        _assert_whole(clone.counts(), whole.rows, called=bool(confirmation))
        assert not confirmation or _confirmation(clone) == confirmation
    assert "Traceback" not in run.said, run.said
    waited = f"all gone {again - struck:.1f} s later" if blow.patient else "started anew at once"
    note(f"supervision {blow.title}: {waited}, ready again in {ready - again:.1f} s")


def _await_nothing(clone: Clone, run: Run, blow: Blow) -> None:
    run.await_end()
    if blow.victim:
        await_true("nothing of the clone is left", lambda: not clone.left(), within=SECONDS_TO_BE_GONE)
    assert clone.left() == {}


def _confirmation_once_ready(clone: Clone, run: Run) -> str:
    await_true("the portal is ready", lambda: run.is_ready, within=SECONDS_TO_SERVE)
    return _confirmation(clone)


def _confirmation(clone: Clone) -> str:
    """Record the demonstration's first call and return its number: the same one each time that it still stands."""
    found = CONFIRMATION.search(clone.manage("record_call", *CALL))
    assert found
    return found[0]


def _assert_whole(found: dict[str, int], wanted: dict[str, int], *, called: bool) -> None:
    """Fail unless every table holds what an undisturbed start leaves, and one call on the way where one was made."""
    more = {table: found[table] - wanted[table] for table in wanted if found[table] != wanted[table]}
    if called:
        assert (more["caseloads_call"], more["caseloads_delivery"]) == (1, 3)
        assert min(more.values()) > 0, more
    else:
        assert more == {}


def test_two_clones_are_served_at_once_but_never_on_one_port(whole: Whole) -> None:
    first = whole.clone
    second = Clone(first.root.with_name("another"), first.port)
    for clone in (first, second):
        clone.put_back(whole.kept)
    run = first.start()
    await_true("the first has the port, and does not serve yet", lambda: first.processes(SUPERVISES), within=30)
    refused = second.start()
    refused.await_end()
    sentence = (
        f"Port {first.port} is in use by another program: choose another, as in `make run PORT={first.port + 1}`."
    )
    assert refused.said.splitlines()[:-1] == [sentence]  # the last line is make's own
    second.port = _free_port()
    with second.served():
        await_true("the first is ready", lambda: run.is_ready, within=SECONDS_TO_SERVE)
        assert first.counts() == second.counts() == whole.rows
        run.interrupt()
        run.await_end()
        assert not first.left()
        assert second.answer("/readyz") == 200
