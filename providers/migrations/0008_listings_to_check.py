"""A whole city's list of access looks at the lines of Galaxy that need it, and at what opens by itself."""

from django.db import migrations, models

from orcs_portal.shared.beside import index_beside_writers


class Migration(migrations.Migration):
    """Builds indexes beside writers, so outside a transaction; the next comparison checks every line."""

    atomic = False
    dependencies = [("providers", "0007_places_to_check")]
    operations = [
        migrations.AddField(
            model_name="galaxylisting",
            name="to_check",
            field=models.BooleanField(db_default=True, default=True, editable=False),
        ),
        index_beside_writers(
            "providers",
            "galaxylisting",
            models.Index(
                fields=["dbn", "name", "id"],
                include=["provider_number", "ends"],
                condition=models.Q(to_check=True),
                name="galaxy_to_check",
            ),
            "(dbn, name, id) INCLUDE (provider_number, ends) WHERE to_check",
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.RemoveIndex("placement", "placement_to_check")],
            database_operations=[
                migrations.RunSQL(
                    "DROP INDEX CONCURRENTLY IF EXISTS placement_to_check",
                    "CREATE INDEX CONCURRENTLY placement_to_check ON providers_placement (provider_id, school_id) "
                    "WHERE to_check",
                )
            ],
        ),
        index_beside_writers(
            "providers",
            "placement",
            models.Index(
                fields=["school", "provider"],
                include=["starts", "ends"],
                condition=models.Q(to_check=True),
                name="placement_marked",
            ),
            "(school_id, provider_id) INCLUDE (starts, ends) WHERE to_check",
        ),
        index_beside_writers(
            "providers",
            "accessgrant",
            models.Index(fields=["opened"], condition=models.Q(ended__isnull=True), name="access_grant_newest"),
            "(opened) WHERE ended IS NULL",
        ),
    ]
