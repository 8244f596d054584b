"""One served demonstration and one browser for all journeys; each begins on the demonstration's first morning."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.journeys.people import ARGUMENTS, CHROMIUM
from tests.journeys.portal import Served, served


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the journeys together on one worker, with time for real processes, and let them open sockets here."""
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.xdist_group("journeys"))
            item.add_marker(pytest.mark.enable_socket)
            item.add_marker(pytest.mark.timeout(300))


@pytest.fixture(scope="session")
def portal() -> Iterator[Served]:
    """Serve the demonstration once."""
    with served() as stack:
        yield stack


@pytest.fixture
def url(portal: Served) -> str:
    """Return the portal's address, on its first morning."""
    portal.begin_again()
    return portal.url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium; without it a developer's run skips the journeys, and CI fails."""
    if not CHROMIUM.exists():
        missing = "Chromium is not installed; Debian's package is called chromium"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(missing)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(ARGUMENTS))
        yield chromium
        chromium.close()
