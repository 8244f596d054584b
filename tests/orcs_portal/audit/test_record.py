from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from orcs_portal.accounts.models import User
from orcs_portal.audit.models import AccessRecord, Verb
from orcs_portal.audit.record import record_access

NOW = datetime(2025, 11, 18, 12, 30, tzinfo=UTC)
TABLE = "audit_accessrecord"


@pytest.fixture
def reader(db: None) -> User:
    return User.objects.create_user("reader", full_name="Rita Reader")


@pytest.fixture
def record(reader: User) -> AccessRecord:
    record_access(by=reader, now=NOW, students=[7, 3], what="calls", purpose="follow up calls")
    return AccessRecord.objects.get()


def test_one_row_says_who_when_whom_what_and_why(reader: User) -> None:
    record_access(
        by=reader, now=NOW, students=[9, 3, 9], what="call", purpose="follow up a call", kind="call", object_id=12
    )
    row = AccessRecord.objects.get()
    assert (row.at, row.by_id, row.by_name) == (NOW, reader.pk, "reader")
    assert row.students == [3, 9]
    assert (row.what, row.purpose, row.kind, row.object_id) == ("call", "follow up a call", "call", 12)


@pytest.mark.parametrize(("verb", "stored"), [("shown", Verb.SHOWN), ("changed", Verb.CHANGED)])
def test_looking_and_changing_are_told_apart(reader: User, verb: Literal["shown", "changed"], stored: Verb) -> None:
    record_access(by=reader, now=NOW, students=[1], what="call-new", purpose="record a call", verb=verb)
    assert AccessRecord.objects.get().verb == stored


def test_a_page_that_showed_nobody_leaves_no_row(reader: User) -> None:
    record_access(by=reader, now=NOW, students=[], what="calls", purpose="follow up calls")
    assert not AccessRecord.objects.exists()


def test_a_page_about_one_thing_leaves_a_row_even_without_a_student(reader: User) -> None:
    record_access(by=reader, now=NOW, students=[], what="call", purpose="read a refusal", kind="call", object_id=5)
    assert AccessRecord.objects.get().students == []


def test_everything_shown_of_a_student_is_found_through_the_index(record: AccessRecord) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN SELECT id FROM {TABLE} WHERE students @> ARRAY[7]::bigint[]")  # noqa: S608 - a constant
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "access_record_students" in plan
    assert list(AccessRecord.objects.filter(students__contains=[7])) == [record]
    assert not AccessRecord.objects.filter(students__contains=[8]).exists()


@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE {TABLE} SET purpose = 'nothing'",  # noqa: S608 - a constant
        f"UPDATE {TABLE} SET purpose = 'nothing' WHERE false",  # noqa: S608 - a constant
        f"DELETE FROM {TABLE}",  # noqa: S608 - a constant
    ],
)
def test_the_database_refuses_to_alter_what_was_recorded(record: AccessRecord, statement: str) -> None:
    with (
        pytest.raises(DatabaseError, match="insert-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert AccessRecord.objects.filter(pk=record.pk, purpose="follow up calls").exists()


def test_the_database_refuses_to_empty_the_record_once_the_suite_no_longer_asks_it_to(record: AccessRecord) -> None:
    """The suite's own database has this one trigger switched off, so that transactional tests can be emptied."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {TABLE} ENABLE TRIGGER access_record_kept_whole")
    with (
        pytest.raises(DatabaseError, match="insert-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"TRUNCATE {TABLE}")
    assert AccessRecord.objects.exists()


def test_both_refusals_stand_as_the_migration_makes_them(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname, tgtype FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal ORDER BY 1",
            [TABLE],
        )
        triggers = dict(cursor.fetchall())
    before, delete, update, truncate = 2, 8, 16, 32
    assert triggers == {
        "access_record_kept": before | delete | update,
        "access_record_kept_whole": before | truncate,
    }


@pytest.mark.parametrize(
    ("field", "value", "constraint"),
    [
        ("what", "", "access_record_says_what_and_why"),
        ("purpose", "", "access_record_says_what_and_why"),
        ("verb", 9, "access_record_verb_known"),
        ("object_id", 4, "access_record_object_has_kind"),
    ],
)
def test_a_row_that_says_nothing_is_refused(reader: User, field: str, value: object, constraint: str) -> None:
    facts: dict[str, object] = {
        "at": NOW,
        "by_id": 1,
        "by_name": "reader",
        "students": [1],
        "what": "a",
        "purpose": "b",
    }
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        AccessRecord.objects.create(**facts | {field: value})


def test_the_record_falls_with_a_page_that_fails(reader: User) -> None:
    class PageFailedError(Exception):
        pass

    def page() -> None:
        record_access(by=reader, now=NOW, students=[1], what="calls", purpose="follow up calls")
        raise PageFailedError

    with pytest.raises(PageFailedError):
        transaction.atomic(page)()
    assert not AccessRecord.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_recorded() -> None:
    user = User.objects.create_user("reader", full_name="Rita Reader")
    with pytest.raises(transaction.TransactionManagementError):
        record_access(by=user, now=NOW, students=[1], what="calls", purpose="follow up calls")
    assert not AccessRecord.objects.exists()


def test_the_text_of_a_row_names_no_student(record: AccessRecord) -> None:
    assert str(record) == "reader shown calls: 2 students"
