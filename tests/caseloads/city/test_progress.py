"""How far a building is: a bar for who watches, a line now and then for a log, nothing for what is quick."""

from __future__ import annotations

from io import StringIO

import pytest

from caseloads.city.progress import Progress


class Terminal(StringIO):
    """A standard error that somebody watches."""

    def isatty(self) -> bool:
        """Say so."""
        return True


@pytest.fixture
def seconds(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Give a clock that stands until it is put on."""
    now = [100.0]
    monkeypatch.setattr("caseloads.city.progress.time.monotonic", lambda: now[0])
    return now


def test_what_is_quick_is_not_worth_a_word(seconds: list[float]) -> None:
    err = StringIO()
    with Progress(err) as said:
        said.tell("students", 5, 10)
        seconds[0] += 9
        said.tell("students", 10, 10)
    assert err.getvalue() == ""


def test_a_log_gets_a_line_every_ten_seconds(seconds: list[float]) -> None:
    err = StringIO()
    with Progress(err) as said:
        for done in range(1, 31):
            seconds[0] += 1
            said.tell("students", done, 30)
    assert err.getvalue().count("students") == 3
    assert "[########................] students: 10 of 30, 10 s" in err.getvalue()


def test_a_terminal_gets_a_bar_that_goes_away(seconds: list[float]) -> None:
    err = Terminal()
    with Progress(err) as said:
        seconds[0] += 1
        said.tell("students", 15, 30)
    assert err.getvalue().startswith("\r\033[K[############............] students: 15 of 30")
    assert err.getvalue().endswith("\r\033[K")
