from django.db import migrations, models


def mark(apps, schema_editor):
    apps.get_model("chat", "Message").objects.exclude(mentions=[]).update(names_somebody=True)


class Migration(migrations.Migration):
    atomic = False  # PostgreSQL makes no index in a transaction that has changed rows

    dependencies = [("chat", "0005_cards")]

    operations = [
        migrations.AddField(
            model_name="message",
            name="names_somebody",
            field=models.BooleanField(default=False, help_text="whether there are mentions; for their index"),
        ),
        migrations.RunPython(mark, migrations.RunPython.noop, elidable=True),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("names_somebody", True)), fields=["session", "seq"], name="chat_named"
            ),
        ),
    ]
