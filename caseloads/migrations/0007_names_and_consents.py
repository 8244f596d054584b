"""Students are found by name, SEC's lines by student; a consent says who recorded it.  Writers are not locked out."""

import django.db.models.deletion
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models

from caseloads.models.names import NameVector, vector_sql


def beside_writers(model: str, index: models.Index, columns: str) -> migrations.SeparateDatabaseAndState:
    """Return the operation that builds an index while rows are written."""
    return migrations.SeparateDatabaseAndState(
        state_operations=[migrations.AddIndex(model, index)],
        database_operations=[
            migrations.RunSQL(
                f"CREATE INDEX CONCURRENTLY {index.name} ON caseloads_{model} {columns}",
                f"DROP INDEX CONCURRENTLY IF EXISTS {index.name}",
            ),
        ],
    )


class Migration(migrations.Migration):
    """Names are found by an expression's index: there is no column that a bulk load would have to fill."""

    atomic = False
    dependencies = [
        ("caseloads", "0006_contracting_out"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AddField(
            model_name="consent",
            name="recorded_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        beside_writers(
            "secline", models.Index(fields=["osis", "from_at"], name="sec_line_by_student"), "(osis, from_at)"
        ),
        beside_writers(
            "student",
            GinIndex(NameVector(), name="student_by_name"),
            f"USING gin ({vector_sql('first_name', 'last_name')})",
        ),
    ]
