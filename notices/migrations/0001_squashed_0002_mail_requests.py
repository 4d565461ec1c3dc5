import common.clock
import datetime
import django.db.models.deletion
from common.fresh import Fresh
from django.conf import settings
from django.db import migrations, models


class Migration(Fresh):

    replaces = [('notices', '0001_initial'), ('notices', '0002_mail_requests')]

    initial = True

    dependencies = [
        ('congress', '0008_told'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Pending',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('before', models.JSONField()),
                ('at', models.DateTimeField(default=common.clock.now)),
                ('session', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='congress.session')),
            ],
        ),
        migrations.CreateModel(
            name='Subscription',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('endpoint', models.URLField(max_length=500, unique=True)),
                ('p256dh', models.CharField(max_length=120)),
                ('auth', models.CharField(max_length=40)),
                ('made_at', models.DateTimeField(default=common.clock.now)),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Wishes',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('minutes', models.PositiveSmallIntegerField(choices=[(0, 'Not at all'), (5, '5 minutes before'), (10, '10 minutes before'), (15, '15 minutes before'), (30, '30 minutes before')], default=10, verbose_name='remind me')),
                ('mail_changes', models.BooleanField(default=True, verbose_name='mail me when a session of mine moves or is cancelled')),
                ('mail_reminders', models.BooleanField(default=False, verbose_name='mail me reminders too')),
                ('quiet_from', models.TimeField(blank=True, default=datetime.time(22, 0), null=True, verbose_name='nothing on my devices from')),
                ('quiet_until', models.TimeField(blank=True, default=datetime.time(7, 0), null=True, verbose_name='until')),
                ('participant', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('mail_requests', models.BooleanField(default=True, verbose_name='mail me when somebody would like to write to me')),
            ],
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('cancelled', 'Cancelled'), ('moved', 'Moved'), ('again', 'As announced before'), ('words', 'Changed words'), ('reminder', 'Reminder')], max_length=16)),
                ('before', models.JSONField(default=dict)),
                ('after', models.JSONField(default=dict)),
                ('begins', models.DateTimeField(null=True)),
                ('at', models.DateTimeField(default=common.clock.now)),
                ('seen_at', models.DateTimeField(null=True)),
                ('sent_at', models.DateTimeField(null=True)),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to=settings.AUTH_USER_MODEL)),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='congress.session')),
            ],
            options={
                'ordering': ['-at', 'pk'],
                'indexes': [models.Index(fields=['participant', 'at'], name='notices_not_partici_f51d1d_idx')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('begins', None), _negated=True), fields=('participant', 'session', 'begins'), name='one_reminder')],
            },
        ),
    ]
