"""Every code found where it holds, and not a step before: small worlds put out of order, one way each."""

from __future__ import annotations

import pytest

from compliance.kinds import Code
from tests.compliance.reconcile.cases.registry import CASES
from tests.compliance.reconcile.loading import GROUPS, STRANGERS, Loaded

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", CASES)
def test_of_this_world_exactly_this_is_said(loaded: Loaded, name: str) -> None:
    assert loaded.said[name] == list(CASES[name].said)


def test_nothing_is_said_of_what_is_no_worlds(loaded: Loaded) -> None:
    assert loaded.said[STRANGERS] == []
    assert {make.__module__ for make in (case.make for case in CASES.values())} == {one.__name__ for one in GROUPS}


def test_every_code_has_a_case(loaded: Loaded) -> None:
    said = {one.split()[0] for case in CASES.values() for one in case.said}
    assert said == set(Code.names)
