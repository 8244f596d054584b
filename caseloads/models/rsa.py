"""RSA approval letters: the gate for independent providers (R8, R13)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from caseloads.models.student import Student
from caseloads.models.vacancy import Vacancy
from orcs_portal.shared.fields import author_only_with_time
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
    vacancy = models.ForeignKey(Vacancy, models.PROTECT, null=True, blank=True, related_name="letters")
    processed = models.DateTimeField(null=True, blank=True)
    processed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "RSA letter"
        constraints = [
            models.UniqueConstraint(
                fields=["student", "service", "language", "provider"], name="rsa_letter_once_for_a_provider"
            ),
            models.CheckConstraint(condition=Q(affiliation=Affiliation.RSA), name="rsa_letter_for_rsa_provider"),
            models.CheckConstraint(
                condition=author_only_with_time("processed_by", "processed"), name="rsa_letter_author_only_with_time"
            ),
        ]

    def __str__(self) -> str:
        """Say for whom, by id."""
        return f"RSA letter for student {self.student_id}"
