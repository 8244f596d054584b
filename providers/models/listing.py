"""What the lists of Galaxy and PETS say.

They may be wrong and take anything: nothing here points at our own rows, and no constraint corrects them.
"""

from __future__ import annotations

from django.db import models


class GalaxyListing(models.Model):
    """One line of a school's Galaxy list.

    ``to_check`` is true of a new line and of each that the last check found to name somebody from outside the DOE (R9).
    """

    dbn = models.CharField("DBN", max_length=12)
    provider_number = models.BigIntegerField()
    name = models.CharField(max_length=160, blank=True)
    title = models.CharField(max_length=80, blank=True)
    added = models.DateTimeField()
    ends = models.DateField(null=True, blank=True)
    to_check = models.BooleanField(default=True, db_default=True, editable=False)

    class Meta:
        indexes = [
            models.Index(
                fields=["dbn", "name", "id"],
                include=["provider_number", "ends"],
                condition=models.Q(to_check=True),
                name="galaxy_to_check",
            ),
            models.Index(fields=["provider_number", "dbn"], name="galaxy_by_provider"),
            models.Index(fields=["added"], name="galaxy_newest"),
        ]

    def __str__(self) -> str:
        """Say who is listed where."""
        return f"{self.provider_number} at {self.dbn}"


class PetsListing(models.Model):
    """One line of PETS: a non-DOE provider as registered for a vendor."""

    provider_number = models.BigIntegerField()
    vendor = models.CharField(max_length=120, blank=True)
    name = models.CharField(max_length=160, blank=True)
    active = models.BooleanField(default=True)
    eligible = models.BooleanField(default=True)
    registered = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["provider_number"], name="pets_by_provider"),
            models.Index(fields=["registered"], name="pets_newest"),
        ]

    def __str__(self) -> str:
        """Say who is registered."""
        return f"{self.provider_number} for {self.vendor}"
