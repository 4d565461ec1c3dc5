from django.db import migrations

from common.text import fold_case


def count_anew(apps, schema_editor):
    """Words of a cloud are compared with their marks: año is not ano."""
    Mark = apps.get_model("polls", "Mark")
    changed = []
    for mark in Mark.objects.exclude(folded="").only("pk", "text", "folded").iterator(chunk_size=1000):
        if (folded := fold_case(mark.text)[:32]) != mark.folded:
            mark.folded = folded
            changed.append(mark)
    Mark.objects.bulk_update(changed, ["folded"], batch_size=1000)


class Migration(migrations.Migration):
    dependencies = [("polls", "0002_client_id")]
    operations = [migrations.RunPython(count_anew, migrations.RunPython.noop, elidable=True)]
