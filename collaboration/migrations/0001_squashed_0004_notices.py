import common.clock
import common.search
import django.db.models.deletion
import uuid
from common.fresh import Fresh
from django.conf import settings
from django.db import migrations, models


class Migration(Fresh):

    replaces = [('collaboration', '0001_initial'), ('collaboration', '0002_folded'), ('collaboration', '0003_delegations'), ('collaboration', '0004_notices')]

    initial = True

    dependencies = [
        ('cities', '0002_organisations_may_be_hidden'),
        ('congress', '0011_photo_addresses'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Delegation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('quota', models.PositiveSmallIntegerField(default=5, verbose_name='places')),
                ('version', models.PositiveIntegerField(default=0)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='delegations', to='congress.edition')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delegations', to='cities.organisation')),
                ('within', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='cities', to='collaboration.delegation')),
                ('imported', models.JSONField(default=dict, help_text='field -> fingerprint of what the last table said')),
            ],
            options={
                'ordering': ['organisation__name', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('edition', 'organisation'), name='one_delegation_per_edition')],
            },
        ),
        migrations.CreateModel(
            name='Delegate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('office', models.CharField(blank=True, max_length=160, verbose_name='office')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('is_head', models.BooleanField(default=False, verbose_name='leads the delegation')),
                ('state', models.CharField(choices=[('nominated', 'Nominated'), ('approved', 'Approved'), ('accredited', 'Accredited'), ('refused', 'Refused'), ('withdrawn', 'Withdrawn')], default='nominated', max_length=12)),
                ('made_at', models.DateTimeField(default=common.clock.now)),
                ('version', models.PositiveIntegerField(default=0)),
                ('delegation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='delegates', to='collaboration.delegation')),
                ('city', models.CharField(blank=True, max_length=120, verbose_name='city')),
                ('imported', models.JSONField(default=dict, help_text='field -> fingerprint of what the last table said')),
                ('organisation', models.CharField(blank=True, max_length=160, verbose_name='organisation')),
                ('shares_agenda', models.BooleanField(default=False, help_text='by themselves: what they saved counts in its agenda')),
            ],
            options={
                'ordering': ['-is_head', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_head', True), ('state__in', ['nominated', 'approved', 'accredited'])), fields=('delegation',), name='one_head_per_delegation')],
            },
        ),
        migrations.CreateModel(
            name='FocalPoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail')),
                ('delegation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='focal_points', to='collaboration.delegation')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('delegation', 'email'), name='one_focal_point_per_address')],
            },
        ),
        migrations.CreateModel(
            name='Need',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=300, verbose_name='we look for')),
                ('published_at', models.DateTimeField(null=True)),
                ('made_at', models.DateTimeField(default=common.clock.now)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('delegation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='needs', to='collaboration.delegation')),
                ('text_folded', common.search.FoldedField(default='', editable=False, markup=False, of='text')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Replication',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('interested', 'Interested'), ('talking', 'Talking to its team'), ('adapting', 'Adapting it'), ('running', 'Running it'), ('dropped', 'Dropped')], default='interested', max_length=12)),
                ('reason', models.CharField(blank=True, help_text='why it was dropped', max_length=300)),
                ('made_at', models.DateTimeField(default=common.clock.now)),
                ('changed_at', models.DateTimeField(default=common.clock.now)),
                ('version', models.PositiveIntegerField(default=0)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='replications', to='cities.case')),
                ('city', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='replications', to='cities.city')),
            ],
            options={
                'ordering': ['-changed_at', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('case', 'city'), name='one_replication_per_city')],
            },
        ),
        migrations.CreateModel(
            name='Adaptation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(max_length=2000)),
                ('at', models.DateTimeField(default=common.clock.now)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('replication', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='adaptations', to='collaboration.replication')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='ReplicationStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('action', models.CharField(max_length=16)),
                ('before', models.JSONField()),
                ('after', models.JSONField()),
                ('at', models.DateTimeField(default=common.clock.now)),
                ('undone_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('replication', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='collaboration.replication')),
                ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='TeamMessage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_team', models.BooleanField()),
                ('text', models.TextField(max_length=2000)),
                ('at', models.DateTimeField(default=common.clock.now)),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('replication', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='collaboration.replication')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='DelegationTable',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('rows', models.JSONField(default=list)),
                ('at', models.DateTimeField(default=common.clock.now)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='congress.edition')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Silence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('replication', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='silences', to='collaboration.replication')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('replication', 'participant'), name='one_silence_each')],
            },
        ),
        migrations.CreateModel(
            name='TeamNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('asked', 'is interested in it'), ('words', 'has written'), ('runs', 'runs it now')], max_length=8)),
                ('from_team', models.BooleanField()),
                ('at', models.DateTimeField(default=common.clock.now)),
                ('sent_at', models.DateTimeField(null=True)),
                ('seen_at', models.DateTimeField(null=True)),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('replication', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to='collaboration.replication')),
            ],
            options={
                'ordering': ['-at', '-pk'],
                'indexes': [models.Index(fields=['participant', 'at'], name='collaborati_partici_7a1017_idx')],
            },
        ),
        migrations.CreateModel(
            name='Commitment',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('signing', 'To be signed'), ('track', 'On track'), ('late', 'Late'), ('done', 'Done'), ('silent', 'Silent'), ('withdrawn', 'Withdrawn')], default='draft', max_length=12)),
                ('draft', models.JSONField(default=dict, help_text='what is written: as wording.Content, without its parties')),
                ('title', models.CharField(blank=True, max_length=160)),
                ('due', models.DateField(null=True)),
                ('in_force_at', models.DateTimeField(null=True)),
                ('spoken_at', models.DateTimeField(null=True)),
                ('admits_delay', models.BooleanField(default=False)),
                ('reminded', models.PositiveSmallIntegerField(default=0)),
                ('reason', models.CharField(blank=True, help_text='why it was withdrawn', max_length=300)),
                ('made_at', models.DateTimeField(default=common.clock.now)),
                ('version', models.PositiveIntegerField(default=0)),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='commitments', to='congress.edition')),
                ('title_folded', common.search.FoldedField(default='', editable=False, markup=False, of='title')),
            ],
            options={
                'ordering': ['due', 'title', 'pk'],
                'indexes': [models.Index(fields=['state', 'due'], name='collaborati_state_9dd6d5_idx')],
            },
        ),
        migrations.CreateModel(
            name='CommitmentStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('action', models.CharField(max_length=16)),
                ('before', models.JSONField()),
                ('after', models.JSONField()),
                ('at', models.DateTimeField(default=common.clock.now)),
                ('undone_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='collaboration.commitment')),
            ],
            options={
                'ordering': ['pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Party',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cities.organisation')),
                ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parties', to='collaboration.commitment')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('commitment', 'organisation'), name='one_party_per_organisation')],
            },
        ),
        migrations.AddField(
            model_name='commitment',
            name='organisations',
            field=models.ManyToManyField(related_name='commitments', through='collaboration.Party', to='cities.organisation'),
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('months', models.PositiveSmallIntegerField(help_text='without a word, when it was sent')),
                ('at', models.DateTimeField(default=common.clock.now)),
                ('sent_at', models.DateTimeField(null=True)),
                ('seen_at', models.DateTimeField(null=True)),
                ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to='collaboration.commitment')),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('says', models.CharField(choices=[('track', 'On track'), ('late', 'Late'), ('done', 'Done')], max_length=8, verbose_name='How it stands')),
                ('words', models.TextField(max_length=2000, verbose_name='What has happened')),
                ('value', models.CharField(blank=True, max_length=300, verbose_name='What is measured now')),
                ('evidence', models.URLField(blank=True, max_length=500, verbose_name='Where one can see it')),
                ('at', models.DateTimeField(default=common.clock.now)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='collaboration.commitment')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cities.organisation')),
            ],
            options={
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Signing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('open', 'On stage'), ('closed', 'Over')], default='waiting', max_length=8)),
                ('opened_at', models.DateTimeField(null=True)),
                ('version', models.PositiveIntegerField(default=0)),
                ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='signings', to='collaboration.commitment')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='signings', to='congress.session')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('session', 'commitment'), name='one_signing_per_session'), models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('session',), name='one_open_signing')],
            },
        ),
        migrations.CreateModel(
            name='Version',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('content', models.JSONField()),
                ('text', models.TextField()),
                ('digest', models.CharField(max_length=64)),
                ('at', models.DateTimeField(default=common.clock.now)),
                ('dropped_at', models.DateTimeField(help_text='taken back before all had signed', null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='collaboration.commitment')),
            ],
            options={
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('commitment', 'number'), name='one_text_per_number')],
            },
        ),
        migrations.AddField(
            model_name='commitment',
            name='in_force',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='collaboration.version'),
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, max_length=120)),
                ('office', models.CharField(blank=True, max_length=120)),
                ('digest', models.CharField(help_text='of the text that the person saw', max_length=64)),
                ('at', models.DateTimeField(default=common.clock.now)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cities.organisation')),
                ('session', models.ForeignKey(help_text='on stage', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='congress.session')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='collaboration.version')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('version', 'organisation'), name='one_signature_per_party')],
            },
        ),
    ]
