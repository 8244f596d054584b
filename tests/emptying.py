"""Lets the suite's own database be emptied between transactional tests.

In production nothing may empty the access record; Django's transactional tests empty every table. So the trigger that
refuses TRUNCATE is switched off by name in the throw-away database, and nowhere else.
"""

from __future__ import annotations

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Create the test database as usual and let it be emptied."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_accessrecord DISABLE TRIGGER access_record_kept_whole")
