"""What is written to agencies, kept as it was written (R12)."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from caseloads.models.vacancy import Offer
from providers.kinds import SluggedChoices


class MessageKind(SluggedChoices):
    """What an e-mail tells the agency."""

    OFFER = 1, "Offer"
    TRANSMITTAL = 2, "Transmittal"


class MessageState(SluggedChoices):
    """Where an e-mail is."""

    KEPT = 1, "Kept here only"
    WAITING = 2, "Waiting"
    SENT = 3, "Sent"
    GIVEN_UP = 4, "Not sent"


class Message(models.Model):
    """An e-mail to an agency about an offer, with the school's related-services contact in copy (R12).

    It names no student: who is meant is seen in SEC, by those whom the transmittal reached.  The row is the queue:
    where mail is sent at all it waits until ``due`` and is then sent, else it is kept and goes nowhere.  ``written`` is
    world time; ``due`` and ``sent`` are real time.
    """

    kind = models.SmallIntegerField(choices=MessageKind)
    offer = models.ForeignKey(Offer, models.CASCADE, related_name="messages")
    to = ArrayField(models.EmailField())
    copied = ArrayField(models.EmailField())
    subject = models.CharField(max_length=200)
    body = models.TextField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written = models.DateTimeField()
    state = models.SmallIntegerField(choices=MessageState)
    attempts = models.PositiveSmallIntegerField(default=0)
    due = models.DateTimeField(null=True, blank=True)
    sent = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["written", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(to__len__gte=1), name="message_is_to_somebody"),
            models.CheckConstraint(condition=Q(copied__len__gte=1), name="message_has_the_school_in_copy"),
            models.CheckConstraint(
                condition=Q(state=MessageState.SENT, sent__isnull=False)
                | (~Q(state=MessageState.SENT) & Q(sent__isnull=True)),
                name="message_sent_iff_timed",
            ),
            models.CheckConstraint(
                condition=Q(state=MessageState.WAITING, due__isnull=False)
                | (~Q(state=MessageState.WAITING) & Q(due__isnull=True)),
                name="message_waits_for_a_time",
            ),
        ]
        indexes = [models.Index(fields=["due"], condition=Q(state=MessageState.WAITING), name="message_to_send")]

    def __str__(self) -> str:
        """Say which offer it is about."""
        return f"{self.get_kind_display()} {self.offer_id}"
