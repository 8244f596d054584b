from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from orcs_portal.embedded.account import Account, own_folder, require_entry, server_account
from orcs_portal.embedded.failures import CannotStartError
from orcs_portal.embedded.place import Place

OURS = Account(os.geteuid(), os.getegid())
STRANGER = Account(4242, 4242)


def mode(path: Path) -> int:
    """Return the rights of a file."""
    return stat.S_IMODE(path.stat().st_mode)


def test_the_servers_never_run_as_root() -> None:
    assert server_account().uid != 0


def test_whoever_is_not_root_runs_the_servers_as_oneself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(os, "getegid", lambda: 1001)
    account = server_account()
    assert account == Account(1000, 1001)
    assert account.is_ours


def test_an_account_is_called_by_its_name_or_else_by_its_number() -> None:
    assert Account(0, 0).name == "root"
    assert STRANGER.name == "user 4242"


def test_a_new_folder_is_open_to_its_owner_alone(tmp_path: Path) -> None:
    folder = own_folder(tmp_path / "deep" / "run", OURS)
    assert folder.stat().st_uid == OURS.uid
    assert mode(folder) == 0o700


def test_ones_own_folder_is_closed_if_it_stood_open(tmp_path: Path) -> None:
    folder = tmp_path / "run"
    folder.mkdir(mode=0o777)
    own_folder(folder, OURS)
    assert mode(folder) == 0o700


def test_somebody_elses_folder_is_refused_with_both_names(tmp_path: Path) -> None:
    folder = tmp_path / "run"
    folder.mkdir(mode=0o755)
    with pytest.raises(CannotStartError) as refused:
        own_folder(folder, STRANGER)
    assert str(refused.value) == (
        f"{folder} belongs to {OURS.name}, not to user 4242: start as the user who started first, or remove it."
    )
    assert mode(folder) == 0o755


def test_a_link_put_in_the_folders_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "run").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(CannotStartError, match="belongs to"):
        own_folder(tmp_path / "run", OURS)
    assert mode(tmp_path / "elsewhere") != 0o700


def test_a_file_in_the_folders_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "run").touch()
    with pytest.raises(CannotStartError, match="belongs to"):
        own_folder(tmp_path / "run", OURS)


def test_ones_own_folders_are_not_looked_into(tmp_path: Path) -> None:
    require_entry(OURS, tmp_path / "not" / "there")


@pytest.mark.skipif("os.geteuid() != 0", reason="only root may try how it is for somebody else")
def test_the_first_closed_folder_on_the_way_is_named(open_place: Place) -> None:
    closed = open_place.root / "closed"
    (closed / "deeper").mkdir(parents=True)
    require_entry(STRANGER, open_place.run)
    closed.chmod(0o700)
    with pytest.raises(
        CannotStartError, match=f"who may not enter {closed}: move the clone to a folder open to everyone"
    ):
        require_entry(STRANGER, open_place.run, closed / "deeper" / "run")
    assert mode(closed) == 0o700
