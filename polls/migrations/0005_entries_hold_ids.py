from django.db import migrations

KEPT = ("id", "session", "ids")


def forget(apps, schema_editor):
    """Entries of the log hold what they are about; questions, answers and tallies leave it."""
    events = apps.get_model("live", "Event").objects.filter(kind__startswith="polls.")
    for event in events.iterator(chunk_size=500):
        events.filter(pk=event.pk).update(data={key: event.data[key] for key in KEPT if key in event.data})


class Migration(migrations.Migration):
    dependencies = [("polls", "0004_kinds"), ("live", "0002_database_time")]

    operations = [migrations.RunPython(forget, migrations.RunPython.noop, elidable=True)]
