"""How an item stood when a page showed it, as a short mark that the page sends back with an act."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import blake2s

from compliance.models import Finding


def mark_of(finding: Finding) -> str:
    """Return a mark that changes whenever the comparison or a person changes how an item stands."""
    stands = (
        int(finding.condition),
        int(finding.handling),
        _instant(finding.handled),
        finding.assigned_to_id,
        finding.handed_to and int(finding.handed_to),
        finding.look_again and finding.look_again.isoformat(),
        finding.ticket,
        finding.times_back,
    )
    return blake2s(repr(stands).encode(), digest_size=6).hexdigest()


def _instant(moment: datetime | None) -> str:
    """Return a moment as the same text, in whatever zone it was said."""
    return moment.astimezone(UTC).isoformat() if moment else ""
