from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('translation', '0001_initial'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='wanted',
            name='one_wish_each',
        ),
        migrations.AddField(
            model_name='wanted',
            name='kind',
            field=models.CharField(blank=True, max_length=64, default=''),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name='wanted',
            constraint=models.UniqueConstraint(fields=('key', 'kind', 'language'), name='one_wish_each'),
        ),
    ]
