import common.clock
import django.core.serializers.json
import django.db.models.deletion
from common.fresh import Fresh
from django.db import migrations, models


class Migration(Fresh):

    replaces = [('live', '0001_initial'), ('live', '0002_database_time'), ('live', '0003_followers')]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Room',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64, unique=True)),
                ('head', models.BigIntegerField(default=0, help_text='seq of the newest event')),
                ('parent', models.CharField(db_index=True, default='', max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name='Presence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('process', models.UUIDField()),
                ('key', models.CharField(max_length=64)),
                ('parent', models.CharField(default='', max_length=64)),
                ('count', models.IntegerField()),
                ('seen_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['seen_at'], name='live_presen_seen_at_eb006a_idx'), models.Index(fields=['key'], name='live_presen_key_1f3049_idx')],
                'constraints': [models.UniqueConstraint(fields=('process', 'key'), name='one_presence_per_process')],
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seq', models.BigIntegerField()),
                ('kind', models.CharField(max_length=64)),
                ('data', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('audience', models.CharField(default='everyone', max_length=40)),
                ('participant_id', models.BigIntegerField(null=True)),
                ('client_id', models.UUIDField(null=True)),
                ('created_at', models.DateTimeField(default=common.clock.now)),
                ('room', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='live.room')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('room', 'seq'), name='one_event_per_seq'), models.UniqueConstraint(fields=('room', 'participant_id', 'client_id'), name='one_event_per_client_id')],
            },
        ),
        migrations.CreateModel(
            name='Follower',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('process', models.UUIDField()),
                ('key', models.CharField(max_length=64)),
                ('identity', models.CharField(max_length=40)),
                ('participant_id', models.BigIntegerField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['key', 'identity'], name='live_follow_key_80a07f_idx')],
                'constraints': [models.UniqueConstraint(fields=('process', 'key', 'identity'), name='one_follower_per_process')],
            },
        ),
    ]
