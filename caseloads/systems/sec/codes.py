"""SEC's words for a line, which nightly work translates; what SEC says with them is in its tables."""

from __future__ import annotations

from django.db import models


class SecStatus(models.IntegerChoices):
    """SEC's words for how a recommendation stands."""

    AWAITING = 1, "Awaiting"
    CONTRACTING = 2, "Contracting"
    ASSIGNED = 3, "Provider assigned"
    RECEIVING = 4, "Receiving"
