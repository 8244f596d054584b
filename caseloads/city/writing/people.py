"""Who serves and where, what Galaxy and PETS list, and what is vacant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from caseloads.city.folk import Person, Post
from caseloads.city.records import Vacant
from caseloads.city.times import Times, written
from caseloads.city.writing.sheets import Sheet, day, moment, number, text
from caseloads.models import Offer, Vacancy
from caseloads.systems.copying import NULL
from providers.models import AccessGrant, GalaxyListing, PetsListing, Placement, Provider
from providers.policy.rules import placement_held


class PeopleSheets:
    """Sheets for providers and vacancies; ``agencies`` are their names, ``answerers`` who answers for them."""

    def __init__(self, times: Times, agencies: Mapping[int, str], answerers: Mapping[int, int], *, orcs: int) -> None:
        self.times = times
        self.agencies = agencies
        self.answerers = answerers
        self.orcs = orcs
        self.provider = Sheet(Provider, "id number full_name affiliation role agency_id")
        self.placement = Sheet(Placement, "provider_id school_id starts")
        self.access = Sheet(AccessGrant, "provider_id affiliation school_id route opened")
        self.galaxy = Sheet(GalaxyListing, "dbn provider_number name title added ends")
        self.pets = Sheet(PetsListing, "provider_number vendor name active eligible registered")
        self.vacancy = Sheet(
            Vacancy,
            "id school_id service language unserved_since logged_by_id for_school logged closing closed closed_by_id",
        )
        self.named = Sheet(Vacancy.mandates.through, "vacancy_id mandate_id")
        self.offer = Sheet(Offer, "vacancy_id agency_id offered_by_id offered answer answered answered_by_id")

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """The sheets, in an order in which rows find what they point at."""
        return (
            self.provider,
            self.placement,
            self.access,
            self.galaxy,
            self.pets,
            self.vacancy,
            self.named,
            self.offer,
        )

    def add_people(self, people: Iterable[Person]) -> None:
        """Add providers, each with posts and what the lists say."""
        registered = written(self.times.on(self.times.staff, 9))
        for one in people:
            name = text(one.name)
            self.provider.add(
                f"{one.id}\t{one.number}\t{name}\t{one.affiliation.value}\t{one.role.value}\t{number(one.agency)}"
            )
            for post in one.posts.values():
                self._add_post(one, post, name)
            for line in one.pets:
                vendor = line.vendor or self.agencies.get(one.agency or 0, "")
                flags = f"{'t' if line.active else 'f'}\t{'t' if line.eligible else 'f'}"
                self.pets.add(f"{one.number}\t{text(vendor)}\t{name}\t{flags}\t{registered}")

    def _add_post(self, one: Person, post: Post, name: str) -> None:
        if placement_held(one.affiliation, hold=True) is None:
            self.placement.add(f"{one.id}\t{post.school.id}\t{day(post.starts)}")
        if post.access is not None:
            access = written(post.access)
            self.access.add(f"{one.id}\t{one.affiliation.value}\t{post.school.id}\t{one.route.value}\t{access}")
        if post.listed is not None:
            self.galaxy.add(
                f"{post.school.dbn}\t{one.number}\t{name}\t{one.role.label}\t{written(post.listed)}\t"
                f"{day(post.list_ends)}"
            )

    def add_vacancies(self, vacancies: Iterable[Vacant]) -> None:
        """Add vacancies with the lines they name and the agencies that were asked."""
        for one in vacancies:
            school = one.school
            by = school.coordinator if school.ours else self.orcs
            closed_by = NULL if one.closed is None else str(self.orcs)
            self.vacancy.add(
                f"{one.id}\t{school.id}\t{one.service}\t{one.language}\t{day(one.since)}\t{by}\t"
                f"{'f' if school.ours else 't'}\t{written(one.logged)}\t{number(one.closing)}\t{moment(one.closed)}\t"
                f"{closed_by}"
            )
            for line in one.lines:
                self.named.add(f"{one.id}\t{line.id}")
            for offer in one.offers:
                by_agency = NULL if offer.answer is None else str(self.answerers[offer.agency])
                self.offer.add(
                    f"{one.id}\t{offer.agency}\t{self.orcs}\t{written(offer.offered)}\t{number(offer.answer)}\t"
                    f"{moment(offer.answered)}\t{by_agency}"
                )
