from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0011_first_link'),
    ]

    operations = [
        migrations.AlterField(
            model_name='eventcode',
            name='expires_at',
            field=models.DateTimeField(null=True),
        ),
    ]
