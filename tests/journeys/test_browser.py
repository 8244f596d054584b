"""A browser that is missing skips journeys at a developer's desk, and never where a submission is checked."""

from __future__ import annotations

import pytest

from tests.journeys.browser import missed


def test_where_a_submission_is_checked_a_missing_browser_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match=r"\.ci/run installs it"):
        missed()


def test_at_a_desk_a_missing_browser_skips(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="package chromium"):
        missed()
