"""The commands behind the Makefile: ``python -m orcs_portal.embedded COMMAND ARGUMENT...``."""

import importlib
import os
import signal
import sys

STDERR = 2
COMMANDS = ("install", "run", "stop", "reset")
SET_ASIDE = "ORCS_PORTAL_STDERR"  # the number under which the Makefile keeps standard error until Python is awake


def begin() -> None:
    """Let Ctrl-C end the process without a traceback, and take standard error back.

    An interrupt before this line prints Python's own traceback, to nowhere.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if kept := os.environ.pop(SET_ASIDE, ""):
        os.dup2(int(kept), STDERR)
        os.close(int(kept))


if __name__ == "__main__":
    begin()
    if sys.argv[1:2] == [] or sys.argv[1] not in COMMANDS:
        print(f"Use: python -m orcs_portal.embedded {'|'.join(COMMANDS)} ...", file=sys.stderr)
        sys.exit(2)
    importlib.import_module(f"orcs_portal.embedded.{sys.argv[1]}").main(sys.argv[2:])
