"""The signals by which a person or the system ends a command at the terminal."""

from __future__ import annotations

import signal
from types import FrameType

ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def interrupt_once() -> None:
    """Have the first ending signal raise KeyboardInterrupt in the main thread and ignore those that follow.

    What is being ended takes a moment; an impatient second Ctrl-C must not leave half of it behind.
    """
    for number in ENDING:
        signal.signal(number, _interrupt)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)


def ignore_endings() -> None:
    """Ignore ending signals from now on: the end has begun."""
    for number in ENDING:
        signal.signal(number, signal.SIG_IGN)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    ignore_endings()
    raise KeyboardInterrupt
