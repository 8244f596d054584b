"""Access to SESIS: asked for, and granted, by the one route that fits the affiliation (R6, R9)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from orcs_portal.shared.fields import all_or_none, author_only_with_time
from providers.kinds import Affiliation, Route
from providers.models.provider import Provider
from providers.models.school import School


def route_fits(route: str = "route", affiliation: str = "affiliation") -> Q:
    """Return the condition that Galaxy is for DOE staff and PETS for everyone else (R6, R9)."""
    galaxy = Q(**{route: Route.GALAXY, affiliation: Affiliation.DOE})
    pets = Q(**{route: Route.PETS}) & ~Q(**{affiliation: Affiliation.DOE})
    return galaxy | pets


class AccessGrant(models.Model):
    """A provider may work in SESIS at a school from ``opened`` until ``ended``.

    ``affiliation`` repeats the provider's and is held to it by a composite foreign key, so that the database itself
    refuses to add a non-DOE provider through Galaxy (R9).
    """

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="access_grants")
    affiliation = models.SmallIntegerField(choices=Affiliation)
    school = models.ForeignKey(School, models.PROTECT, related_name="access_grants")
    route = models.SmallIntegerField(choices=Route)
    opened = models.DateTimeField()
    ended = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=route_fits(), name="access_grant_by_the_right_route"),
            models.UniqueConstraint(
                fields=["provider", "school"], condition=Q(ended__isnull=True), name="access_grant_open_once"
            ),
        ]
        indexes = [models.Index(fields=["opened"], condition=Q(ended__isnull=True), name="access_grant_newest")]

    def __str__(self) -> str:
        """Say who may work where."""
        return f"{self.provider_id} at {self.school_id} by {self.get_route_display()}"


class AccessRequest(models.Model):
    """Someone asks that a provider be added to Galaxy (R6) or registered in PETS (R9).

    ``passed_on`` is when the agency, or ORCS for an independent provider, asked the central office for PETS.
    """

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="access_requests")
    affiliation = models.SmallIntegerField(choices=Affiliation)
    school = models.ForeignKey(School, models.PROTECT, related_name="access_requests")
    route = models.SmallIntegerField(choices=Route)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked = models.DateTimeField()
    passed_on = models.DateTimeField(null=True, blank=True)
    passed_on_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    granted = models.BooleanField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    decided = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=route_fits(), name="access_request_by_the_right_route"),
            models.CheckConstraint(
                condition=all_or_none("granted", "decided_by", "decided"), name="access_request_decided_whole"
            ),
            models.CheckConstraint(
                condition=author_only_with_time("passed_on_by", "passed_on"),
                name="access_request_passed_on_only_with_time",
            ),
            models.CheckConstraint(
                condition=Q(passed_on__isnull=True) | Q(route=Route.PETS, passed_on_by__isnull=False),
                name="access_request_passed_on_for_pets",
            ),
            models.UniqueConstraint(
                fields=["provider", "school"], condition=Q(decided__isnull=True), name="access_request_open_once"
            ),
        ]

    def __str__(self) -> str:
        """Say for whom and how."""
        return f"{self.provider_id} by {self.get_route_display()}"
