"""Migrations: none is missing, and none of them locks or breaks the version that still runs while it is applied."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command
from django_migration_linter import MigrationLinter
from django_migration_linter.sql_analyser.analyser import analyse_sql_statements
from django_migration_linter.sql_analyser.postgresql import PostgresqlAnalyser

from tests.architecture import tree

OURS = ("shared", "audit", "accounts", "providers", "caseloads", "compliance")


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    said = io.StringIO()
    call_command("makemigrations", check=True, dry_run=True, stdout=said)
    assert "No changes" in said.getvalue()


@pytest.mark.django_db
def test_no_migration_locks_or_breaks_the_version_that_still_runs(capsys: pytest.CaptureFixture[str]) -> None:
    # The first migration of an app makes its tables: nothing runs on them yet.
    linter = MigrationLinter(path=str(tree.ROOT), include_apps=OURS, no_cache=True, ignore_initial_migrations=True)
    linter.lint_all_migrations()
    assert linter.nb_total >= len(OURS) - 1
    assert not linter.has_errors, capsys.readouterr().out


@pytest.mark.parametrize(
    "sql",
    [
        "ALTER TABLE providers_school ADD COLUMN closed boolean NOT NULL;",
        "ALTER TABLE providers_school DROP COLUMN name;",
        "ALTER TABLE providers_school RENAME COLUMN name TO title;",
    ],
)
def test_a_migration_that_breaks_the_running_version_would_be_seen(sql: str) -> None:
    errors, _ignored, _warnings = analyse_sql_statements(PostgresqlAnalyser, [sql])
    assert errors
