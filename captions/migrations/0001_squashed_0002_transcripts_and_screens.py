import common.clock
import django.db.models.deletion
from common.fresh import Fresh
from django.db import migrations, models


class Migration(Fresh):

    replaces = [('captions', '0001_initial'), ('captions', '0002_transcripts_and_screens')]

    initial = True

    dependencies = [
        ('congress', '0011_photo_addresses'),
        ('scheduler', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Track',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=35, verbose_name='language')),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('offset', models.IntegerField(default=0, help_text='-4: a writer is four seconds behind the speaker', verbose_name='seconds to move the lines')),
                ('number', models.PositiveIntegerField(default=1, help_text='of its addresses: a higher one ends those before')),
                ('last_seq', models.BigIntegerField(default=-1)),
                ('pending', models.CharField(blank=True, max_length=800)),
                ('began_at', models.DateTimeField(default=common.clock.now, help_text='when the first sign of the pending line came')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='caption_tracks', to='congress.session')),
                ('on_screen', models.BooleanField(default=False, help_text='the stage screen of its session shows it')),
                ('searched', models.BooleanField(default=False, help_text='it has passages that the search finds')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('session', 'language'), name='one_track_per_language'), models.UniqueConstraint(condition=models.Q(('on_screen', True)), fields=('session',), name='one_track_on_the_screen')],
            },
        ),
        migrations.CreateModel(
            name='Caption',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('text', models.CharField(max_length=800)),
                ('track', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='captions.track')),
            ],
            options={
                'ordering': ['at', 'pk'],
                'indexes': [models.Index(fields=['track', 'at'], name='captions_ca_track_i_fa2597_idx')],
            },
        ),
        migrations.CreateModel(
            name='Passage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveIntegerField()),
                ('text', models.TextField()),
                ('track', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='passages', to='captions.track')),
            ],
            options={
                'ordering': ['track', 'place'],
            },
        ),
    ]
