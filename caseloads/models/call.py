"""Calls: what a provider recorded, and what became of it."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from caseloads.kinds import Origin, Outcome
from caseloads.models.student import Student
from providers.kinds import Language, Service
from providers.models import Provider, School


class Call(models.Model):
    """A first-attend call: accepted with a confirmation number, or refused or unlinked with a reference.

    An accepted one of our own is unique by provider, student, service, language and school year; the city's log takes
    anything.  ``mandates`` are the ids of the mandates it marks; ``received`` is world time, ``recorded`` real time.
    ``form_token`` and ``form_digest`` make one form one call, however often it is sent.
    """

    outcome = models.SmallIntegerField(choices=Outcome)
    rule = models.CharField(max_length=3, blank=True, help_text="The memo's rule a refusal rests on, such as R8")
    reason = models.SlugField(max_length=40, blank=True, help_text="The verdict's code")
    confirmation = models.CharField(max_length=8, null=True, blank=True, unique=True)
    reference = models.CharField(max_length=9, null=True, blank=True, unique=True)
    origin = models.SmallIntegerField(choices=Origin)
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="calls")
    student = models.ForeignKey(Student, models.PROTECT, null=True, blank=True, related_name="calls")
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="calls")
    service = models.SmallIntegerField(choices=Service)
    language = models.SmallIntegerField(choices=Language, null=True, blank=True)
    school_year = models.DateField(help_text="The school year's first day")
    session_on = models.DateField(null=True, blank=True)
    mandates = ArrayField(models.BigIntegerField(), default=list)
    other_provider = models.BooleanField(default=False, help_text="Another provider was assigned")
    on_holiday = models.BooleanField(default=False, help_text="No school on the session's day")
    received = models.DateTimeField()
    recorded = models.DateTimeField()
    said = models.JSONField(default=dict, blank=True, help_text="What the caller was told, where it was not accepted")
    form_token = models.UUIDField(null=True, blank=True, unique=True)
    form_digest = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-received", "-id"]
        constraints = [
            # What a delivery's composite foreign key points at (migration 0005); an index, built while others write.
            models.UniqueConstraint(F("id"), F("student"), name="call_with_student"),
            models.UniqueConstraint(
                fields=["provider", "student", "service", "language", "school_year"],
                condition=Q(outcome=Outcome.ACCEPTED) & ~Q(origin=Origin.EXTRACT),
                name="first_attend_once",
            ),
            models.CheckConstraint(
                condition=Q(
                    outcome=Outcome.ACCEPTED,
                    confirmation__isnull=False,
                    reference__isnull=True,
                    student__isnull=False,
                    language__isnull=False,
                    school__isnull=False,
                    session_on__isnull=False,
                    rule="",
                )
                | (~Q(outcome=Outcome.ACCEPTED) & Q(confirmation__isnull=True)),
                name="call_accepted_iff_confirmed",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.REFUSED) | (~Q(rule="") & Q(reference__isnull=False)),
                name="call_refused_with_rule_and_reference",
            ),
            models.CheckConstraint(
                condition=Q(confirmation__isnull=True) | Q(confirmation__regex=r"^\d{8}$"),
                name="call_confirmation_has_eight_digits",
            ),
            models.CheckConstraint(
                condition=Q(reference__isnull=True) | Q(reference__regex=r"^R\d{8}$"),
                name="call_reference_has_its_shape",
            ),
            models.CheckConstraint(
                condition=Q(form_token__isnull=True, form_digest="")
                | (Q(form_token__isnull=False) & ~Q(form_digest="")),
                name="call_form_token_with_digest",
            ),
        ]
        indexes = [
            models.Index(F("school"), F("received").desc(), F("id").desc(), name="call_by_school"),
            models.Index(F("provider"), F("received").desc(), F("id").desc(), name="call_by_provider"),
            models.Index(fields=["student", "service"], name="call_by_student"),
            # A whole city's list is read from its newest end, and what is rare in it is found without its rows.
            models.Index(F("received").desc(), F("id").desc(), name="call_newest"),
            models.Index(
                F("outcome"),
                F("received").desc(),
                F("id").desc(),
                condition=Q(outcome__in=[Outcome.REFUSED, Outcome.UNLINKED]),
                name="call_not_accepted",
            ),
            models.Index(
                F("received").desc(),
                F("id").desc(),
                condition=Q(on_holiday=True) | Q(other_provider=True),
                name="call_marked",
            ),
        ]

    def __str__(self) -> str:
        """Say the number only."""
        return f"call {self.confirmation or self.reference or self.pk}"
