"""Questions take the present as a parameter: here it is always the same."""

from __future__ import annotations

import pytest

from caseloads.queries.moment import Moment
from tests import build


@pytest.fixture
def at() -> Moment:
    """Return 7:41 on a Tuesday in November, by both clocks."""
    return Moment(build.NOW, build.NOW)
