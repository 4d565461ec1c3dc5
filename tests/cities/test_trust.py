"""Who speaks for an organisation, why one may trust it, and impostors."""

import uuid
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from cities import marks, privacy, trust
from cities.models import MailDomain, Membership, Organisation, Report, Verification
from common import clock
from common.registry import registry
from people.models import AuditEntry
from people.refusal import Refused
from tests.cities.conftest import case_of, member_of, organisation_of, verified
from tests.people.matrix import signed_in


def fresh(organisation):
    return Organisation.objects.get(pk=organisation.pk)


@pytest.mark.parametrize(
    ("domain", "proven", "state"),
    [
        ("example.org", True, "approved"),
        ("org", True, "approved"),
        ("example.org", False, "asked"),
        ("ample.org", True, "asked"),  # ends alike, and is another domain
        ("", True, "asked"),
    ],
)
def test_a_proven_address_of_its_domain_is_answer_enough(place, domain, proven, state):
    speaker, organisation = place["all"]["speaker"], organisation_of("City of Lagos")
    if domain:
        MailDomain.objects.create(organisation=organisation, domain=domain)
    EmailAddress.objects.create(user=speaker, email=speaker.email, verified=proven, primary=True)
    claim = trust.claim(organisation, speaker, "")
    assert claim.state == state
    assert bool(fresh(organisation).mark) is (state == "approved")


def test_who_was_refused_is_not_let_in_by_the_address(place):
    speaker, organisation = place["all"]["speaker"], organisation_of("City of Lagos")
    MailDomain.objects.create(organisation=organisation, domain="example.org")
    member_of(organisation, speaker, state="ended")
    EmailAddress.objects.create(user=speaker, email=speaker.email, verified=True, primary=True)
    assert trust.claim(organisation, speaker, "Again").state == "asked"


def test_the_strongest_standing_verification_is_the_mark(place):
    organisation, by = place["organisation"], place["all"]["organiser"]
    assert organisation.mark == ""
    trust.verify(organisation, by, "mail", "@tampere.fi", clock.now() + timedelta(days=90))
    letter = trust.verify(organisation, by, "focal", "Letter", clock.now() + timedelta(days=30))
    assert fresh(organisation).level == "focal"
    trust.end(letter, by, "Withdrawn by the mayor")
    assert fresh(organisation).level == "mail"
    Organisation.objects.filter(pk=organisation.pk).update(level_until=clock.now() - timedelta(seconds=1))
    assert fresh(organisation).mark == ""
    with pytest.raises(Refused):
        trust.verify(organisation, by, "focal", "Late", clock.now() - timedelta(days=1))
    assert AuditEntry.objects.filter(action="cities.verify").count() == 2


def test_evidence_is_on_the_page_and_goes_with_its_end(place):
    verification = verified(place["organisation"], place["all"]["organiser"])
    page = place["organisation"].get_absolute_url()
    assert "A letter" in signed_in(place, "anonymous").get(page).text
    path = reverse("cities:unverify", args=[verification.pk])
    assert signed_in(place, "organiser").post(path, {"words": ""}).status_code == 422
    assert signed_in(place, "organiser").post(path, {"words": "Forged"}).status_code == 302
    assert "A letter" not in signed_in(place, "anonymous").get(page).text
    assert Verification.objects.get().ended_reason == "Forged"


def test_an_impostor_is_reported_and_loses_the_right(place):
    member = Membership.objects.get(organisation=place["organisation"])
    path, sent = reverse("cities:report", args=[place["organisation"].slug]), {"words": "She left", "member": member.pk}
    assert signed_in(place, "moderator").post(path, sent).status_code == 302
    assert signed_in(place, "moderator").post(path, sent).status_code == 409  # one open report each
    report = Report.objects.get()
    decide = reverse("cities:decide_report", args=[report.pk])
    assert signed_in(place, "attendee").post(decide, {"action": "dismiss", "words": "Me"}).status_code == 404
    assert (
        signed_in(place, "organiser").post(decide, {"action": "uphold", "words": "Called the city"}).status_code == 302
    )
    member.refresh_from_db()
    assert member.state == "ended" and not trust.is_member(place["all"]["attendee"], place["organisation"])
    assert signed_in(place, "organiser").post(decide, {"action": "dismiss", "words": "No"}).status_code == 409


def test_an_organisation_that_is_not_who_it_says_is_trusted_no_more(place):
    verified(place["organisation"])
    report = trust.report(place["organisation"], place["all"]["moderator"], "Not the city", None)
    trust.decide_report(report.pk, place["all"]["organiser"], "dismiss", "It is")
    assert fresh(place["organisation"]).mark
    report = trust.report(place["organisation"], place["all"]["moderator"], "Not the city", None)
    trust.decide_report(report.pk, place["all"]["organiser"], "uphold", "It is not")
    assert not fresh(place["organisation"]).mark


def test_the_mark_stands_beside_names_without_a_query(place, django_assert_num_queries):
    attendee = place["all"]["attendee"]
    assert registry.mark(attendee.pk) == ""
    verified(place["organisation"])
    assert registry.mark(attendee.pk) == "City of Tampere"
    with django_assert_num_queries(0):
        assert [registry.mark(pk) for pk in (attendee.pk, place["all"]["moderator"].pk)] == ["City of Tampere", ""]
    attendee.visibility = "name"  # then one's organisation is nobody's business
    attendee.save()
    marks.changed()
    assert registry.mark(attendee.pk) == ""


def test_chat_and_questions_show_it_and_not_for_who_asks_without_a_name(place):
    from chat.models import Message
    from questions.data import asked_data
    from questions.models import Question
    from sessions.models import Session

    verified(place["organisation"])
    session, attendee = Session.objects.get(pk=place["session"]), place["all"]["attendee"]
    Message.send(session, attendee, "Hello", uuid.uuid4())
    page = signed_in(place, "anonymous").get(f"/sessions/{session.pk}/").text
    assert page.count("City of Tampere") == 1
    question = Question(session=session, asker=attendee, text="Why?", anonymous=False)
    assert asked_data(question, 0)["mark"] == "City of Tampere"
    question.anonymous = True
    assert asked_data(question, 0)["mark"] == ""


def test_an_account_takes_claims_and_reports_with_it_and_leaves_what_is_published(place):
    attendee, lonely = place["all"]["attendee"], organisation_of("New", is_public=False)
    trust.claim(lonely, attendee, "I founded it")
    trust.report(place["organisation"], attendee, "My words", None)
    case = case_of(place["city"], attendee)
    exported = privacy.export(attendee)
    assert [row["words"] for row in exported["organisations"]] == ["", "I founded it"]
    assert exported["impostor_reports"][0]["words"] == "My words" and len(exported["cases"]) == 1
    privacy.forget(attendee)
    assert not Membership.objects.filter(participant=attendee).exists()
    assert not Organisation.objects.filter(pk=lonely.pk).exists()
    assert Report.objects.get().words == ""
    case.refresh_from_db()
    assert case.is_public and case.owner is None
