"""The list of calls is read from its newest end, and what is rare in it by itself.  Writers are not locked out."""

from django.db import migrations, models

from orcs_portal.shared.beside import index_beside_writers

NEWEST = (models.OrderBy(models.F("received"), descending=True), models.OrderBy(models.F("id"), descending=True))


class Migration(migrations.Migration):
    """Builds indexes beside writers, so outside a transaction."""

    atomic = False
    dependencies = [("caseloads", "0008_knob_turns")]
    operations = [
        index_beside_writers(
            "caseloads", "call", models.Index(*NEWEST, name="call_newest"), "(received DESC, id DESC)"
        ),
        index_beside_writers(
            "caseloads",
            "call",
            models.Index(
                models.F("outcome"), *NEWEST, condition=models.Q(outcome__in=[2, 3]), name="call_not_accepted"
            ),
            "(outcome, received DESC, id DESC) WHERE outcome IN (2, 3)",
        ),
        index_beside_writers(
            "caseloads",
            "call",
            models.Index(
                *NEWEST, condition=models.Q(on_holiday=True) | models.Q(other_provider=True), name="call_marked"
            ),
            "(received DESC, id DESC) WHERE on_holiday OR other_provider",
        ),
        index_beside_writers(
            "caseloads",
            "delivery",
            models.Index(fields=["call", "system"], condition=models.Q(state=4), name="delivery_parked_calls"),
            "(call_id, system) WHERE state = 4",
        ),
    ]
