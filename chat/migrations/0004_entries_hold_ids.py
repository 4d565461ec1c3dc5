from common.search import fill
from django.db import migrations


def forget(apps, schema_editor):
    """Entries of the log hold what they are about; words and names leave it. Removals are changes."""
    events = apps.get_model("live", "Event").objects.filter(kind__startswith="chat.")
    for event in events.iterator(chunk_size=500):
        kind = "chat.message" if event.kind == "chat.message" else "chat.changed"
        events.filter(pk=event.pk).update(data={"id": event.data["id"]}, kind=kind)
    fill(apps.get_model("chat", "Message"))


class Migration(migrations.Migration):
    dependencies = [("chat", "0003_replies_reactions_moderation"), ("live", "0002_database_time")]

    operations = [migrations.RunPython(forget, migrations.RunPython.noop, elidable=True)]
