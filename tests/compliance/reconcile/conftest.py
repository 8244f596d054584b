"""The small worlds, loaded once for a module's tests and rolled back after them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.compliance.reconcile.loading import Loaded


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Loaded]:
    """Load and compare every small world; the database stays open to the module's tests."""
    with django_db_blocker.unblock(), transaction.atomic():
        worlds = Loaded()
        worlds.load()
        worlds.compare()
        yield worlds
        transaction.set_rollback(True)
