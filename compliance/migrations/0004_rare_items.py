"""What came back, and what was acknowledged, is rare and counted by itself.  Writers are not locked out."""

from django.db import migrations, models

from orcs_portal.shared.beside import index_beside_writers

OPEN = models.Q(state__in=[1, 3, 4])


class Migration(migrations.Migration):
    """Builds indexes beside writers, so outside a transaction."""

    atomic = False
    dependencies = [("compliance", "0003_line_counts")]
    operations = [
        index_beside_writers(
            "compliance",
            "finding",
            models.Index(
                fields=["regressed"],
                condition=OPEN & models.Q(regressed__isnull=False),
                name="finding_open_again",
            ),
            "(regressed) WHERE state IN (1, 3, 4) AND regressed IS NOT NULL",
        ),
        index_beside_writers(
            "compliance",
            "finding",
            models.Index(
                fields=["opened"], condition=models.Q(state=2, opened__isnull=False), name="finding_waits_again"
            ),
            "(opened) WHERE state = 2 AND opened IS NOT NULL",
        ),
        index_beside_writers(
            "compliance",
            "finding",
            models.Index(
                fields=["code", "first_seen", "id"],
                include=["school", "owner", "severity", "condition", "opened", "regressed", "handling", "handled"],
                condition=models.Q(state=6),
                name="finding_acknowledged",
            ),
            "(code, first_seen, id) "
            "INCLUDE (school_id, owner, severity, condition, opened, regressed, handling, handled) WHERE state = 6",
        ),
    ]
