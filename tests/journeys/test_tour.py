"""The README's tour of ten minutes, walked step by step; TOUR=1 takes its pictures anew."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from orcs_portal.embedded.place import CLONE
from tests.journeys.acts import AMARA, DAY, SOON, SPEECH
from tests.journeys.browser import DESKTOP
from tests.journeys.conftest import Visitor
from tests.journeys.looks import show

FOLDER = CLONE / "docs" / "tour"
HEAVIEST = 150_000  # bytes of one picture
WIDTH = 1100  # pixels: two columns, and light to load
TAKE = bool(os.environ.get("TOUR"))


def take(page: Page, name: str, *, height: int = 660) -> None:
    """Take a picture of a page's upper part, where somebody asked for new ones."""
    if TAKE:
        page.evaluate("document.activeElement?.blur()")
        page.set_viewport_size({"width": WIDTH, "height": height})
        page.screenshot(path=FOLDER / f"{name}.png")
        show(page, DESKTOP, "light")


def take_call(page: Page, name: str) -> None:
    """Take a picture of a call's number and line, which lies down on a wide screen alone."""
    if TAKE:
        page.evaluate("document.activeElement?.blur()")
        page.locator("main .cols").screenshot(path=FOLDER / f"{name}.png")


def pictures_of(text: str) -> set[str]:
    """Return the names of the tour's pictures that a Markdown text shows."""
    return set(re.findall(r"\]\(docs/tour/([a-z-]+\.png)\)", text))


def test_the_tour(visitor: Visitor) -> None:
    me = visitor("provider")
    expect(me.heading).to_have_text("My caseload")
    take(me.page, "caseload")
    me.ask("900 012 011", SPEECH, DAY)
    expect(me.heading).to_have_text("Check your answers")
    take(me.page, "check")
    me.send("Record this first call")
    number = me.number()
    for key in ("cap", "sec", "sesis"):
        expect(me.stop(key)).to_contain_text("Taken", timeout=SOON)
    take_call(me.page, "call")

    world = visitor("provider")
    world.move_clock("night")
    expect(me.stop("sesis")).to_contain_text("On the caseload", timeout=SOON)
    expect(me.stop("cap")).to_contain_text("Mandate marked", timeout=SOON)
    take_call(me.page, "line")
    world.move_clock("night")
    expect(me.stop("sec")).to_contain_text("The report shows it", timeout=SOON)
    world.open("/caseload/?tab=open")
    expect(world.row("Amara Okonkwo-Reyes")).to_contain_text(f"number {number[:4]} {number[4:]}")
    take(world.page, "opened")

    world.set_fault("SEC", "Switched off")
    me.record("900 012 082", SPEECH, DAY)
    expect(me.stop("sec")).to_contain_text("SEC did not answer", timeout=SOON)
    expect(me.stop("sesis")).to_contain_text("Taken", timeout=SOON)
    take_call(me.page, "sec-off")
    me.button("Try SEC now").click()
    expect(me.page.get_by_role("status").filter(has_text="Sent to SEC again")).to_be_visible()
    expect(me.stop("sec")).to_contain_text("SEC did not answer", timeout=SOON)
    world.open("/simulator/")
    take(world.page, "simulator", height=760)
    world.set_fault("SEC", "In order")
    expect(me.stop("sec")).to_contain_text("Taken", timeout=SOON)

    coordinator = visitor("coordinator")
    coordinator.room("Calls")
    expect(coordinator.row("Blerina Hoxhaj")).to_contain_text("Accepted")
    expect(coordinator.row("Amara Okonkwo-Reyes")).to_contain_text(AMARA)
    take(coordinator.page, "calls")
    for tab in ("Refused", "Marked", "Parked"):
        coordinator.tab(tab).click()
        expect(coordinator.tab(tab)).to_have_attribute("aria-current", "page")
    coordinator.open("/calls/")
    coordinator.page.get_by_text("Switch school").click()
    coordinator.page.locator(".places").get_by_role("button", name="13K998").click()
    expect(coordinator.page.locator(".places summary")).to_contain_text("13K998")
    expect(coordinator.row("Amara Okonkwo-Reyes")).to_have_count(0)


@pytest.mark.usefixtures("town")
def test_the_coordinators_morning_as_the_readme_walks_it(visitor: Visitor) -> None:
    me = visitor("coordinator")
    expect(me.heading).to_have_text("Tuesday, November 24")
    take(me.page, "today", height=700)
    me.page.locator(".todo").get_by_role("link", name=re.compile("final IEPs never reached CAP")).first.click()
    expect(me.heading).to_have_text("Mismatches")
    expect(me.page.locator(".cause").get_by_role("button", name=re.compile("^Hand over all"))).to_have_count(1)
    take(me.page, "mismatches")
    me.page.locator("tbody th a.name").first.click()
    expect(me.page.get_by_role("heading", level=1)).to_contain_text("never reached CAP")
    take(me.page, "mismatch", height=700)

    orcs = visitor("orcs")
    orcs.room("Vacancies")
    expect(orcs.heading).to_have_text("Vacancies")
    take(orcs.page, "vacancies")


def test_the_readme_shows_every_picture_of_the_tour_and_none_is_heavy() -> None:
    pictures = {path.name: path.stat().st_size for path in FOLDER.glob("*.png")}
    assert pictures_of(Path(CLONE, "README.md").read_text(encoding="utf-8")) == set(pictures)
    assert not [name for name, size in pictures.items() if size > HEAVIEST]
