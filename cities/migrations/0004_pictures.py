"""Pictures of cases."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import cities.models.common
import common.clock


class Migration(migrations.Migration):
    dependencies = [
        ("cities", "0003_origins_by_city"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CasePicture",
            fields=[
                ("name", models.CharField(max_length=120)),
                ("kind", models.CharField(max_length=40)),
                ("data", models.BinaryField()),
                ("size", models.PositiveIntegerField()),
                ("width", models.PositiveSmallIntegerField(default=0)),
                ("height", models.PositiveSmallIntegerField(default=0)),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("card", models.BinaryField()),
                ("caption", models.CharField(max_length=160, verbose_name="what it shows")),
                ("credit", models.CharField(max_length=160, verbose_name="who made it")),
                ("in_draft", models.BooleanField(default=True)),
                ("is_public", models.BooleanField(default=False)),
                ("was_public", models.BooleanField(default=False)),
                ("at", models.DateTimeField(default=common.clock.now)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pictures", to="cities.case"
                    ),
                ),
            ],
            options={"ordering": ["at", "pk"]},
            bases=(cities.models.common.OfTomorrow, models.Model),
        ),
    ]
