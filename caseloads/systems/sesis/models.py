"""What SESIS keeps besides IEPs, mandates and caseload entries: the first attends it received."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class SesisNotice(models.Model):
    """A first attend that SESIS received; at ``due`` it opens caseload entries, or holds them for access (R3).

    One that is ``ended`` found no line of its service in any IEP, and opens its entries only if one comes back.
    """

    delivery = models.BigIntegerField(primary_key=True)
    call_id = models.BigIntegerField()
    provider_id = models.BigIntegerField()
    school_id = models.BigIntegerField()
    mandates = ArrayField(models.BigIntegerField())
    received = models.DateTimeField()
    due = models.DateTimeField()
    expected = models.DateTimeField()
    applied = models.DateTimeField(null=True, blank=True, help_text="Entries were made, open or held")
    ended = models.DateTimeField(null=True, blank=True, help_text="No IEP names its line any more")
    opened = models.DateTimeField(null=True, blank=True, help_text="All its entries are open")

    class Meta:
        verbose_name = "SESIS notice"
        indexes = [
            models.Index(fields=["due"], condition=Q(applied__isnull=True), name="sesis_notice_due"),
            models.Index(fields=["call_id"], condition=Q(opened__isnull=True), name="sesis_notice_unopened"),
        ]

    def __str__(self) -> str:
        """Say which delivery."""
        return f"SESIS notice {self.pk}"
