"""An entry's student is its mandate's and a delivery's its call's; built without locking out writers."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations, models

CHECKS = (
    ("delivery", "delivery_ended_instead_of_shown"),
    ("delivery", "delivery_replayer_only_with_time"),
    ("iep", "iep_finaliser_only_with_time"),
    ("systemsetting", "system_changer_only_with_time"),
)


def target(model: str) -> migrations.SeparateDatabaseAndState:
    """Return the operation that makes a row and its student something to point at."""
    name = f"{model}_with_student"
    return migrations.SeparateDatabaseAndState(
        state_operations=[
            migrations.AddConstraint(model, models.UniqueConstraint(models.F("id"), models.F("student"), name=name)),
        ],
        database_operations=[
            migrations.RunSQL(
                f"CREATE UNIQUE INDEX CONCURRENTLY {name} ON caseloads_{model} (id, student_id)",
                f"DROP INDEX CONCURRENTLY IF EXISTS {name}",
            ),
        ],
    )


def hold(model: str, name: str, to: str) -> migrations.RunSQL:
    """Return the operation that holds a row's student to that of the row it points at."""
    key = f"FOREIGN KEY ({to}_id, student_id) REFERENCES caseloads_{to} (id, student_id)"
    return migrations.RunSQL(
        [
            f"ALTER TABLE caseloads_{model} ADD CONSTRAINT {name} {key} DEFERRABLE INITIALLY IMMEDIATE NOT VALID",
            f"ALTER TABLE caseloads_{model} VALIDATE CONSTRAINT {name}",
        ],
        f"ALTER TABLE caseloads_{model} DROP CONSTRAINT {name}",
    )


class Migration(migrations.Migration):
    """What the model layer cannot write, and the reading of rows that were there before the checks."""

    atomic = False
    dependencies = [("caseloads", "0004_changes_and_ends")]
    operations = [
        *(ValidateConstraint(model_name=model, name=name) for model, name in CHECKS),
        target("mandate"),
        target("call"),
        hold("entry", "entry_of_the_mandates_student", "mandate"),
        hold("delivery", "delivery_of_the_calls_student", "call"),
    ]
