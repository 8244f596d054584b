"""How fresh the lists of Galaxy and PETS are is read from their newest line.  Writers are not locked out."""

from django.db import migrations, models

from orcs_portal.shared.beside import index_beside_writers


class Migration(migrations.Migration):
    """Builds indexes beside writers, so outside a transaction."""

    atomic = False
    dependencies = [("providers", "0005_directory_words")]
    operations = [
        index_beside_writers(
            "providers", "galaxylisting", models.Index(fields=["added"], name="galaxy_newest"), "(added)"
        ),
        index_beside_writers(
            "providers", "petslisting", models.Index(fields=["registered"], name="pets_newest"), "(registered)"
        ),
    ]
