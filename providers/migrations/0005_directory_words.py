"""What the city's directory says of a school besides name and borough."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """New columns with a default of the database's own: nothing is rewritten, and who still runs is not stopped."""

    dependencies = [("providers", "0004_contacts_and_requests")]
    operations = [
        migrations.AddField(
            model_name="school",
            name="category",
            field=models.CharField(blank=True, db_default="", default="", max_length=40),
        ),
        migrations.AddField(
            model_name="school",
            name="grades",
            field=models.CharField(blank=True, db_default="", default="", max_length=80),
        ),
    ]
