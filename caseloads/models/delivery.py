"""Deliveries: the row is the queue."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from caseloads.kinds import UNDELIVERED, Act, DeliveryState, System
from caseloads.models.call import Call
from caseloads.models.student import Student
from orcs_portal.shared.fields import author_only_with_time
from providers.kinds import Service


class Delivery(models.Model):
    """One act of a call for one system, from waiting to delivered or parked.

    ``queued`` (when it last entered the queue), ``due``, ``lease_until`` and ``delivered`` are real time.  ``expected``
    (by when the effect should show), ``shown`` (since when it stands) and ``ended`` (since when nothing is left to show
    it on; ``reason`` says why) are world time and are what the receiving system told us.  ``token`` is the fence: only
    the claim that wrote it may finish the row.  ``alone`` means that the row was in a batch whose worker died, so it is
    next claimed by itself and cannot take its neighbours along.
    """

    call = models.ForeignKey(Call, models.CASCADE, related_name="deliveries")
    system = models.SmallIntegerField(choices=System)
    act = models.SmallIntegerField(choices=Act, default=Act.FIRST_ATTEND)
    student = models.ForeignKey(Student, models.CASCADE, related_name="+", db_index=False)
    service = models.SmallIntegerField(choices=Service)
    state = models.SmallIntegerField(choices=DeliveryState, default=DeliveryState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0, help_text="Failures of its own")
    alone = models.BooleanField(default=False)
    queued = models.DateTimeField()
    due = models.DateTimeField()
    lease_until = models.DateTimeField(null=True, blank=True)
    token = models.UUIDField(null=True, blank=True)
    delivered = models.DateTimeField(null=True, blank=True)
    failed = models.DateTimeField(null=True, blank=True, help_text="Last failure, real time")
    reason = models.CharField(max_length=200, blank=True)
    replayed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    replayed = models.DateTimeField(null=True, blank=True)
    expected = models.DateTimeField(null=True, blank=True)
    shown = models.DateTimeField(null=True, blank=True)
    ended = models.DateTimeField(null=True, blank=True, help_text="The line was over before the effect could stand")

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(fields=["call", "system", "act"], name="delivery_once"),
            models.CheckConstraint(
                condition=Q(state=DeliveryState.DELIVERED, delivered__isnull=False)
                | (~Q(state=DeliveryState.DELIVERED) & Q(delivered__isnull=True)),
                name="delivery_delivered_iff_timed",
            ),
            models.CheckConstraint(
                condition=Q(state=DeliveryState.SENDING, lease_until__isnull=False, token__isnull=False)
                | (~Q(state=DeliveryState.SENDING) & Q(lease_until__isnull=True, token__isnull=True)),
                name="delivery_sending_iff_leased",
            ),
            models.CheckConstraint(
                condition=~Q(state=DeliveryState.PARKED) | ~Q(reason=""), name="delivery_parked_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(shown__isnull=True) | Q(state__in=[DeliveryState.DELIVERED, DeliveryState.AWAITED]),
                name="delivery_shown_after_taken",
            ),
            models.CheckConstraint(
                condition=Q(ended__isnull=True)
                | (Q(state__in=[DeliveryState.DELIVERED, DeliveryState.AWAITED], shown__isnull=True) & ~Q(reason="")),
                name="delivery_ended_instead_of_shown",
            ),
            models.CheckConstraint(
                condition=author_only_with_time("replayed_by", "replayed"), name="delivery_replayer_only_with_time"
            ),
        ]
        indexes = [
            models.Index(
                fields=["system", "alone", "id"], condition=Q(state=DeliveryState.WAITING), name="delivery_to_claim"
            ),
            models.Index(
                fields=["system", "student", "service", "id"],
                condition=Q(state__in=sorted(UNDELIVERED)),
                name="delivery_order",
            ),
            models.Index(
                fields=["system", "lease_until"], condition=Q(state=DeliveryState.SENDING), name="delivery_leases"
            ),
            models.Index(fields=["system", "id"], condition=Q(state=DeliveryState.PARKED), name="delivery_parked"),
            models.Index(
                fields=["call", "system"], condition=Q(state=DeliveryState.PARKED), name="delivery_parked_calls"
            ),
        ]

    def __str__(self) -> str:
        """Say which call and system."""
        return f"call {self.call_id} to {self.get_system_display()}"
