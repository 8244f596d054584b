"""Who is to serve a mandate, with history."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from caseloads.models.mandate import Mandate
from orcs_portal.shared.fields import ends_after_start
from providers.models import Provider


class Assignment(models.Model):
    """A provider is assigned to a mandate between two days."""

    mandate = models.ForeignKey(Mandate, models.CASCADE, related_name="assignments")
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="assignments")
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mandate", "provider"], condition=Q(ends__isnull=True), name="assignment_open_once"
            ),
            models.CheckConstraint(condition=ends_after_start(), name="assignment_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        """Say who serves what, by id."""
        return f"provider {self.provider_id} for mandate {self.mandate_id}"
