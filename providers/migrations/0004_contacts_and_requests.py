"""Contacts as rows, and requests that were passed on to the central office (R9, R12, R15)."""

import django.db.models.deletion
from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid, ValidateConstraint
from django.db import migrations, models

import providers.kinds

AUTHOR = models.Q(("passed_on_by__isnull", True), ("passed_on__isnull", False), _connector="OR")
FOR_PETS = models.Q(
    ("passed_on__isnull", True), models.Q(("passed_on_by__isnull", False), ("route", 2)), _connector="OR"
)
HELD = {"access_request_passed_on_only_with_time": AUTHOR, "access_request_passed_on_for_pets": FOR_PETS}


class Migration(migrations.Migration):
    """A new table, new empty columns, and checks that hold for every row there is."""

    dependencies = [
        ("providers", "0003_borough_held"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AddField(
            model_name="accessrequest",
            name="passed_on",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="accessrequest",
            name="passed_on_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        *(
            AddConstraintNotValid("accessrequest", models.CheckConstraint(condition=condition, name=name))
            for name, condition in HELD.items()
        ),
        *(ValidateConstraint("accessrequest", name) for name in HELD),
        migrations.CreateModel(
            name="Contact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("borough", models.SmallIntegerField(blank=True, choices=providers.kinds.Borough.choices, null=True)),
                ("full_name", models.CharField(max_length=150)),
                ("email", models.EmailField(max_length=254)),
                ("phone", models.CharField(blank=True, max_length=30)),
                ("set_at", models.DateTimeField()),
                (
                    "school",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contacts",
                        to="providers.school",
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("school__isnull", False)),
                        fields=["school", "-id"],
                        name="contact_of_school",
                    ),
                    models.Index(
                        condition=models.Q(("borough__isnull", False)),
                        fields=["borough", "-id"],
                        name="contact_of_borough",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("borough__isnull", True), ("school__isnull", False)),
                            models.Q(("borough__isnull", False), ("school__isnull", True)),
                            _connector="OR",
                        ),
                        name="contact_of_a_school_or_a_borough",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("full_name", ""), _negated=True), models.Q(("email", ""), _negated=True)
                        ),
                        name="contact_can_be_written_to",
                    ),
                ],
            },
        ),
    ]
