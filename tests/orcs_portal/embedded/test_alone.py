"""The services for one command, really started: found where they run, and gone with whoever needed them last."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from orcs_portal.embedded import postgres, preparation, services, valkey
from orcs_portal.embedded.alone import available
from orcs_portal.embedded.failures import CannotStartError
from orcs_portal.embedded.leftovers import leftovers
from orcs_portal.embedded.place import CLONE, Place
from tests.orcs_portal.embedded.test_locks import held

Await = Callable[[Callable[[], object]], None]
VISIT = """
import sys
from pathlib import Path
from orcs_portal.embedded.alone import available
from orcs_portal.embedded.place import Place
with available(Place(Path(sys.argv[1]))):
    print("in", flush=True)
    sys.stdin.readline()
print("out", flush=True)
"""


def visit(place: Place) -> subprocess.Popen[str]:
    """Start another command that uses the services of a place until it is told to end, and return once it does."""
    process = subprocess.Popen(
        [sys.executable, "-c", VISIT, str(place.root)],
        cwd=CLONE,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "in\n"
    return process


def test_services_start_for_one_command_and_end_with_it(open_place: Place) -> None:
    with available(open_place):
        assert postgres.answers(open_place)
        assert valkey.answers(open_place)
        assert not valkey.has_listener(open_place)
        assert leftovers(open_place)
    assert not leftovers(open_place)
    assert not postgres.answers(open_place)
    assert not valkey.answers(open_place)


def test_a_second_command_uses_what_the_first_started(open_place: Place) -> None:
    with available(open_place):
        before = leftovers(open_place)
        visitor = visit(open_place)
        assert set(leftovers(open_place)) <= set(before) | {visitor.pid}
        said, complained = visitor.communicate("\n")
        assert (said, complained) == ("out\n", "")
        assert postgres.answers(open_place)


def test_the_first_command_waits_for_the_second_to_be_done(open_place: Place, await_true: Await) -> None:
    first = visit(open_place)
    with available(open_place):
        assert first.stdin is not None
        assert first.stderr is not None
        complaints = first.stderr.fileno()
        first.stdin.write("\n")
        first.stdin.flush()
        assert postgres.answers(open_place)
        await_true(lambda: "Waiting for another command" in os.read(complaints, 200).decode())
        assert first.poll() is None
        assert postgres.answers(open_place)
    assert first.communicate() == ("out\n", "")
    assert not leftovers(open_place)


def test_services_that_are_started_elsewhere_and_never_answer_are_a_sentence(
    monkeypatch: pytest.MonkeyPatch, open_place: Place
) -> None:
    monkeypatch.setattr(services, "SECONDS_TO_START", 0.2)
    with (
        held(open_place.root / "services.lock"),
        pytest.raises(CannotStartError, match="are being started elsewhere and do not answer"),
    ):
        available(open_place).__enter__()


def test_a_cluster_of_another_version_is_refused_and_left_alone(open_place: Place) -> None:
    services.prepare(open_place)
    version = open_place.data / "PG_VERSION"
    version.write_text("17\n")
    with pytest.raises(CannotStartError) as refused:
        services.prepare(open_place)
    assert str(refused.value) == (
        f"{open_place.data} was made by PostgreSQL 17 and this is 18: `make reset` starts over."
    )
    assert version.read_text() == "17\n"


def test_what_an_interrupted_first_start_left_is_made_anew(open_place: Place) -> None:
    half_made = open_place.cluster / "new"
    services.prepare(open_place)
    open_place.data.rename(half_made)
    (half_made / "PG_VERSION").unlink()
    services.prepare(open_place)
    assert not half_made.exists()
    assert (open_place.data / "PG_VERSION").exists()


def test_a_first_start_that_fails_says_postgresqls_own_reason(
    monkeypatch: pytest.MonkeyPatch, open_place: Place
) -> None:
    monkeypatch.setattr(postgres, "INITDB", ("--encoding=nonsense",))
    with pytest.raises(
        CannotStartError, match=r"^PostgreSQL could not create its data folder: initdb: error: .*nonsense"
    ):
        services.prepare(open_place)
    assert not open_place.data.exists()


def test_a_server_that_ends_at_once_is_named_with_its_log(monkeypatch: pytest.MonkeyPatch, open_place: Place) -> None:
    services.prepare(open_place)
    (open_place.data / "orcs_portal.conf").unlink()
    monkeypatch.setattr(services, "prepare", lambda _place, **_how: None)
    with pytest.raises(CannotStartError, match=r"^postgres does not run; the last lines of .*postgres\.log say why\.$"):
        services.running(open_place).__enter__()
    assert not leftovers(open_place)


def test_a_preparation_that_fails_leaves_its_reason_in_its_log(place: Place) -> None:
    environ = {**os.environ, "DJANGO_SETTINGS_MODULE": "orcs_portal.settings.nonsense"}
    with pytest.raises(CannotStartError, match=r"^prepare does not run; the last lines of .*prepare\.log say why\.$"):
        preparation.prepare_database(place, environ)
    assert "orcs_portal.settings.nonsense" in Path(place.log / "prepare.log").read_text()
