import common.clock
import django.db.models.deletion
from common.fresh import Fresh
from django.conf import settings
from django.db import migrations, models


class Migration(Fresh):

    replaces = [('translation', '0001_initial'), ('translation', '0002_wanted_kind'), ('translation', '0003_reading')]

    initial = True

    dependencies = [
        ('congress', '0011_photo_addresses'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Desk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('session_id', models.BigIntegerField(unique=True)),
                ('key', models.CharField(max_length=64, unique=True)),
                ('seq', models.BigIntegerField(default=0)),
                ('token', models.UUIDField(null=True)),
                ('taken_until', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Translation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64)),
                ('source', models.CharField(max_length=12)),
                ('target', models.CharField(max_length=12)),
                ('text', models.TextField()),
                ('backend', models.CharField(max_length=20)),
                ('at', models.DateTimeField(default=common.clock.now)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('digest', 'source', 'target'), name='one_translation_each')],
            },
        ),
        migrations.CreateModel(
            name='TranslationSettings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('may_leave', models.BooleanField(default=False, verbose_name='Texts may be sent to a service outside of this server')),
                ('terms', models.TextField(blank=True, help_text='one per line', verbose_name='Words that are never translated')),
                ('edition', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='translation_settings', to='congress.edition')),
            ],
        ),
        migrations.CreateModel(
            name='Use',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=64)),
                ('thing', models.CharField(help_text='its id, as text', max_length=40)),
                ('digest', models.CharField(db_index=True, max_length=64)),
                ('target', models.CharField(max_length=12)),
                ('staff', models.BooleanField(default=False, help_text='whether only moderators were told')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'thing', 'target', 'digest', 'staff'), name='one_use_each')],
            },
        ),
        migrations.CreateModel(
            name='Wanted',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64)),
                ('language', models.CharField(max_length=12)),
                ('seen_at', models.DateTimeField()),
                ('filled', models.BooleanField(default=False)),
                ('kind', models.CharField(blank=True, max_length=64)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('key', 'kind', 'language'), name='one_wish_each')],
            },
        ),
        migrations.CreateModel(
            name='Reading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('in_my_language', models.BooleanField()),
                ('participant', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
    ]
