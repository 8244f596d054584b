"""Browsers of people in every standing, for tests of pages."""

from __future__ import annotations

from dataclasses import dataclass

from django.test import Client

from caseloads.kinds import System
from caseloads.models import Call
from orcs_portal.accounts.models import User
from providers.kinds import Borough
from providers.models import Agency, Provider, School
from providers.models.grant import Standing
from tests import build
from tests.caseloads.calls import Scene, accepted, delivery, scene


def account(name: str = "") -> User:
    """Return an account without a password: these people are signed in by the test itself."""
    username = f"person{next(build.numbers)}"
    return User.objects.create_user(username, full_name=name or f"Test {username}")


def browser(of: User) -> Client:
    """Return a browser in which somebody is signed in."""
    client = Client()
    client.force_login(of)
    return client


def as_provider(provider: Provider) -> Client:
    """Return the browser of a provider, who gets an account on the first call."""
    if provider.user is None:
        provider.user = account(provider.full_name)
        provider.save()
        build.grant(provider.user, Standing.PROVIDER, provider=provider)
    return browser(provider.user)


def as_coordinator(at: School, *more: School) -> Client:
    """Return the browser of the coordinator of a school, or of several."""
    user = account()
    for school in (at, *more):
        build.grant(user, Standing.COORDINATOR, at=school)
    return browser(user)


def as_designee(at: School, name: str = "") -> Client:
    """Return the browser of the coordinator who reports a school's vacancies (R15)."""
    user = account(name)
    build.grant(user, Standing.COORDINATOR, at=at, designee=True)
    return browser(user)


def as_head(at: School) -> Client:
    """Return the browser of a head of school."""
    user = account()
    build.grant(user, Standing.HEAD, at=at)
    return browser(user)


def as_agency(of: Agency) -> Client:
    """Return the browser of an agency's representative."""
    user = account()
    build.grant(user, Standing.AGENCY, agency=of)
    return browser(user)


def as_orcs(borough: Borough | None = None) -> Client:
    """Return the browser of ORCS, for a borough or the city."""
    user = account()
    build.grant(user, Standing.ORCS, borough=borough)
    return browser(user)


def as_auditor(borough: Borough | None = None) -> Client:
    """Return the browser of an auditor, for a borough or the city."""
    user = account()
    build.grant(user, Standing.AUDITOR, borough=borough)
    return browser(user)


def as_administrator() -> Client:
    """Return the browser of an administrator."""
    user = account()
    build.grant(user, Standing.ADMINISTRATOR)
    return browser(user)


def as_nobody() -> Client:
    """Return the browser of somebody who is signed in and has no grant at all."""
    return browser(account())


@dataclass(frozen=True)
class Cast:
    """A call at a school, and the browsers of who made it, of colleagues there, and of strangers elsewhere."""

    scene: Scene
    call: Call
    owner: Client
    colleague: Client
    neighbor: Client
    stranger: Client

    @property
    def student(self) -> int:
        """The id of the student called for."""
        assert self.call.student_id is not None
        return self.call.student_id


def cast() -> Cast:
    """Return a call with its three deliveries, and the people around it.

    The colleague is the school's coordinator, the neighbor another provider there, the stranger another school's
    coordinator.
    """
    here = scene()
    call = accepted(here.provider, here.mandate)
    for system in System:
        delivery(call, system)
    return Cast(
        here,
        call,
        owner=as_provider(here.provider),
        colleague=as_coordinator(here.school),
        neighbor=as_provider(build.provider(at=here.school)),
        stranger=as_coordinator(build.school(name="P.S. 901 The Other School")),
    )
