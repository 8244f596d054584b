"""Vacancies, and the agencies asked to fill them (R12, R15)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from caseloads.models.mandate import Mandate
from orcs_portal.shared.fields import all_or_none
from providers.kinds import Language, Service, SluggedChoices
from providers.models import Agency, School


class Vacancy(models.Model):
    """A school has mandates of one service and language and nobody to serve them.

    ``note`` goes to agencies and names no student.  It is over when it is closed: filled, or withdrawn.
    ``minutes`` are those a week that reached nobody when it was last weighed, by which long lists are sorted.
    """

    class Closing(SluggedChoices):
        """Why nothing more is to be done about it."""

        FILLED = 1, "Filled"
        WITHDRAWN = 2, "Withdrawn"

    school = models.ForeignKey(School, models.PROTECT, related_name="vacancies")
    service = models.SmallIntegerField(choices=Service)
    language = models.SmallIntegerField(choices=Language)
    mandates = models.ManyToManyField(Mandate, related_name="vacancies")
    unserved_since = models.DateField()
    logged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    for_school = models.BooleanField(default=False, help_text="Logged by ORCS on the school's behalf (R15)")
    logged = models.DateTimeField()
    note = models.CharField(max_length=400, blank=True, default="", db_default="")
    minutes = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    closing = models.SmallIntegerField(choices=Closing, null=True, blank=True)
    closed = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name_plural = "vacancies"
        constraints = [
            models.CheckConstraint(
                condition=all_or_none("closing", "closed", "closed_by"), name="vacancy_closed_whole"
            ),
            models.UniqueConstraint(
                fields=["school", "service", "language"], condition=Q(closed__isnull=True), name="vacancy_open_once"
            ),
        ]
        indexes = [
            models.Index(fields=["unserved_since", "id"], condition=Q(closed__isnull=True), name="vacancy_oldest"),
            models.Index(
                fields=["unserved_since", "id"], condition=Q(closed__isnull=False), name="vacancy_closed_oldest"
            ),
            models.Index(F("minutes").desc(), F("id"), condition=Q(closed__isnull=True), name="vacancy_most_minutes"),
        ]

    def __str__(self) -> str:
        """Say what is vacant where."""
        return f"{self.what} at school {self.school_id}"

    @property
    def number(self) -> str:
        """The vacancy's number, by which people speak of it: ``V-12``."""
        return f"V-{self.pk}"

    @property
    def what(self) -> str:
        """What is vacant: ``Speech-language, Spanish``."""
        return f"{self.get_service_display()}, {self.get_language_display()}"


class Offer(models.Model):
    """A vacancy was offered to an agency, which accepts or declines."""

    class Answer(SluggedChoices):
        """What the agency said."""

        ACCEPTED = 1, "Accepted"
        DECLINED = 2, "Declined"

    vacancy = models.ForeignKey(Vacancy, models.CASCADE, related_name="offers")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="offers")
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    offered = models.DateTimeField()
    answer = models.SmallIntegerField(choices=Answer, null=True, blank=True)
    answered = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    for_agency = models.BooleanField(
        default=False, db_default=False, help_text="The answer was entered by ORCS on the agency's behalf"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["vacancy", "agency"], name="offer_once_to_an_agency"),
            models.UniqueConstraint(fields=["vacancy"], condition=Q(answer=1), name="offer_accepted_by_one_agency"),
            models.CheckConstraint(
                condition=all_or_none("answer", "answered", "answered_by"), name="offer_answered_whole"
            ),
            models.CheckConstraint(
                condition=Q(for_agency=False) | Q(answer__isnull=False), name="offer_for_agency_only_answered"
            ),
        ]

    def __str__(self) -> str:
        """Say which vacancy and agency, by id."""
        return f"vacancy {self.vacancy_id} to agency {self.agency_id}"
