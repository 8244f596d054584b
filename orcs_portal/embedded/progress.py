"""Show at the terminal that something longer is under way."""

from __future__ import annotations

import sys
import threading
import time
from types import TracebackType
from typing import Self

SOON = 1.0  # seconds until a step is named; nothing quicker is worth a line
EVERY_ON_TERMINAL = 1.0
EVERY_ELSEWHERE = 5.0  # a log file wants fewer lines


class Progress:
    """Name a step on standard error once it takes a second, and from then on how long it takes and how far it is."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._detail = ""
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._show, daemon=True)
        self._began = time.monotonic()
        self._shown = False

    def tell(self, detail: str) -> None:
        """Say how far the step is, such as ``12 of 44``."""
        self._detail = detail

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()
        if self._shown:
            how = "done" if kind is None else "stopped"
            self._write(f"{how} in {self._seconds} s", last=True)

    @property
    def _seconds(self) -> int:
        return round(time.monotonic() - self._began)

    def _show(self) -> None:
        pause = SOON
        while not self._ended.wait(pause):
            self._shown = True
            self._write(f"{self._seconds} s{', ' if self._detail else ''}{self._detail}")
            pause = EVERY_ON_TERMINAL if sys.stderr.isatty() else EVERY_ELSEWHERE

    def _write(self, state: str, *, last: bool = False) -> None:
        text = f"{self._what}: {state}"
        if sys.stderr.isatty():
            print(f"\r\033[K{text}", end="\n" if last else "", file=sys.stderr, flush=True)
        else:
            print(text, file=sys.stderr, flush=True)
