"""Parental consent to a first IEP."""

from __future__ import annotations

from django.db import models

from caseloads.models.student import Student


class Consent(models.Model):
    """Consent was given on a day; an initial IEP does not reach CAP before (R11)."""

    student = models.OneToOneField(Student, models.CASCADE, related_name="consent")
    given = models.DateField()
    recorded = models.DateTimeField()

    def __str__(self) -> str:
        """Say for whom, by id."""
        return f"consent for student {self.student_id}"
