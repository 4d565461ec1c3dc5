"""The declaration of planning."""

from django.utils.translation import gettext_lazy as _

from common.contract import Ask, Assets, Feature, Job, Limit, Matrix, Personal, RecordWords
from people.permissions import ORGANISERS
from planning import demo, events, navigation, privacy, scheduled

RECORD = {
    "planning.create": RecordWords(_("Editions made"), _("made the edition")),
    "planning.edit": RecordWords(_("Drafts of sessions"), _("drafted a change of %(of)s")),
    "planning.discard": RecordWords(_("Drafts taken back"), _("took back what was drafted of %(of)s")),
    "planning.duplicate": RecordWords(_("Days copied"), _("copied a day of the programme")),
    "planning.import": RecordWords(_("Schedules imported"), _("imported a schedule into the draft")),
    "planning.stream": RecordWords(_("Streams changed"), _("changed the stream of %(of)s")),
    "planning.part": RecordWords(_("Parts of the edition"), _("changed the edition, or a part of it")),
    "planning.release": RecordWords(_("Releases"), _("released changes of the programme")),
    "planning.plan": RecordWords(_("Releases planned"), _("planned a release of the programme")),
    "planning.unplan": RecordWords(_("Releases planned"), _("took back a planned release")),
    "planning.failed": RecordWords(_("Releases that failed"), _("planned a release that was not possible")),
}
DAY = {"day": "2026-11-26", "hour": "10:00", "minutes": "45"}


def _get(*arguments: str) -> Ask:
    return Ask("planning.edit", "get", ["slug", *arguments])


def _post(*arguments: str, **data: str) -> Ask:
    return Ask("planning.edit", "post", ["slug", *arguments], data)


STAGE = {"name": "A", "host_city": "<city>", "position": "1"}
SCHEDULE = '{"schedule": {"conference": {"title": "Congress", "days": []}}}'
EDITION = {"name": "Congress", "start_date": "2026-11-26", "end_date": "2026-11-27", "host_city": "<city>"}
SESSION = DAY | {"stage": "<stage>", "title": "Title", "visibility": "public"}
VIEWS = {
    "planning:programme": [_get()],
    "planning:edition": [_get(), _post(**EDITION)],
    "planning:logo": [_post(remove="1")],
    "planning:parts": [_get()],
    "planning:part": [_get("part_kind", "stage"), _post("part_kind", "stage", **STAGE)],
    "planning:speakers": [_get()],
    "planning:photo": [_post("planned_speaker", remove="1")],
    "planning:duplicate": [_post(source="<planned_day>", target="2030-01-01")],
    "planning:bulk": [_post(of="<planned_seen>", shift="15")],
    "planning:checks": [_get()],
    "planning:import": [_get(), _post(file=SCHEDULE)],
    "planning:release": [_get(), _post(drafts="<planned_draft>")],
    "planning:unplan": [_post()],
    "planning:new": [_get(), _post(**SESSION)],
    "planning:session": [_get("planned"), _post("planned", **SESSION)],
    "planning:move": [_get("planned"), _post("planned", stage="<stage>", **DAY)],
    "planning:cancel": [_post("planned", seen="<planned_all>")],
    "planning:discard": [_post("planned_new", seen="<planned_new_all>")],
    "planning:stream": [_post("planned", stream="https://example.org/live.m3u8")],
    "planning:changes": [Ask("edition.view", "get", ["slug"])],
    "planning:calendars": [Ask("edition.view", "get", ["slug"])],
    "planning:table": [Ask("edition.view", "get", ["slug"])],
    "planning:workbook": [Ask("edition.view", "get", ["slug"])],
    "planning:schedule_xml": [Ask("edition.view", "get", ["slug"])],
    "planning:schedule_json": [Ask("edition.view", "get", ["slug"])],
}
FEEDS = ("feed", "part_feed", "personal_feed", "rotate")
STYLES = ("planning/planning.css",)
DAYS = ("planning:programme", "planning:bulk")  # the second shows the first where something is wrong
GRID = Assets(STYLES, ["planning/grid.js", "planning/choose.js"])

feature = Feature(
    name="planning",
    urls="planning.urls",
    actions={"planning.edit": ORGANISERS},
    limits={"planning.edit": Limit(240, 60), "planning.calendar": Limit(20, 3600)},
    personal=Personal(privacy.export, privacy.forget),
    events={"planning.released": events.released, "planning.changed": events.changed},
    record=RECORD,
    record_details={"version": _("version"), "part": _("part"), "draft": _("draft")},
    record_values={
        "part": {
            "edition": _("edition"),
            "city": _("host city"),
            "stage": _("stage"),
            "theme": _("theme"),
            "logo": _("logo"),
        }
    },
    links=navigation.LINKS,
    jobs={scheduled.KIND: Job(scheduled.run)},
    demo=demo.fill,
    assets={
        **{name: Assets(STYLES) for name in (*VIEWS, "planning:create") if name not in DAYS},
        **dict.fromkeys(DAYS, GRID),
    },
    # tests/planning/test_planning.py and test_feeds.py
    matrix=Matrix(views=VIEWS, open_views=["planning:create", *(f"planning:{name}" for name in FEEDS)]),
)
