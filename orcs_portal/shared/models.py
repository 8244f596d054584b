"""Rows every room leans on: the world clock's offset, and what has been touched."""

from __future__ import annotations

from datetime import timedelta

from django.db import models


class WorldClock(models.Model):
    """How far the demonstration's clock is from the real one; one row, absent in production.

    ``seen`` is the last world time a process noticed: starting again sets the offset so that the world goes on
    from there and stands still while nothing runs.
    """

    id = models.SmallIntegerField(primary_key=True, default=1)
    offset = models.DurationField(default=timedelta(0))
    seen = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="world_clock_is_one_row")]

    def __str__(self) -> str:
        """Say the offset."""
        return f"world clock {self.offset}"


class Touched(models.Model):
    """A subject whose picture may have changed; written by actions, drained by compliance.

    Kind and id are plain values, so that nothing on this floor knows the rooms above it.
    """

    class Kind(models.IntegerChoices):
        """What was touched; ``ALL`` has the id 0."""

        STUDENT = 1, "student"
        PROVIDER = 2, "provider"
        AGENCY = 3, "agency"
        SCHOOL = 4, "school"
        ALL = 5, "all"

    kind = models.SmallIntegerField(choices=Kind)
    subject_id = models.BigIntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "touched"

    def __str__(self) -> str:
        """Say what was touched."""
        return f"{self.get_kind_display()} {self.subject_id}"


class PeriodicRun(models.Model):
    """One run of periodic work; unique by task and due time, so that two beats start it once.

    ``due`` is world time for nights and real time for sweeps.
    """

    task = models.CharField(max_length=40)
    due = models.DateTimeField()
    started = models.DateTimeField()
    done = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "due"], name="periodic_run_once")]

    def __str__(self) -> str:
        """Say which run."""
        return f"{self.task} due {self.due:%Y-%m-%d %H:%M}"
