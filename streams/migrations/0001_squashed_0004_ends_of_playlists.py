import common.clock
import django.db.models.deletion
from common.fresh import Fresh
from django.db import migrations, models


class Migration(Fresh):

    replaces = [('streams', '0001_initial'), ('streams', '0002_newest_segment'), ('streams', '0003_cuts_of_recordings'), ('streams', '0004_ends_of_playlists')]

    initial = True

    dependencies = [
        ('congress', '0011_photo_addresses'),
    ]

    operations = [
        migrations.CreateModel(
            name='Recording',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.CharField(blank=True, max_length=500, verbose_name='address')),
                ('session', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='recording', to='congress.session')),
                ('marks', models.JSONField(default=list)),
                ('number', models.PositiveIntegerField(default=1, help_text='of the version: it grows with each change')),
                ('offset', models.FloatField(default=0, help_text='seconds by which what people wrote comes later')),
                ('parts', models.JSONField(default=list)),
            ],
        ),
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.CharField(max_length=500, verbose_name='address')),
                ('name', models.CharField(blank=True, max_length=60, verbose_name='name')),
                ('region', models.CharField(blank=True, max_length=64, verbose_name='region')),
                ('priority', models.PositiveSmallIntegerField(default=10, verbose_name='priority')),
                ('checked_at', models.DateTimeField(null=True)),
                ('problem', models.CharField(blank=True, max_length=200)),
                ('session', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='stream_sources', to='congress.session')),
                ('stage', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='stream_sources', to='congress.stage')),
                ('newest_at', models.DateTimeField(help_text='when the newest segment ended that the last check saw', null=True)),
                ('tail', models.CharField(blank=True, help_text='the end of the playlist that the last check saw', max_length=40)),
                ('tail_at', models.DateTimeField(help_text='since when the playlist ends like this', null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('session', None), ('stage__isnull', False)), models.Q(('session__isnull', False), ('stage', None)), _connector='OR'), name='source_of_session_or_stage')],
            },
        ),
        migrations.CreateModel(
            name='Rendition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('video', 'Picture'), ('audio', 'Sound in a language'), ('subtitles', 'Subtitles'), ('sign', 'Sign language')], max_length=10, verbose_name='kind')),
                ('language', models.CharField(blank=True, max_length=35, verbose_name='language')),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('address', models.CharField(max_length=500, verbose_name='address')),
                ('codecs', models.CharField(blank=True, max_length=80, verbose_name='codecs')),
                ('bandwidth', models.PositiveIntegerField(default=800000, verbose_name='bits a second')),
                ('height', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='height in pixels')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='renditions', to='streams.source')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Switch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.CharField(max_length=500)),
                ('session', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='stream_switch', to='congress.session')),
            ],
        ),
        migrations.CreateModel(
            name='RecordingVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.CharField(blank=True, max_length=500, verbose_name='address')),
                ('number', models.PositiveIntegerField(default=1, help_text='of the version: it grows with each change')),
                ('marks', models.JSONField(default=list)),
                ('offset', models.FloatField(default=0, help_text='seconds by which what people wrote comes later')),
                ('parts', models.JSONField(default=list)),
                ('saved_at', models.DateTimeField(default=common.clock.now)),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recording_versions', to='congress.session')),
            ],
            options={
                'ordering': ['-number'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('session', 'number'), name='one_recording_per_number')],
            },
        ),
    ]
