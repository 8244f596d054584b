from __future__ import annotations

import errno
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from orcs_portal.embedded import postgres, services
from orcs_portal.embedded.failures import (
    FIRST_START,
    LATER_START,
    NOTHING_TO_SPEAK_OF,
    OUT_OF_ROOM,
    CannotStartError,
    disk_full,
    is_full,
    one_sentence,
    require_room,
)
from orcs_portal.embedded.place import Place
from orcs_portal.embedded.program import Program

WEB = Program("web", ("/bin/true",))


class Usage(NamedTuple):
    total: int
    used: int
    free: int


def leave_free(monkeypatch: pytest.MonkeyPatch, free: int) -> None:
    """Make every disk look as if it had that many bytes left."""
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: Usage(10**12, 10**12 - free, free))


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """Return a place with a folder for its logs."""
    (tmp_path / "log").mkdir()
    return Place(tmp_path)


def said_by(error: OSError | CannotStartError) -> object:
    """Return what the person at the terminal is told when a start ends with ``error``."""
    with pytest.raises(SystemExit) as ended, one_sentence():
        raise error
    return ended.value.code


def test_what_stands_in_the_way_is_said_in_its_own_sentence() -> None:
    assert said_by(CannotStartError("Port 8000 is in use.")) == "Port 8000 is in use."


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_called_a_full_disk(code: int) -> None:
    assert is_full(OSError(code, "what the machine says"))
    assert said_by(OSError(code, "what the machine says")) == "The disk is full: free some space and try again."


def test_a_refusal_of_the_machine_names_the_file() -> None:
    said = said_by(PermissionError(errno.EACCES, "Permission denied", "/srv/portal/var"))
    assert said == "The machine refused something that a start needs: Permission denied (/srv/portal/var)."


def test_a_refusal_without_a_file_is_a_sentence_too() -> None:
    said = said_by(OSError(errno.EMFILE, "Too many open files"))
    assert said == "The machine refused something that a start needs: Too many open files."


def test_nothing_is_said_where_nothing_fails() -> None:
    with one_sentence():
        pass


def test_room_is_required_to_the_byte(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    leave_free(monkeypatch, 1000)
    require_room(tmp_path, 1000)
    with pytest.raises(CannotStartError, match="is full: free some space and try again"):
        require_room(tmp_path, 1001)


def test_a_first_start_wants_more_room_than_a_later_one(monkeypatch: pytest.MonkeyPatch, place: Place) -> None:
    leave_free(monkeypatch, (FIRST_START + LATER_START) // 2)
    with pytest.raises(CannotStartError) as refused:
        services.prepare(place)
    assert str(refused.value) == str(disk_full(place.root))
    assert not place.cluster.exists()


def test_a_later_start_is_content_with_less(monkeypatch: pytest.MonkeyPatch, place: Place) -> None:
    prepared = []
    monkeypatch.setattr(services, "require_entry", lambda _account, _folder: None)
    monkeypatch.setattr(services, "own_folder", lambda _folder, _account: None)
    monkeypatch.setattr(postgres, "prepare", lambda asked, **_how: prepared.append(asked))
    place.data.mkdir(parents=True)
    leave_free(monkeypatch, LATER_START)
    services.prepare(place)
    assert prepared == [place]
    leave_free(monkeypatch, LATER_START - 1)
    with pytest.raises(CannotStartError, match="is full"):
        services.prepare(place)


@pytest.mark.parametrize("words", OUT_OF_ROOM)
def test_a_program_that_says_the_disk_is_full_is_believed(place: Place, words: str) -> None:
    (place.log / "web.log").write_text(f"starting\ncould not write: {words}\nending\n")
    assert str(services.not_started(WEB, place)) == str(disk_full(place.root))


def test_a_program_that_said_so_long_ago_is_not_believed(place: Place) -> None:
    (place.log / "web.log").write_text(f"{OUT_OF_ROOM[0]}\n" + "all is well again\n" * 40)
    assert str(services.not_started(WEB, place)) == f"web does not run; the last lines of {place.log}/web.log say why."


def test_a_full_disk_is_found_although_it_had_no_room_for_the_reason(
    monkeypatch: pytest.MonkeyPatch, place: Place
) -> None:
    (place.log / "web.log").touch()
    leave_free(monkeypatch, NOTHING_TO_SPEAK_OF - 1)
    assert str(services.not_started(WEB, place)) == str(disk_full(place.root))


def test_a_program_without_a_log_is_named_all_the_same(monkeypatch: pytest.MonkeyPatch, place: Place) -> None:
    leave_free(monkeypatch, NOTHING_TO_SPEAK_OF)
    assert str(services.not_started(WEB, place)) == f"web does not run; the last lines of {place.log}/web.log say why."
