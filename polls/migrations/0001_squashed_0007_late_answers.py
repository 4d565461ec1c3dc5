import common.clock
import django.db.models.deletion
import uuid
from common.fresh import Fresh
from django.conf import settings
from django.db import migrations, models


class Migration(Fresh):

    replaces = [('polls', '0001_initial'), ('polls', '0002_client_id'), ('polls', '0003_words_by_their_marks'), ('polls', '0004_kinds'), ('polls', '0005_entries_hold_ids'), ('polls', '0006_sealed_votes'), ('polls', '0007_late_answers')]

    initial = True

    dependencies = [
        ('congress', '0011_photo_addresses'),
        ('live', '0002_database_time'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Picture',
            fields=[
                ('name', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('data', models.BinaryField(help_text='WebP')),
            ],
        ),
        migrations.CreateModel(
            name='Poll',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('type', models.CharField(choices=[('single', 'Single choice'), ('multiple', 'Multiple choice'), ('rating', 'Rating scale'), ('ranking', 'Ranking'), ('words', 'Word cloud'), ('text', 'Open text'), ('number', 'Number guess'), ('quiz', 'Quiz')], default='single', max_length=8, verbose_name='type')),
                ('question', models.CharField(max_length=200, verbose_name='question')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('scheduled', 'Scheduled'), ('open', 'Open'), ('closed', 'Closed'), ('archived', 'Archived')], default='draft', max_length=9)),
                ('position', models.PositiveIntegerField(default=0)),
                ('anonymous', models.BooleanField(default=True, verbose_name='nobody can tell who answered what')),
                ('may_change', models.BooleanField(default=True, verbose_name='an answer may be changed')),
                ('abstaining', models.BooleanField(default=False, verbose_name='abstaining is possible')),
                ('results', models.CharField(choices=[('never', 'Never'), ('voted', 'After voting'), ('closed', 'When it is closed'), ('live', 'Live'), ('revealed', 'When the speaker reveals them')], default='live', max_length=8, verbose_name='the audience sees results')),
                ('screen', models.CharField(choices=[('never', 'Never'), ('voted', 'After voting'), ('closed', 'When it is closed'), ('live', 'Live'), ('revealed', 'When the speaker reveals them')], default='live', max_length=8, verbose_name='the stage shows results')),
                ('revealed', models.BooleanField(default=False)),
                ('min_choices', models.PositiveSmallIntegerField(default=1, verbose_name='at least')),
                ('max_choices', models.PositiveSmallIntegerField(default=1, verbose_name='at most')),
                ('low_label', models.CharField(blank=True, max_length=40, verbose_name='lowest means')),
                ('high_label', models.CharField(blank=True, max_length=40, verbose_name='highest means')),
                ('lowest', models.IntegerField(default=0, verbose_name='lowest')),
                ('highest', models.IntegerField(default=100, verbose_name='highest')),
                ('target', models.IntegerField(blank=True, null=True, verbose_name='right number')),
                ('unit', models.CharField(blank=True, max_length=16, verbose_name='unit')),
                ('duration', models.PositiveIntegerField(default=0, help_text='0: until it is closed', verbose_name='seconds to answer')),
                ('opens_at', models.DateTimeField(blank=True, null=True, verbose_name='opens by itself at')),
                ('version', models.PositiveIntegerField(default=0, help_text='grows with every step and edit: what a person saw')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='polls', to='congress.session')),
                ('client_id', models.UUIDField(editable=False, help_text='of the form that made it: a repeat makes no other', null=True)),
                ('sealed', models.BooleanField(default=False, help_text='another app put it, and alone counts it (secret.py)')),
            ],
            options={
                'ordering': ['position', 'pk'],
                'indexes': [models.Index(fields=['session', 'state'], name='polls_poll_session_db631a_idx')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('session',), name='one_open_poll'), models.UniqueConstraint(fields=('session', 'client_id'), name='one_poll_per_form')],
            },
        ),
        migrations.CreateModel(
            name='Option',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('text', models.CharField(max_length=120)),
                ('right', models.BooleanField(default=False)),
                ('picture', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='polls.picture')),
                ('poll', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='options', to='polls.poll')),
            ],
            options={
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Round',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('opened_at', models.DateTimeField(default=common.clock.now)),
                ('closes_at', models.DateTimeField(db_index=True, null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('poll', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rounds', to='polls.poll')),
            ],
            options={
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('poll', 'number'), name='one_round_per_number')],
            },
        ),
        migrations.CreateModel(
            name='Participation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='participations', to='polls.round')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('round', 'participant'), name='one_participation')],
            },
        ),
        migrations.CreateModel(
            name='Ballot',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('token', models.CharField(max_length=64, null=True)),
                ('abstained', models.BooleanField(default=False)),
                ('elapsed', models.PositiveIntegerField(help_text='milliseconds after the opening; only with a name', null=True)),
                ('participant', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='ballots', to=settings.AUTH_USER_MODEL)),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ballots', to='polls.round')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('round', 'participant'), name='one_ballot_per_participant'), models.UniqueConstraint(fields=('round', 'token'), name='one_ballot_per_token')],
            },
        ),
        migrations.CreateModel(
            name='Nickname',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=24)),
                ('folded', models.CharField(max_length=24)),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='nicknames', to='congress.session')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('session', 'participant'), name='one_nickname_per_participant'), models.UniqueConstraint(fields=('session', 'folded'), name='one_participant_per_nickname')],
            },
        ),
        migrations.CreateModel(
            name='Mark',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.IntegerField(help_text='a rank from 1, a rating from 1, or a guess', null=True)),
                ('text', models.CharField(blank=True, max_length=280)),
                ('folded', models.CharField(blank=True, help_text='a word as it is compared with others', max_length=32)),
                ('approval', models.CharField(choices=[('pending', 'Waiting for the moderator'), ('shown', 'Shown'), ('hidden', 'Hidden')], default='shown', max_length=7)),
                ('ballot', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='marks', to='polls.ballot')),
                ('option', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='marks', to='polls.option')),
            ],
            options={
                'indexes': [models.Index(fields=['option'], name='polls_mark_option__53bc96_idx')],
            },
        ),
        migrations.CreateModel(
            name='LateAnswers',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('session', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='late_answers', to='congress.session')),
            ],
        ),
    ]
