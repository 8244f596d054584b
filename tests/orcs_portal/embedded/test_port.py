from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from orcs_portal.embedded.failures import CannotStartError
from orcs_portal.embedded.port import claimed, wanted_port


@pytest.fixture
def free() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@pytest.fixture
def taken() -> Iterator[int]:
    """Return a port at which another program listens."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield int(other.getsockname()[1])


def test_the_port_is_8000_unless_another_is_named() -> None:
    assert wanted_port({}) == 8000
    assert wanted_port({"PORT": ""}) == 8000
    assert wanted_port({"PORT": "8001"}) == 8001


@pytest.mark.parametrize("text", ["1", "65535"])
def test_the_first_and_the_last_port_may_be_named(text: str) -> None:
    assert wanted_port({"PORT": text}) == int(text)


@pytest.mark.parametrize("text", ["0", "65536", "-1", "80.5", "web", " 8000", "٨٠٠٠"])
def test_what_is_no_port_is_refused_by_a_sentence_that_repeats_it(text: str) -> None:
    with pytest.raises(CannotStartError) as refused:
        wanted_port({"PORT": text})
    assert str(refused.value) == f"PORT is {text!r} and must be a number from 1 to 65535."


def test_a_free_port_is_listened_at_on_this_machine_alone(free: int) -> None:
    with claimed(free) as binds:
        assert binds[0] == f"127.0.0.1:{free}"
        assert set(binds[1:]) <= {f"[::1]:{free}"}


def test_a_port_in_use_is_refused_and_the_next_one_proposed(taken: int) -> None:
    with pytest.raises(
        CannotStartError, match=f"Port {taken} is in use .*: choose another, as in `make run PORT="
    ) as no:
        claimed(taken).__enter__()
    assert str(no.value).endswith(f"PORT={taken + 1}`.")


def test_the_last_port_in_use_proposes_the_one_before() -> None:
    with claimed(65535), pytest.raises(CannotStartError, match=r"PORT=65534`\.$"):
        claimed(65535).__enter__()


def test_a_claimed_port_is_refused_to_another_portal_before_anybody_listens(free: int) -> None:
    with claimed(free), pytest.raises(CannotStartError, match=f"Port {free} is in use by another program"):
        claimed(free).__enter__()


def test_a_claimed_port_may_be_listened_at_by_the_server_it_was_claimed_for(free: int) -> None:
    with claimed(free), socket.socket() as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server.bind(("127.0.0.1", free))
        server.listen()
        assert server.getsockname() == ("127.0.0.1", free)


def test_a_claim_is_given_up_with_the_block_also_when_it_fails(free: int) -> None:
    with pytest.raises(KeyboardInterrupt), claimed(free):
        raise KeyboardInterrupt
    with claimed(free) as binds:
        assert binds


def test_two_ports_may_be_claimed_at_once(free: int, taken: int) -> None:
    with claimed(free), pytest.raises(CannotStartError, match=f"Port {taken} "):
        claimed(taken).__enter__()
    with claimed(free), socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        beside = other.getsockname()[1]
        other.close()
        with claimed(beside) as binds:
            assert binds[0] == f"127.0.0.1:{beside}"


@pytest.mark.skipif("os.geteuid() == 0", reason="root may take any port")
def test_a_port_that_only_root_may_take_is_refused_with_the_reason() -> None:
    with pytest.raises(CannotStartError, match="Port 80 cannot be used: Permission denied"):
        claimed(80).__enter__()
