"""Pages read the clocks; here both stand still at 7:41 on a Tuesday in November."""

from __future__ import annotations

import pytest

from orcs_portal.shared import clock
from tests import build


@pytest.fixture(autouse=True)
def _still(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the real clock, and with it the world's, show the builders' now."""
    monkeypatch.setattr(clock, "real_now", lambda: build.NOW)
