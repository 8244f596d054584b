"""What people do at the portal, in their own words: by labels and buttons, never by addresses they would not type."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, expect

from caseloads.demonstration.signins import PASSWORD
from tests.journeys.browser import Window

AMARA = "900012011"  # Amara Okonkwo-Reyes, whom the demonstration's therapist has met and not called for
SPEECH = "Speech-language"
DAY = "11/23/2026"
MOVE = {"hour": "Move on an hour", "night": "Move on a night", "week": "Move on a week"}

SOON = 20_000  # milliseconds that a system, a bell and a look may take together
MOVING = 60  # seconds that a move of the clock may take
PAUSE = 100  # milliseconds between looks


class Visit:
    """One person at one page of the portal."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self.page: Page = window.page()

    def open(self, address: str) -> None:
        """Go to an address, as from a bookmark."""
        self.page.goto(address)

    def sign_in(self, username: str) -> None:
        """Sign in from the front door."""
        self.page.goto("/")
        self.type_sign_in(username)
        expect(self.page).not_to_have_url(re.compile("sign-in"))

    def type_sign_in(self, username: str) -> None:
        """Fill in the sign-in page that is open and send it."""
        self.page.get_by_label("User name").fill(username)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in", exact=True).click()

    def room(self, name: str) -> None:
        """Go to a room by the masthead's link."""
        self.page.get_by_role("navigation", name="Main", exact=True).get_by_role("link", name=name).click()
        expect(self.heading).to_be_visible()

    @property
    def heading(self) -> Locator:
        """The page's one heading."""
        return self.page.get_by_role("heading", level=1)

    def button(self, name: str, **which: Any) -> Locator:
        """Return a button by its words."""
        return self.page.get_by_role("button", name=name, **which)

    def send(self, name: str) -> None:
        """Press a button that sends a form, and wait for the page that answers it; a change of address is none."""
        with self.page.expect_event("load"):
            self.button(name).click()

    def fill_in(self, osis: str, service: str, session_on: str) -> None:
        """Fill in the first-call form that is open."""
        self.page.get_by_label("Student's OSIS number").fill(osis)
        self.page.get_by_role("combobox", name="Service", exact=True).select_option(service)
        self.page.get_by_label("First session on").fill(session_on)

    def ask(self, osis: str, service: str, session_on: str) -> None:
        """Open the first-call form, fill it in and send it to be checked."""
        self.open("/calls/new/")
        self.fill_in(osis, service, session_on)
        self.send("Check your answers")

    def record(self, osis: str, service: str, session_on: str) -> str:
        """Record a first call in its two steps and return the confirmation number's eight digits."""
        self.ask(osis, service, session_on)
        self.send("Record this first call")
        return self.number()

    def number(self) -> str:
        """Return the eight digits of the confirmation number that the call's page shows."""
        digits = re.sub(r"\s", "", self.page.locator(".confirmation-number").inner_text())
        assert re.fullmatch(r"[0-9]{8}", digits), digits
        return digits

    def row(self, text: str) -> Locator:
        """Return the row of a list that holds a text, such as a name."""
        return self.page.locator("tbody tr", has_text=text)

    def tab(self, name: str) -> Locator:
        """Return a tab above a list by its first words."""
        return self.page.locator(".tabs").get_by_role("link", name=re.compile(f"^{name} "))

    def tab_count(self, name: str) -> int:
        """Return how many rows a tab says it holds."""
        return int(self.tab(name).locator("span").inner_text())

    def rows_on_all_pages(self) -> int:
        """Return how many rows a list has, turning its pages to the end."""
        rows, further = self.page.locator("tbody tr"), self.page.get_by_role("link", name=re.compile(r"^Next \d"))
        count = rows.count()
        while further.count():
            further.click()
            expect(self.page.get_by_role("link", name=re.compile("^Previous"))).to_be_visible()
            count += rows.count()
        return count

    def system(self, name: str) -> Locator:
        """Return a system's row on the simulator's page."""
        return self.page.locator("tbody tr").filter(has=self.page.get_by_role("rowheader", name=name))

    def stop(self, key: str) -> Locator:
        """Return a stop of the line by its key, such as ``sesis``."""
        return self.page.locator(f".stop.at-{key}")

    def state(self, key: str) -> Locator:
        """Return a stop's state in words."""
        return self.stop(key).locator(".stop-state")

    def move_clock(self, by: str) -> None:
        """Move the world's clock on from the simulator's page and wait until it has arrived."""
        self.open("/simulator/")
        clock = self.page.locator(".clock")
        before = clock.inner_text()
        self.button(MOVE[by]).click()
        self.until(lambda: clock.inner_text() != before and self.button(MOVE[by]).is_visible())

    def until(self, check: Callable[[], bool]) -> None:
        """Wait until the page says something, loading it again where no script does."""
        deadline = time.monotonic() + MOVING
        while not check():
            assert time.monotonic() < deadline, self.page.inner_text("main")
            self.page.wait_for_timeout(PAUSE)
            if not self.window.script:
                self.page.reload()

    def set_fault(self, system: str, words: str) -> None:
        """Make a system misbehave, or behave again, from the simulator's page."""
        self.open("/simulator/")
        self.page.get_by_label(f"How {system} behaves").select_option(label=words)
        self.button(f"Set {system}").click()
        expect(self.page.get_by_role("status").filter(has_text=f"{system}:")).to_be_visible()


def find(me: Visit, what: str) -> None:
    """Find a student by the field that stands on every page."""
    field = me.page.get_by_role("searchbox", name="Find a student, by name or number")
    field.fill(what)
    with me.page.expect_event("load"):
        field.press("Enter")
