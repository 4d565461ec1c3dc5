import common.clock
import common.search
import django.core.serializers.json
import django.db.models.deletion
import people.models.participant
import uuid
from common.fresh import Fresh
from django.conf import settings
from django.db import migrations, models


# The record is append-only in the database too. SQLite has no TRUNCATE.
POSTGRESQL = """
CREATE FUNCTION people_audit_on_record() RETURNS trigger AS
$$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$ LANGUAGE plpgsql;
CREATE TRIGGER people_audit_on_record BEFORE UPDATE OR DELETE ON people_auditentry
FOR EACH ROW EXECUTE FUNCTION people_audit_on_record();
CREATE TRIGGER people_audit_no_truncate BEFORE TRUNCATE ON people_auditentry
FOR EACH STATEMENT EXECUTE FUNCTION people_audit_on_record();
"""
ALLOWED = """
DROP TRIGGER people_audit_no_truncate ON people_auditentry;
DROP TRIGGER people_audit_on_record ON people_auditentry;
DROP FUNCTION people_audit_on_record();
"""


def refuse(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)
        return
    for verb in ("UPDATE", "DELETE"):
        schema_editor.execute(
            f"CREATE TRIGGER people_audit_no_{verb.lower()} BEFORE {verb} ON people_auditentry "
            "BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END"
        )


def allow(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(ALLOWED)
        return
    for verb in ("update", "delete"):
        schema_editor.execute(f"DROP TRIGGER people_audit_no_{verb}")


class Migration(Fresh):

    replaces = [('people', '0001_initial'), ('people', '0002_people'), ('people', '0003_audit_append_only'), ('people', '0004_event_code'), ('people', '0005_join_link_shown_for'), ('people', '0006_audit_no_truncate'), ('people', '0007_ban_marks'), ('people', '0008_join_link_scope_and_once'), ('people', '0009_registration_imported'), ('people', '0010_names_folded'), ('people', '0011_first_link'), ('people', '0012_code_with_its_session')]

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='Participant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('email', models.EmailField(max_length=254, null=True, unique=True, verbose_name='e-mail')),
                ('name', models.CharField(max_length=80, verbose_name='display name')),
                ('organisation', models.CharField(blank=True, max_length=120, verbose_name='organisation')),
                ('city', models.CharField(blank=True, max_length=80, verbose_name='city')),
                ('country', models.CharField(blank=True, max_length=80, verbose_name='country')),
                ('is_demo', models.BooleanField(default=False, help_text='may be entered with one click in demo mode')),
                ('is_active', models.BooleanField(default=True)),
                ('is_staff', models.BooleanField(default=False, help_text='operates the installation')),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
                ('deleted_at', models.DateTimeField(editable=False, null=True)),
                ('is_guest', models.BooleanField(default=False, help_text='joined with the event code of a hall')),
                ('job_title', models.CharField(blank=True, max_length=120, verbose_name='role')),
                ('joined_at', common.clock.MadeAt()),
                ('language', models.CharField(blank=True, max_length=12, verbose_name='language')),
                ('timezone', models.CharField(blank=True, max_length=64, validators=[people.models.participant.valid_zone], verbose_name='time zone')),
                ('visibility', models.CharField(choices=[('full', 'Name, organisation and place'), ('name', 'Name only')], default='full', max_length=8, verbose_name='what others see')),
                ('name_folded', common.search.FoldedField(default='', editable=False, markup=False, of='name')),
                ('organisation_folded', common.search.FoldedField(default='', editable=False, markup=False, of='organisation')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Role',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(choices=[('guest', 'Guest'), ('attendee', 'Attendee'), ('speaker', 'Speaker'), ('moderator', 'Moderator'), ('organiser', 'Organiser')], max_length=16)),
                ('scope', models.CharField(max_length=64)),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='roles', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['scope'], name='people_role_scope_3acda3_idx')],
                'constraints': [models.UniqueConstraint(fields=('participant', 'name', 'scope'), name='one_role_per_scope')],
            },
        ),
        migrations.CreateModel(
            name='AuditEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_index=True, default=common.clock.now)),
                ('by_id', models.BigIntegerField(null=True)),
                ('action', models.CharField(max_length=40)),
                ('scope', models.CharField(db_index=True, max_length=64)),
                ('participant_id', models.BigIntegerField(db_index=True, null=True)),
                ('details', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Ban',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scope', models.CharField(max_length=64)),
                ('reason', models.CharField(max_length=300, verbose_name='reason')),
                ('until', models.DateTimeField(null=True, verbose_name='until')),
                ('at', models.DateTimeField(default=common.clock.now)),
                ('lifted_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('lifted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bans', to=settings.AUTH_USER_MODEL)),
                ('origin', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='renewals', to='people.ban')),
            ],
        ),
        migrations.CreateModel(
            name='JoinLink',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('path', models.CharField(max_length=200)),
                ('expires_at', models.DateTimeField()),
                ('made_at', models.DateTimeField(default=common.clock.now)),
                ('used_at', models.DateTimeField(null=True)),
                ('revoked_at', models.DateTimeField(null=True)),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='join_links', to=settings.AUTH_USER_MODEL)),
                ('shown_for', models.JSONField(null=True)),
                ('once', models.BooleanField(default=False)),
                ('scope', models.CharField(blank=True, default='', max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name='Registration',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scope', models.CharField(max_length=64)),
                ('pass_type', models.CharField(choices=[('on_site', 'On site'), ('online', 'Online'), ('speaker', 'Speaker'), ('press', 'Press'), ('exhibitor', 'Exhibitor'), ('jury', 'Jury'), ('organiser', 'Organiser')], max_length=16, verbose_name='pass')),
                ('ticket', models.CharField(max_length=80, verbose_name='ticket reference')),
                ('registered_at', models.DateTimeField(default=common.clock.now)),
                ('cancelled_at', models.DateTimeField(null=True)),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='registrations', to=settings.AUTH_USER_MODEL)),
                ('imported', models.CharField(blank=True, editable=False, max_length=32)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('scope', 'ticket'), name='one_registration_per_ticket')],
            },
        ),
        migrations.CreateModel(
            name='EventCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=16, unique=True)),
                ('scope', models.CharField(db_index=True, max_length=64)),
                ('expires_at', models.DateTimeField(null=True)),
                ('max_guests', models.PositiveIntegerField(default=2000)),
                ('made_at', models.DateTimeField(default=common.clock.now)),
                ('revoked_at', models.DateTimeField(null=True)),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='BanMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mark', models.CharField(db_index=True, max_length=64)),
                ('ban', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='marks', to='people.ban')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('ban', 'mark'), name='one_mark_per_ban')],
            },
        ),
        migrations.CreateModel(
            name='FirstLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('expires_at', models.DateTimeField()),
            ],
        ),
        migrations.RunPython(refuse, allow),
    ]
