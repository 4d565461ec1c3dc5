"""What operators do under /admin/: on record, and no more than the platform knows how to follow."""

import pytest
from django.test import Client
from django.urls import reverse

from people.models import AuditEntry, Participant, Role
from sessions.models import Session

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def operator(place):
    who = Participant.objects.create_superuser("op@example.org", name="Op")
    client = Client()
    client.force_login(who)
    return client


def participant_form(who, **changes):
    form = {"name": who.name, "email": who.email, "visibility": "full", "is_active": "on"}
    form |= {"joined_at_0": "2026-01-01", "joined_at_1": "10:00:00"}
    form |= {"roles-TOTAL_FORMS": 0, "roles-INITIAL_FORMS": 0, "roles-MIN_NUM_FORMS": 0, "roles-MAX_NUM_FORMS": 1000}
    return form | changes


def test_roles_and_accounts_changed_in_the_admin_are_on_record(place, operator):
    who = Participant.objects.get(pk=place["people"]["outsider"])
    whole = f"edition:{place['edition']}"
    address = reverse("admin:people_participant_change", args=[who.pk])
    role = {"roles-0-participant": who.pk, "roles-0-name": "organiser", "roles-0-scope": whole}
    assert operator.post(address, participant_form(who, **{"roles-TOTAL_FORMS": 1}, **role)).status_code == 302
    held = Role.objects.get(participant=who)
    gone = {"roles-0-id": held.pk, "roles-0-participant": who.pk, "roles-0-DELETE": "on"}
    forms = {"roles-TOTAL_FORMS": 1, "roles-INITIAL_FORMS": 1}
    assert operator.post(address, participant_form(who, is_staff="on", **forms, **gone)).status_code == 302
    told = [(one.action, one.scope, one.participant_id, one.details) for one in AuditEntry.objects.order_by("pk")]
    assert told == [
        ("role.give", whole, who.pk, {"role": "organiser"}),
        ("account.change", "", who.pk, {"fields": ["is_staff"]}),
        ("role.take", whole, who.pk, {"role": "organiser"}),
    ]
    assert operator.get(reverse("admin:people_auditentry_changelist")).status_code == 200
    entry = reverse("admin:people_auditentry_change", args=[AuditEntry.objects.first().pk])
    assert operator.post(entry, {"action": "x"}).status_code == 403
    assert operator.get(reverse("admin:people_participant_delete", args=[who.pk])).status_code == 403


def test_the_admin_gives_no_ways_in_and_opens_no_session(place, operator):
    from django.contrib import admin

    assert {model._meta.app_label for model in admin.site._registry} == {"people", "congress"}
    session = Session.objects.get(pk=place["session"])
    form = {"guid": session.guid, "title": "Another", "edition": session.edition_id, "stage": session.stage_id}
    form |= {"start_0": "2026-01-01", "start_1": "10:00", "end_0": "2026-01-01", "end_1": "11:00", "languages": "[]"}
    form |= {"visibility": "invited", "status": "live", "guests_may": '["chat"]', "visible_passes": "[]"}
    address = reverse("admin:congress_session_change", args=[session.pk])
    assert operator.post(address, form).status_code == 302
    session.refresh_from_db()
    assert (session.title, session.visibility, session.status) == ("Another", "public", "scheduled")
    form |= {"guid": "new", "speakers": ""}
    assert operator.post(reverse("admin:congress_session_add"), form).status_code == 302
    made, entry = Session.objects.get(guid="new"), AuditEntry.objects.first()
    assert made.visibility == "invited" and (entry.action, entry.scope) == ("session.access", made.room_key)
