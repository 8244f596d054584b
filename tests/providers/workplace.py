"""People at work at a school who are not in SESIS there, and what the lists say of them."""

from __future__ import annotations

from datetime import datetime, timedelta

from orcs_portal.shared.models import Touched
from providers.kinds import Affiliation
from providers.models import Agency, GalaxyListing, PetsListing, Placement, Provider, School
from tests import build

DAY = timedelta(days=1)


def place(at: School, affiliation: Affiliation = Affiliation.DOE, *, of: Agency | None = None) -> Placement:
    """Return somebody at work at a school without access to SESIS."""
    agency = (of or build.agency()) if affiliation is Affiliation.AGENCY else None
    return build.provider(affiliation, at=at, of=agency, access=False).placements.get()


def in_galaxy(who: Provider, at: School, *, added: datetime = build.NOW - 30 * DAY) -> GalaxyListing:
    """Have a school's Galaxy list somebody, whoever they work for."""
    return GalaxyListing.objects.create(
        dbn=at.dbn, provider_number=who.number, name=who.full_name, title=who.get_role_display(), added=added
    )


def in_pets(who: Provider, *, active: bool = True, eligible: bool = True) -> PetsListing:
    """Have PETS list somebody."""
    return PetsListing.objects.create(
        provider_number=who.number, name=who.full_name, active=active, eligible=eligible, registered=build.NOW - DAY
    )


def touched() -> list[tuple[int, int]]:
    """Return kind and id of everything touched so far."""
    return list(Touched.objects.order_by("id").values_list("kind", "subject_id"))
