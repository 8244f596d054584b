"""Rows on who can serve."""

from providers.models.access import AccessGrant, AccessRequest
from providers.models.agency import Agency, Contract
from providers.models.calendar import CalendarDay, SchoolYear
from providers.models.contact import Contact
from providers.models.grant import Grant
from providers.models.listing import GalaxyListing, PetsListing
from providers.models.policy_switch import PolicySwitch
from providers.models.provider import Placement, Provider
from providers.models.school import School

__all__ = [
    "AccessGrant",
    "AccessRequest",
    "Agency",
    "CalendarDay",
    "Contact",
    "Contract",
    "GalaxyListing",
    "Grant",
    "PetsListing",
    "Placement",
    "PolicySwitch",
    "Provider",
    "School",
    "SchoolYear",
]
