"""The rows that questions answer with, for pages to name in their annotations."""

from __future__ import annotations

from orcs_portal.accounts.models import User
from providers.models import AccessRequest, Contact, GalaxyListing, Placement, PolicySwitch, Provider, School

__all__ = ["AccessRequest", "Contact", "GalaxyListing", "Placement", "PolicySwitch", "Provider", "School", "User"]
