"""The providers app's records in the admin: read-only, for the administrator alone."""

from __future__ import annotations

from django.contrib import admin

from orcs_portal.shared.admin import ReadOnlyAdmin
from providers.models import (
    AccessGrant,
    AccessRequest,
    Agency,
    CalendarDay,
    Contact,
    Contract,
    GalaxyListing,
    Grant,
    PetsListing,
    Placement,
    PolicySwitch,
    Provider,
    School,
    SchoolYear,
)


@admin.register(School)
class SchoolAdmin(ReadOnlyAdmin[School]):
    """Schools by DBN."""

    list_display = ["dbn", "name", "borough"]
    list_filter = ["borough"]
    search_fields = ["dbn", "name"]


@admin.register(SchoolYear)
class SchoolYearAdmin(ReadOnlyAdmin[SchoolYear]):
    """School years."""

    list_display = ["starts", "ends"]


@admin.register(CalendarDay)
class CalendarDayAdmin(ReadOnlyAdmin[CalendarDay]):
    """Days without students."""

    list_display = ["date", "kind", "label", "school"]
    list_select_related = ["school"]
    list_filter = ["kind"]


@admin.register(Agency)
class AgencyAdmin(ReadOnlyAdmin[Agency]):
    """Agencies."""

    list_display = ["code", "name", "email"]


@admin.register(Contract)
class ContractAdmin(ReadOnlyAdmin[Contract]):
    """What agencies are contracted for."""

    list_display = ["agency", "service", "language", "borough", "starts", "ends"]
    list_select_related = ["agency"]
    list_filter = ["service", "language", "borough"]


@admin.register(Contact)
class ContactAdmin(ReadOnlyAdmin[Contact]):
    """Whom to write to at schools and at ORCS, every row there ever was."""

    list_display = ["full_name", "email", "school", "borough", "set_by", "set_at"]
    list_select_related = ["school", "set_by"]


@admin.register(Provider)
class ProviderAdmin(ReadOnlyAdmin[Provider]):
    """Providers by number."""

    list_display = ["number", "full_name", "affiliation", "role", "agency"]
    list_select_related = ["agency"]
    list_filter = ["affiliation", "role"]
    search_fields = ["full_name", "number"]


@admin.register(Placement)
class PlacementAdmin(ReadOnlyAdmin[Placement]):
    """Who works where."""

    list_display = ["provider", "school", "starts", "ends"]
    list_select_related = ["provider", "school"]


@admin.register(AccessGrant)
class AccessGrantAdmin(ReadOnlyAdmin[AccessGrant]):
    """Who may work in SESIS, and by which route (R6, R9)."""

    list_display = ["provider", "school", "route", "opened", "ended"]
    list_select_related = ["provider", "school"]
    list_filter = ["route"]


@admin.register(AccessRequest)
class AccessRequestAdmin(ReadOnlyAdmin[AccessRequest]):
    """Who was asked for, and what was decided."""

    list_display = ["provider", "school", "route", "asked", "granted", "decided"]
    list_select_related = ["provider", "school"]


@admin.register(GalaxyListing)
class GalaxyListingAdmin(ReadOnlyAdmin[GalaxyListing]):
    """What Galaxy's lists say."""

    list_display = ["provider_number", "dbn", "name", "title", "added", "ends"]


@admin.register(PetsListing)
class PetsListingAdmin(ReadOnlyAdmin[PetsListing]):
    """What PETS says."""

    list_display = ["provider_number", "vendor", "name", "active", "eligible", "registered"]


@admin.register(Grant)
class GrantAdmin(ReadOnlyAdmin[Grant]):
    """Who has which role, with its scope and dates."""

    list_display = ["user", "standing", "school", "agency", "provider", "borough", "designee", "starts", "ends"]
    list_select_related = ["user", "school", "agency", "provider"]
    list_filter = ["standing"]


@admin.register(PolicySwitch)
class PolicySwitchAdmin(ReadOnlyAdmin[PolicySwitch]):
    """Dated switches of the rules."""

    list_display = ["rule", "starts", "on", "reason", "set_by", "set_at"]
    list_select_related = ["set_by"]
