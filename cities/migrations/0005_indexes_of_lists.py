"""Facets count public cases, and their list begins, by indexes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cities", "0004_pictures")]

    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(condition=models.Q(("is_public", True)), fields=fields, name=name),
        )
        for fields, name in (
            (["cost"], "public_cases_by_cost"),
            (["city"], "public_cases_by_city"),
            (["-published_at", "-id"], "public_cases_newest_first"),
        )
    ]
