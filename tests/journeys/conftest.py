"""The journeys' portal and browser: started for this folder alone, put back to the first morning before each test."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator, Iterator

import pytest
from playwright.sync_api import Browser

from tests.journeys import browser as browsers
from tests.journeys import portal
from tests.journeys.acts import Visit
from tests.journeys.browser import CHROMIUM, Scheme
from tests.journeys.portal import Served

Visitor = Callable[..., Visit]
LINES = 40  # of each log, when a journey fails
FAILED = pytest.StashKey[bool]()
SECONDS = 300  # for a journey, the start of everything included


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give journeys the time that real processes take."""
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.timeout(SECONDS))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember that a journey failed, for the fixture that shows logs."""
    report = yield
    if report.failed:
        item.stash[FAILED] = True
    return report


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Run Chromium while journeys last: its event loop must be gone before a test uses the database from here."""
    if not CHROMIUM.exists():
        browsers.missed()
    with browsers.chromium() as running:
        yield running


@pytest.fixture(scope="package")
def running(browser: Browser) -> Iterator[Served]:
    """Serve the demonstration; without a browser it is not even started."""
    with portal.served() as served:
        yield served


@pytest.fixture(scope="package")
def town(running: Served) -> None:
    """Have a borough built, once; whoever uses this begins on the first morning there."""
    running.build_town()


@pytest.fixture
def served(running: Served, request: pytest.FixtureRequest) -> Iterator[Served]:
    """Return the portal as on its first morning, and show the ends of its logs if the journey fails.

    A journey that uses ``town`` finds a small borough around the schools, with what disagrees in it.
    """
    running.begin_again(portal.TOWN if "town" in request.fixturenames else portal.KEPT)
    before = {name: len(running.log(name)) for name in running.programs}
    yield running
    if request.node.stash.get(FAILED, False):
        for name, length in before.items():
            print(f"\n== {name}", *running.log(name)[length:].splitlines()[-LINES:], sep="\n")


@pytest.fixture
def visitor(browser: Browser, served: Served) -> Iterator[Visitor]:
    """Return a function that opens a window for one person and signs them in; ``username`` "" signs in nobody."""
    with contextlib.ExitStack() as stack:

        def visit(
            username: str,
            *,
            width: int = browsers.DESKTOP,
            scheme: Scheme = "light",
            script: bool = True,
            answers: frozenset[int] = frozenset(),
        ) -> Visit:
            opened = browsers.window(browser, served.url, width=width, scheme=scheme, script=script, answers=answers)
            one = Visit(stack.enter_context(opened))
            if username:
                one.sign_in(username)
            return one

        yield visit
