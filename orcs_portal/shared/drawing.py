"""The design's marks, icons and small line as SVG, so that no page writes one by hand."""

from __future__ import annotations

from functools import cache, lru_cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from orcs_portal.shared.line import MARK_WORDS, CallLine

ICONS = frozenset(
    {
        "back",
        "calendar",
        "check",
        "clock",
        "comment",
        "differs",
        "down",
        "download",
        "filter",
        "info",
        "list",
        "lock",
        "mail",
        "menu",
        "next",
        "people",
        "person",
        "phone",
        "prev",
        "print",
        "school",
        "seal",
        "search",
        "send",
        "sort",
        "stop",
        "system",
        "undo",
        "upload",
        "warn",
        "x",
    },
)

# Where each stop's mark stands on the small line's grid of 128 by 40, and the way that leads to it.
_PLACES = {
    "phone": (1, 1),
    "ivr": (27, 1),
    "cap": (59, 14),
    "sec": (59, 27),
    "sesis": (59, 1),
    "caseload": (89, 1),
    "attendance": (115, 1),
}
_WAYS = {
    "ivr": "M7 7h26",
    "sesis": "M33 7h32",
    "cap": "M48 7v13h17",
    "sec": "M48 20v13h17",
    "caseload": "M65 7h30",
    "attendance": "M95 7h26",
}
_SEC_FROM_THE_FORK = "M48 7v26h17"
_DRAWN = ("phone", "ivr", "sesis", "cap", "sec", "caseload", "attendance")


@cache
def icon(name: str) -> SafeString:
    """Return an icon, which always stands beside a word; raises ``KeyError`` for one that the sprite lacks."""
    if name not in ICONS:
        raise KeyError(name)
    return format_html('<svg class="icon" aria-hidden="true"><use href="#i-{}"/></svg>', name)


@cache
def mark(name: str, classes: str = "") -> SafeString:
    """Return a mark of the line or of its key; raises ``KeyError`` for a name that is not in ``MARK_WORDS``."""
    if name not in MARK_WORDS:
        raise KeyError(name)
    shown = f"{classes} n-{name}".strip()
    return format_html('<svg class="{}" aria-hidden="true"><use href="#n-{}"/></svg>', shown, name)


@cache
def severity(level: int, slug: str, words: str) -> SafeString:
    """Return how much something matters as bars, the first ``level`` of four filled, and the word beside them."""
    bars = ((1, 11.5, 3.5), (7, 8, 7), (13, 4.5, 10.5), (19, 1, 14))
    drawn = format_html_join(
        "",
        '<rect class="{}" x="{}" y="{}" width="4" height="{}"/>',
        (("on" if place < level else "off", *bar) for place, bar in enumerate(bars)),
    )
    shape = '<span class="sev sev-{}"><svg viewBox="0 0 24 16" aria-hidden="true">{}</svg>{}</span>'
    return format_html(shape, slug, drawn, words)


def stages(done: int, total: int) -> SafeString:
    """Return how many of a fixed number of steps are done, as filled squares and in words: ``3 of 9``."""
    squares = format_html_join(
        "",
        '<rect class="{}" x="{}" y="1" width="8" height="8"/>',
        (("on" if place < done else "off", 1 + place * 12) for place in range(total)),
    )
    return format_html(
        '<svg class="stages" viewBox="0 0 {} 10" aria-hidden="true">{}</svg>{} of {}', total * 12, squares, done, total
    )


def small_line(line: CallLine) -> SafeString:
    """Return the small line, 128 by 40, that stands in a row of a list, named in full for screen readers."""
    return _drawn(line.in_marks, tuple(_ways(line)), tuple(_marks(line)))


@lru_cache(maxsize=256)  # lines come in few shapes, and a list draws dozens of them
def _drawn(said: str, ways: tuple[tuple[str, str], ...], marks: tuple[tuple[str, str, int, int], ...]) -> SafeString:
    return format_html(
        '<svg class="line-s" viewBox="0 0 128 40" role="img" aria-label="{}">{}{}</svg>',
        said,
        format_html_join("", '<path class="{}" d="{}"/>', ways),
        format_html_join("", '<use class="n-{}" href="#n-{}" x="{}" y="{}" width="12" height="12"/>', marks),
    )


def _ways(line: CallLine) -> list[tuple[str, str]]:
    """Return class and path of the six ways; SEC's starts at the fork itself while nothing leads to CAP."""
    drawn = []
    for key in _DRAWN[1:]:
        state = line.at(key).way_to
        path = _SEC_FROM_THE_FORK if key == "sec" and line.at("cap").way_to == "none" else _WAYS[key]
        drawn.append(("way" if state == "done" else f"way way-{state}", path))
    return drawn


def _marks(line: CallLine) -> list[tuple[str, str, int, int]]:
    """Return name (as class and as symbol) and place of the seven marks."""
    return [(line.at(key).mark, line.at(key).mark, *_PLACES[key]) for key in ("phone", *_DRAWN[1:])]
