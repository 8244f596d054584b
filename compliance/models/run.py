"""Runs of the comparison, what they left at each school, and when people last looked."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from providers.models import School


class Run(models.Model):
    """One comparison: of everything, or of what was touched.

    ``as_of`` is world time; ``started`` and ``finished`` real time.  ``counts`` holds, by code name, open, waiting,
    new, resolved and regressed.
    """

    as_of = models.DateTimeField()
    full = models.BooleanField()
    started = models.DateTimeField()
    finished = models.DateTimeField()
    counts = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["-as_of"], condition=models.Q(full=True), name="run_full_latest")]

    def __str__(self) -> str:
        """Say when."""
        return f"comparison as of {self.as_of:%Y-%m-%d %H:%M}"


class DayCount(models.Model):
    """How many items were unfinished at a school (null: of no school of ours) after a day's last full comparison."""

    day = models.DateField()
    school = models.ForeignKey(School, models.CASCADE, null=True, blank=True, related_name="+")
    open = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day", "school"], name="day_count_once", nulls_distinct=False),
        ]

    def __str__(self) -> str:
        """Say day and number."""
        return f"{self.open} open on {self.day}"


class LineCount(models.Model):
    """How many lines SESIS, CAP and SEC each held of a school's students after the last comparison of everything.

    ``apart`` are the lines that not all three hold, ``unexplained`` those of them of which no item says anything;
    ``as_of`` is world time.
    """

    school = models.OneToOneField(School, models.CASCADE, related_name="+")
    sesis = models.PositiveIntegerField()
    cap = models.PositiveIntegerField()
    sec = models.PositiveIntegerField()
    apart = models.PositiveIntegerField()
    unexplained = models.PositiveIntegerField()
    as_of = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(unexplained__lte=models.F("apart")), name="line_count_unexplained_among_apart"
            ),
        ]

    def __str__(self) -> str:
        """Say which school, by id."""
        return f"lines of school {self.school_id}"


class Look(models.Model):
    """When a person last looked at Today, so that the account can say what changed since (world time).

    ``before`` is the look before the one that goes on, so that a reload does not empty the account.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="look")
    at = models.DateTimeField()
    before = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        """Say whose, by id."""
        return f"look of user {self.user_id}"
