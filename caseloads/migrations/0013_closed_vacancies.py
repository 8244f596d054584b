"""The list of closed vacancies is read from its oldest end.  Writers are not locked out."""

from django.db import migrations, models

from orcs_portal.shared.beside import index_beside_writers


class Migration(migrations.Migration):
    """Builds an index beside writers, so outside a transaction."""

    atomic = False
    dependencies = [("caseloads", "0012_closed_rows")]
    operations = [
        index_beside_writers(
            "caseloads",
            "vacancy",
            models.Index(
                fields=["unserved_since", "id"],
                condition=models.Q(closed__isnull=False),
                name="vacancy_closed_oldest",
            ),
            "(unserved_since, id) WHERE closed IS NOT NULL",
        ),
    ]
