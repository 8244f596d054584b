from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from orcs_portal.embedded.place import (
    CLONE,
    LONGEST_SOCKET,
    SOCKET_LIMIT,
    TEST_PLACE,
    Place,
    fits_sockets,
    of_clone,
    of_test_run,
)

AWKWARD = ["with a space", "it's", "100%", 'quo"te', "do$llar", "co:lon", "é"]


def long_folder(bytes_: int) -> Path:
    """Return a path of that many bytes."""
    return Path("/" + "x" * (bytes_ - 1))


def test_a_folder_fits_sockets_up_to_the_kernels_last_byte() -> None:
    longest = SOCKET_LIMIT - len(f"/{LONGEST_SOCKET}")
    assert fits_sockets(long_folder(longest))
    assert not fits_sockets(long_folder(longest + 1))


def test_bytes_count_and_not_letters() -> None:
    assert not fits_sockets(Path("/" + "é" * 45))


@pytest.mark.parametrize("name", AWKWARD)
def test_sockets_leave_a_folder_whose_name_needs_quoting(name: str) -> None:
    place = Place(Path("/srv") / name / "var")
    assert place.run.parent == Path(tempfile.gettempdir())
    assert fits_sockets(place.run)


def test_a_plain_short_clone_keeps_its_sockets() -> None:
    assert Place(Path("/srv/portal/var")).run == Path("/srv/portal/var/run")


def test_two_clones_and_two_users_never_share_a_folder_of_sockets(monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = Place(Path("/srv/my portal/var")), Place(Path("/srv/your portal/var"))
    mine = one.run
    assert mine != other.run
    monkeypatch.setattr(os, "geteuid", lambda: 4242)
    assert one.run != mine


def test_a_temporary_directory_that_will_not_do_either_gives_way_to_tmp(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(long_folder(120)))
    place = Place(Path("/srv/my portal/var"))
    assert place.run.parent == Path("/tmp")  # noqa: S108 - the product's own last resort
    assert fits_sockets(place.run)


def test_the_addresses_follow_the_folder_of_the_sockets() -> None:
    place = Place(Path("/srv/portal/var"))
    assert place.address == {
        "NAME": "orcs_portal",
        "USER": "orcs_portal",
        "HOST": "/srv/portal/var/run",
        "PORT": "5432",
    }
    assert place.redis_url == "unix:///srv/portal/var/run/valkey.sock"


def test_a_clone_keeps_everything_below_var() -> None:
    place = of_clone()
    assert place.root == CLONE / "var"
    assert {place.cluster.parent, place.log.parent} == {place.root}
    assert place.data.parent == place.cluster


def test_a_test_run_hands_its_folder_on_to_its_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(TEST_PLACE)
    made = of_test_run()
    assert made.root.parent == Path(tempfile.gettempdir())
    assert os.environ[TEST_PLACE] == str(made.root)
    monkeypatch.setattr(os, "getpid", lambda: 1)
    assert of_test_run() == made
