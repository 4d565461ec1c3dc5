from django.db import migrations

from common.search import FoldedField, fill


def fill_all(apps, schema_editor):
    for name in ("Commitment", "Need"):
        fill(apps.get_model("collaboration", name))


class Migration(migrations.Migration):
    dependencies = [("collaboration", "0001_initial")]

    operations = [
        migrations.AddField("commitment", "title_folded", FoldedField(default="", editable=False, of="title")),
        migrations.AddField("need", "text_folded", FoldedField(default="", editable=False, of="text")),
        migrations.RunPython(fill_all, migrations.RunPython.noop, elidable=True),
    ]
