"""What is written to agencies, who decided what, and attempts led elsewhere (R12, R14, R15)."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid, ValidateConstraint
from django.db import migrations, models

import caseloads.models.message
import caseloads.models.vacancy
import providers.kinds

CHECKS = {
    ("vacancy", "vacancy_closed_whole"): models.Q(
        models.Q(("closed__isnull", False), ("closed_by__isnull", False), ("closing__isnull", False)),
        models.Q(("closed__isnull", True), ("closed_by__isnull", True), ("closing__isnull", True)),
        _connector="OR",
    ),
    ("offer", "offer_for_agency_only_answered"): models.Q(
        ("for_agency", False), ("answer__isnull", False), _connector="OR"
    ),
    ("rsaletter", "rsa_letter_author_only_with_time"): models.Q(
        ("processed_by__isnull", True), ("processed__isnull", False), _connector="OR"
    ),
}
# So far a vacancy was closed by nobody in particular when the transmittal filled it: whoever logged it stands in.
CLOSED_SO_FAR = "UPDATE caseloads_vacancy SET closing = 1, closed_by_id = logged_by_id WHERE closed IS NOT NULL"


def account(**options: bool) -> models.ForeignKey:
    """Return the column that says who did something."""
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, **options
    )


def key() -> models.BigAutoField:
    """Return the primary key."""
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


def addresses() -> django.contrib.postgres.fields.ArrayField:
    """Return a column of e-mail addresses."""
    return django.contrib.postgres.fields.ArrayField(base_field=models.EmailField(max_length=254), size=None)


class Migration(migrations.Migration):
    """New tables, new empty columns, and checks that hold for every row there is."""

    dependencies = [
        ("caseloads", "0005_whole_rows"),
        ("providers", "0004_contacts_and_requests"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AddField(
            "offer",
            "for_agency",
            models.BooleanField(
                db_default=False, default=False, help_text="The answer was entered by ORCS on the agency's behalf"
            ),
        ),
        migrations.AddField("rsaletter", "processed_by", account(blank=True, null=True)),
        migrations.AddField(
            "rsaletter",
            "vacancy",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="letters",
                to="caseloads.vacancy",
            ),
        ),
        migrations.AddField("transmittal", "processed_by", account(blank=True, null=True)),
        migrations.AddField("vacancy", "closed_by", account(blank=True, null=True)),
        migrations.AddField(
            "vacancy",
            "closing",
            models.SmallIntegerField(blank=True, choices=caseloads.models.vacancy.Vacancy.Closing.choices, null=True),
        ),
        migrations.AddField("vacancy", "note", models.CharField(blank=True, db_default="", default="", max_length=400)),
        migrations.RunSQL([CLOSED_SO_FAR, "SET CONSTRAINTS ALL IMMEDIATE"], migrations.RunSQL.noop),
        *(
            AddConstraintNotValid(model, models.CheckConstraint(condition=condition, name=name))
            for (model, name), condition in CHECKS.items()
        ),
        *(ValidateConstraint(model, name) for model, name in CHECKS),
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", key()),
                ("kind", models.SmallIntegerField(choices=caseloads.models.message.MessageKind.choices)),
                ("to", addresses()),
                ("copied", addresses()),
                ("subject", models.CharField(max_length=200)),
                ("body", models.TextField()),
                ("written", models.DateTimeField()),
                ("state", models.SmallIntegerField(choices=caseloads.models.message.MessageState.choices)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("due", models.DateTimeField(blank=True, null=True)),
                ("sent", models.DateTimeField(blank=True, null=True)),
                ("reason", models.CharField(blank=True, max_length=200)),
                (
                    "offer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="messages", to="caseloads.offer"
                    ),
                ),
                ("written_by", account()),
            ],
            options={
                "ordering": ["written", "id"],
                "indexes": [
                    models.Index(condition=models.Q(("state", 2)), fields=["due"], name="message_to_send"),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("to__len__gte", 1)), name="message_is_to_somebody"),
                    models.CheckConstraint(
                        condition=models.Q(("copied__len__gte", 1)), name="message_has_the_school_in_copy"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent__isnull", False), ("state", 3)),
                            models.Q(models.Q(("state", 3), _negated=True), ("sent__isnull", True)),
                            _connector="OR",
                        ),
                        name="message_sent_iff_timed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("due__isnull", False), ("state", 2)),
                            models.Q(models.Q(("state", 2), _negated=True), ("due__isnull", True)),
                            _connector="OR",
                        ),
                        name="message_waits_for_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Redirected",
            fields=[
                ("id", key()),
                ("language", models.SmallIntegerField(blank=True, choices=providers.kinds.Language.choices, null=True)),
                (
                    "for_school",
                    models.BooleanField(default=False, help_text="Asked by ORCS on the school's behalf"),
                ),
                ("asked", models.DateTimeField()),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="redirected", to="providers.school"
                    ),
                ),
                ("asked_by", account()),
            ],
            options={"verbose_name_plural": "redirected", "ordering": ["-asked", "-id"]},
        ),
    ]
