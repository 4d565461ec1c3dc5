from django.db import migrations, models


class Migration(migrations.Migration):
    """A column that may be empty: SQLite adds it without copying the table, so that its triggers stay.

    As each migration of this app it has everything written anew (search/apps.py).
    """

    dependencies = [("search", "0001_initial")]
    operations = [
        migrations.AddField(
            model_name="found",
            name="clock",
            field=models.TimeField(help_text="of its city, from which it takes place", null=True),
        ),
    ]
