"""Who wished to be found for meetings is in the directory now, with the same words; the words are kept there alone."""

from django.db import migrations


def to_cards(apps, schema_editor):
    """What was said before: name, what one does, where, and a line. Themes were not part of it."""
    Card = apps.get_model("networking", "Card")
    for own in apps.get_model("expo", "Availability").objects.filter(is_open=True).iterator():
        shown = dict.fromkeys(("is_listed", "shows_organisation", "shows_role", "shows_country"), True)
        Card.objects.get_or_create(
            edition_id=own.edition_id, participant_id=own.participant_id, defaults=shown | {"about": own.about}
        )


class Migration(migrations.Migration):
    atomic = False  # PostgreSQL alters no table in the transaction that has written to it
    dependencies = [("expo", "0004_edition_of_meetings"), ("networking", "0001_initial")]
    operations = [
        migrations.RunPython(to_cards, migrations.RunPython.noop, elidable=True),
        migrations.RemoveField("availability", "about"),
        migrations.RemoveField("availability", "about_folded"),
    ]
