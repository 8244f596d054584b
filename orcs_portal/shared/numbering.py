"""Pages of a list by their numbers, where a list is short enough to be counted through."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from orcs_portal.shared.ids import read_id


@dataclass(frozen=True, slots=True)
class Numbered:
    """Page ``number`` (from 1) of a list of ``total`` rows, ``size`` at a time."""

    number: int
    size: int
    total: int

    @property
    def rows(self) -> slice:
        """Which rows of the list the page holds."""
        return slice((self.number - 1) * self.size, self.number * self.size)

    def pager(self, address: Callable[[str], str]) -> dict[str, Any] | None:
        """Return what the pager needs; ``address`` makes an address of a page's number.  None for an empty list."""
        if not self.total:
            return None
        last = min(self.number * self.size, self.total)
        before = self.number - 1
        return {
            "first": before * self.size + 1,
            "last": last,
            "total": self.total,
            "previous_url": address(str(before) if before > 1 else "") if before else "",
            "previous_count": self.size,
            "next_url": address(str(self.number + 1)) if last < self.total else "",
            "next_count": min(self.size, self.total - last),
        }


def numbered(asked: str, *, size: int, total: int) -> Numbered:
    """Return the page that was asked for; one that is no page is the first, one beyond the end the last."""
    number = read_id(asked) or 1
    return Numbered(min(number, max(1, -(-total // size))), size, total)
