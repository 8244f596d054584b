"""What CAP closed is looked up by its line, as what is open there is.  Writers are not locked out."""

from django.db import migrations, models

from orcs_portal.shared.beside import index_beside_writers


class Migration(migrations.Migration):
    """Builds an index beside writers, so outside a transaction."""

    atomic = False
    dependencies = [("caseloads", "0011_vacancies_weighed")]
    operations = [
        index_beside_writers(
            "caseloads",
            "capmandate",
            models.Index(
                fields=["osis", "service", "language", "setting"],
                condition=models.Q(status=7),
                name="cap_mandate_closed",
            ),
            "(osis, service, language, setting) WHERE status = 7",
        ),
    ]
