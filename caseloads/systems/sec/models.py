"""What SEC says: its report, kept with from and until so that any day can be shown."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from caseloads.systems.sec.codes import SecStatus
from providers.kinds import Language, Service, Setting


class SecFields(models.Model):
    """The columns that SEC takes over from CAP."""

    osis = models.BigIntegerField()
    service = models.SmallIntegerField(choices=Service)
    language = models.SmallIntegerField(choices=Language)
    setting = models.SmallIntegerField(choices=Setting)
    frequency = models.PositiveSmallIntegerField()
    duration = models.PositiveSmallIntegerField()
    group_size = models.PositiveSmallIntegerField()
    status = models.SmallIntegerField(choices=SecStatus)
    provider_number = models.BigIntegerField(null=True, blank=True)
    first_attend = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True


class SecCarried(SecFields):
    """A CAP mandate as it was last carried to SEC; the report is derived from it."""

    carried = models.DateTimeField(help_text="World time of the night that carried it")

    class Meta:
        verbose_name = "SEC carried row"
        constraints = [
            models.UniqueConstraint(fields=["osis", "service", "language", "setting"], name="sec_carried_once"),
        ]

    def __str__(self) -> str:
        """Say the row's id only."""
        return f"SEC carried row {self.pk}"


class SecLine(SecFields):
    """A line of SEC's report between ``from_at`` and ``until_at`` (world time; empty: still so)."""

    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "SEC line"
        constraints = [
            models.UniqueConstraint(
                fields=["osis", "service", "language", "setting"],
                condition=Q(until_at__isnull=True),
                name="sec_line_current_once",
            ),
            models.CheckConstraint(
                condition=Q(until_at__isnull=True) | Q(until_at__gt=models.F("from_at")), name="sec_line_until_after"
            ),
        ]
        indexes = [models.Index(fields=["osis", "from_at"], name="sec_line_by_student")]

    def __str__(self) -> str:
        """Say the row's id only."""
        return f"SEC line {self.pk}"


class SecNotice(models.Model):
    """A first attend that SEC received; shown once CAP has it and its day has passed (R2)."""

    delivery = models.BigIntegerField(primary_key=True)
    osis = models.BigIntegerField()
    service = models.SmallIntegerField(choices=Service)
    language = models.SmallIntegerField(choices=Language)
    settings = ArrayField(models.SmallIntegerField())
    provider_number = models.BigIntegerField()
    session_on = models.DateField()
    received = models.DateTimeField()
    applied = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "SEC notice"
        indexes = [
            models.Index(fields=["osis", "service", "language"], name="sec_notice_by_line"),
            models.Index(fields=["received"], condition=Q(applied__isnull=True), name="sec_notice_due"),
        ]

    def __str__(self) -> str:
        """Say which delivery."""
        return f"SEC notice {self.pk}"
