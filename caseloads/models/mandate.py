"""Mandates: what an IEP says a student must receive."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from caseloads.models.iep import Iep
from caseloads.models.student import Student
from orcs_portal.shared.fields import ends_after_start
from providers.kinds import Language, Service, Setting


class Mandate(models.Model):
    """A service on an IEP: frequency a week, duration in minutes, group size (1 is individual), language.

    Unique by IEP, service, language and setting: a student may have speech 1 x 30 alone and 2 x 30 in a group.
    """

    iep = models.ForeignKey(Iep, models.CASCADE, related_name="mandates")
    student = models.ForeignKey(Student, models.CASCADE, related_name="mandates")
    service = models.SmallIntegerField(choices=Service)
    language = models.SmallIntegerField(choices=Language)
    setting = models.SmallIntegerField(choices=Setting)
    frequency = models.PositiveSmallIntegerField(help_text="Sessions a week")
    duration = models.PositiveSmallIntegerField(help_text="Minutes a session")
    group_size = models.PositiveSmallIntegerField()
    location = models.CharField(max_length=60, blank=True)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    months = models.PositiveSmallIntegerField(default=10, choices=[(10, "10 months"), (12, "12 months")])

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["iep", "service", "language", "setting"], name="mandate_once_on_an_iep"),
            # What an entry's composite foreign key points at (migration 0005); an index, built while others write.
            models.UniqueConstraint(F("id"), F("student"), name="mandate_with_student"),
            models.CheckConstraint(condition=ends_after_start(), name="mandate_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(setting=Setting.INDIVIDUAL, group_size=1) | Q(setting=Setting.GROUP, group_size__gte=2),
                name="mandate_group_size_fits_setting",
            ),
            models.CheckConstraint(
                condition=Q(frequency__gte=1, frequency__lte=40, duration__gte=5, duration__lte=480),
                name="mandate_frequency_and_duration_possible",
            ),
        ]
        indexes = [models.Index(fields=["student", "service"], name="mandate_by_student")]

    def __str__(self) -> str:
        """Say the notation, such as 3 x 30 x 2."""
        return f"{self.frequency} x {self.duration} x {self.group_size}"
