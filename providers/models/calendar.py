"""When school is kept."""

from __future__ import annotations

from django.db import models

from orcs_portal.shared.fields import ends_after_start
from providers.models.school import School


class SchoolYear(models.Model):
    """A school year's first and last school day; a first attend is unique within one."""

    starts = models.DateField(unique=True)
    ends = models.DateField()

    class Meta:
        ordering = ["starts"]
        constraints = [models.CheckConstraint(condition=ends_after_start(), name="school_year_ends_after_it_starts")]

    def __str__(self) -> str:
        """Say both years."""
        return f"{self.starts.year}-{self.ends.year % 100:02}"


class CalendarDay(models.Model):
    """A weekday without students, for every school or for one."""

    class Kind(models.IntegerChoices):
        """Why no student is in school."""

        HOLIDAY = 1, "Holiday"
        STAFF_ONLY = 2, "Staff only"
        CLOSED = 3, "School closed"

    date = models.DateField()
    kind = models.SmallIntegerField(choices=Kind)
    school = models.ForeignKey(School, models.CASCADE, null=True, blank=True, help_text="Empty: every school")
    label = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["date"]
        constraints = [
            models.UniqueConstraint(fields=["date", "school"], name="calendar_day_once", nulls_distinct=False),
        ]

    def __str__(self) -> str:
        """Say the day and why."""
        return f"{self.date}: {self.label or self.get_kind_display()}"
