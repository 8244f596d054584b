"""``flush`` empties nothing where the access record is kept, and says so in one sentence."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from orcs_portal.accounts.models import User
from orcs_portal.audit.models import AccessRecord
from orcs_portal.audit.record import record_access
from orcs_portal.shared.commands import Exit, Stopped
from tests import build

REFUSAL = "Nothing was emptied: the access record is only ever added to"
TRIGGER = "ALTER TABLE audit_accessrecord {} TRIGGER access_record_kept_whole"


@pytest.fixture
def record(transactional_db: None) -> AccessRecord:
    """Give one access record."""
    with transaction.atomic():
        record_access(by=build.user(), now=build.REAL, students=[7], what="calls", purpose="The list of calls")
    return AccessRecord.objects.get()


@pytest.fixture
def kept(record: AccessRecord) -> Iterator[AccessRecord]:
    """Keep it as in every database but the suite's."""
    with connection.cursor() as cursor:
        cursor.execute(TRIGGER.format("ENABLE"))
    yield record
    with connection.cursor() as cursor:
        cursor.execute(TRIGGER.format("DISABLE"))


def test_it_stops_with_a_sentence_before_it_asks_or_empties(kept: AccessRecord) -> None:
    with pytest.raises(Stopped, match=REFUSAL) as stopped:
        call_command("flush", interactive=True)
    assert stopped.value.returncode == Exit.NOTHING_DONE
    assert "\n" not in str(stopped.value)
    assert AccessRecord.objects.get() == kept
    assert User.objects.exists()


def test_without_the_lock_it_empties_as_the_suite_needs_it(record: AccessRecord) -> None:
    call_command("flush", interactive=False, verbosity=0)
    assert not AccessRecord.objects.exists()
    assert not User.objects.exists()
