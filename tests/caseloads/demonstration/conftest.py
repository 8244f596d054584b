"""The demonstration, loaded once for all tests of this folder; whatever a test changes is undone after it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from caseloads.demonstration.load import load
from tests import build


@pytest.fixture(scope="package")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[datetime]:
    """Load it into a transaction that is rolled back in the end; gives the real time at which the world began."""
    with django_db_blocker.unblock(), override_settings(DEMO=True), transaction.atomic():
        assert load(real=build.REAL)
        yield build.REAL
        transaction.set_rollback(True)


@pytest.fixture
def borough(loaded: datetime, db: None) -> datetime:
    """Give a test the demonstration, as it is freshly loaded."""
    return loaded
