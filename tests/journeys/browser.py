"""Debian's Chromium, driven from here: windows that note whatever a person with the console open would see go wrong."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NoReturn

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
QUIET = (
    "--no-sandbox",  # as root there is none
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DESKTOP, PHONE, NARROWEST = 1280, 390, 320
HEIGHTS = {DESKTOP: 900, PHONE: 844, NARROWEST: 640}
PATIENCE = 15_000  # milliseconds until a locator gives up
REFUSED = 400  # the first status that says a request was not answered as asked

Scheme = Literal["light", "dark"]


def missed() -> NoReturn:
    """Skip a developer's journeys where Chromium is missing, and fail where every submission is checked."""
    if os.environ.get("CI"):
        pytest.fail(f"{CHROMIUM} is not there: .ci/run installs it")
    pytest.skip(f"{CHROMIUM} is not there: Debian's package chromium brings it")


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """Run a Chromium without a window, with a profile of its own, until the block ends."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=list(QUIET))
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Window:
    """One person's browser at the portal: its pages share cookies, and what goes wrong in any of them is noted.

    ``answers`` are the statuses other than good ones that a journey means to get, such as 422 for a form to put right.
    """

    context: BrowserContext
    script: bool = True
    answers: frozenset[int] = frozenset()
    wrong: list[str] = field(default_factory=list)

    def page(self) -> Page:
        """Open one more page of this person's."""
        page = self.context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.wrong.append(f"script: {error}"))
        page.on("response", self._response)
        return page

    @contextlib.contextmanager
    def deaf(self) -> Iterator[None]:
        """Forget what the console says of styles while something from outside works on the page."""
        before = list(self.wrong)
        yield
        self.wrong[:] = before + [one for one in self.wrong[len(before) :] if "inline style" not in one]

    def _console(self, message: ConsoleMessage) -> None:
        """Note errors and warnings; the console's own word for an unwelcome status is left to the answer itself."""
        if message.type in {"error", "warning"} and not message.text.startswith("Failed to load resource"):
            self.wrong.append(f"console: {message.text}")

    def _response(self, response: Response) -> None:
        if response.status >= REFUSED and response.status not in self.answers:
            self.wrong.append(f"{response.status} {response.request.method} {response.url}")


@contextlib.contextmanager
def window(
    browser: Browser,
    url: str,
    *,
    width: int = DESKTOP,
    scheme: Scheme = "light",
    script: bool = True,
    answers: frozenset[int] = frozenset(),
) -> Iterator[Window]:
    """Open a window of the given width and colors; at its end, fail with whatever went wrong in it."""
    context = browser.new_context(
        base_url=url,
        viewport={"width": width, "height": HEIGHTS[width]},
        color_scheme=scheme,
        java_script_enabled=script,
        locale="en-US",
        timezone_id="Europe/Berlin",  # a reader elsewhere: the pages' times are New York's all the same
        reduced_motion="reduce",
    )
    opened = Window(context, script, answers)
    try:
        yield opened
    finally:
        context.close()
    assert not opened.wrong, "\n".join(opened.wrong)
