"""A long look at one page as it stands: axe, no sideways scrolling down to 320 pixels, light and dark, and pictures."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.journeys.acts import Visit
from tests.journeys.browser import DESKTOP, HEIGHTS, NARROWEST, PHONE, Scheme

ZOOMED = DESKTOP // 2  # what a desktop has left at 200 % zoom
PICTURES = os.environ.get("LOOKS", "")  # a folder to which every page that is looked at is drawn
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
EVERYTHING = {"runOnly": {"type": "tag", "values": list(TAGS)}}
COLORS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
View = tuple[int, Scheme, dict[str, Any]]
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


def look(visit: Visit, name: str, views: tuple[View, ...] = VIEWS) -> None:
    """Fail with everything that is wrong with a page; ``name`` says which state of which page it is."""
    page, wrong = visit.page, _too_wide(visit.page)
    for width, scheme, rules in views:
        show(page, width, scheme)
        with visit.window.deaf():  # axe tries styles of its own, which the policy refuses it
            wrong += [f"{width} {scheme}: {one}" for one in violations(page, rules)]
        picture(page, f"{name}-{width}-{scheme}")
    show(page, DESKTOP, "light")
    assert not wrong, "\n".join([name, *wrong])


def show(page: Page, width: int, scheme: Scheme) -> None:
    """Give the page another width and other colors, as turning a phone or the evening does."""
    page.set_viewport_size({"width": width, "height": HEIGHTS.get(width, HEIGHTS[DESKTOP])})
    page.emulate_media(color_scheme=scheme)


def violations(page: Page, rules: dict[str, Any]) -> list[str]:
    """Return what axe finds, a line each with the element it means."""
    found = Axe().run(page, options={**rules, "resultTypes": ["violations"], "preload": False}).response["violations"]
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]


def picture(page: Page, name: str) -> None:
    """Draw the whole page where somebody asked for pictures."""
    if PICTURES:
        page.screenshot(path=Path(PICTURES, f"{name}.png"), full_page=True)


def _too_wide(page: Page) -> list[str]:
    """Return the widths at which the page would have to be pushed sideways, with what sticks out."""
    wrong = []
    for width in (DESKTOP, ZOOMED, PHONE, NARROWEST):
        show(page, width, "light")
        if (over := page.evaluate(TOO_WIDE)) > 0:
            wrong.append(f"{over} px too wide at {width}: {page.evaluate(WIDEST)}")
    return wrong
