"""People at a browser: they sign in, read, type and click, on a wide screen or a narrow one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page

from caseloads.demonstration.signins import PASSWORD

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WIDE, NARROW = 1280, 390
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
NUMBER = re.compile(r"\d{4}\s?\d{4}")


@dataclass
class Person:
    """Someone with a page of their own; ``said`` is what the browser's console complained of."""

    page: Page
    url: str
    said: list[str] = field(default_factory=list)

    def open(self, address: str) -> None:
        """Open an address of the portal."""
        self.page.goto(f"{self.url}{address}")

    def sign_in(self, username: str) -> None:
        """Sign in from the front door."""
        self.open("/")
        self.page.get_by_label("User name").fill(username)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in").click()

    def fill_in(self, osis: str, day: str, service: str = "Speech-language") -> None:
        """Fill in the first-call form."""
        self.open("/calls/new/")
        self.page.get_by_label("Student's OSIS number").fill(osis)
        self.page.get_by_label("Service").select_option(label=service)
        self.page.get_by_label("First session on").fill(day)

    def record(self, osis: str, day: str) -> str:
        """Record a first call in two steps and return the confirmation number."""
        self.fill_in(osis, day)
        self.page.get_by_role("button", name="Check your answers").click()
        self.page.get_by_role("button", name="Record this first call").click()
        found = NUMBER.search(self.page.locator(".confirmation-number").inner_text().replace("\n", " "))
        assert found, "no confirmation number is shown"
        return found[0]

    def turn(self, system: str, mode: str) -> None:
        """Set a system's fault on the simulator page."""
        self.open("/simulator/")
        self.page.get_by_label(f"How {system} behaves").select_option(label=mode)
        self.page.get_by_role("button", name=f"Set {system}").click()

    def move_on(self, by: str) -> None:
        """Move the clock on and wait until the page says that it has arrived."""
        self.open("/simulator/")
        self.page.get_by_role("button", name=f"Move on {by}").click()
        self.page.get_by_role("button", name=f"Move on {by}").wait_for(timeout=60_000)

    def troubles(self) -> list[str]:
        """Return what axe finds wrong with the page as it stands, in one line each.

        Axe measures with styles of its own, which the policy refuses it; what the console says of those is no fault of
        the page.
        """
        said = list(self.said)
        found = Axe().run(self.page, options=RULES).response["violations"]
        self.said[:] = said
        return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found]

    def overflow(self) -> int:
        """Return by how many pixels the page is wider than the screen."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def arrive(browser: Browser, url: str, *, width: int = WIDE, dark: bool = False, script: bool = True) -> Person:
    """Return somebody who has just opened a browser."""
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if dark else "light",
        java_script_enabled=script,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.set_default_timeout(15_000)
    person = Person(page, url)

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error":
            person.said.append(message.text)

    page.on("console", hear)
    return person
