"""Hold an access row's affiliation to the provider's own, so that the database enforces R9."""

from django.db import migrations

TABLES = ("providers_accessgrant", "providers_accessrequest")


def add(table: str) -> migrations.RunSQL:
    """Return the operation that adds the composite foreign key to a table."""
    name = f"{table}_affiliation_held"
    return migrations.RunSQL(
        f"ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY (provider_id, affiliation)"
        " REFERENCES providers_provider (id, affiliation) DEFERRABLE INITIALLY IMMEDIATE",
        f"ALTER TABLE {table} DROP CONSTRAINT {name}",
    )


class Migration(migrations.Migration):
    """Composite foreign keys, which the model layer cannot write."""

    dependencies = [("providers", "0001_initial")]
    operations = [add(table) for table in TABLES]
