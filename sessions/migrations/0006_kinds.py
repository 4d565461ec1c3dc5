from django.db import migrations

KINDS = {"congress.status": "sessions.status", "congress.world": "sessions.on_air", "congress.hidden": "sessions.hidden"}


def rename(apps, schema_editor):
    """Events of the log by the names that their templates have now."""
    for old, new in KINDS.items():
        apps.get_model("live", "Event").objects.filter(kind=old).update(kind=new)


def rename_back(apps, schema_editor):
    for old, new in KINDS.items():
        apps.get_model("live", "Event").objects.filter(kind=new).update(kind=old)


class Migration(migrations.Migration):
    dependencies = [("congress", "0005_names_folded_and_speaker_identities"), ("live", "0002_database_time")]

    operations = [migrations.RunPython(rename, rename_back, elidable=True)]
