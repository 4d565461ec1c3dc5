import common.clock
import common.search
import django.db.models.deletion
from common.fresh import Fresh
from django.conf import settings
from django.db import migrations, models


class Migration(Fresh):

    replaces = [('chat', '0001_initial'), ('chat', '0002_initial'), ('chat', '0003_replies_reactions_moderation'), ('chat', '0004_entries_hold_ids'), ('chat', '0005_cards'), ('chat', '0006_named'), ('chat', '0007_messages_by_time')]

    initial = True

    dependencies = [
        ('congress', '0011_photo_addresses'),
        ('live', '0002_database_time'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('seq', models.BigIntegerField(help_text='of the event that announced it; the order of the chat')),
                ('text', models.CharField(max_length=500)),
                ('sent_at', models.DateTimeField()),
                ('removed_at', models.DateTimeField(null=True)),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='messages', to=settings.AUTH_USER_MODEL)),
                ('removed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='congress.session')),
                ('edited_at', models.DateTimeField(null=True)),
                ('held', models.CharField(blank=True, choices=[('words', 'a word of the list'), ('links', 'a link'), ('first', 'their first message')], max_length=8)),
                ('mentions', models.JSONField(default=list, help_text='ids of participants')),
                ('reason', models.CharField(blank=True, max_length=120)),
                ('reply_to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='chat.message')),
                ('text_folded', common.search.FoldedField(default='', editable=False, markup=False, of='text')),
                ('version', models.PositiveIntegerField(default=1)),
                ('names_somebody', models.BooleanField(default=False, help_text='whether there are mentions; for their index')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('names_somebody', True)), fields=['session', 'seq'], name='chat_named'), models.Index(fields=['session', 'sent_at'], name='chat_by_time')],
                'constraints': [models.UniqueConstraint(fields=('session', 'seq'), name='one_message_per_seq')],
            },
        ),
        migrations.CreateModel(
            name='ChatSettings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slow', models.PositiveIntegerField(default=0, verbose_name='seconds between two messages of a person')),
                ('crowded', models.PositiveIntegerField(default=150, verbose_name='messages in ten seconds that start slow mode (0: never)')),
                ('hold_words', models.TextField(blank=True, verbose_name='words that a moderator reads first')),
                ('hold_links', models.BooleanField(default=False, verbose_name='links are read by a moderator first')),
                ('hold_first', models.BooleanField(default=False, verbose_name="everybody's first message is read by a moderator first")),
                ('crowded_until', models.DateTimeField(db_index=True, null=True)),
                ('pinned', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='chat.message')),
                ('session', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='chat_settings', to='congress.session')),
            ],
        ),
        migrations.CreateModel(
            name='Mute',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scope', models.CharField(db_index=True, max_length=64)),
                ('reason', models.CharField(max_length=120)),
                ('until', models.DateTimeField()),
                ('at', models.DateTimeField(default=common.clock.now)),
                ('lifted_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('session', models.ForeignKey(help_text='where it was decided', on_delete=django.db.models.deletion.CASCADE, related_name='+', to='congress.session')),
            ],
        ),
        migrations.CreateModel(
            name='Reaction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('emoji', models.CharField(max_length=8)),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reactions', to='chat.message')),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('message', 'participant', 'emoji'), name='one_reaction_each')],
            },
        ),
        migrations.CreateModel(
            name='ReadMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seq', models.BigIntegerField()),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='congress.session')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('participant', 'session'), name='one_read_mark_each')],
            },
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=120)),
                ('text', models.CharField(max_length=500)),
                ('at', models.DateTimeField(default=common.clock.now)),
                ('settled_at', models.DateTimeField(null=True)),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='chat.message')),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('settled_at', None)), fields=['message'], name='open_reports')],
                'constraints': [models.UniqueConstraint(fields=('message', 'participant'), name='one_report_each')],
            },
        ),
        migrations.CreateModel(
            name='Card',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seq', models.BigIntegerField(help_text='of the event with which it began last; the order of the chat')),
                ('kind', models.CharField(max_length=40)),
                ('thing', models.CharField(help_text='its id, as text', max_length=40)),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='congress.session')),
            ],
            options={
                'indexes': [models.Index(fields=['session', 'seq'], name='chat_card_session_6b6180_idx')],
                'constraints': [models.UniqueConstraint(fields=('session', 'kind', 'thing'), name='one_card_each')],
            },
        ),
    ]
