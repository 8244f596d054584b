from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import Settings

from orcs_portal.accounts.models import User

PASSWORD = "a long enough phrase"


@pytest.fixture
def pages(settings: Settings) -> None:
    """Serve the sample pages beside the portal's own."""
    settings.ROOT_URLCONF = "tests.orcs_portal.accounts.pages"


@pytest.fixture
def ida(db: None) -> User:
    return User.objects.create_user("ida", PASSWORD, full_name="Ida Signer", email="Ida@Example.ORG")


@pytest.fixture
def otto(db: None) -> User:
    return User.objects.create_user("otto", PASSWORD, full_name="Otto Other")


@pytest.fixture
def strict_client() -> Client:
    """Return a browser whose forms are checked for their secret, as in production."""
    return Client(enforce_csrf_checks=True)


def lose_session(client: Client) -> None:
    """Let the session end as half an hour without use does: the browser forgets it, and nothing else."""
    del client.cookies["sessionid"]


@pytest.fixture
def timed_out(client: Client, ida: User, pages: None) -> Client:
    """Return a browser in which Ida's session ended while a page of hers was open."""
    client.force_login(ida)
    client.get("/form/")
    lose_session(client)
    return client
