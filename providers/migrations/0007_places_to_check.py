"""A whole city's list of access looks at the places that need it.  Writers are not locked out."""

from django.db import migrations, models

from orcs_portal.shared.beside import index_beside_writers


class Migration(migrations.Migration):
    """Builds an index beside writers, so outside a transaction; the next comparison checks every place."""

    atomic = False
    dependencies = [("providers", "0006_newest_listings")]
    operations = [
        migrations.AddField(
            model_name="placement",
            name="to_check",
            field=models.BooleanField(db_default=True, default=True, editable=False),
        ),
        index_beside_writers(
            "providers",
            "placement",
            models.Index(fields=["provider", "school"], condition=models.Q(to_check=True), name="placement_to_check"),
            "(provider_id, school_id) WHERE to_check",
        ),
    ]
