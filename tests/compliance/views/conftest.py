"""Pages read the clocks; here both stand still at 7:41 on a Tuesday in November."""

from __future__ import annotations

import pytest

from orcs_portal.shared import clock
from tests import build
from tests.caseloads.calls import Scene, scene
from tests.caseloads.views.people import Cast, cast
from tests.compliance.views.floor import Floor
from tests.compliance.views.floor import floor as build_floor


@pytest.fixture(autouse=True)
def _still(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the real clock, and with it the world's, show the builders' now."""
    monkeypatch.setattr(clock, "real_now", lambda: build.NOW)


@pytest.fixture
def here(db: None) -> Scene:
    """Return a school, a provider there, and a student with a mandate that is assigned to the provider."""
    return scene()


@pytest.fixture
def people(db: None) -> Cast:
    """Return a call, and the people around it."""
    return cast()


@pytest.fixture
def floor(db: None) -> Floor:
    """Return a school with its coordinator, a colleague, and a stranger."""
    return build_floor()
