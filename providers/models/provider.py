"""Providers, and where they work."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from orcs_portal.shared.fields import ends_after_start
from providers.kinds import Affiliation, Role
from providers.models.agency import Agency
from providers.models.school import School


class Provider(models.Model):
    """A person who serves students; ``number`` is the provider id keyed on the phone line."""

    number = models.BigIntegerField(unique=True, help_text="Provider id, six to nine digits")
    full_name = models.CharField(max_length=120)
    affiliation = models.SmallIntegerField(choices=Affiliation)
    role = models.SmallIntegerField(choices=Role)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="providers")
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="provider"
    )

    class Meta:
        ordering = ["full_name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(number__gte=100_000, number__lte=999_999_999), name="provider_number_has_its_length"
            ),
            models.CheckConstraint(
                condition=(models.Q(affiliation=Affiliation.AGENCY, agency__isnull=False))
                | (~models.Q(affiliation=Affiliation.AGENCY) & models.Q(agency__isnull=True)),
                name="provider_agency_iff_affiliation",
            ),
            # What access rows' composite foreign key points at (migration 0002).
            models.UniqueConstraint(fields=["id", "affiliation"], name="provider_with_affiliation"),
        ]

    def __str__(self) -> str:
        """Say the name."""
        return self.full_name


class Placement(models.Model):
    """A provider works at a school between two days.

    ``to_check`` is true of a new place and of each at which the last check found something wrong with the access (R6,
    R9): a whole city's list looks at these alone.
    """

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="placements")
    school = models.ForeignKey(School, models.PROTECT, related_name="placements")
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    to_check = models.BooleanField(default=True, db_default=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "school"], condition=models.Q(ends__isnull=True), name="placement_open_once"
            ),
            models.CheckConstraint(condition=ends_after_start(), name="placement_ends_after_it_starts"),
        ]
        indexes = [
            models.Index(
                fields=["school", "provider"],
                include=["starts", "ends"],
                condition=models.Q(to_check=True),
                name="placement_marked",
            ),
        ]

    def __str__(self) -> str:
        """Say who works where."""
        return f"{self.provider} at {self.school_id}"
