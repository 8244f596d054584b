"""Parental consent to a first IEP."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from caseloads.models.student import Student


class Consent(models.Model):
    """Consent was given on a day; an initial IEP does not reach CAP before (R11).

    ``recorded`` is world time; ``recorded_by`` is empty where it came with SESIS's own records.
    """

    student = models.OneToOneField(Student, models.CASCADE, related_name="consent")
    given = models.DateField()
    recorded = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    def __str__(self) -> str:
        """Say for whom, by id."""
        return f"consent for student {self.student_id}"
