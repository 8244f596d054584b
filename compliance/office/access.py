"""The school, the agency and central, on access to SESIS (R6, R9)."""

from __future__ import annotations

from compliance.mismatches.offices import CannotAnswer
from compliance.office.asked import Ask
from providers.actions import access
from providers.models import GalaxyListing, Placement, School
from providers.policy.verdict import Advice


def add_to_galaxy(ask: Ask) -> str:
    """Let the head of school add the provider to Galaxy."""
    school = _place(ask)
    done = access.add_to_galaxy(provider=ask.provider, school=school, by=ask.by, now=ask.now, real=ask.real)
    _unless_refused(done)
    return "The head of school added the provider to Galaxy. SESIS access follows within 24 hours."


def register_in_pets(ask: Ask) -> str:
    """Let the agency ask central, and central register the provider."""
    works = Placement.objects.filter(provider=ask.provider).select_related("provider", "school")
    placement = works.filter(school=ask.finding.place_id).first() or works.first()
    if placement is None:
        raise CannotAnswer("The provider is placed at no school")
    request = access.pass_on(placement=placement, by=ask.by, now=ask.now, real=ask.real)
    if isinstance(request, Advice):
        raise CannotAnswer(request.headline)
    _unless_refused(access.register(request=request, by=ask.by, now=ask.now, real=ask.real))
    return "The agency asked, and central registered the provider in PETS. SESIS opens by itself."


def remove_from_galaxy(ask: Ask) -> str:
    """Let the head of school take the provider off the list."""
    school = _place(ask)
    listings = list(GalaxyListing.objects.filter(dbn=school.dbn, provider_number=ask.provider.number))
    if not listings:
        raise CannotAnswer("Galaxy no longer lists the provider")
    for listing in listings:
        access.remove_from_galaxy(listing=listing, by=ask.by, now=ask.now, real=ask.real)
    return "The head of school took the provider off the Galaxy list."


def _place(ask: Ask) -> School:
    if ask.finding.place is None:
        raise CannotAnswer("The item names no school of ours")
    return ask.finding.place


def _unless_refused(done: object) -> None:
    if isinstance(done, Advice):
        raise CannotAnswer(done.headline)
