"""Agencies, and what they are contracted for."""

from __future__ import annotations

from django.db import models

from orcs_portal.shared.fields import ends_after_start
from providers.kinds import Borough, Language, Service


class Agency(models.Model):
    """An agency that ORCS contracts related services out to (R12)."""

    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "agencies"

    def __str__(self) -> str:
        """Say the name."""
        return self.name


class Contract(models.Model):
    """What an agency may serve: one service in one language in one borough, between two days."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="contracts")
    service = models.SmallIntegerField(choices=Service)
    language = models.SmallIntegerField(choices=Language)
    borough = models.SmallIntegerField(choices=Borough)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "service", "language", "borough", "starts"], name="contract_once"
            ),
            # What a transmittal's composite foreign key points at (caseloads, migration 0002).
            models.UniqueConstraint(fields=["id", "agency", "service", "language"], name="contract_for_transmittal"),
            models.CheckConstraint(condition=ends_after_start(), name="contract_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        """Say whom and what for."""
        return f"{self.agency}: {self.get_service_display()}, {self.get_language_display()}"
