import common.clock
import django.db.models.deletion
import uuid
from common.fresh import Fresh
from django.conf import settings
from django.db import migrations, models


class Migration(Fresh):

    replaces = [('awards', '0001_initial'), ('awards', '0002_files_consent_rounds'), ('awards', '0003_panels_and_the_audience'), ('awards', '0004_challenges')]

    initial = True

    dependencies = [
        ('cities', '0004_pictures'),
        ('congress', '0007_edition_texts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Call',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=160, verbose_name='title')),
                ('text', models.TextField(blank=True, max_length=8000, verbose_name='text')),
                ('opens_at', models.DateTimeField(verbose_name='opens')),
                ('closes_at', models.DateTimeField(verbose_name='closes')),
                ('grace', models.PositiveSmallIntegerField(default=10, verbose_name='minutes of grace for who was writing then')),
                ('reviews', models.PositiveSmallIntegerField(default=3, verbose_name='judges for each entry')),
                ('hold', models.PositiveSmallIntegerField(default=8, help_text='as late as the stream is', verbose_name='seconds between the stage and everybody else')),
                ('scores_open', models.BooleanField(default=False, help_text="judges see each other's scores")),
                ('edition', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='call', to='congress.edition')),
                ('country_conflicts', models.BooleanField(default=False, verbose_name='nobody judges an entry of their own country')),
                ('keep_days', models.PositiveSmallIntegerField(default=730, verbose_name='days that we keep files and names after the closing')),
                ('words', models.JSONField(default=dict, help_text='in other languages: words.py')),
            ],
        ),
        migrations.CreateModel(
            name='Category',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('kind', models.CharField(choices=[('city', 'City'), ('project', 'Project'), ('innovation', 'Innovation'), ('leadership', 'Leadership'), ('special', 'Special mention'), ('audience', 'Audience award'), ('challenge', 'Incubation challenge')], default='project', max_length=12, verbose_name='kind')),
                ('text', models.TextField(blank=True, max_length=2000, verbose_name='what it is about')),
                ('who', models.CharField(blank=True, max_length=200, verbose_name='who may enter')),
                ('questions', models.JSONField(default=list)),
                ('criteria', models.JSONField(default=list)),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                ('call', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='categories', to='awards.call')),
                ('round', models.CharField(choices=[('qualifying', 'Qualifying: pass or fail'), ('weighted', 'Weighted criteria'), ('ranking', 'Ranking: each judge puts theirs in order')], default='weighted', max_length=12, verbose_name='round')),
                ('words', models.JSONField(default=dict, help_text='in other languages: words.py')),
                ('host', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='cities.organisation', verbose_name='whose challenge it is')),
                ('stages', models.JSONField(default=list)),
            ],
            options={
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Submitted'), ('query', 'Question to the entrant'), ('eligible', 'Eligible'), ('ineligible', 'Not eligible'), ('withdrawn', 'Withdrawn'), ('finalist', 'Finalist'), ('third', 'Third place'), ('second', 'Second place'), ('mention', 'Special mention'), ('winner', 'Winner')], default='draft', max_length=12)),
                ('draft', models.JSONField(default=dict)),
                ('title', models.CharField(blank=True, max_length=160)),
                ('organisation', models.CharField(blank=True, max_length=120)),
                ('city', models.CharField(blank=True, max_length=120)),
                ('country', models.CharField(blank=True, max_length=120)),
                ('language', models.CharField(blank=True, max_length=12)),
                ('answers', models.JSONField(default=dict)),
                ('reason', models.CharField(blank=True, help_text='why it is not eligible', max_length=2000)),
                ('answer_until', models.DateTimeField(null=True)),
                ('saved_at', models.DateTimeField(default=common.clock.now)),
                ('submitted_at', models.DateTimeField(null=True)),
                ('version', models.PositiveIntegerField(default=0)),
                ('authors', models.ManyToManyField(related_name='award_entries', to=settings.AUTH_USER_MODEL)),
                ('category', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='awards.category')),
                ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('stage', models.CharField(blank=True, help_text="of a challenge's team, once it was chosen", max_length=32)),
            ],
            options={
                'ordering': ['-saved_at'],
                'indexes': [models.Index(fields=['category', 'state'], name='awards_entr_categor_6bd1e4_idx')],
            },
        ),
        migrations.CreateModel(
            name='EntryStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('action', models.CharField(max_length=16)),
                ('before', models.JSONField()),
                ('after', models.JSONField()),
                ('at', models.DateTimeField(default=common.clock.now)),
                ('undone_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='awards.entry')),
                ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Judge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('chair', models.BooleanField(default=False)),
                ('languages', models.JSONField(blank=True, default=list)),
                ('call', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='judges', to='awards.call')),
                ('categories', models.ManyToManyField(blank=True, related_name='+', to='awards.category')),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='judges_as', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('call', 'participant'), name='one_judge_per_call')],
            },
        ),
        migrations.CreateModel(
            name='Conflict',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=300, verbose_name='reason')),
                ('at', models.DateTimeField(default=common.clock.now)),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='conflicts', to='awards.entry')),
                ('judge', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='conflicts', to='awards.judge')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('judge', 'entry'), name='one_conflict_per_entry')],
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_entrant', models.BooleanField()),
                ('text', models.TextField(max_length=2000)),
                ('at', models.DateTimeField(default=common.clock.now)),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='awards.entry')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('marks', models.JSONField(default=dict)),
                ('note', models.TextField(blank=True, max_length=4000, verbose_name='notes, for you and the chair')),
                ('done_at', models.DateTimeField(null=True)),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reviews', to='awards.entry')),
                ('judge', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reviews', to='awards.judge')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('judge', 'entry'), name='one_review_per_judge')],
            },
        ),
        migrations.CreateModel(
            name='Cue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('honour', models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Submitted'), ('query', 'Question to the entrant'), ('eligible', 'Eligible'), ('ineligible', 'Not eligible'), ('withdrawn', 'Withdrawn'), ('finalist', 'Finalist'), ('third', 'Third place'), ('second', 'Second place'), ('mention', 'Special mention'), ('winner', 'Winner'), ('audience', 'Chosen by the audience')], help_text="an entry's state that it reveals", max_length=12)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('state', models.CharField(choices=[('waiting', 'Sealed'), ('staged', 'On stage'), ('shown', 'Shown')], default='waiting', max_length=8)),
                ('staged_at', models.DateTimeField(null=True)),
                ('version', models.PositiveIntegerField(default=0)),
                ('category', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cues', to='awards.category')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='award_cues', to='congress.session')),
            ],
            options={
                'ordering': ['position', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('category', 'honour'), name='one_cue_per_honour'), models.CheckConstraint(condition=models.Q(models.Q(('staged_at', None), ('state', 'waiting')), models.Q(models.Q(('state', 'waiting'), _negated=True), ('staged_at__isnull', False)), _connector='OR'), name='staged_cues_have_a_time')],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('finalists', 'Finalists'), ('honours', 'Winners')], max_length=12)),
                ('places', models.JSONField(default=list)),
                ('sealed', models.TextField(blank=True, help_text='JSON: nonce, category, kind, places; empty: not sealed')),
                ('digest', models.CharField(blank=True, max_length=64)),
                ('sealed_at', models.DateTimeField(null=True)),
                ('opened_at', models.DateTimeField(null=True)),
                ('category', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='decisions', to='awards.category')),
                ('sealed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('category', 'kind'), name='one_decision_per_kind')],
            },
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail')),
                ('number', models.PositiveIntegerField(default=1)),
                ('asked_at', models.DateTimeField(default=common.clock.now)),
                ('given_at', models.DateTimeField(null=True)),
                ('refused_at', models.DateTimeField(null=True)),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='consent', to='awards.entry')),
            ],
        ),
        migrations.CreateModel(
            name='EntryFile',
            fields=[
                ('name', models.CharField(max_length=120)),
                ('kind', models.CharField(max_length=40)),
                ('data', models.BinaryField()),
                ('size', models.PositiveIntegerField()),
                ('width', models.PositiveSmallIntegerField(default=0)),
                ('height', models.PositiveSmallIntegerField(default=0)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('caption', models.CharField(max_length=160, verbose_name='what it shows')),
                ('in_draft', models.BooleanField(default=True)),
                ('counts', models.BooleanField(default=False)),
                ('at', models.DateTimeField(default=common.clock.now)),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='awards.entry')),
            ],
            options={
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='AudienceVote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveBigIntegerField(help_text='id of the secret vote')),
                ('options', models.JSONField(default=list, help_text='[option, entry]')),
                ('result', models.JSONField(default=list, help_text='[entry, votes], the most first: once its envelope is opened')),
                ('category', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='vote', to='awards.category')),
            ],
        ),
        migrations.CreateModel(
            name='Panel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('call', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='panels', to='awards.call')),
                ('categories', models.ManyToManyField(related_name='panels', to='awards.category')),
                ('judges', models.ManyToManyField(related_name='panels', to='awards.judge')),
            ],
            options={
                'ordering': ['name', 'pk'],
            },
        ),
    ]
