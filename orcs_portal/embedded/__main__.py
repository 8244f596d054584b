"""The commands behind the Makefile: ``python -m orcs_portal.embedded COMMAND ARGUMENT...``."""

import importlib
import signal
import sys

# A Ctrl-C while modules are being imported ends the process without a traceback.
signal.signal(signal.SIGINT, signal.SIG_DFL)

COMMANDS = ("install", "run", "stop", "reset")

if __name__ == "__main__":
    if sys.argv[1:2] == [] or sys.argv[1] not in COMMANDS:
        print(f"Use: python -m orcs_portal.embedded {'|'.join(COMMANDS)} ...", file=sys.stderr)
        sys.exit(2)
    importlib.import_module(f"orcs_portal.embedded.{sys.argv[1]}").main(sys.argv[2:])
