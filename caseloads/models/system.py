"""How each system is fed, misbehaves and is trusted; and requests to move the demonstration's clock."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from caseloads.kinds import Fault, FedBy, System
from orcs_portal.shared.fields import all_or_none, author_only_with_time


class SystemSetting(models.Model):
    """A system's feed, lag and fault as data.

    Lags are in minutes of world time: an effect shows between ``lag_min`` and ``lag_max`` after receipt, drawn by
    ``seed``, and is promised by ``lag_promise``.  ``rate`` is the share in percent of messages a fault strikes;
    ``slow_seconds`` is real time.
    """

    system = models.SmallIntegerField(choices=System, primary_key=True)
    fed_by = models.SmallIntegerField(choices=FedBy, default=FedBy.SIMULATION)
    fault = models.SmallIntegerField(choices=Fault, default=Fault.NONE)
    rate = models.PositiveSmallIntegerField(default=100)
    slow_seconds = models.PositiveSmallIntegerField(default=5)
    lag_min = models.PositiveIntegerField(default=0)
    lag_max = models.PositiveIntegerField(default=0)
    lag_promise = models.PositiveIntegerField(default=0)
    seed = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    changed = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(rate__lte=100), name="system_rate_is_a_percentage"),
            models.CheckConstraint(
                condition=Q(lag_min__lte=F("lag_max"), lag_max__lte=F("lag_promise")), name="system_lags_in_order"
            ),
            models.CheckConstraint(
                condition=author_only_with_time("changed_by", "changed"), name="system_changer_only_with_time"
            ),
        ]

    def __str__(self) -> str:
        """Say which and how it is."""
        return f"{self.get_system_display()}: {self.get_fault_display()}"


class KnobTurn(models.Model):
    """Somebody made a system misbehave, or behave again; kept for those who read what just happened.

    ``turned`` is world time; ``by`` is empty where a command did it.
    """

    system = models.SmallIntegerField(choices=System)
    fault = models.SmallIntegerField(choices=Fault)
    turned = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["-turned"], name="knob_turn_newest")]

    def __str__(self) -> str:
        """Say which and how it was set."""
        return f"{self.get_system_display()}: {self.get_fault_display()}"


class Breaker(models.Model):
    """Whether a system answers: silence of a whole system opens it and costs no row an attempt.

    Real time.  Closed while ``opened`` is null; while open, one probe is let through at ``probe``.  The row is also the
    system's lane: one worker drains a system at a time, for as long as its lease runs.
    """

    system = models.SmallIntegerField(choices=System, primary_key=True)
    silences = models.PositiveIntegerField(default=0, help_text="Unanswered sendings in a row")
    opened = models.DateTimeField(null=True, blank=True)
    probe = models.DateTimeField(null=True, blank=True)
    answered = models.DateTimeField(null=True, blank=True)
    drainer = models.UUIDField(null=True, blank=True)
    drains_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=all_or_none("drainer", "drains_until"), name="breaker_lane_leased_whole"),
            models.CheckConstraint(
                condition=Q(opened__isnull=True, probe__isnull=True) | Q(opened__isnull=False, probe__isnull=False),
                name="breaker_open_iff_it_probes",
            ),
        ]

    def __str__(self) -> str:
        """Say which and whether it is open."""
        return f"{self.get_system_display()}: {'open' if self.opened else 'closed'}"


class ClockMove(models.Model):
    """Someone asked that the demonstration's clock move on; a worker does it, event by event."""

    minutes = models.PositiveIntegerField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    asked = models.DateTimeField()
    reached = models.DateTimeField(null=True, blank=True, help_text="World time after the move")
    done = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(minutes__gte=1, minutes__lte=60 * 24 * 31), name="clock_move_in_bounds"),
        ]

    def __str__(self) -> str:
        """Say by how much."""
        return f"{self.minutes} minutes"
