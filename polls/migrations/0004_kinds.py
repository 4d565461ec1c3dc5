from django.db import migrations


def rename(apps, schema_editor):
    """Events of the log by the names that their templates have now."""
    apps.get_model("live", "Event").objects.filter(kind="polls.desk").update(kind="polls.row")


def rename_back(apps, schema_editor):
    apps.get_model("live", "Event").objects.filter(kind="polls.row").update(kind="polls.desk")


class Migration(migrations.Migration):
    dependencies = [("polls", "0003_words_by_their_marks"), ("live", "0002_database_time")]

    operations = [migrations.RunPython(rename, rename_back, elidable=True)]
