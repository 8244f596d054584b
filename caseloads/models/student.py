"""A student, by the OSIS number."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from caseloads.models.names import NameVector


class Student(models.Model):
    """A student; ``osis`` is the nine-digit number as an integer, so that leading zeros are padding."""

    osis = models.BigIntegerField("OSIS", unique=True)
    first_name = models.CharField(max_length=80)
    last_name = models.CharField(max_length=80)

    class Meta:
        ordering = ["last_name", "first_name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(osis__gte=1, osis__lte=999_999_999), name="student_osis_has_nine_digits"
            ),
        ]
        indexes = [GinIndex(NameVector(), name="student_by_name")]

    def __str__(self) -> str:
        """Say the surrogate id only: this text may reach a log."""
        return f"student {self.pk}"

    @property
    def full_name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}"
