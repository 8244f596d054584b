"""Whom to write to: a school's related-services contact, and ORCS's own for a borough (R12, R15)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from providers.kinds import Borough
from providers.models.school import School


class Contact(models.Model):
    """From a moment on, somebody is a school's contact, or ORCS's for a borough; each change is a new row, with author.

    The latest row of a school or borough counts.  Names and addresses of people are data and stand in no code (R15).
    """

    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="contacts")
    borough = models.SmallIntegerField(choices=Borough, null=True, blank=True)
    full_name = models.CharField(max_length=150)
    email = models.EmailField()
    phone = models.CharField(max_length=30, blank=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(school__isnull=False, borough__isnull=True) | Q(school__isnull=True, borough__isnull=False),
                name="contact_of_a_school_or_a_borough",
            ),
            models.CheckConstraint(condition=~Q(full_name="") & ~Q(email=""), name="contact_can_be_written_to"),
        ]
        indexes = [
            models.Index(fields=["school", "-id"], condition=Q(school__isnull=False), name="contact_of_school"),
            models.Index(fields=["borough", "-id"], condition=Q(borough__isnull=False), name="contact_of_borough"),
        ]

    def __str__(self) -> str:
        """Say the name."""
        return self.full_name
