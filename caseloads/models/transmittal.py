"""Electronic transmittals: the gate for agency providers (R8)."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from caseloads.models.student import Student
from caseloads.models.vacancy import Vacancy
from providers.kinds import Language, Service
from providers.models import Agency, Contract


class Transmittal(models.Model):
    """ORCS sent an agency a student's service through SEC; only then may its provider call (R8).

    Agency, service and language are held to those of ``contract`` by a composite foreign key: the database refuses a
    transmittal to an agency without a contract for it.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="transmittals")
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="transmittals")
    student = models.ForeignKey(Student, models.CASCADE, related_name="transmittals")
    service = models.SmallIntegerField(choices=Service)
    language = models.SmallIntegerField(choices=Language)
    vacancy = models.ForeignKey(Vacancy, models.PROTECT, null=True, blank=True, related_name="transmittals")
    processed = models.DateTimeField()
    processed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["student", "service", "language", "agency"], name="transmittal_once_to_an_agency"
            ),
        ]
        indexes = [models.Index(fields=["agency", "student"], name="transmittal_by_agency")]

    def __str__(self) -> str:
        """Say to whom and for whom, by id."""
        return f"agency {self.agency_id} for student {self.student_id}"
