"""Long lists of vacancies are sorted by age and by minutes without being read through.  Writers are not locked out."""

from django.db import migrations, models

from orcs_portal.shared.beside import index_beside_writers

OPEN = models.Q(closed__isnull=True)


class Migration(migrations.Migration):
    """Builds indexes beside writers, so outside a transaction; the next comparison weighs what is open."""

    atomic = False
    dependencies = [("caseloads", "0010_passed_over_by_the_download")]
    operations = [
        migrations.AddField(
            model_name="vacancy",
            name="minutes",
            field=models.PositiveIntegerField(db_default=0, default=0, editable=False),
        ),
        index_beside_writers(
            "caseloads",
            "vacancy",
            models.Index(fields=["unserved_since", "id"], condition=OPEN, name="vacancy_oldest"),
            "(unserved_since, id) WHERE closed IS NULL",
        ),
        index_beside_writers(
            "caseloads",
            "vacancy",
            models.Index(
                models.OrderBy(models.F("minutes"), descending=True),
                models.F("id"),
                condition=OPEN,
                name="vacancy_most_minutes",
            ),
            "(minutes DESC, id) WHERE closed IS NULL",
        ),
    ]
