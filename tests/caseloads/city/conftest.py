"""Two small cities, each built once for the tests of a module that ask for it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from caseloads.city.build import Built
from tests.caseloads.city import building

STUDENTS = 1000


@pytest.fixture(scope="module")
def planted_city(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Built]:
    """Build a city with something wrong in it."""
    with django_db_blocker.unblock(), building.built(building.options(STUDENTS)) as city:
        yield city


@pytest.fixture(scope="module")
def clean_city(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Built]:
    """Build a city in which nothing is wrong."""
    with django_db_blocker.unblock(), building.built(building.options(STUDENTS, rate=0)) as city:
        yield city


@pytest.fixture
def planted(planted_city: Built, db: None) -> Built:
    """Give a test the city with something wrong, as it was built."""
    return planted_city


@pytest.fixture
def clean(clean_city: Built, db: None) -> Built:
    """Give a test the clean city, as it was built."""
    return clean_city
