"""Attempts to report what is no vacancy, led to where it belongs (R14)."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from providers.kinds import Language
from providers.models import School


class Redirected(models.Model):
    """Somebody asked for a contracted-out evaluation here and was led to SESIS; no agency heard of it (R14)."""

    school = models.ForeignKey(School, models.PROTECT, related_name="redirected")
    language = models.SmallIntegerField(choices=Language, null=True, blank=True)
    for_school = models.BooleanField(default=False, help_text="Asked by ORCS on the school's behalf")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked = models.DateTimeField()

    class Meta:
        verbose_name_plural = "redirected"
        ordering = ["-asked", "-id"]

    def __str__(self) -> str:
        """Say where it was asked."""
        return f"evaluation at school {self.school_id}"
