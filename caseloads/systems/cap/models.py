"""What CAP says, in its own words and codes."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from caseloads.systems.cap.codes import CapStatus
from providers.kinds import Language, Service, Setting


class CapFields(models.Model):
    """What CAP says of a mandate, by OSIS, since a moment of world time; it points at no row of ours."""

    osis = models.BigIntegerField()
    service = models.SmallIntegerField(choices=Service)
    language = models.SmallIntegerField(choices=Language)
    setting = models.SmallIntegerField(choices=Setting)
    frequency = models.PositiveSmallIntegerField()
    duration = models.PositiveSmallIntegerField()
    group_size = models.PositiveSmallIntegerField()
    status = models.SmallIntegerField(choices=CapStatus)
    provider_number = models.BigIntegerField(null=True, blank=True)
    first_attend = models.DateField(null=True, blank=True)
    since = models.DateTimeField()

    class Meta:
        abstract = True


class CapMandate(CapFields):
    """A mandate as CAP holds it; ``since`` is its last change there, and a closed one is history."""

    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = "CAP mandate"
        constraints = [
            models.UniqueConstraint(
                fields=["osis", "service", "language", "setting"],
                condition=~Q(status=CapStatus.CLOSED),
                name="cap_mandate_open_once",
            ),
        ]
        indexes = [
            models.Index(fields=["since"], name="cap_mandate_by_change"),
            models.Index(
                fields=["osis", "service", "language", "setting"],
                condition=Q(status=CapStatus.CLOSED),
                name="cap_mandate_closed",
            ),
        ]

    def __str__(self) -> str:
        """Say the row's id only: this text may reach a log."""
        return f"CAP row {self.pk}"


class CapChange(CapFields):
    """What a mandate said from ``since`` on, kept until SEC, a day behind, has had it.

    The mandate itself may have changed again by then.
    """

    class Meta:
        verbose_name = "CAP change"
        indexes = [models.Index(fields=["since"], name="cap_change_by_time")]

    def __str__(self) -> str:
        """Say the row's id only."""
        return f"CAP change {self.pk}"


class CapNotice(models.Model):
    """A first attend that CAP received; ``delivery`` is the sender's id and makes a second arrival harmless.

    CAP works through its notices overnight: ``applied`` is the world time at which it did.
    """

    delivery = models.BigIntegerField(primary_key=True)
    osis = models.BigIntegerField()
    service = models.SmallIntegerField(choices=Service)
    language = models.SmallIntegerField(choices=Language)
    settings = ArrayField(models.SmallIntegerField())
    provider_number = models.BigIntegerField()
    session_on = models.DateField()
    received = models.DateTimeField()
    due = models.DateTimeField(help_text="The night that takes it, world time")
    applied = models.DateTimeField(null=True, blank=True)
    marked = models.PositiveSmallIntegerField(default=0, help_text="CAP mandates it marked")

    class Meta:
        verbose_name = "CAP notice"
        indexes = [models.Index(fields=["due"], condition=Q(applied__isnull=True), name="cap_notice_due")]

    def __str__(self) -> str:
        """Say which delivery."""
        return f"CAP notice {self.pk}"
