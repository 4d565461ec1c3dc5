import common.clock
import common.search
import django.db.models.deletion
from common.fresh import Fresh
from django.conf import settings
from django.db import migrations, models


class Migration(Fresh):

    replaces = [('questions', '0001_initial'), ('questions', '0002_promise_of_anonymity'), ('questions', '0003_texts_folded'), ('questions', '0004_question_settings'), ('questions', '0005_entries_hold_ids'), ('questions', '0006_prompt_answer'), ('questions', '0007_mute')]

    initial = True

    dependencies = [
        ('congress', '0005_names_folded_and_speaker_identities'),
        ('live', '0002_database_time'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Prompt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=200)),
                ('at', models.DateTimeField(default=common.clock.now)),
                ('acknowledged_at', models.DateTimeField(null=True)),
                ('acknowledged_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='prompts', to='congress.session')),
                ('answer', models.CharField(blank=True, help_text='of who acknowledged it; empty: understood', max_length=200)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('anonymous', models.BooleanField(default=False)),
                ('origin', models.CharField(choices=[('remote', 'Remote'), ('hall', 'Hall')], default='remote', max_length=6)),
                ('hall_name', models.CharField(blank=True, help_text="who stands at the hall's microphone", max_length=80)),
                ('hall_place', models.CharField(blank=True, max_length=80)),
                ('language', models.CharField(blank=True, max_length=12)),
                ('text', models.CharField(max_length=300)),
                ('original', models.CharField(blank=True, help_text="the asker's words, once edited by staff", max_length=300)),
                ('state', models.CharField(choices=[('pending', 'Waiting for the moderator'), ('approved', 'Published'), ('queued', 'In the queue'), ('on_stage', 'On stage'), ('answered', 'Answered'), ('skipped', 'Skipped'), ('dismissed', 'Dismissed'), ('merged', 'Merged'), ('withdrawn', 'Withdrawn')], default='pending', max_length=10)),
                ('answered_how', models.CharField(blank=True, choices=[('live', 'Live'), ('written', 'In writing')], max_length=8)),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('position', models.IntegerField(default=0, help_text='in the queue; lower comes first')),
                ('labels', models.CharField(blank=True, help_text='each between commas: ,budget,follow up,', max_length=160)),
                ('handled_at', models.DateTimeField(null=True)),
                ('version', models.IntegerField(default=0, help_text='grows with every change: what a moderator saw')),
                ('asked_at', models.DateTimeField(default=common.clock.now)),
                ('asker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='questions', to=settings.AUTH_USER_MODEL)),
                ('handled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('merged_into', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='questions.question')),
                ('root', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tree', to='questions.question')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='congress.session')),
                ('similar_to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='questions.question')),
                ('named_to_moderators', models.BooleanField(default=False, help_text='who asked without a name was told that moderators see it')),
                ('hall_name_folded', common.search.FoldedField(default='', editable=False, markup=False, of='hall_name')),
                ('text_folded', common.search.FoldedField(default='', editable=False, markup=False, of='text')),
            ],
            options={
                'indexes': [models.Index(fields=['session', 'state', 'asked_at'], name='questions_q_session_569bf3_idx'), models.Index(fields=['session', 'asker'], name='questions_q_session_b47b26_idx')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'on_stage')), fields=('session',), name='one_question_on_stage')],
            },
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=500)),
                ('at', models.DateTimeField(default=common.clock.now)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='questions.question')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('action', models.CharField(max_length=16)),
                ('before', models.JSONField()),
                ('after', models.JSONField()),
                ('at', models.DateTimeField(default=common.clock.now)),
                ('undone_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='questions.question')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_staff', models.BooleanField(help_text='links in it may be clicked')),
                ('text', models.CharField(max_length=2000)),
                ('at', models.DateTimeField(default=common.clock.now)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to=settings.AUTH_USER_MODEL)),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='questions.question')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Upvote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='upvotes', to=settings.AUTH_USER_MODEL)),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='upvotes', to='questions.question')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('question', 'participant'), name='one_upvote_per_participant')],
            },
        ),
        migrations.CreateModel(
            name='QuestionSettings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('intake', models.CharField(choices=[('automatic', 'Open while the session runs'), ('open', 'Open'), ('closed', 'Closed')], default='automatic', max_length=10, verbose_name='intake')),
                ('moderated', models.BooleanField(default=True, verbose_name='new questions wait for a moderator')),
                ('anonymous_allowed', models.BooleanField(default=True, verbose_name='asking without a name is possible')),
                ('names_for_moderators', models.BooleanField(default=False, verbose_name='moderators see who asks without a name')),
                ('alternate', models.BooleanField(default=True, verbose_name='queue remote and hall in turn')),
                ('session', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='question_settings', to='congress.session')),
            ],
        ),
        migrations.CreateModel(
            name='Mute',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=common.clock.now)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('question', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='mute', to='questions.question')),
            ],
        ),
    ]
