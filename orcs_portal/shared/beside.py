"""Indexes that a migration builds while rows are written."""

from __future__ import annotations

from django.db import migrations, models


def index_beside_writers(app: str, model: str, index: models.Index, on: str) -> migrations.SeparateDatabaseAndState:
    """Return the operation that builds an index beside writers; its migration must not be atomic.

    ``on`` is what stands in SQL after the table's name: the columns in parentheses, what is included, the condition.
    """
    return migrations.SeparateDatabaseAndState(
        state_operations=[migrations.AddIndex(model, index)],
        database_operations=[
            migrations.RunSQL(
                f"CREATE INDEX CONCURRENTLY {index.name} ON {app}_{model} {on}",
                f"DROP INDEX CONCURRENTLY IF EXISTS {index.name}",
            )
        ],
    )
