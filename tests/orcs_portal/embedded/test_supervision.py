from __future__ import annotations

import configparser
import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from orcs_portal.embedded import run, services, supervision
from orcs_portal.embedded.failures import CannotStartError
from orcs_portal.embedded.leftovers import clear
from orcs_portal.embedded.place import CLONE, Place
from orcs_portal.embedded.program import MARK, Program, end, launch
from orcs_portal.embedded.supervision import GROUP, TRIES, Supervisor, relative
from orcs_portal.settings.environment import REQUIRED

Await = Callable[[Callable[[], object]], None]
SLEEP = ("/bin/sleep", "60")
SERVER = Program("server", SLEEP, stop=signal.SIGINT, patience=30)
WORKER = Program("worker", SLEEP, patience=15)
WEB = Program("web", SLEEP)


def supervisor(place: Place, *programs: Program) -> Supervisor:
    """Return a supervisor of one server and some programs, whose sockets have their folder."""
    place.run.mkdir(exist_ok=True)
    return Supervisor(place, (SERVER,), programs or (WEB, WORKER))


def settings(of: Supervisor) -> configparser.RawConfigParser:
    """Write a supervisor's settings and read them as it does."""
    of.write_settings()
    parser = configparser.RawConfigParser()
    parser.read(of.settings)
    return parser


def test_a_programs_settings_say_how_it_starts_and_how_it_ends(place: Place) -> None:
    server = settings(supervisor(place))["program:server"]
    assert (server["autostart"], server["stopsignal"], server["stopwaitsecs"]) == ("true", "INT", "30")
    worker = settings(supervisor(place))["program:worker"]
    assert (worker["autostart"], worker["stopsignal"], worker["stopwaitsecs"]) == ("false", "TERM", "15")
    assert worker["startretries"] == str(TRIES)
    assert worker["killasgroup"] == "true"


def test_programs_end_before_the_servers_they_use(place: Place) -> None:
    read = settings(supervisor(place))
    assert read[f"group:{GROUP}"]["programs"] == "web,worker"
    assert int(read[f"group:{GROUP}"]["priority"]) > int(read["program:server"]["priority"])


def test_every_program_is_tied_to_the_supervisor(place: Place) -> None:
    command = shlex.split(settings(supervisor(place))["program:web"]["command"])
    assert command[:1] == [sys.executable]
    assert command[-2:] == list(SLEEP)
    assert "guard.py" in command[3]


def test_what_a_path_of_the_clone_needs_quoted_is_said_from_the_clone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervision, "CLONE", Path("/srv/it's 100% mine"))
    assert relative("/srv/it's 100% mine/var/log") == "var/log"
    assert relative("/opt/plain/python") == "/opt/plain/python"
    assert relative("--bind=127.0.0.1:8000") == "--bind=127.0.0.1:8000"


def test_a_percent_sign_in_a_command_survives_the_settings(place: Place) -> None:
    told = Program("web", ("/bin/echo", "%(t)s 100%"))
    command = settings(supervisor(place, told))["program:web"]["command"]
    assert shlex.split(command % {})[-1] == "%(t)s 100%"


def test_the_supervisor_is_given_the_time_that_all_its_programs_may_take(place: Place) -> None:
    program = supervisor(place).program
    assert program.patience > max(WEB.patience, WORKER.patience) + SERVER.patience
    assert program.orphan == signal.SIGTERM


def test_a_supervisor_that_is_not_there_has_no_states_and_nothing_failed(place: Place) -> None:
    absent = supervisor(place)
    assert absent.states() == {}
    assert absent.failed([SERVER]) is None


def test_asking_an_absent_supervisor_to_start_is_a_sentence(place: Place) -> None:
    with pytest.raises(
        CannotStartError, match=r"^supervisor does not run; the last lines of .*supervisor\.log say why\.$"
    ):
        supervisor(place).start_programs()


@pytest.fixture
def keep(place: Place) -> Callable[..., tuple[Supervisor, subprocess.Popen[bytes]]]:
    """Return a function that runs a supervisor over harmless programs."""

    def start(*programs: Program) -> tuple[Supervisor, subprocess.Popen[bytes]]:
        kept = supervisor(place, *programs)
        kept.write_settings()
        return kept, launch(kept.program, place, environ=dict(os.environ), folder=CLONE)

    return start


Keep = Callable[..., tuple[Supervisor, subprocess.Popen[bytes]]]


def test_servers_run_from_the_start_and_programs_when_asked(keep: Keep, await_true: Await) -> None:
    kept, process = keep()
    try:
        await_true(lambda: kept.states().get("server") in {"STARTING", "RUNNING"})
        assert kept.states()["web"] == "STOPPED"
        kept.start_programs()
        await_true(lambda: set(kept.states().values()) == {"RUNNING"})
        assert kept.failed([SERVER, WEB, WORKER]) is None
    finally:
        kept.end(process)
    assert process.returncode == 0
    assert kept.states() == {}


def test_a_supervisor_on_its_way_out_answers_nobody(keep: Keep, await_true: Await) -> None:
    deaf = Program("web", ("/bin/sh", "-c", "trap '' TERM; while :; do sleep 0.1; done"), patience=3)
    kept, process = keep(deaf, WORKER)
    try:
        await_true(kept.states)
        kept.start_programs()
        await_true(lambda: kept.states().get("web") == "RUNNING")
        process.send_signal(signal.SIGTERM)
        await_true(lambda: not kept.states())
        assert process.poll() is None
        with pytest.raises(CannotStartError, match=r"^supervisor does not run"):
            kept.start_programs()
    finally:
        kept.end(process)


def test_a_frozen_supervisor_is_ended_by_force(
    monkeypatch: pytest.MonkeyPatch, keep: Keep, await_true: Await, place: Place
) -> None:
    kept, process = keep()
    await_true(kept.states)
    process.send_signal(signal.SIGSTOP)
    monkeypatch.setattr(Supervisor, "program", Program("supervisor", SLEEP, patience=1))
    kept.end(process)
    assert process.returncode == -signal.SIGKILL
    clear(place)


def test_a_supervisor_that_has_ended_is_not_ended_again(keep: Keep) -> None:
    kept, process = keep()
    process.kill()
    process.wait()
    kept.end(process)
    assert process.returncode == -signal.SIGKILL


def test_a_program_that_does_not_stay_up_is_found(keep: Keep, await_true: Await) -> None:
    broken = Program("web", ("/bin/false",))
    kept, process = keep(broken, WORKER)
    try:
        await_true(kept.states)
        kept.start_programs()
        await_true(lambda: kept.failed([broken]) == broken)
        assert kept.failed([WORKER]) is None
    finally:
        kept.end(process)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_supervisor_that_ends_while_the_portal_boots_is_noticed_at_once(
    keep: Keep, await_true: Await, number: signal.Signals
) -> None:
    kept, process = keep()
    await_true(kept.states)
    process.send_signal(number)
    process.wait()
    with pytest.raises(CannotStartError, match=r"^supervisor does not run"):
        run._await_portal(kept, process, 1)  # noqa: SLF001 - the step at which it was noticed only after 90 seconds


def test_a_program_that_is_given_up_ends_the_watch_with_its_name(monkeypatch: pytest.MonkeyPatch, keep: Keep) -> None:
    kept, process = keep()
    monkeypatch.setattr(run, "GLANCE", 0.01)
    monkeypatch.setattr(Supervisor, "states", lambda _self: {"server": "RUNNING", "worker": "FATAL"})
    try:
        with pytest.raises(CannotStartError, match=r"^worker does not run; the last lines of .*worker\.log say why"):
            run._watch(kept, process)  # noqa: SLF001 - what it says when it ends
    finally:
        kept.end(process)


def test_a_portal_that_never_gets_ready_says_where_to_look(monkeypatch: pytest.MonkeyPatch, keep: Keep) -> None:
    kept, process = keep()
    monkeypatch.setattr(run, "SECONDS_TO_SERVE", 0.3)
    try:
        with pytest.raises(CannotStartError, match=r"^The portal does not become ready; http://localhost:1/readyz and"):
            run._await_portal(kept, process, 1)  # noqa: SLF001 - as above
    finally:
        kept.end(process)


def test_a_launched_program_is_in_a_session_of_its_own_and_marked(place: Place, await_true: Await) -> None:
    shell = Program("shell", ("/bin/sh", "-c", f'echo "mark ${MARK}"; sleep 60'))
    process = launch(shell, place)
    try:
        await_true(lambda: (place.log / "shell.log").read_text() == f"mark {place.root}\n")
        assert os.getsid(process.pid) == process.pid
    finally:
        end(process, shell)
    assert process.returncode == -signal.SIGTERM


def test_a_program_without_ears_is_ended_by_force_once_its_patience_is_over(place: Place, await_true: Await) -> None:
    deaf = Program("deaf", ("/bin/sh", "-c", "trap '' TERM; echo up; while :; do sleep 0.1; done"), patience=1)
    process = launch(deaf, place)
    await_true(lambda: (place.log / "deaf.log").read_text() == "up\n")
    end(process, deaf)
    assert process.returncode == -signal.SIGKILL
    end(process, deaf)  # a second time there is nothing to do


def test_the_served_portal_is_the_demonstration_and_hears_nothing_of_a_production(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in REQUIRED:
        monkeypatch.setenv(name, "of a production")
    monkeypatch.setenv("DEMO", "0")
    environ = run.environment(8001)
    assert not REQUIRED.keys() & environ.keys()
    assert environ["DJANGO_SETTINGS_MODULE"] == "orcs_portal.settings.local"
    assert (environ["DEMO"], environ["PORT"]) == ("1", "8001")
    assert environ["PATH"] == os.environ["PATH"]


@pytest.mark.parametrize(("before", "after"), [("8000", "8000, stopping"), ("", ", stopping")])
def test_a_start_that_fails_early_still_says_that_it_stops(
    monkeypatch: pytest.MonkeyPatch, place: Place, before: str, after: str
) -> None:
    said = []
    lock = type("Lock", (), {"read": lambda _self: before, "write": lambda _self, text: said.append(text)})()
    monkeypatch.setattr(run, "ignore_endings", lambda: None)
    monkeypatch.setattr(services, "prepare", partial(_refuse, "The disk is full."))
    with pytest.raises(CannotStartError, match="disk"), run._supervised(supervisor(place), lock, {}):  # noqa: SLF001 - as above
        pass
    assert said == [after]


def _refuse(sentence: str, _place: Place) -> None:
    raise CannotStartError(sentence)
