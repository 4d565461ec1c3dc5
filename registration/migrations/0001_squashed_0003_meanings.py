import common.clock
import django.db.models.deletion
from common.fresh import Fresh
from django.conf import settings
from django.db import migrations, models


class Migration(Fresh):

    replaces = [('registration', '0001_initial'), ('registration', '0002_arrivals'), ('registration', '0003_meanings')]

    initial = True

    dependencies = [
        ('congress', '0004_access'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Import',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('state', models.CharField(choices=[('uploading', 'Uploading'), ('mapping', 'Choose the columns'), ('trying', 'Trying'), ('tried', 'Tried'), ('applying', 'Applying'), ('done', 'Done')], default='uploading', max_length=10)),
                ('header', models.JSONField(default=list)),
                ('rows', models.PositiveIntegerField(default=0)),
                ('columns', models.JSONField(default=dict)),
                ('passes', models.JSONField(default=dict)),
                ('done', models.PositiveIntegerField(default=0)),
                ('counts', models.JSONField(default=dict)),
                ('errors', models.JSONField(default=list)),
                ('repeated', models.JSONField(default=dict, help_text='line -> the line that has the same ticket before it')),
                ('started_at', models.DateTimeField(default=common.clock.now)),
                ('moved_at', models.DateTimeField(default=common.clock.now)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='congress.edition')),
                ('shared', models.JSONField(default=dict, help_text='line -> the line that names the participant of both, and whether it says another name')),
                ('statuses', models.JSONField(default=dict)),
            ],
        ),
        migrations.CreateModel(
            name='Piece',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('data', models.BinaryField()),
                ('of', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pieces', to='registration.import')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('of', 'number'), name='one_piece_per_number')],
            },
        ),
        migrations.CreateModel(
            name='Portion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('rows', models.JSONField()),
                ('of', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='portions', to='registration.import')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('of', 'number'), name='one_portion_per_number')],
            },
        ),
        migrations.CreateModel(
            name='Arrival',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scope', models.CharField(max_length=64)),
                ('place', models.CharField(max_length=12)),
                ('at', models.DateTimeField(default=common.clock.now)),
                ('guest', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['scope', 'at'], name='registratio_scope_e2cc9a_idx')],
                'constraints': [models.UniqueConstraint(fields=('guest', 'scope'), name='one_arrival_per_guest')],
            },
        ),
    ]
