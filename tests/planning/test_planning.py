"""The pages of planning: from nothing to a programme, the draft, and two organisers at once."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.core.cache import cache
from django.test import Client

from agenda.models import Saved
from common.versions import DRAWN_FROM
from live.log import between
from people.models import AuditEntry, Participant, Role
from planning import drafting, releasing
from planning.models import Change, Draft, Release
from planning.working import find, items_of
from sessions.models import Edition, Session, Speaker, Stage, Strand

pytestmark = pytest.mark.django_db


def sent(client, path, form="plan-form", **changes):
    """What the form of a page holds, with changes: as a browser sends it."""
    page = client.get(path).text
    start = page.index(form)
    html = page[start : page.index("</form>", start)]
    data = {DRAWN_FROM: unescape(re.search(f'name="{DRAWN_FROM}" value="([^"]*)"', html)[1])}
    for tag in re.findall(r"<input [^>]*>", html):
        name, value = (re.search(f'{key}="([^"]*)"', tag) for key in ("name", "value"))
        kind = re.search(r'type="([\w-]+)"', tag)[1]
        if name and kind == "checkbox" and " checked" in tag:
            data.setdefault(name[1], []).append(value[1] if value else "on")
        elif name and (kind not in ("checkbox", "radio") or " checked" in tag):
            data[name[1]] = unescape(value[1]) if value else ""
    for name, text in re.findall(r'<textarea name="(\w+)"[^>]*>\s?(.*?)</textarea>', html, re.S):
        data[name] = unescape(text).removeprefix("\n")
    for name, options in re.findall(r'<select name="(\w+)"[^>]*>(.*?)</select>', html, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        data[name] = chosen[1] if chosen else ""
    data.pop("csrfmiddlewaretoken", None)
    if form == "plan-release":
        data["sure"] = "1"  # the button that asks whether one is sure
    return data | changes


def test_a_release_asks_first_and_says_how_many_it_concerns(browser, place, session, base):
    client, page = browser(), f"{base}release/"
    path = f"{base}sessions/s{session.pk}/"
    client.post(path, sent(client, path, title="Streets for everybody"))
    for name in ("attendee", "moderator"):
        Saved.objects.create(participant_id=place["people"][name], session=session)
    data = sent(client, page, "plan-release", comment="Better words")
    sure = data.pop("sure")
    people = len(set().union(*releasing.concerned(items_of(session.edition, drafted=True, full=True)).values()))
    asked = client.post(page, data)
    assert asked.status_code == 200 and Draft.objects.exists() and people >= 2
    assert "1 session changes for everybody." in asked.text and f"{people} people have" in asked.text
    assert "Better words" in asked.text and 'name="sure" value="1"' in asked.text
    assert client.post(page, data | {"sure": sure}).status_code == 302 and not Draft.objects.exists()


def test_a_session_is_changed_by_the_draft_and_published_by_the_release(browser, place, session, base):
    client, page = browser(), f"{base}sessions/s{place['session']}/"
    data = sent(client, page, title="Streets for everybody", speakers="Li Ming\nAda Lovelace – Engines")
    answer = client.post(page, data)
    assert answer.status_code == 302, answer.context["form"].errors
    session.refresh_from_db()
    assert session.title == "Streets for people" and not Speaker.objects.filter(name="Ada Lovelace").exists()
    preview = client.get(f"{base}release/").text
    assert "Streets for everybody" in preview and "Ada Lovelace" in preview and "Changed words" in preview
    answer = client.post(f"{base}release/", sent(client, f"{base}release/", "plan-release", comment="Better words"))
    assert answer.status_code == 302
    session.refresh_from_db()
    assert session.title == "Streets for everybody"
    assert set(session.speakers.values_list("name", flat=True)) == {"Li Ming", "Ada Lovelace"}
    seen = browser("anonymous").get(f"/editions/{place['slug']}/changes/").text
    assert "Better words" in seen and "Streets for everybody" in seen and not Draft.objects.exists()


def test_a_new_session_is_seen_by_nobody_before_the_release(browser, place, base):
    client = browser()
    data = sent(client, f"{base}sessions/new/?stage={place['stage']}&hour=10:00", title="Xk7canary")
    assert client.post(f"{base}sessions/new/", data).status_code == 302
    assert not Session.objects.filter(title="Xk7canary").exists()
    for path in (f"/editions/{place['slug']}/", f"/editions/{place['slug']}/changes/", "/"):
        assert "Xk7canary" not in browser("anonymous").get(path, follow=True).text
    client.post(f"{base}release/", sent(client, f"{base}release/", "plan-release"))
    made = Session.objects.get(title="Xk7canary")
    assert Change.objects.get(session=made).kind == "new" and made.local_date == made.edition.start_date
    assert (made.start.astimezone(made.zone).hour, made.duration) == (10, timedelta(minutes=45))


def test_two_organisers_lose_no_change(browser, place, session, base):
    page = f"{base}sessions/s{place['session']}/"
    first, second = sent(browser(), page), sent(browser(), page)
    assert browser().post(page, first | {"title": "Theirs"}).status_code == 302
    assert browser().post(page, second | {"format": "Panel"}).status_code == 302
    assert Draft.objects.get(session=session).values == {"title": "Theirs", "format": "Panel"}
    told = browser().post(page, second | {"title": "Mine"})
    assert told.status_code == 409 and "“Theirs”" in told.text and 'value="Mine"' in told.text
    assert Draft.objects.get(session=session).values["title"] == "Theirs"


def test_nobody_releases_what_they_have_not_seen(browser, place, base):
    page, client = f"{base}sessions/s{place['session']}/", browser()
    client.post(page, sent(client, page, title="Seen"))
    seen = sent(client, f"{base}release/", "plan-release")
    client.post(page, sent(client, page, title="Not seen"))
    assert client.post(f"{base}release/", seen).status_code == 409
    assert not Release.objects.exists() and Session.objects.get(pk=place["session"]).title == "Streets for people"
    assert client.post(f"{base}release/", sent(client, f"{base}release/", "plan-release")).status_code == 302


def test_what_is_drafted_back_to_what_holds_leaves_no_draft(browser, place, base):
    page, client = f"{base}sessions/s{place['session']}/", browser()
    client.post(page, sent(client, page, title="Other"))
    client.post(page, sent(client, page, title="Streets for people"))
    assert not Draft.objects.exists()


def test_saving_a_form_as_it_is_changes_nothing(browser, place, session, base):
    Session.objects.filter(pk=session.pk).update(abstract="Not HTML & old,\nfrom <a file", languages=["en", "zh"])
    for name in ("Álvaro", "Zoe", "zoe", "Åsa"):
        session.speakers.add(Speaker.objects.create(edition=session.edition, guid=name, name=name))
    for session in Session.objects.all():
        page, client = f"{base}sessions/s{session.pk}/", browser()
        assert client.post(page, sent(client, page)).status_code == 302
    assert not Draft.objects.exists()


def test_moving_keeps_the_length_and_goes_by_the_citys_clock(browser, place, session, base):
    page, client = f"{base}sessions/s{place['session']}/move/", browser()
    moved = sent(client, page, "data-seen", stage=str(place["other_stage"]), hour="09:30", minutes="60")
    assert client.post(page, moved).status_code == 302
    client.post(f"{base}release/", sent(client, f"{base}release/", "plan-release"))
    session = Session.objects.select_related("stage__host_city").get(pk=session.pk)
    assert session.start.astimezone(session.zone).strftime("%H:%M") == "09:30" and session.zone.key == "Asia/Shanghai"
    change = Change.objects.get()
    assert change.kind == "moved" and (change.before["stage"], change.after["stage"]) == ("Agora", "Bund")


def test_an_hour_that_does_not_exist_is_refused(browser, place, base):
    client = browser()
    data = sent(client, f"{base}sessions/new/?stage={place['stage']}", title="Night", day="2027-03-28", hour="02:30")
    told = client.post(f"{base}sessions/new/", data)
    assert told.status_code == 422 and "does not exist" in told.text and not Draft.objects.exists()


def seen_of(session):
    """What the page of a session shows of it now, as its buttons send it."""
    return {"seen": find(session.edition, f"s{session.pk}").all_seen}


def test_cancelling_is_released_and_reaches_the_page(browser, place, session, base):
    client = browser()
    client.post(f"{base}sessions/s{session.pk}/cancel/", seen_of(session))
    session.refresh_from_db()
    assert session.status == "scheduled"
    client.post(f"{base}release/", sent(client, f"{base}release/", "plan-release", comment="Strike"))
    session.refresh_from_db()
    assert (session.status, session.status_reason) == ("cancelled", "Strike")
    assert Change.objects.get().kind == "cancelled" and session.status_changes.get().action == "cancel"


@pytest.mark.parametrize("status", ["live", "paused", "ended", "on_demand", "cancelled"])
def test_what_has_begun_or_is_cancelled_is_not_cancelled(browser, place, session, base, status):
    Session.objects.filter(pk=session.pk).update(status=status)
    assert browser().post(f"{base}sessions/s{session.pk}/cancel/", seen_of(session)).status_code == 409
    assert not Draft.objects.exists()


@pytest.mark.parametrize("step", ["discard", "cancel"])
def test_what_a_colleague_drafted_since_is_not_taken_back_unseen(browser, session, edition, organiser, base, step):
    key, client = f"s{session.pk}", browser()
    page, theirs = f"{base}sessions/{key}/", {"title": "A colleague's"}
    drafting.put(edition, find(edition, key), {"title": "Mine"}, organiser)
    form = client.get(page).text.partition(f'action="{page}{step}/"')[2]
    seen = re.search('name="seen" value="([^"]+)"', form)[1]
    drafting.put(edition, find(edition, key), theirs, organiser)
    assert client.post(f"{page}{step}/", {"seen": seen}).status_code == 409 and Draft.objects.get().values == theirs
    assert client.post(f"{page}{step}/", seen_of(session)).status_code == 302


def test_what_is_on_air_is_not_moved_by_a_release(browser, place, session, base):
    page, client = f"{base}sessions/s{session.pk}/", browser()
    client.post(page, sent(client, page, hour="06:10", title="Better words"))
    Session.objects.filter(pk=session.pk).update(status="live")
    told = client.post(f"{base}release/", sent(client, f"{base}release/", "plan-release"))
    assert told.status_code == 409 and "is on air" in told.text and not Release.objects.exists()


def test_a_session_that_moves_begins_as_planned_again(browser, place, session, base):
    Session.objects.filter(pk=session.pk).update(status="delayed", delayed_start=session.start + timedelta(minutes=9))
    page, client = f"{base}sessions/s{session.pk}/", browser()
    client.post(page, sent(client, page, hour="06:10"))
    client.post(f"{base}release/", sent(client, f"{base}release/", "plan-release"))
    session.refresh_from_db()
    assert (session.status, session.delayed_start) == ("scheduled", None) and session.start.minute == 10


def test_a_release_with_something_impossible_publishes_nothing(browser, place, session, base):
    client, other = browser(), f"{base}sessions/s{place['other_session']}/"
    client.post(f"{base}sessions/s{session.pk}/cancel/", seen_of(session))
    client.post(other, sent(client, other, title="Other words"))
    Session.objects.filter(pk=session.pk).update(status="ended")
    told = client.post(f"{base}release/", sent(client, f"{base}release/", "plan-release"))
    assert told.status_code == 409 and "not possible" in told.text
    assert not Release.objects.exists() and not Session.objects.filter(title="Other words").exists()


def test_a_part_of_the_draft_can_be_released(browser, place, base):
    client = browser()
    for pk, title in ((place["session"], "One"), (place["other_session"], "Two")):
        page = f"{base}sessions/s{pk}/"
        client.post(page, sent(client, page, title=title))
    chosen = str(Draft.objects.get(session=place["session"]).pk)
    client.post(f"{base}release/", sent(client, f"{base}release/", "plan-release", drafts=chosen))
    assert Draft.objects.get().session_id == place["other_session"]
    assert Session.objects.get(pk=place["session"]).title == "One"


def test_a_day_is_copied_by_the_clock_with_whom_it_is_for(browser, place, session, edition, base):
    Session.objects.filter(pk=session.pk).update(visibility="invited")
    day, target = session.local_date, session.local_date + timedelta(days=200)
    answer = browser().post(f"{base}duplicate/", {"source": day, "target": target})
    assert answer.status_code == 302 and Draft.objects.count() >= 1
    copy = next(draft for draft in Draft.objects.all() if draft.values["title"] == session.title)
    assert copy.values["visibility"] == "invited" and copy.guid != session.guid
    client = browser()
    client.post(f"{base}release/", sent(client, f"{base}release/", "plan-release", drafts=str(copy.pk)))
    made = Session.objects.get(guid=copy.guid)
    assert made.visibility == "invited" and made.local_date == target
    assert made.start.astimezone(made.zone).time() == session.start.astimezone(session.zone).time()


def test_a_stream_changes_at_once(browser, place, session, base):
    page = f"{base}sessions/s{session.pk}/"
    assert browser().post(f"{page}stream/", {"stream": "https://example.org/a.m3u8"}).status_code == 302
    session.refresh_from_db()
    assert session.stream == "https://example.org/a.m3u8" and not Draft.objects.exists()
    assert browser().post(f"{page}stream/", {"stream": "javascript:alert(1)"}).status_code == 422


def test_a_speaker_of_the_draft_gets_the_role_with_the_release(browser, place, session, base):
    ada = Participant.objects.create_user("ada@example.org", name="Ada")
    Speaker.objects.create(edition=session.edition, guid="ada", name="Ada", participant=ada)
    page, client = f"{base}sessions/s{session.pk}/", browser()
    client.post(page, sent(client, page, speakers="Ada"))
    held = Role.objects.filter(participant=ada, name="speaker", scope=session.room_key)
    assert not held.exists()
    client.post(f"{base}release/", sent(client, f"{base}release/", "plan-release"))
    assert held.exists()


def test_from_nothing_to_a_published_programme(db):
    """An operator makes an edition of two cities by the pages alone."""
    cache.clear()
    client = Client()
    client.force_login(Participant.objects.create_superuser("root@example.org", name="Root"))
    new = {"name": "Congreso 2027", "start_date": "2027-03-27", "end_date": "2027-03-28", "languages": "en, ca"}
    assert client.post("/planning/new/", new | {"city": "Barcelona", "timezone": "Europe/Madrid"}).status_code == 302
    edition = Edition.objects.get(slug="congreso-2027")
    base = "/editions/congreso-2027/planning/"
    assert "Start here" in client.get(base).text
    client.post(f"{base}parts/city/0/", {"name": "Curitiba", "country": "Brazil", "timezone": "America/Sao_Paulo"})
    for city in ("Barcelona", "Curitiba"):
        page = f"{base}parts/stage/0/"
        found = {str(option): pk for pk, option in client.get(page).context["form"].fields["host_city"].choices}
        stage = {"name": f"Hall {city}", "host_city": str(found[city]), "position": "0"}
        assert client.post(page, stage).status_code == 302
        assert client.post(page, stage).status_code == 422  # there is one of that name
    for stage in Stage.objects.filter(edition=edition):
        data = sent(client, f"{base}sessions/new/?stage={stage.pk}&hour=10:00", title=f"Opening {stage}")
        assert client.post(f"{base}sessions/new/", data).status_code == 302
    client.post(f"{base}release/", sent(client, f"{base}release/", "plan-release"))
    seen = Client().get("/editions/congreso-2027/").text
    assert "Opening Hall Barcelona" in seen and "Opening Hall Curitiba" in seen
    opening = [session.start for session in edition.sessions.order_by("stage__name")]
    assert opening[1] - opening[0] == timedelta(hours=4)


@pytest.mark.parametrize("role", ["anonymous", "attendee", "moderator", "organiser"])
def test_only_operators_make_editions(browser, role):
    assert browser(role).get("/planning/new/").status_code == 404
    assert browser(role).post("/planning/new/", {"name": "Mine"}).status_code == 404


def another(edition):
    days = {"start_date": edition.start_date, "end_date": edition.end_date}
    return Edition.objects.create(name="Other", slug="other", host_city=edition.host_city, **days)


def test_a_city_of_another_edition_is_not_changed_here(browser, place, edition, base):
    other = another(edition)
    path = f"{base}parts/city/{edition.host_city_id}/"
    assert browser().get(path).status_code == 404
    other.delete()
    assert browser().get(path).status_code == 200


def test_parts_of_other_editions_do_not_exist_here(browser, place, edition, base):
    other = another(edition)
    strand = Strand.objects.create(edition=other, name="Theirs", slug="theirs")
    assert browser().get(f"{base}parts/strand/{strand.pk}/").status_code == 404
    assert browser().get(f"{base}parts/nothing/1/").status_code == 404
    assert browser().get(f"/editions/other/planning/sessions/s{place['session']}/").status_code == 404


def test_the_new_title_is_found_and_what_was_deleted_meanwhile_is_left_out(browser, place, session, edition, base):
    theme = edition.themes.create(name="Gone", slug="gone")
    page, client = f"{base}sessions/s{session.pk}/", browser()
    client.post(page, sent(client, page, title="Quokkas", theme=str(theme.pk)))
    theme.delete()
    client.post(f"{base}release/", sent(client, f"{base}release/", "plan-release"))
    assert "Quokkas" in client.get(f"/editions/{place['slug']}/?q=quokka").text
    session.refresh_from_db()
    assert session.theme is None


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2026-02-30", "x"])
def test_days_that_no_clock_has(browser, place, base, day):
    client = browser()
    assert client.get(f"{base}?day={day}").status_code == 200
    new = f"{base}sessions/new/?stage={place['stage']}&day={day}&hour=10:00"
    assert client.get(new).status_code == 200
    data = sent(client, f"{base}sessions/new/?hour=10:00", title="Odd", day=day, stage=str(place["stage"]))
    assert client.post(f"{base}sessions/new/", data).status_code == 422
    assert client.post(f"{base}duplicate/", {"source": day, "target": "2027-01-01"}).status_code == 422
    assert client.post(f"{base}edition/", sent(client, f"{base}edition/", start_date=day)).status_code == 422


@pytest.mark.parametrize(("visibility", "count"), [("public", 1), ("invited", 0), ("registered", 0)])
def test_open_pages_and_the_list_of_changes_tell_only_of_what_one_may_see(
    browser, place, session, base, visibility, count
):
    page, client = f"{base}sessions/s{session.pk}/", browser()
    Session.objects.filter(pk=session.pk).update(visibility=visibility)
    client.post(page, sent(client, page, title="Xk7canary"))
    client.post(f"{base}release/", sent(client, f"{base}release/", "plan-release"))
    (event,) = between(f"edition:{place['edition']}", 0, 1)
    assert event.kind == "planning.released" and len(event.shown["rows"]) == count
    seen = browser("anonymous").get(f"/editions/{place['slug']}/changes/").text
    assert ("Xk7canary" in seen) == bool(count)
    assert "Xk7canary" in client.get(f"/editions/{place['slug']}/changes/").text


def test_what_is_new_since_the_last_visit_is_marked(browser, place, session, base):
    page, client, visitor = f"{base}sessions/s{session.pk}/", browser(), Client()
    changes = f"/editions/{place['slug']}/changes/"
    assert "last saw" not in visitor.get(changes).text
    client.post(page, sent(client, page, title="Other"))
    client.post(f"{base}release/", sent(client, f"{base}release/", "plan-release"))
    assert "new for you" in visitor.get(changes).text
    assert "new for you" not in visitor.get(changes).text
    assert "new for you" in visitor.get(f"{changes}?since=0").text


def test_it_is_on_record(browser, place, session, base):
    page, client = f"{base}sessions/s{session.pk}/", browser()
    client.post(page, sent(client, page, title="Other"))
    client.post(f"{base}release/", sent(client, f"{base}release/", "plan-release"))
    actions = AuditEntry.objects.values_list("action", flat=True)
    assert {"planning.edit", "planning.release"} <= set(actions)
    assert "released changes of the programme" in client.get(f"/editions/{place['slug']}/people/record/").text


def test_help_and_conduct_are_typed_with_marks_and_html_of_before_is_edited_so(browser, place, edition, base):
    html = "<h3>Rules</h3><p>Be <em>kind</em>.</p>"
    Edition.objects.filter(pk=edition.pk).update(
        help="<p>Ask <a href='https://a.example'>us</a>.</p><p>Soon.</p>", conduct=html
    )
    client, page, about = browser(), f"{base}edition/", f"/editions/{place['slug']}/about/"
    before = Client().get(about).text
    data = sent(client, page)
    assert data["help"] == "Ask [us](https://a.example).\n\nSoon." and data["conduct"] == html
    assert client.post(page, data).status_code == 302
    after = Client().get(about).text
    assert after.split("<main")[1] == before.split("<main")[1] and html in after
    client.post(page, sent(client, page, help="Write:\n- to help@a.example\n- <script>x()</script>"))
    shown = Client().get(about).text
    assert '<li>to <a href="mailto:help@a.example"' in shown and "<script>x()" not in shown.split("<main")[1]
