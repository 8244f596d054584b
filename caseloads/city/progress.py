"""How far the building of a city is, on standard error: a bar at a terminal, a line now and then elsewhere."""

from __future__ import annotations

import time
from types import TracebackType
from typing import Protocol, Self

WIDTH = 24
AT_A_TERMINAL, ELSEWHERE = 0.2, 10.0
"""Seconds between two words; nothing quicker than the first is worth one."""


class Err(Protocol):
    """Where it is written: a command's standard error."""

    def write(self, text: str, /) -> object:
        """Take a text."""
        ...

    def isatty(self) -> bool:
        """Say whether somebody watches."""
        ...


class Progress:
    """Says how far it is, whenever it is told so."""

    def __init__(self, err: Err) -> None:
        self.err = err
        self.watched = err.isatty()
        self.every = AT_A_TERMINAL if self.watched else ELSEWHERE
        self.began = self.said = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def tell(self, what: str, done: int, of: int) -> None:
        """Say it, unless it was said just now."""
        now = time.monotonic()
        if now - self.said < self.every:
            return
        self.said = now
        filled = WIDTH * done // of
        bar = "#" * filled + "." * (WIDTH - filled)
        line = f"[{bar}] {what}: {done:,} of {of:,}, {round(now - self.began)} s"
        self.err.write(f"\r\033[K{line}" if self.watched else line)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.watched and self.said > self.began:
            self.err.write("\r\033[K")
