"""The campaign's stack: started once, put in order before each test, its logs shown when one fails."""

from __future__ import annotations

import contextlib
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

from tests.faults import campaign as campaigns
from tests.faults import stack as stacks
from tests.faults.campaign import Campaign

LINES = 40  # of each log, when a test fails
FAILED = pytest.StashKey[bool]()


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave the campaign to those who ask for it: `make faults`."""
    asked = any("faults" in argument for argument in config.args)
    return None if asked else True


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember that a test failed, for the fixtures that show logs."""
    report = yield
    if report.failed:
        item.stash[FAILED] = True
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Repeat what was measured, and the seed to repeat it with."""
    if campaigns.FIGURES:
        terminalreporter.section("figures")
        terminalreporter.write_line(f"seed {campaigns.SEED} (FAULT_SEED={campaigns.SEED} repeats it)")
        for figure in campaigns.FIGURES:
            terminalreporter.write_line(figure)


@pytest.fixture(scope="session")
def running() -> Iterator[Campaign]:
    """Run the stack for the whole session, with a school of its own."""
    with stacks.running() as stack, contextlib.closing(Campaign(stack)) as campaign:
        print(f"seed {campaigns.SEED}")
        stack.revive()
        yield campaign


@pytest.fixture
def campaign(running: Campaign, request: pytest.FixtureRequest) -> Iterator[Campaign]:
    """Return the campaign in good order, and show the ends of all logs if the test fails."""
    running.recover()
    before = {name: len(running.stack.log(name)) for name in running.stack.programs}
    yield running
    if request.node.stash.get(FAILED, False):
        for name, length in before.items():
            print(f"\n== {name}", *running.stack.log(name)[length:].splitlines()[-LINES:], sep="\n")
