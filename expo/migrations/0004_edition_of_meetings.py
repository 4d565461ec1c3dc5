"""A meeting knows its edition: it may be with somebody who has no stand."""

import django.db.models.deletion
from django.db import migrations, models


def fill(apps, schema_editor):
    meetings = apps.get_model("expo", "Meeting").objects.filter(edition=None)
    for edition in apps.get_model("expo", "Exhibitor").objects.order_by().values_list("edition", flat=True).distinct():
        meetings.filter(exhibitor__edition=edition).update(edition=edition)


class Migration(migrations.Migration):
    atomic = False  # PostgreSQL alters no table in the transaction that has written to it
    dependencies = [("expo", "0003_meetings_with_people")]
    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            "meeting",
            "edition",
            models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="congress.edition"
            ),
        ),
    ]
