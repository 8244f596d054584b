"""A long look at one page as it stands: axe, no sideways scrolling down to 320 pixels, light and dark, and pictures."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.journeys.acts import Visit
from tests.journeys.browser import DESKTOP, HEIGHTS, NARROWEST, PHONE, Scheme

ZOOMED = DESKTOP // 2  # what a desktop has left at 200 % zoom
PICTURES = os.environ.get("LOOKS", "")  # a folder to which every page that is looked at is drawn
Rules = Mapping[str, object]
EVERYTHING: Rules = {
    "type": "tag",
    "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
COLORS: Rules = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
View = tuple[int, Scheme, Rules]
VIEWS: tuple[View, ...] = (
    (DESKTOP, "light", EVERYTHING),
    (DESKTOP, "dark", COLORS),
    (PHONE, "dark", EVERYTHING),
    (PHONE, "light", COLORS),
)
DIAGONAL = (VIEWS[0], VIEWS[2])  # each width and each scheme once, for pages made of what was looked at in full
TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
WIDEST = """
() => [...document.querySelectorAll("main *, header *, footer *, .spine *")]
  .filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map((one) => one.outerHTML.slice(0, 120)).slice(0, 3)
"""
THERE = "() => typeof axe === 'object'"
FOUND = """
async (only) => (await axe.run({runOnly: only, resultTypes: ["violations"], preload: false})).violations
  .flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.html.slice(0, 160)}`))
"""


def look(visit: Visit, name: str, views: tuple[View, ...] = VIEWS) -> None:
    """Fail with everything that is wrong with a page; ``name`` says which state of which page it is.

    Each width is measured once, on the way through the views that have it; two more are measured and nothing else.
    """
    page = visit.page
    wrong: list[str] = []
    measured: set[int] = set()
    for width, scheme, rules in views:
        show(page, width, scheme)
        if width not in measured:
            wrong += too_wide(page, width)
            measured.add(width)
        with visit.window.deaf():  # axe tries styles of its own, which the policy refuses it
            wrong += [f"{width} {scheme}: {one}" for one in violations(page, rules)]
        picture(page, f"{name}-{width}-{scheme}")
    for width in (NARROWEST, ZOOMED):
        page.set_viewport_size({"width": width, "height": HEIGHTS.get(width, HEIGHTS[DESKTOP])})
        wrong += too_wide(page, width)
    show(page, DESKTOP, "light")
    assert not wrong, "\n".join([name, *wrong])


def show(page: Page, width: int, scheme: Scheme) -> None:
    """Give the page another width and other colors, as turning a phone or the evening does."""
    page.set_viewport_size({"width": width, "height": HEIGHTS.get(width, HEIGHTS[DESKTOP])})
    page.emulate_media(color_scheme=scheme)


def violations(page: Page, rules: Rules) -> list[str]:
    """Return what axe finds by its rules, a line each with the element it means."""
    if not page.evaluate(THERE):
        page.evaluate(AXE_SCRIPT)  # half a megabyte, once for each page and not for each view
    return [str(one) for one in page.evaluate(FOUND, dict(rules))]


def picture(page: Page, name: str) -> None:
    """Draw the whole page where somebody asked for pictures."""
    if PICTURES:
        page.screenshot(path=Path(PICTURES, f"{name}.png"), full_page=True)


def too_wide(page: Page, width: int) -> list[str]:
    """Return by how much the page would have to be pushed sideways at its width, with what sticks out."""
    over = page.evaluate(TOO_WIDE)
    return [f"{over} px too wide at {width}: {page.evaluate(WIDEST)}"] if over > 0 else []
