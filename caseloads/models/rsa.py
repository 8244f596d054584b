"""RSA approval letters: the gate for independent providers (R8, R13)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from caseloads.models.student import Student
from providers.kinds import Affiliation, Language, Service
from providers.models import Provider


class RsaLetter(models.Model):
    """A parent may hire an independent provider; ``processed`` is when ORCS entered the letter in SEC."""

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="rsa_letters")
    affiliation = models.SmallIntegerField(choices=Affiliation, default=Affiliation.RSA)
    student = models.ForeignKey(Student, models.CASCADE, related_name="rsa_letters")
    service = models.SmallIntegerField(choices=Service)
    language = models.SmallIntegerField(choices=Language)
    approved = models.DateField()
    processed = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "RSA letter"
        constraints = [
            models.UniqueConstraint(
                fields=["student", "service", "language", "provider"], name="rsa_letter_once_for_a_provider"
            ),
            models.CheckConstraint(condition=Q(affiliation=Affiliation.RSA), name="rsa_letter_for_rsa_provider"),
        ]

    def __str__(self) -> str:
        """Say for whom, by id."""
        return f"RSA letter for student {self.student_id}"
