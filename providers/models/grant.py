"""Who may see and do what, from when until when."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from orcs_portal.shared.fields import ends_after_start
from providers.kinds import Borough
from providers.models.agency import Agency
from providers.models.provider import Provider
from providers.models.school import School


class Standing(models.IntegerChoices):
    """The capacities in which a person uses the portal."""

    COORDINATOR = 1, "Coordinator"
    HEAD = 2, "Head of school"
    PROVIDER = 3, "Provider"
    AGENCY = 4, "Agency representative"
    ORCS = 5, "ORCS"
    AUDITOR = 6, "Auditor"
    ADMINISTRATOR = 7, "Administrator"


SCHOOL_STANDINGS = (Standing.COORDINATOR, Standing.HEAD)
WIDE_STANDINGS = (Standing.ORCS, Standing.AUDITOR)


def scope_fits() -> Q:
    """Return the condition that a grant's scope is of the kind its standing takes."""
    no = {"school__isnull": True, "agency__isnull": True, "provider__isnull": True, "borough__isnull": True}

    def only(name: str) -> Q:
        return Q(**{**no, f"{name}__isnull": False})

    wide = {key: value for key, value in no.items() if key != "borough__isnull"}
    return (
        Q(standing__in=SCHOOL_STANDINGS) & only("school")
        | Q(standing=Standing.PROVIDER) & only("provider")
        | Q(standing=Standing.AGENCY) & only("agency")
        | Q(standing__in=WIDE_STANDINGS, **wide)
        | Q(standing=Standing.ADMINISTRATOR, **no)
    )


class Grant(models.Model):
    """A person has a standing, with its scope, between two days.

    The scope is a school (coordinator, head), a provider (self), an agency, or a borough, empty for the whole city
    (ORCS, auditor).  ``designee`` marks the coordinator who reports the school's vacancies (R15).
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="grants")
    standing = models.SmallIntegerField(choices=Standing)
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="grants")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="grants")
    provider = models.ForeignKey(Provider, models.PROTECT, null=True, blank=True, related_name="grants")
    borough = models.SmallIntegerField(choices=Borough, null=True, blank=True)
    designee = models.BooleanField(default=False)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=scope_fits(), name="grant_scope_fits_its_standing"),
            models.CheckConstraint(condition=ends_after_start(), name="grant_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(designee=False) | Q(standing=Standing.COORDINATOR), name="grant_designee_is_coordinator"
            ),
        ]

    def __str__(self) -> str:
        """Say the standing."""
        return f"{self.user_id}: {self.get_standing_display()}"
