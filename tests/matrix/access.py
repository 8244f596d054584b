"""What the matrix asks for at the pages on access, contacts and the hold."""

from __future__ import annotations

from typing import Any

from providers.kinds import Affiliation, Role, Route
from providers.models import AccessRequest, Agency, GalaxyListing, Placement, School
from tests import build
from tests.matrix.thing import NOBODY_HAS_THIS, Thing


def about_access(near: School, far: School, agency: Agency) -> dict[str, Thing]:
    """Return who lacks access at the near school and at the far one, and what was asked for them."""
    return {
        **_places(near, far, agency),
        "request": Thing({"request_id": _request(near, agency).pk}),
        "far request": Thing({"request_id": _request(far, agency).pk}),
        "no request": Thing({"request_id": NOBODY_HAS_THIS}),
        "listing": Thing({"listing_id": _listing(near).pk}),
        "far listing": Thing({"listing_id": _listing(far).pk}),
        "no listing": Thing({"listing_id": NOBODY_HAS_THIS}),
        "galaxy form": Thing(data={"school": near.pk, "number": build.provider().number}),
        "outsider's form": Thing(data={"school": near.pk, "number": build.provider(Affiliation.RSA).number}),
        "contact": Thing({"school_id": near.pk}, _contact()),
        "far contact": Thing({"school_id": far.pk}, _contact()),
        "no contact": Thing({"school_id": NOBODY_HAS_THIS}, _contact()),
        "lift": Thing(data={"on": "off", "starts": f"{build.TODAY:%m/%d/%Y}", "reason": "Contracts are in place"}),
    }


def _places(near: School, far: School, agency: Agency) -> dict[str, Thing]:
    galaxy, pets = {"route": Route.GALAXY.slug}, {"route": Route.PETS.slug}
    return {
        "place": Thing({"placement_id": _place(near).pk}, galaxy),
        "far place": Thing({"placement_id": _place(far).pk}, galaxy),
        "agency's place": Thing({"placement_id": _place(near, Affiliation.AGENCY, agency).pk}, pets),
        "agency's to galaxy": Thing({"placement_id": _place(near, Affiliation.AGENCY, agency).pk}, galaxy),
        "independent's place": Thing({"placement_id": _place(near, Affiliation.RSA).pk}, pets),
        "no place": Thing({"placement_id": NOBODY_HAS_THIS}, galaxy),
    }


def _place(at: School, affiliation: Affiliation = Affiliation.DOE, of: Agency | None = None) -> Placement:
    return build.provider(affiliation, Role.COUNSELOR, at=at, of=of, access=False).placements.get()


def _request(at: School, agency: Agency) -> AccessRequest:
    """Return a request that the agency has passed on."""
    place = _place(at, Affiliation.AGENCY, agency)
    by = build.user()
    return AccessRequest.objects.create(
        provider=place.provider,
        affiliation=Affiliation.AGENCY,
        school=at,
        route=Route.PETS,
        asked_by=by,
        asked=build.NOW,
        passed_on=build.NOW,
        passed_on_by=by,
    )


def _listing(at: School) -> GalaxyListing:
    """Return a line of a school's Galaxy that must not be there."""
    who = build.provider(Affiliation.RSA)
    return GalaxyListing.objects.create(dbn=at.dbn, provider_number=who.number, name=who.full_name, added=build.NOW)


def _contact() -> dict[str, Any]:
    return {"full_name": "Test Contact", "email": "related-services@school.example", "phone": ""}
