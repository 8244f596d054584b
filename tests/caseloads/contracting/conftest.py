"""The scene that these tests are about."""

from __future__ import annotations

import pytest

from caseloads.propagation.bell import BELL
from tests.caseloads.contracting.scene import Bench, bench


@pytest.fixture(autouse=True)
def _silent(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no ring start the bell's thread."""
    monkeypatch.setattr(BELL, "ring", lambda: None)


@pytest.fixture
def here(db: None) -> Bench:
    """Return a school with two students whom nobody serves, and everybody who has to do with that."""
    return bench()
