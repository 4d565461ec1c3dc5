import common.clock
import common.colours
import common.search
import django.db.models.deletion
import people.models.participant
from common.fresh import Fresh
from django.conf import settings
from django.db import migrations, models


class Migration(Fresh):

    replaces = [('congress', '0001_initial'), ('congress', '0002_initial'), ('congress', '0003_edition_blocked_terms'), ('congress', '0004_access'), ('congress', '0005_names_folded_and_speaker_identities'), ('congress', '0006_kinds'), ('congress', '0007_edition_texts'), ('congress', '0008_told'), ('congress', '0009_speaker_photos'), ('congress', '0010_edition_look'), ('congress', '0011_photo_addresses')]

    initial = True

    dependencies = [
        ('live', '0002_database_time'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HostCity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('slug', models.SlugField(max_length=80, unique=True)),
                ('country', models.CharField(blank=True, max_length=80, verbose_name='country')),
                ('timezone', models.CharField(default='Europe/Madrid', max_length=64, validators=[people.models.participant.valid_zone], verbose_name='time zone')),
            ],
            options={
                'verbose_name': 'host city',
                'verbose_name_plural': 'host cities',
            },
        ),
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=160, verbose_name='name')),
                ('slug', models.SlugField(max_length=80, unique=True)),
                ('motto', models.CharField(blank=True, max_length=200, verbose_name='motto')),
                ('start_date', models.DateField(verbose_name='first day')),
                ('end_date', models.DateField(verbose_name='last day')),
                ('languages', models.JSONField(blank=True, default=list, verbose_name='languages')),
                ('host_city', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='main_editions', to='congress.hostcity')),
                ('blocked_terms', models.TextField(blank=True, help_text='one per line', verbose_name='words participants may not write')),
                ('conduct', models.TextField(blank=True, help_text='HTML, cleaned when shown', verbose_name='code of conduct')),
                ('help', models.TextField(blank=True, help_text='HTML, cleaned when shown: whom to ask, and how', verbose_name='help')),
                ('accent', models.CharField(blank=True, help_text='#0b5c5e; empty: the house’s', max_length=7, validators=[common.colours.valid_colour], verbose_name='accent colour')),
                ('logo', models.JSONField(blank=True, default=dict, editable=False, help_text='address, width, height; {}: none')),
            ],
            options={
                'verbose_name': 'edition',
                'ordering': ['-start_date', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Stage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=160, verbose_name='name')),
                ('position', models.PositiveIntegerField(default=0, verbose_name='position')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stages', to='congress.edition')),
                ('host_city', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stages', to='congress.hostcity')),
            ],
            options={
                'verbose_name': 'stage',
                'ordering': ['position', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('edition', 'host_city', 'name'), name='one_stage_per_name')],
            },
        ),
        migrations.CreateModel(
            name='Strand',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=160, verbose_name='name')),
                ('slug', models.SlugField(max_length=80)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='strands', to='congress.edition')),
            ],
            options={
                'verbose_name': 'strand',
                'ordering': ['name'],
                'constraints': [models.UniqueConstraint(fields=('edition', 'slug'), name='one_strand_per_slug')],
            },
        ),
        migrations.CreateModel(
            name='Theme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('slug', models.SlugField(max_length=80)),
                ('hue', models.PositiveSmallIntegerField(default=210, verbose_name='hue')),
                ('position', models.PositiveIntegerField(default=0, verbose_name='position')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='themes', to='congress.edition')),
            ],
            options={
                'verbose_name': 'theme',
                'ordering': ['position', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('edition', 'slug'), name='one_theme_per_slug')],
            },
        ),
        migrations.CreateModel(
            name='Speaker',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('guid', models.CharField(max_length=120)),
                ('name', models.CharField(max_length=160, verbose_name='name')),
                ('role', models.CharField(blank=True, max_length=160, verbose_name='role')),
                ('organisation', models.CharField(blank=True, max_length=160, verbose_name='organisation')),
                ('city', models.CharField(blank=True, max_length=80, verbose_name='city')),
                ('country', models.CharField(blank=True, max_length=80, verbose_name='country')),
                ('biography', models.TextField(blank=True, help_text='HTML, cleaned when shown', verbose_name='biography')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='speakers', to='congress.edition')),
                ('participant', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='speaks_as', to=settings.AUTH_USER_MODEL)),
                ('identities', models.JSONField(default=dict, editable=False)),
                ('name_folded', common.search.FoldedField(default='', editable=False, markup=False, of='name')),
                ('organisation_folded', common.search.FoldedField(default='', editable=False, markup=False, of='organisation')),
                ('photo_from', models.URLField(blank=True, editable=False, help_text='as an imported schedule says', max_length=500)),
                ('photo_tried', models.URLField(blank=True, editable=False, help_text='not to be fetched again', max_length=500)),
            ],
            options={
                'verbose_name': 'speaker',
                'ordering': ['name', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('edition', 'guid'), name='one_speaker_per_guid')],
            },
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('guid', models.CharField(max_length=120)),
                ('title', models.CharField(max_length=300, verbose_name='title')),
                ('abstract', models.TextField(blank=True, help_text='HTML, cleaned when shown', verbose_name='abstract')),
                ('format', models.CharField(blank=True, max_length=80, verbose_name='format')),
                ('languages', models.JSONField(blank=True, default=list, verbose_name='languages')),
                ('start', models.DateTimeField(verbose_name='start')),
                ('end', models.DateTimeField(verbose_name='end')),
                ('stream', models.TextField(blank=True, help_text='One address per line, the best first: HLS, YouTube, Vimeo or video file', verbose_name='stream')),
                ('poster', models.CharField(blank=True, max_length=500, verbose_name='poster')),
                ('status', models.CharField(choices=[('scheduled', 'Scheduled'), ('delayed', 'Delayed'), ('starting', 'Starting'), ('live', 'Live'), ('paused', 'Paused'), ('ended', 'Ended'), ('on_demand', 'On demand'), ('cancelled', 'Cancelled')], default='scheduled', max_length=16, verbose_name='status')),
                ('status_reason', models.CharField(blank=True, max_length=200, verbose_name='reason')),
                ('delayed_start', models.DateTimeField(blank=True, null=True, verbose_name='new start')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to='congress.edition')),
                ('speakers', models.ManyToManyField(blank=True, related_name='sessions', to='congress.speaker')),
                ('stage', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='congress.stage')),
                ('strand', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='sessions', to='congress.strand')),
                ('theme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='sessions', to='congress.theme')),
                ('embargo_until', models.DateTimeField(blank=True, null=True, verbose_name='embargoed until')),
                ('guests_may', models.JSONField(blank=True, default=list, verbose_name='guests of the hall may')),
                ('visibility', models.CharField(choices=[('public', 'Everybody'), ('registered', 'Registered participants'), ('passes', 'Some passes'), ('invited', 'By invitation')], default='public', max_length=16, verbose_name='visible to')),
                ('visible_passes', models.JSONField(blank=True, default=list, verbose_name='passes')),
                ('abstract_folded', common.search.FoldedField(default='', editable=False, markup=True, of='abstract')),
                ('title_folded', common.search.FoldedField(default='', editable=False, markup=False, of='title')),
            ],
            options={
                'verbose_name': 'session',
                'ordering': ['start', 'stage__position', 'pk'],
                'indexes': [models.Index(fields=['edition', 'start'], name='congress_se_edition_78303d_idx'), models.Index(fields=['edition', 'status'], name='congress_se_edition_bd4c0b_idx')],
                'constraints': [models.UniqueConstraint(fields=('edition', 'guid'), name='one_session_per_guid')],
            },
        ),
        migrations.CreateModel(
            name='StatusChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('action', models.CharField(max_length=16)),
                ('before', models.JSONField()),
                ('after', models.JSONField()),
                ('at', models.DateTimeField(default=common.clock.now)),
                ('undone_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='status_changes', to='congress.session')),
                ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Told',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('feed', models.CharField(max_length=64)),
                ('revision', models.PositiveIntegerField(default=0)),
                ('mark', models.CharField(max_length=16)),
                ('begins', models.DateTimeField()),
                ('finishes', models.DateTimeField()),
                ('gone', models.BooleanField(default=False)),
                ('changed_at', models.DateTimeField(default=common.clock.now)),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='congress.session')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('feed', 'session'), name='told_once')],
            },
        ),
        migrations.CreateModel(
            name='SpeakerPhoto',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('kind', models.CharField(max_length=40)),
                ('data', models.BinaryField()),
                ('size', models.PositiveIntegerField()),
                ('width', models.PositiveSmallIntegerField(default=0)),
                ('height', models.PositiveSmallIntegerField(default=0)),
                ('speaker', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='photo', to='congress.speaker')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='EditionLogo',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('kind', models.CharField(max_length=40)),
                ('data', models.BinaryField()),
                ('size', models.PositiveIntegerField()),
                ('width', models.PositiveSmallIntegerField(default=0)),
                ('height', models.PositiveSmallIntegerField(default=0)),
                ('edition', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='congress.edition')),
            ],
            options={
                'abstract': False,
            },
        ),
    ]
