"""A case for each city that begins with the same recording or question."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cities", "0002_organisations_may_be_hidden"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="case", name="one_case_per_origin"),
        migrations.AddField(
            model_name="case",
            name="origin_second",
            field=models.PositiveIntegerField(help_text="of the recording that it began with", null=True),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.UniqueConstraint(
                condition=models.Q(("origin", ""), _negated=True),
                fields=("origin", "city"),
                name="one_case_per_origin_and_city",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.UniqueConstraint(
                condition=models.Q(models.Q(("origin", ""), _negated=True), ("city", None)),
                fields=("origin",),
                name="one_case_per_origin_alone",
            ),
        ),
    ]
