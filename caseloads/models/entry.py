"""Caseload entries, as SESIS holds them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from caseloads.kinds import EntryState
from caseloads.models.call import Call
from caseloads.models.mandate import Mandate
from caseloads.models.student import Student
from providers.kinds import Route
from providers.models import Provider, School


class Entry(models.Model):
    """A student's mandate on a provider's SESIS caseload; written only through the SESIS gateway (R3).

    A held entry waits for access by the route named in ``held_for`` (R6, R9); ``since`` is the world time at which it
    took its present state.  An entry without a call is a nurse's: her assignment opens it (R1).
    """

    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="entries")
    student = models.ForeignKey(Student, models.CASCADE, related_name="entries")
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="entries")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    call = models.ForeignKey(Call, models.PROTECT, null=True, blank=True, related_name="entries")
    state = models.SmallIntegerField(choices=EntryState)
    held_for = models.SmallIntegerField(choices=Route, null=True, blank=True)
    since = models.DateTimeField()

    class Meta:
        verbose_name_plural = "entries"
        constraints = [
            models.UniqueConstraint(
                fields=["mandate", "provider"], condition=~Q(state=EntryState.ENDED), name="entry_open_once"
            ),
            models.CheckConstraint(
                condition=Q(state=EntryState.HELD, held_for__isnull=False)
                | (~Q(state=EntryState.HELD) & Q(held_for__isnull=True)),
                name="entry_held_iff_it_says_for_what",
            ),
        ]
        indexes = [
            models.Index(fields=["provider", "state"], name="entry_by_provider"),
            models.Index(fields=["provider", "school"], condition=Q(state=EntryState.HELD), name="entry_held"),
        ]

    def __str__(self) -> str:
        """Say whose, by id."""
        return f"student {self.student_id} for provider {self.provider_id}"
