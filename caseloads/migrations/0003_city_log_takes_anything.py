"""The city's log may hold a first attend twice; only our own line's are unique.  Built without locking out writers."""

from django.db import migrations, models

OWN = models.UniqueConstraint(
    condition=models.Q(("outcome", 1), models.Q(("origin", 4), _negated=True)),
    fields=("provider", "student", "service", "language", "school_year"),
    name="first_attend_once",
)
COLUMNS = "provider_id, student_id, service, language, school_year"


class Migration(migrations.Migration):
    """The index is made under another name, takes the old one's place by a rename, and the old one goes last."""

    atomic = False
    dependencies = [("caseloads", "0002_composite_keys")]
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveConstraint(model_name="call", name="first_attend_once"),
                migrations.AddConstraint(model_name="call", constraint=OWN),
            ],
            database_operations=[
                migrations.RunSQL(
                    f"CREATE UNIQUE INDEX CONCURRENTLY first_attend_once_own ON caseloads_call ({COLUMNS})"
                    " WHERE outcome = 1 AND origin <> 4",
                    "DROP INDEX CONCURRENTLY first_attend_once_own",
                ),
                migrations.RunSQL(
                    "DROP INDEX CONCURRENTLY first_attend_once",
                    f"CREATE UNIQUE INDEX CONCURRENTLY first_attend_once ON caseloads_call ({COLUMNS})"
                    " WHERE outcome = 1",
                ),
                migrations.RunSQL(
                    "ALTER INDEX first_attend_once_own RENAME TO first_attend_once",
                    "ALTER INDEX first_attend_once RENAME TO first_attend_once_own",
                ),
            ],
        ),
    ]
