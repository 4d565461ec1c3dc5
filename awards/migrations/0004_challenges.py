"""Categories that are challenges of a city or partner, and the stages of their teams."""

import django.db.models.deletion
from django.db import migrations, models

KINDS = [
    ("city", "City"),
    ("project", "Project"),
    ("innovation", "Innovation"),
    ("leadership", "Leadership"),
    ("special", "Special mention"),
    ("audience", "Audience award"),
    ("challenge", "Incubation challenge"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("awards", "0003_panels_and_the_audience"),
        ("cities", "0004_pictures"),
    ]

    operations = [
        migrations.AlterField(
            model_name="category",
            name="kind",
            field=models.CharField(choices=KINDS, default="project", max_length=12, verbose_name="kind"),
        ),
        migrations.AddField(
            model_name="category",
            name="host",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="cities.organisation",
                verbose_name="whose challenge it is",
            ),
        ),
        migrations.AddField(model_name="category", name="stages", field=models.JSONField(default=list)),
        migrations.AddField(
            model_name="entry",
            name="stage",
            field=models.CharField(
                blank=True, help_text="of a challenge's team, once it was chosen", max_length=32
            ),
        ),
    ]
