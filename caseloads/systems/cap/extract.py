"""What CAP hands out: the rows of its own download."""

from __future__ import annotations

# Under the name ``m``.
ROWS = "caseloads_capmandate m"
