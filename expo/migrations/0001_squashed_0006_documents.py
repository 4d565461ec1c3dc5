import common.clock
import common.search
import datetime
import django.db.models.deletion
import expo.models.exhibitors
import expo.models.leads
import uuid
from common.fresh import Fresh
from django.conf import settings
from django.db import migrations, models


class Migration(Fresh):

    replaces = [('expo', '0001_initial'), ('expo', '0002_logos'), ('expo', '0003_meetings_with_people'), ('expo', '0004_edition_of_meetings'), ('expo', '0005_people_of_the_directory'), ('expo', '0006_documents')]

    initial = True

    dependencies = [
        ('congress', '0010_edition_look'),
        ('networking', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Expo',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('opens', models.TimeField(default=datetime.time(10, 0), verbose_name='opens')),
                ('closes', models.TimeField(default=datetime.time(18, 0), verbose_name='closes')),
                ('tables', models.PositiveSmallIntegerField(default=12, verbose_name='tables for meetings')),
                ('edition', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='expo', to='congress.edition')),
                ('video', models.CharField(choices=[('link', 'An address that each stand gives'), ('jitsi', 'Jitsi Meet'), ('livekit', 'LiveKit Meet')], default='link', max_length=8, verbose_name='video calls')),
                ('video_url', models.URLField(blank=True, verbose_name='address of the video server')),
            ],
        ),
        migrations.CreateModel(
            name='Stand',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('hall', models.CharField(max_length=40, verbose_name='hall')),
                ('number', models.CharField(max_length=16, verbose_name='number')),
                ('x', models.PositiveSmallIntegerField(default=0)),
                ('y', models.PositiveSmallIntegerField(default=0)),
                ('width', models.PositiveSmallIntegerField(default=2)),
                ('height', models.PositiveSmallIntegerField(default=2)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stands', to='congress.edition')),
                ('host_city', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='congress.hostcity')),
            ],
            options={
                'ordering': ['hall', 'number', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('edition', 'host_city', 'hall', 'number'), name='one_stand_per_number')],
            },
        ),
        migrations.CreateModel(
            name='Exhibitor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('kind', models.CharField(choices=[('company', 'Company'), ('city', 'City'), ('country', 'Country'), ('institution', 'Institution'), ('startup', 'Start-up')], default='company', max_length=12, verbose_name='kind')),
                ('claim', models.CharField(blank=True, max_length=200, verbose_name='in one sentence')),
                ('text', models.TextField(blank=True, max_length=3000, verbose_name='about')),
                ('products', models.TextField(blank=True, max_length=2000, verbose_name='products and solutions')),
                ('links', models.TextField(blank=True, max_length=2000, verbose_name='documents and videos')),
                ('country', models.CharField(blank=True, max_length=80, verbose_name='country')),
                ('city', models.CharField(blank=True, max_length=80, verbose_name='city')),
                ('website', models.URLField(blank=True, max_length=300, verbose_name='website')),
                ('video', models.URLField(blank=True, max_length=300, verbose_name='address of the video call')),
                ('draft', models.JSONField(default=dict)),
                ('state', models.CharField(choices=[('writing', 'Being written'), ('waiting', 'Waits for approval'), ('returned', 'Returned'), ('approved', 'Approved')], default='writing', max_length=12)),
                ('reason', models.CharField(blank=True, help_text='why it was returned', max_length=1000)),
                ('is_public', models.BooleanField(default=False)),
                ('version', models.PositiveIntegerField(default=0)),
                ('name_folded', common.search.FoldedField(default='', editable=False, markup=False, of='name')),
                ('claim_folded', common.search.FoldedField(default='', editable=False, markup=False, of='claim')),
                ('products_folded', common.search.FoldedField(default='', editable=False, markup=False, of='products')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='exhibitors', to='congress.edition')),
                ('sessions', models.ManyToManyField(blank=True, related_name='exhibitors', to='congress.session')),
                ('themes', models.ManyToManyField(blank=True, related_name='exhibitors', to='congress.theme')),
                ('stand', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='exhibitors', to='expo.stand')),
                ('logo', models.PositiveIntegerField(default=0, help_text='id of the Logo that everybody sees; 0: none')),
                ('documents', models.JSONField(default=list, help_text='ids of the Documents that everybody sees')),
                ('imported', models.JSONField(default=dict, help_text='field -> fingerprint of what the last table said')),
            ],
            options={
                'ordering': ['name', 'pk'],
                'indexes': [models.Index(fields=['edition', 'is_public', 'name'], name='expo_exhibi_edition_eba925_idx')],
            },
        ),
        migrations.CreateModel(
            name='ExhibitorStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('action', models.CharField(max_length=16)),
                ('before', models.JSONField()),
                ('after', models.JSONField()),
                ('at', models.DateTimeField(default=common.clock.now)),
                ('undone_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('exhibitor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='expo.exhibitor')),
                ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('topic', models.CharField(max_length=300, verbose_name='topic')),
                ('starts_at', models.DateTimeField()),
                ('way', models.CharField(choices=[('table', 'At a table'), ('stand', 'At the stand'), ('video', 'By video')], default='video', max_length=8)),
                ('table', models.PositiveSmallIntegerField(null=True)),
                ('state', models.CharField(choices=[('requested', 'Requested'), ('proposed', 'Another time proposed'), ('accepted', 'Agreed'), ('declined', 'Declined'), ('cancelled', 'Cancelled'), ('expired', 'Expired'), ('missed', 'Somebody did not come')], default='requested', max_length=12)),
                ('asked_at', models.DateTimeField(default=common.clock.now)),
                ('changed_at', models.DateTimeField(default=common.clock.now)),
                ('version', models.PositiveIntegerField(default=0)),
                ('exhibitor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='meetings', to='expo.exhibitor')),
                ('host', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('visitor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='meetings', to=settings.AUTH_USER_MODEL)),
                ('delegation', models.PositiveIntegerField(null=True)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='congress.edition')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['starts_at', 'pk'],
                'indexes': [models.Index(fields=['state', 'changed_at'], name='expo_meetin_state_6d5ee4_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('delegation', None), ('exhibitor__isnull', False), ('person', None)), models.Q(('delegation', None), ('exhibitor', None), ('person__isnull', False)), models.Q(('delegation__isnull', False), ('exhibitor', None), ('person', None)), _connector='OR'), name='one_side_is_asked')],
            },
        ),
        migrations.CreateModel(
            name='Booking',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(max_length=40)),
                ('starts_at', models.DateTimeField()),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bookings', to='expo.meeting')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('what', 'starts_at'), name='booked_once')],
            },
        ),
        migrations.CreateModel(
            name='Member',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254)),
                ('invited_at', models.DateTimeField(default=common.clock.now)),
                ('here', models.BooleanField(default=False)),
                ('exhibitor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='team', to='expo.exhibitor')),
                ('participant', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='exhibits', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('exhibitor', 'email'), name='one_invitation_per_address'), models.UniqueConstraint(fields=('exhibitor', 'participant'), name='one_member_per_team')],
            },
        ),
        migrations.CreateModel(
            name='Talk',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('ringing', 'Ringing'), ('left', 'Question left'), ('open', 'In conversation'), ('ended', 'Ended')], max_length=8)),
                ('opened_at', models.DateTimeField(default=common.clock.now)),
                ('taken_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('version', models.PositiveIntegerField(default=0)),
                ('exhibitor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='talks', to='expo.exhibitor')),
                ('taken_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('visitor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='talks', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['opened_at'],
                'indexes': [models.Index(fields=['exhibitor', 'state'], name='expo_talk_exhibit_b72b28_idx')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'ended'), _negated=True), fields=('exhibitor', 'visitor'), name='one_talk_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='StandMessage',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('text', models.CharField(max_length=1000)),
                ('at', models.DateTimeField(default=common.clock.now)),
                ('removed_at', models.DateTimeField(null=True)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('exhibitor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='expo.exhibitor')),
                ('talk', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='expo.talk')),
            ],
            options={
                'ordering': ['at', 'pk'],
                'indexes': [models.Index(fields=['exhibitor', 'talk', 'at'], name='expo_standm_exhibit_0e6ffa_idx')],
            },
        ),
        migrations.CreateModel(
            name='Upload',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('rows', models.JSONField(default=list)),
                ('at', models.DateTimeField(default=common.clock.now)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='congress.edition')),
            ],
        ),
        migrations.CreateModel(
            name='Visit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=common.clock.now)),
                ('exhibitor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='visits', to='expo.exhibitor')),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('exhibitor', 'participant'), name='visited_once')],
            },
        ),
        migrations.CreateModel(
            name='Badge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=expo.models.leads.new_code, max_length=16, unique=True)),
                ('fields', models.JSONField(default=expo.models.leads.given)),
                ('made_at', models.DateTimeField(default=common.clock.now)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='badges', to='congress.edition')),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='badges', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('edition', 'participant'), name='one_badge_per_edition')],
            },
        ),
        migrations.CreateModel(
            name='Favourite',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=common.clock.now)),
                ('exhibitor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='favourites', to='expo.exhibitor')),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_exhibitors', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('exhibitor', 'participant'), name='one_favourite_per_person')],
            },
        ),
        migrations.CreateModel(
            name='Lead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('client_id', models.UUIDField()),
                ('scanned_at', models.DateTimeField(help_text="by the scanner's clock")),
                ('uploaded_at', models.DateTimeField(default=common.clock.now)),
                ('fields', models.JSONField(default=list)),
                ('rating', models.PositiveSmallIntegerField(default=0)),
                ('tags', models.CharField(blank=True, max_length=120, verbose_name='tags')),
                ('note', models.CharField(blank=True, max_length=1000, verbose_name='note')),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('exhibitor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='leads', to='expo.exhibitor')),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='leads', to=settings.AUTH_USER_MODEL)),
                ('scanned_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('source', models.CharField(choices=[('scan', 'Badge scanned'), ('chat', 'Chat of the stand'), ('ring', 'Talk with the stand'), ('download', 'Document')], default='scan', max_length=8)),
            ],
            options={
                'ordering': ['-scanned_at', '-pk'],
                'constraints': [models.UniqueConstraint(fields=('exhibitor', 'participant'), name='one_lead_per_person')],
            },
        ),
        migrations.CreateModel(
            name='Logo',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('kind', models.CharField(max_length=40)),
                ('data', models.BinaryField()),
                ('size', models.PositiveIntegerField()),
                ('width', models.PositiveSmallIntegerField(default=0)),
                ('height', models.PositiveSmallIntegerField(default=0)),
                ('exhibitor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='logos', to='expo.exhibitor')),
            ],
            options={
                'abstract': False,
            },
            bases=(expo.models.exhibitors.OfExhibitor, models.Model),
        ),
        migrations.CreateModel(
            name='Availability',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_open', models.BooleanField(default=False, verbose_name='others may ask me for a meeting')),
                ('opens', models.TimeField(default=datetime.time(9, 0), verbose_name='from')),
                ('closes', models.TimeField(default=datetime.time(18, 0), verbose_name='until')),
                ('mails', models.BooleanField(default=True, verbose_name='mail me about my meetings')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='congress.edition')),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='availabilities', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['participant__name', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('edition', 'participant'), name='one_availability_per_edition')],
            },
        ),
        migrations.CreateModel(
            name='Device',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, verbose_name='name of the device')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField(default=common.clock.now)),
                ('used_at', models.DateTimeField(null=True)),
                ('exhibitor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='devices', to='expo.exhibitor')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='HallPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('hall', models.CharField(max_length=40, verbose_name='hall')),
                ('svg', models.TextField()),
                ('width', models.PositiveSmallIntegerField()),
                ('height', models.PositiveSmallIntegerField()),
                ('at', models.DateTimeField(default=common.clock.now)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='congress.edition')),
                ('host_city', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='congress.hostcity')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('edition', 'host_city', 'hall'), name='one_plan_per_hall')],
            },
        ),
        migrations.CreateModel(
            name='MeetingNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('ask', 'asks you for a meeting'), ('propose', 'proposes another time'), ('accept', 'has agreed to meet you'), ('decline', 'has declined to meet'), ('cancel', 'has cancelled the meeting'), ('expire', 'nobody answered within a day'), ('soon', 'your meeting begins soon'), ('answer', 'has answered your question')], max_length=8)),
                ('at', models.DateTimeField(default=common.clock.now)),
                ('seen_at', models.DateTimeField(null=True)),
                ('sent_at', models.DateTimeField(null=True)),
                ('meeting', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='notices', to='expo.meeting')),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='meeting_notices', to=settings.AUTH_USER_MODEL)),
                ('talk', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='notices', to='expo.talk')),
            ],
            options={
                'ordering': ['-at', '-pk'],
                'indexes': [models.Index(fields=['participant', 'at'], name='expo_meetin_partici_3bc9f6_idx')],
            },
        ),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('kind', models.CharField(max_length=40)),
                ('data', models.BinaryField()),
                ('size', models.PositiveIntegerField()),
                ('width', models.PositiveSmallIntegerField(default=0)),
                ('height', models.PositiveSmallIntegerField(default=0)),
                ('caption', models.CharField(max_length=160, verbose_name='what it shows')),
                ('exhibitor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='expo.exhibitor')),
            ],
            options={
                'ordering': ['pk'],
            },
            bases=(expo.models.exhibitors.OfExhibitor, models.Model),
        ),
    ]
