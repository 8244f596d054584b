"""CAP's changes kept for SEC, deliveries whose line is over, and no author without a time."""

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models

import providers.kinds
from caseloads.systems.cap.codes import CapStatus

AUTHORS = (
    ("iep", "iep_finaliser_only_with_time", "finalised_by", "finalised"),
    ("delivery", "delivery_replayer_only_with_time", "replayed_by", "replayed"),
    ("systemsetting", "system_changer_only_with_time", "changed_by", "changed"),
)


def author(model: str, name: str, by: str, at: str) -> AddConstraintNotValid:
    """Return the operation that lets no author stand without a time; the next migration reads the rows there are."""
    condition = models.Q((f"{by}__isnull", True), (f"{at}__isnull", False), _connector="OR")
    return AddConstraintNotValid(model_name=model, constraint=models.CheckConstraint(condition=condition, name=name))


class Migration(migrations.Migration):
    """New tables and columns, and checks that begin with new rows."""

    dependencies = [("caseloads", "0003_city_log_takes_anything")]
    operations = [
        migrations.CreateModel(
            name="CapChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("osis", models.BigIntegerField()),
                ("service", models.SmallIntegerField(choices=providers.kinds.Service.choices)),
                ("language", models.SmallIntegerField(choices=providers.kinds.Language.choices)),
                ("setting", models.SmallIntegerField(choices=providers.kinds.Setting.choices)),
                ("frequency", models.PositiveSmallIntegerField()),
                ("duration", models.PositiveSmallIntegerField()),
                ("group_size", models.PositiveSmallIntegerField()),
                ("status", models.SmallIntegerField(choices=CapStatus.choices)),
                ("provider_number", models.BigIntegerField(blank=True, null=True)),
                ("first_attend", models.DateField(blank=True, null=True)),
                ("since", models.DateTimeField()),
            ],
            options={
                "verbose_name": "CAP change",
                "indexes": [models.Index(fields=["since"], name="cap_change_by_time")],
            },
        ),
        migrations.AddField(
            model_name="delivery",
            name="ended",
            field=models.DateTimeField(
                blank=True, help_text="The line was over before the effect could stand", null=True
            ),
        ),
        migrations.AddField(
            model_name="sesisnotice",
            name="ended",
            field=models.DateTimeField(blank=True, help_text="No IEP names its line any more", null=True),
        ),
        AddConstraintNotValid(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended__isnull", True),
                    models.Q(("shown__isnull", True), ("state__in", [3, 5]), models.Q(("reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="delivery_ended_instead_of_shown",
            ),
        ),
        *(author(*held) for held in AUTHORS),
    ]
