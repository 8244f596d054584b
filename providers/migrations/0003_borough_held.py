"""Hold a school's borough to the letter of its DBN."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """A check over some two thousand rows: reading them once locks nobody out for long."""

    dependencies = [("providers", "0002_affiliation_held")]
    operations = [
        migrations.AddConstraint(
            model_name="school",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("borough", 1), ("dbn__regex", "^..M")),
                    models.Q(("borough", 2), ("dbn__regex", "^..X")),
                    models.Q(("borough", 3), ("dbn__regex", "^..K")),
                    models.Q(("borough", 4), ("dbn__regex", "^..Q")),
                    models.Q(("borough", 5), ("dbn__regex", "^..R")),
                    _connector="OR",
                ),
                name="school_stands_in_its_dbns_borough",
            ),
        ),
    ]
