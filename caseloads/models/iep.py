"""IEP documents, as SESIS holds them."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from caseloads.kinds import IepKind, IepStatus, Transfer
from caseloads.models.enrolment import one_student
from caseloads.models.student import Student
from orcs_portal.shared.fields import author_only_with_time


class Iep(models.Model):
    """One version of a student's IEP; written only through the SESIS gateway.

    ``governs`` is the range of days on which a final version is the latest agreed one; the database refuses two at
    once for a student (R10).  ``transfer`` is how its download to CAP stands (R11).
    """

    student = models.ForeignKey(Student, models.CASCADE, related_name="ieps")
    version = models.PositiveSmallIntegerField()
    kind = models.SmallIntegerField(choices=IepKind)
    status = models.SmallIntegerField(choices=IepStatus, default=IepStatus.DRAFT)
    starts = models.DateField(help_text="First day of its mandates")
    finalised = models.DateTimeField(null=True, blank=True)
    finalised_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    governs = DateRangeField(null=True, blank=True)  # type: ignore[misc] # the stubs know no nullable range
    transfer = models.SmallIntegerField(choices=Transfer, default=Transfer.NEVER)
    transfer_at = models.DateTimeField(null=True, blank=True)
    passed_over = models.BooleanField(
        default=False,
        db_default=False,
        help_text="The nightly download does not see it, for a reason of its own, until it is queued again",
    )

    class Meta:
        verbose_name = "IEP"
        constraints = [
            models.UniqueConstraint(fields=["student", "version"], name="iep_version_once"),
            # What a mandate's composite foreign key points at (migration 0002).
            models.UniqueConstraint(fields=["id", "student"], name="iep_with_student"),
            models.CheckConstraint(
                condition=Q(status=IepStatus.FINAL, finalised__isnull=False, governs__isnull=False)
                | (~Q(status=IepStatus.FINAL) & Q(finalised__isnull=True, governs__isnull=True)),
                name="iep_final_iff_dated_and_governing",
            ),
            models.CheckConstraint(
                condition=Q(status=IepStatus.FINAL) | Q(transfer=Transfer.NEVER), name="iep_transfers_only_when_final"
            ),
            models.CheckConstraint(
                condition=author_only_with_time("finalised_by", "finalised"), name="iep_finaliser_only_with_time"
            ),
            ExclusionConstraint(
                name="iep_one_governs_on_a_day",
                expressions=[(one_student(), RangeOperators.OVERLAPS), ("governs", RangeOperators.OVERLAPS)],
            ),
        ]
        indexes = [
            models.Index(
                fields=["finalised"],
                condition=Q(status=IepStatus.FINAL, transfer__in=[Transfer.NEVER, Transfer.PENDING]),
                name="iep_to_download",
            ),
        ]

    def __str__(self) -> str:
        """Say whose and which, by id."""
        return f"IEP {self.version} of student {self.student_id}"
