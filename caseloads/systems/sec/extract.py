"""What SEC hands out: the rows of its own reports."""

from __future__ import annotations

# Under the name ``l``: what the report shows at a moment.
CURRENT = "caseloads_secline l WHERE l.from_at <= %(at)s AND (l.until_at IS NULL OR l.until_at > %(at)s)"
