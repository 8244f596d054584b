"""Pages read the clocks; here both stand still at 7:41 on a Tuesday in November."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from orcs_portal.shared import clock
from tests import build
from tests.caseloads.calls import Scene, scene
from tests.caseloads.views.people import Cast, cast


@pytest.fixture(autouse=True)
def _still(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the real clock, and with it the world's, show the builders' now."""
    monkeypatch.setattr(clock, "real_now", lambda: build.NOW)


@pytest.fixture
def here(db: None) -> Scene:
    """Return a school, a provider there, and a student who waits for a first call."""
    return scene()


@pytest.fixture
def people(db: None) -> Cast:
    """Return a call, and the people around it."""
    return cast()


@pytest.fixture
def demo(db: None, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Be a demonstration: the real clock runs a week ahead of the world's."""
    settings.DEMO = True
    monkeypatch.setattr(clock, "real_now", lambda: build.REAL)
    clock.set_world(to=build.NOW, real=build.REAL)
