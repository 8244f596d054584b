"""How an item stood when a page showed it, as a short mark that the page sends back with an act."""

from __future__ import annotations

from hashlib import blake2s

from compliance.models import Finding


def mark_of(finding: Finding) -> str:
    """Return a mark that changes whenever the comparison or a person changes how an item stands."""
    stands = (
        finding.condition,
        finding.handling,
        finding.handled,
        finding.assigned_to_id,
        finding.handed_to,
        finding.look_again,
        finding.ticket,
        finding.times_back,
    )
    return blake2s(repr(stands).encode(), digest_size=6).hexdigest()
