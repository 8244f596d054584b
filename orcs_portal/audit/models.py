"""The access record: who saw or changed which student, and why."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex, GinIndex
from django.db import models
from django.db.models import Q


class Verb(models.IntegerChoices):
    """Whether records were looked at or altered."""

    SHOWN = 1, "Shown"
    CHANGED = 2, "Changed"


class AccessRecord(models.Model):
    """One page, or one fragment of it, that showed or changed student records.

    The database refuses to update, delete or truncate these rows. People and things are kept as values, not as foreign
    keys: the record must outlive what it names, and nothing below may hold on to what stands above.
    """

    at = models.DateTimeField("time", help_text="Real time, never the world clock.")
    by_id = models.BigIntegerField("user id")
    by_name = models.CharField("user name", max_length=150)
    students = ArrayField(models.BigIntegerField(), help_text="Surrogate ids, each once, in ascending order.")
    what = models.CharField(max_length=80, help_text="Name of the page.")
    purpose = models.CharField(max_length=200)
    verb = models.SmallIntegerField(choices=Verb.choices, default=Verb.SHOWN)
    kind = models.CharField(max_length=40, blank=True, help_text="What the page is about, such as call.")
    object_id = models.BigIntegerField(null=True, blank=True, help_text="Surrogate id within the kind.")

    class Meta:
        """Found by student (GIN), by user, and by time (rows arrive in order, so a BRIN index is enough)."""

        ordering = ["-id"]
        indexes = [
            GinIndex(fields=["students"], name="access_record_students"),
            models.Index(fields=["by_id", "-at"], name="access_record_by"),
            BrinIndex(fields=["at"], name="access_record_at"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(verb__in=Verb.values), name="access_record_verb_known"),
            models.CheckConstraint(condition=~Q(what="") & ~Q(purpose=""), name="access_record_says_what_and_why"),
            models.CheckConstraint(
                condition=Q(object_id__isnull=True) | ~Q(kind=""), name="access_record_object_has_kind"
            ),
        ]

    def __str__(self) -> str:
        """Return who did what to how many students; no student is named."""
        return f"{self.by_name} {self.get_verb_display().lower()} {self.what}: {len(self.students)} students"
