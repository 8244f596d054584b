"""Writes who works where, who may sign in and as whom, and what the lists of Galaxy and PETS say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.contrib.auth.hashers import make_password

from caseloads.demonstration.contracted import CONTACTS, HOLD_REASON, HOLD_SINCE
from caseloads.demonstration.days import STAFF_START, at
from caseloads.demonstration.signins import PASSWORD, SIGN_INS, SignIn
from caseloads.demonstration.staff import MARSH_CREEK, WORKERS, Who, Worker
from caseloads.demonstration.writing.book import Book
from orcs_portal.accounts.models import User
from orcs_portal.shared.clock import at_local
from providers.kinds import Route
from providers.models import (
    AccessGrant,
    AccessRequest,
    Contact,
    GalaxyListing,
    Grant,
    PetsListing,
    Placement,
    PolicySwitch,
    Provider,
)
from providers.policy.rules import route_into_sesis

# Galaxy and PETS say so a day before SESIS opens.
BEFORE_ACCESS = timedelta(days=1)


def write_people(book: Book) -> None:
    """Write everybody, and what they may do."""
    _write_users(book)
    _write_providers(book)
    _write_access(book)
    Grant.objects.bulk_create([grant for one in SIGN_INS for grant in _grants(one, book)])
    PolicySwitch.objects.create(
        rule=PolicySwitch.Rule.RSA_HOLD,
        starts=HOLD_SINCE,
        on=True,
        reason=HOLD_REASON,
        set_by=book.users["orcs"],
        set_at=at_local(HOLD_SINCE, 9),
    )
    Contact.objects.bulk_create(
        [
            Contact(
                school=book.schools.get(place) if isinstance(place, str) else None,
                borough=None if isinstance(place, str) else place,
                full_name=name,
                email=email,
                set_by=book.users["orcs"],
                set_at=at_local(STAFF_START, 9),
            )
            for place, name, email in CONTACTS
        ]
    )


def _write_users(book: Book) -> None:
    """Hash the one password once: twelve times would take longer than all the rest of a page."""
    hashed = make_password(PASSWORD)
    rows = [User(username=one.username, full_name=one.full_name, password=hashed) for one in SIGN_INS]
    book.users = {row.username: row for row in User.objects.bulk_create(rows)}


def _write_providers(book: Book) -> None:
    users = {one.provider: book.users[one.username] for one in SIGN_INS if one.provider is not None}
    rows = [
        Provider(
            number=one.number,
            full_name=one.name,
            affiliation=one.affiliation,
            role=one.role,
            agency=book.agencies.get(one.agency),
            user=users.get(one.number),
        )
        for one in WORKERS
    ]
    book.providers = {row.number: row for row in Provider.objects.bulk_create(rows)}
    Placement.objects.bulk_create(
        [
            Placement(provider=book.providers[one.number], school=book.schools[post.dbn], starts=post.starts)
            for one in WORKERS
            for post in one.posts
        ]
    )


def _write_access(book: Book) -> None:
    grants = [grant for one in WORKERS for grant in _access(one, book)]
    AccessGrant.objects.bulk_create(grants)
    galaxy = [grant for grant in grants if grant.route == Route.GALAXY]
    GalaxyListing.objects.bulk_create([_in_galaxy(grant) for grant in galaxy])
    registered = {grant.provider.number: grant.provider for grant in grants if grant.route == Route.PETS}
    registered[Who.FAIRWEATHER] = book.providers[Who.FAIRWEATHER]
    PetsListing.objects.bulk_create([_in_pets(provider) for provider in registered.values()])
    AccessRequest.objects.create(
        provider=book.providers[Who.GREENSPAN],
        affiliation=book.providers[Who.GREENSPAN].affiliation,
        school=book.schools[MARSH_CREEK],
        route=Route.PETS,
        asked_by=book.users["coordinator2"],
        asked=at(11, 17, 8, 40),
    )


def _access(worker: Worker, book: Book) -> Iterator[AccessGrant]:
    for post in worker.posts:
        if post.access is not None:
            yield AccessGrant(
                provider=book.providers[worker.number],
                affiliation=worker.affiliation,
                school=book.schools[post.dbn],
                route=route_into_sesis(worker.affiliation),
                opened=post.access,
            )


def _in_galaxy(grant: AccessGrant) -> GalaxyListing:
    return GalaxyListing(
        dbn=grant.school.dbn,
        provider_number=grant.provider.number,
        name=grant.provider.full_name,
        title=grant.provider.get_role_display(),
        added=grant.opened - BEFORE_ACCESS,
    )


def _in_pets(provider: Provider) -> PetsListing:
    return PetsListing(
        provider_number=provider.number,
        vendor=str(provider.agency or ""),
        name=provider.full_name,
        registered=at_local(STAFF_START, 9),
    )


def _grants(one: SignIn, book: Book) -> Iterator[Grant]:
    """Yield a grant for each school, or the one with another scope."""
    for dbn in one.schools or ("",):
        yield Grant(
            user=book.users[one.username],
            standing=one.standing,
            school=book.schools.get(dbn),
            agency=book.agencies.get(one.agency),
            provider=book.providers.get(one.provider) if one.provider is not None else None,
            borough=one.borough,
            designee=bool(dbn) and dbn == one.designee_of,
            starts=STAFF_START,
        )
