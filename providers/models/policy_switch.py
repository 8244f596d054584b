"""Dated switches of the memo's rules."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class PolicySwitch(models.Model):
    """From a day on, a rule is on or off; each change is a new row with author and reason (R13)."""

    class Rule(models.IntegerChoices):
        """Rules that can be switched."""

        RSA_HOLD = 13, "R13, no RSA providers in school buildings"

    rule = models.SmallIntegerField(choices=Rule)
    starts = models.DateField()
    on = models.BooleanField()
    reason = models.CharField(max_length=400)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        ordering = ["rule", "starts", "id"]
        verbose_name_plural = "policy switches"

    def __str__(self) -> str:
        """Say which rule and from when."""
        return f"{self.get_rule_display()}: {'on' if self.on else 'off'} from {self.starts}"
