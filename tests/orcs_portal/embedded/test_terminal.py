"""What a person at the terminal sees and does: progress, Ctrl-C, questions, and what a command line asks for."""

from __future__ import annotations

import http.server
import io
import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from orcs_portal.embedded import progress, reset
from orcs_portal.embedded.endings import ENDING, ignore_endings, interrupt_once
from orcs_portal.embedded.health import is_ready
from orcs_portal.embedded.manage import OWN_SETTINGS, needs_services
from orcs_portal.embedded.place import CLONE, Place
from orcs_portal.embedded.progress import Progress

Answer = tuple[int, str]


@pytest.fixture
def handlers() -> Iterator[None]:
    """Put the handlers of ending signals back after the test."""
    kept = {number: signal.getsignal(number) for number in ENDING}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


@pytest.mark.usefixtures("handlers")
@pytest.mark.parametrize("number", ENDING)
def test_the_first_ending_signal_interrupts_and_a_second_does_not(number: signal.Signals) -> None:
    interrupt_once()
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(number)
    for again in ENDING:
        signal.raise_signal(again)


@pytest.mark.usefixtures("handlers")
def test_once_the_end_has_begun_no_signal_disturbs_it() -> None:
    interrupt_once()
    ignore_endings()
    for number in ENDING:
        signal.raise_signal(number)


@pytest.mark.usefixtures("handlers")
def test_a_signal_that_was_held_back_arrives() -> None:
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    signal.raise_signal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        interrupt_once()


def test_a_quick_step_is_worth_no_line(capsys: pytest.CaptureFixture[str]) -> None:
    with Progress("Starting"):
        pass
    assert capsys.readouterr().err == ""


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a step be named at once and again often."""
    monkeypatch.setattr(progress, "SOON", 0.01)
    monkeypatch.setattr(progress, "EVERY_ELSEWHERE", 0.01)


@pytest.mark.usefixtures("soon")
def test_a_longer_step_is_named_with_how_far_it_is_and_its_end(capsys: pytest.CaptureFixture[str]) -> None:
    with Progress("Installing") as shown:
        time.sleep(0.2)
        shown.tell("3 of 44 packages")
        time.sleep(0.2)
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "Installing: 0 s"
    assert "Installing: 0 s, 3 of 44 packages" in lines
    assert lines[-1] == "Installing: done in 0 s"


@pytest.mark.usefixtures("soon")
def test_a_step_that_fails_is_not_called_done(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(RuntimeError, match="pip"), Progress("Installing"):
        _fail_slowly()
    assert capsys.readouterr().err.splitlines()[-1] == "Installing: stopped in 0 s"


def _fail_slowly() -> None:
    time.sleep(0.2)
    raise RuntimeError("pip ended")


@pytest.mark.usefixtures("soon")
def test_a_terminal_has_one_line_that_is_written_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "EVERY_ON_TERMINAL", 0.01)
    terminal = io.StringIO()
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stderr", terminal)
    with Progress("Installing"):
        time.sleep(0.2)
    assert terminal.getvalue().count("\n") == 1
    assert terminal.getvalue().endswith("\r\033[KInstalling: done in 0 s\n")


@pytest.mark.parametrize("answer", ["", "no\n", "y\n"])
def test_a_reset_without_a_clear_yes_removes_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], place: Place, answer: str
) -> None:
    monkeypatch.setattr(reset, "of_clone", lambda: place)
    monkeypatch.setattr(sys, "stdin", io.StringIO(answer))
    monkeypatch.delenv("FORCE", raising=False)
    with pytest.raises(SystemExit) as ended:
        reset.main([])
    assert ended.value.code == 1
    said = capsys.readouterr().out
    assert f"removes {place.root}: the database, the log files and the secret key." in said
    assert said.endswith("Nothing was removed.\n")
    assert place.root.exists()


@pytest.mark.parametrize(("answer", "force"), [("yes\n", ""), (" YES \n", ""), ("", "1")])
def test_a_reset_that_is_meant_removes_everything(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], place: Place, answer: str, force: str
) -> None:
    monkeypatch.setattr(reset, "of_clone", lambda: place)
    monkeypatch.setattr(sys, "stdin", io.StringIO(answer))
    monkeypatch.setenv("FORCE", force)
    (place.run / "socket").mkdir(parents=True)
    reset.main([])
    assert capsys.readouterr().out.endswith("Removed. `make run` starts over.\n")
    assert not place.root.exists()
    assert not place.run.exists()


@pytest.mark.parametrize("line", ["migrate", "calls --json", "shell", "record_call --provider 310042"])
def test_a_command_that_works_on_rows_needs_the_services(monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", OWN_SETTINGS)
    assert needs_services(["manage.py", *line.split()])


@pytest.mark.parametrize("line", ["", "help calls", "check --deploy", "collectstatic", "--version", "calls --help"])
def test_a_command_that_needs_no_rows_starts_nothing(monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", OWN_SETTINGS)
    assert not needs_services(["manage.py", *line.split()])


def test_a_database_that_is_named_or_other_settings_start_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "orcs_portal.settings.production")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert not needs_services(["manage.py", "migrate"])
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", OWN_SETTINGS)
    monkeypatch.setenv("DATABASE_URL", "postgres://elsewhere/portal")
    assert not needs_services(["manage.py", "migrate"])


@pytest.mark.parametrize("words", [[], ["start"], ["--help"]])
def test_a_command_that_is_none_is_told_which_there_are(words: list[str]) -> None:
    command = [sys.executable, "-m", "orcs_portal.embedded", *words]
    done = subprocess.run(command, cwd=CLONE, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == "Use: python -m orcs_portal.embedded install|run|stop|reset ...\n"


def test_standard_error_that_was_set_aside_comes_back(tmp_path: Path) -> None:
    line = f'ORCS_PORTAL_STDERR=3 "{sys.executable}" -m orcs_portal.embedded 3>&2 2>/dev/null'
    done = subprocess.run(["/bin/sh", "-c", line], cwd=CLONE, capture_output=True, text=True, check=False)
    assert done.stderr.startswith("Use: ")


@pytest.fixture
def portal() -> Iterator[tuple[int, list[Answer]]]:
    """Serve ``/readyz`` with the answers of a list, the last one for good, and return the port and the list."""
    answers: list[Answer] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, text = answers[0]
            self.send_response(status if self.path == "/readyz" else 404)
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server.server_port, answers
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("status", "states", "ready"),
    [
        (200, ["ok", "ok"], True),
        (200, ["ok", "degraded"], False),
        (503, ["ok", "ok"], False),
        (200, [], False),
    ],
)
def test_the_portal_is_ready_when_every_check_of_its_own_is_good(
    portal: tuple[int, list[Answer]], status: int, states: list[str], *, ready: bool
) -> None:
    port, answers = portal
    answers.append((status, json.dumps({f"check {n}": {"state": state} for n, state in enumerate(states)})))
    assert is_ready(port) is ready


def test_another_program_on_the_port_is_not_taken_for_the_portal(portal: tuple[int, list[Answer]]) -> None:
    port, answers = portal
    answers.append((200, "<html>somebody else</html>"))
    assert not is_ready(port)


def test_nobody_on_the_port_is_not_ready() -> None:
    assert not is_ready(1)
