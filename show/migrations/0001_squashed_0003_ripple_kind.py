import common.clock
import django.db.models.deletion
from common.fresh import Fresh
from django.conf import settings
from django.db import migrations, models


class Migration(Fresh):

    replaces = [('show', '0001_initial'), ('show', '0002_stage_show'), ('show', '0003_ripple_kind')]

    initial = True

    dependencies = [
        ('congress', '0007_edition_texts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Show',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mode', models.CharField(blank=True, help_text='a mode of the stage screen; empty: what happens is followed', max_length=16)),
                ('address_number', models.PositiveIntegerField(default=1, help_text="of the screen's address; the earlier ones ended")),
                ('amber', models.PositiveSmallIntegerField(default=5, verbose_name='amber, minutes before the end')),
                ('red', models.PositiveSmallIntegerField(default=1, verbose_name='red, minutes before the end')),
                ('session', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='show', to='congress.session')),
                ('added', models.SmallIntegerField(default=0, help_text='minutes that the caller gave the session, or took')),
                ('cue', models.CharField(choices=[('soft', 'Follows'), ('hard', 'Keeps its start'), ('break', 'Break that gives time back')], default='soft', max_length=8, verbose_name='when the stage is late')),
                ('least', models.PositiveSmallIntegerField(default=10, help_text='what a break is never shortened below', verbose_name='a break lasts at least, minutes')),
            ],
        ),
        migrations.CreateModel(
            name='Ripple',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=common.clock.now)),
                ('undone_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('changes', models.ManyToManyField(related_name='+', to='congress.statuschange')),
                ('stage', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ripples', to='congress.stage')),
                ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('kind', models.CharField(choices=[('delays', 'published delays'), ('move', 'move'), ('swap', 'swap'), ('cancel', 'cancellation')], default='delays', max_length=8)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='StageShow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address_number', models.PositiveIntegerField(default=1, help_text="of its pages' addresses; the earlier ones ended")),
                ('blackout', models.BooleanField(default=False, help_text='the confidence monitor is dark')),
                ('automatic', models.PositiveSmallIntegerField(default=0, help_text='0: somebody confirms each', verbose_name='publish delays by themselves up to, minutes')),
                ('stage', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='show', to='congress.stage')),
            ],
        ),
    ]
