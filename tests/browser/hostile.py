"""A congress in which every text that somebody can write is hostile, and everything that can happen happens."""

import uuid
from datetime import timedelta
from itertools import count

from django.apps import apps
from django.db import models

SHAPES = """
<script>{}</script>
<img src=x onerror={}>
<svg onload={}>
<q onload={}>
"><svg/onload={}>
'><img src onerror={}>
<a href=javascript:{}>x</a>
<a href="java&#9;script:{}">x</a>
<iframe srcdoc='<script>parent.{}</script>'>
<iframe src=javascript:parent.{}>
<details open ontoggle={}>x
<input autofocus onfocus={}>
<select autofocus onfocus={}>
</script><script>{}</script>
</textarea><script>{}</script>
</title><svg onload={}>
</style><script>{}</script>
--><script>{}</script>
]]><script>{}</script>
<body onload={}>
<math><mtext><img src=x onerror={}>
<math href=javascript:{}>x</math>
{{{{ {} }}}}{{% {} %}}
${{{}}}#{{{}}}
<b hx-on:load={}>x</b>
<b hx-on::load={}>x</b>
<b hx-get=/ hx-trigger=load hx-on::after-request={}>x
<b hx-vals='js:{{a:{}}}' hx-post=/ hx-trigger=load>
" onmouseover="{}" autofocus onfocus="{}
' onfocus='{}' autofocus x='
<template><script>{}</script></template>
<style onload={}></style>
<link rel=stylesheet href=x onerror={}>
<video src=x onerror={}>
<video><source onerror={}></video>
<audio src=x onerror={}>
<object data=javascript:{}>
<embed src=javascript:{}>
<form action=javascript:{}><button>x</button></form>
<button formaction=javascript:{}>x</button>
<marquee onstart={}>x</marquee>
<svg><script>{}</script></svg>
<svg><animate onbegin={} attributeName=x dur=1s>
<svg><a xlink:href=javascript:{}>x</a></svg>
<xmp><img src=x onerror={}></xmp>
<noscript><p title="</noscript><img src=x onerror={}>">
<table background=javascript:{}>
<meta http-equiv=refresh content="0;url=javascript:{}">
<base href=javascript:{}//>
&lt;script&gt;{}&lt;/script&gt;
""".strip().splitlines()
CALLS = ["hit()", "hit``"]
PAYLOADS = [shape.replace("{}", call).replace("{{", "{").replace("}}", "}") for shape in SHAPES for call in CALLS]
OURS = {
    "chat",
    "questions",
    "awards",
    "collaboration",
    "networking",
    "expo",
    "polls",
    "planning",
    "show",
    "registration",
    "sessions",
    "people",
    "live",
}
EXCUSED = {  # what nobody writes freely, and why
    "password": "a hash",
    "accent": "a colour in six digits (valid_colour)",
    "identity": "made by us of a kind and an id",
    "slug": "letters, digits and hyphens, checked in the address",
    "timezone": "one of the known zones (valid_zone)",
    "scope": "made by us of a kind and an id",
    "Arrival.place": "a keyed hash",
    "Message.mentions": "ids of participants",
    "folded": "compared, never shown",
    "token": "compared, never shown",
    "digest": "a hash",
    "code": "made by us",
    "Conversation.pair": "made by us of two ids",
    "path": "made by us",
    "action": "a name of ours",
    "before": "a snapshot, made by us",
    "after": "a snapshot, made by us",
    "Participant.language": "one of LANGUAGES",
    "Question.language": "one of the session's languages",
    "Picture.name": "a hash",
    "visible_passes": "of Pass",
    "guests_may": "of MAY",
    "mode": "one of the modes of the screen",
    "what": "made by us of a kind and an id",
    "Exhibitor.documents": "ids, made by us",
    "imported": "fingerprints, made by us",
    "live": "made of the other fields by events.py, and pushed below",
}
MADE = {  # written by the operations below, as a participant does
    *(
        f"Import.{name}"
        for name in ("name", "header", "columns", "passes", "counts", "errors", "repeated", "statuses", "shared")
    ),
    "Portion.rows",
    "AuditEntry.details",
    "Nickname.name",
    "Edition.blocked_terms",
    *("Category.questions", "Category.criteria", "Category.stages", "Entry.draft", "Entry.answers", "Entry.language"),
    "Judge.languages",
    *("Exhibitor.draft", "Badge.fields", "Lead.fields", "Upload.rows", "DelegationTable.rows"),
    "Report.lines",
    *("Commitment.draft", "Version.content", "Version.text", "Version.digest", "Signature.digest"),
    *("Call.words", "Category.words", "AudienceVote.options", "AudienceVote.result", "Edition.logo"),
    *("Review.marks", "Decision.places", "Decision.sealed", "Decision.digest", "Draft.guid", "Draft.values"),
}


def fitting(length, number):
    """One of the payloads that fit, another for each number."""
    found = [one for one in PAYLOADS if len(one) <= length]
    return found[number % len(found)]


def texts():
    """(name, model, field) of everything in our models that is text and no choice of a list."""
    kinds = (models.CharField, models.TextField, models.JSONField)
    for model in apps.get_models():
        if model.__module__.partition(".")[0] in OURS:
            for field in model._meta.fields:
                if isinstance(field, kinds) and not field.choices:
                    yield f"{model.__name__}.{field.name}", model, field


def written():
    """The fields of `texts` that `poison` fills."""
    for name, model, field in texts():
        if not {name, field.name, model.__module__.partition(".")[0]} & set(EXCUSED) and name not in MADE:
            yield name, model, field


def poison(made):
    """Fill every text of every row; each row and each field begins at another payload."""
    from questions.models import Question

    _crowd(made)
    _imports(made)
    for start, (_name, model, field) in enumerate(written()):
        for number, pk in enumerate(model.objects.order_by("pk").values_list("pk", flat=True)):
            text = _text(field, number + 7 * start)
            value = {"guid": text} if field.name == "identities" else text
            value = [text] if isinstance(field, models.JSONField) and value == text else value
            model.objects.filter(pk=pk).update(**{field.name: value})
    _quiz(made)
    _draft(made)
    _promises()
    made["words"] = Question.objects.get(pk=made["question"]).text
    return made


def _text(field, number):
    if field.name in ("abstract", "biography"):
        return " ".join(PAYLOADS)
    if field.name == "stream":
        return f"https://example.org/{fitting(80, number)}.m3u8\nhttps://www.youtube.com/watch?v={fitting(60, number)}"
    if field.name == "email":
        return f'"{fitting(60, 0)}"@n{number}.example.org'
    if field.name == "ticket":
        return f"{fitting(70, number)} {number}"
    if field.name == "labels":
        return f",{fitting(24, number)},{fitting(24, number + 1)},"
    return fitting(field.max_length or 500, number)


def _crowd(made):
    """A hundred people, each with a ticket and an entry in the record."""
    from people import audit
    from people.models import Participant, Registration, Role
    from sessions.models import Edition, Session, Strand, Theme

    scope = f"edition:{made['edition']}"
    crowd = [Participant(email=f"{uuid.uuid4().hex}@example.org", name="x", password="!") for _payload in PAYLOADS]
    Participant.objects.bulk_create(crowd)
    Role.objects.bulk_create([Role(participant=one, name="attendee", scope=scope) for one in crowd])
    tickets = [Registration(participant=one, scope=scope, pass_type="press", ticket=uuid.uuid4().hex) for one in crowd]
    Registration.objects.bulk_create(tickets)
    Registration.objects.create(participant_id=made["other"], scope=scope, pass_type="press", ticket="x")
    for one, text in zip(crowd, PAYLOADS, strict=True):
        audit.record(crowd[0], "ban", scope, one.pk, reason=text)
    edition = Edition.objects.get(pk=made["edition"])
    strand = Strand.objects.create(edition=edition, name="x", slug="x")
    theme = Theme.objects.create(edition=edition, name="x", slug="x")
    Session.objects.filter(edition=edition).update(strand=strand, theme=theme)
    made["crowd"] = [one.pk for one in crowd]


def _imports(made):
    """A file that waits for its mapping, and one that was tried and is full of errors."""
    import csv
    import io

    from registration.imports import run
    from registration.models import Import
    from sessions.models import Edition

    for name in ("read", "import"):
        out = io.StringIO()
        rows = [[text, fitting(60, number), text, text] for number, text in enumerate(PAYLOADS)]
        csv.writer(out).writerows([PAYLOADS[:4], *rows])
        found = run.begin(Edition.objects.get(pk=made["edition"]), fitting(120, 11), None)
        run.add_piece(found, 0, out.getvalue().encode())
        run.read_file(found, 1)
        made[name] = found.pk
    found = Import.objects.get(pk=found.pk)
    columns = {"ticket": 0, "email": 1, "name": 2, "pass": 3}
    run.choose(found, columns, {}, {})
    found.refresh_from_db()
    run.choose(found, columns, dict.fromkeys(found.passes, "online"), {})
    run.step(found, None)


def _quiz(made):
    """A closed quiz whose leaders have hostile nicknames; before it a poll is open that the attendee has answered."""
    from people.models import Participant
    from polls.models import Poll
    from polls.prepare import Choice
    from polls.quiz import name_oneself
    from polls.state import step
    from sessions.models import Edition, Session
    from tests.polls.conftest import answered, opened

    session = Session.objects.select_related("edition").get(pk=made["session"])
    choices = [Choice(fitting(120, number), right=number == 1) for number in range(4)]
    quiz = opened(session, choices, Poll.objects.get(pk=made["poll"]), type="quiz", question=fitting(200, 5))
    names = {fitting(24, number) for number in range(100)}
    leaders = made["crowd"][: len(names)]
    for pk, name in zip(leaders, sorted(names), strict=True):
        name_oneself(session, Participant.objects.get(pk=pk), name)
    answered(quiz, leaders, option=[1])
    text = opened(session, None, quiz, type="text", question=fitting(200, 6))
    for pk, payload in zip(made["crowd"], PAYLOADS, strict=True):
        answered(text, [pk], text=[payload])
    step(text.pk, "close")
    poll = opened(session, choices, question=fitting(200, 7), results="voted")
    answered(poll, [made["people"]["attendee"]], option=[0])
    made["open"], made["choice"], made["round"] = poll.pk, poll.options.first().pk, poll.round.room_key
    Edition.objects.filter(pk=session.edition_id).update(blocked_terms="zzz</textarea><script>hit()</script>")


def _draft(made):
    """What a stand's team has written, waits for an organiser; tables of exhibitors and delegations were read."""
    from collaboration.models import DelegationTable
    from expo.models import Exhibitor, Upload

    draft = {name: fitting(80, number) for number, name in enumerate(("name", "claim", "text", "links", "video"))}
    Exhibitor.objects.filter(pk=made["exhibitor"]).update(draft=draft | {"kind": fitting(60, 3), "themes": []})
    rows = [{"line": at, "name": text, "kind": text, "themes": text} for at, text in enumerate(PAYLOADS)]
    Upload.objects.create(edition_id=made["edition"], name=fitting(120, 16), rows=rows)
    rows = [
        {"line": at, "name": text, "nation": text[:120], "email": text, "places": text}
        for at, text in enumerate(PAYLOADS)
    ]
    DelegationTable.objects.create(edition_id=made["edition"], name=fitting(120, 17), rows=rows)


def _promises():
    """What parties have promised, in texts that are whole; drafts too."""
    from collaboration.models import Commitment, Signature, Version
    from collaboration.signing import as_text

    names = ("title", "measure", "baseline", "target")
    for version in Version.objects.select_related("commitment"):
        words = {name: fitting(160, number) for number, name in enumerate(names, 3)}
        milestones = [{"due": "2031-01-01", "what": text} for text in PAYLOADS[:12]]
        content = version.content | words | {"milestones": milestones, "parties": PAYLOADS[12:16]}
        made = as_text(version.commitment, version.number, content)
        Version.objects.filter(pk=version.pk).update(content=content, text=made.text, digest=made.digest)
        Signature.objects.filter(version=version).update(digest=made.digest)
        Commitment.objects.filter(pk=version.commitment_id).update(draft=words | {"milestones": milestones})


def act(made):
    """Everything that pushes a fragment, by or about somebody with a hostile name."""
    from people.models import Participant
    from sessions.models import Session

    session = Session.objects.select_related("edition").get(pk=made["session"])
    people = Participant.objects.in_bulk([*made["people"].values(), *made["crowd"]])
    by = {role: people[pk] for role, pk in made["people"].items()}
    _chat(session, by, [people[pk] for pk in made["crowd"]])
    _around_the_chat(session, by)
    _questions(session, by)
    _polls(session, made)
    _programme(session, by, made)
    _streams(session)
    _awards(session, by)
    _signing(session, by)
    _planning(session.edition, session, by["organiser"])
    _expo(by, made)
    _networking(made)
    _notices(session.edition_id)
    _translated(session)


def _translated(session):
    """What a machine makes of hostile words is as hostile."""
    from django.db import transaction

    from common.registry import registry
    from translation import events
    from translation.models import Translation, digest

    for kind, translatable in registry.translatable.items():
        words = translatable.words(translatable.newest(session.pk))
        rows = [
            (digest(each.text), "\n".join([payload] * len(each.places or [1])))
            for each, payload in zip(words.values(), PAYLOADS, strict=False)
        ]
        Translation.objects.bulk_create(
            [Translation(digest=key, source="es", target="en", text=text) for key, text in dict(rows).items()],
            ignore_conflicts=True,
        )
        with transaction.atomic():
            events.tell(session, kind, words, "en")


def _notices(edition):
    from django.db import transaction

    from notices.changes import tell

    with transaction.atomic():
        tell({"edition": edition})


def _chat(session, by, crowd):
    from chat import moderating
    from chat.models import Message

    for who, text in zip(crowd, PAYLOADS, strict=True):
        Message.send(session, who, text, uuid.uuid4())
    author, moderator = by["attendee"], by["moderator"]
    message = Message.objects.filter(session=session).first()
    message.remove(moderator)
    message.restore(moderator)
    for more in ({"mentions": [author.pk]}, {"held": "links"}, {}):
        Message.send(session, author, PAYLOADS[0], uuid.uuid4(), **more)
    said, held, reported = Message.objects.filter(session=session, participant=author).order_by("-seq")[:3][::-1]
    said.edit(PAYLOADS[1], said.version)
    moderating.pin(said, moderator, True)
    moderating.report(reported, moderator, PAYLOADS[2])
    reported.remove(moderator, PAYLOADS[3])
    moderating.mute(said, moderator, session.room_key, 5, PAYLOADS[4])


def _around_the_chat(session, by):
    from announcements import announcing
    from backstage.models import Remark
    from common import clock

    now = clock.now()
    texts = {"en": PAYLOADS[5]}
    given = {"scope": session.room_key, "session": session, "starts_at": now, "ends_at": now + timedelta(hours=1)}
    announcing.make(session.edition, by["organiser"], {**given, "texts": texts})
    Remark.say(session, by["moderator"], PAYLOADS[6], uuid.uuid4())


def _questions(session, by):
    from questions import asking, moderation
    from questions.models import Prompt, Question, QuestionSettings
    from questions.state import step

    numbers = count(3)
    for text in PAYLOADS:
        number = next(numbers)
        places = fitting(80, number), fitting(80, number + 1)
        asking.add_from_hall(session, by["moderator"], text, *places, uuid.uuid4())
    keys = [asking.ask(session, by["attendee"], asking.Draft(text), uuid.uuid4()).pk for text in PAYLOADS[:4]]
    for pk in keys[:3]:
        step(pk, "approve", by["moderator"])
    for pk in keys[:2]:
        step(pk, "queue", by["moderator"])
    step(keys[0], "stage", by["moderator"])
    step(keys[2], "dismiss", by["moderator"], reason=fitting(200, 4))
    question = Question.objects.select_related("session__edition", "asker", "root").get(pk=keys[1])
    moderation.note(question, by["moderator"], PAYLOADS[12])
    moderation.label(question, [fitting(24, 5)], by["moderator"])
    moderation.answer(question, by["speaker"], PAYLOADS[13], False)
    moderation.prompt(session, by["moderator"], PAYLOADS[14])
    moderation.acknowledge(Prompt.objects.filter(session=session).last(), by["speaker"], PAYLOADS[15])
    asking.change_settings(QuestionSettings.of(session), {"intake": "closed"}, ["intake"], by["moderator"])


def _polls(session, made):
    from polls.models import Poll
    from polls.prepare import move
    from polls.state import open_now, step

    step(made["open"], "close")
    move(Poll.objects.get(pk=made["open"]), -1)
    step(made["open"], "archive")
    open_now(made["draft"])


def _programme(session, by, made):
    from sessions import access, status

    status.step(session.pk, "prepare", by["moderator"], reason=fitting(200, 8))
    status.step(session.pk, "go_live", by["moderator"])
    access.change(made["other_session"], access.Settings("invited"), by["organiser"])


def _streams(session):
    from django.db import transaction

    from captions import writing
    from sessions.models import Session
    from streams import events

    with transaction.atomic():
        events.changed(Session.objects.for_display().get(pk=session.pk))
        for text in PAYLOADS:
            writing.add(session.caption_tracks.first(), session.start, text)


def _awards(session, by):
    from awards import ceremony, deciding
    from awards.models import Call, Category
    from tests.awards.conftest import category_of, entry_of

    Call.objects.filter(edition=session.edition).update(hold=0)
    category = category_of(session.edition.call, fitting(120, 9))
    Category.objects.filter(pk=category.pk).update(stages=[{"key": "first", "label": fitting(80, 21)}])
    words = {"title": fitting(160, 10), "organisation": fitting(120, 11), "city": fitting(120, 12)}
    entry = entry_of(category, by["attendee"], "eligible", **words)
    deciding.place(category, deciding.WINNERS, entry.pk, "winner", by["moderator"])
    deciding.seal(category, deciding.WINNERS, by["moderator"])
    ceremony.add(session, category, by["moderator"])
    ceremony.run(session.award_cues.get(category=category).pk, "stage", by["moderator"], 0)


def _signing(session, by):
    from cities.models import Organisation
    from collaboration import signing, stage
    from tests.collaboration.conftest import draft_of

    party = Organisation.objects.get(memberships__participant=by["attendee"], memberships__role="focal", city=None)
    words = {"title": fitting(160, 17), "target": fitting(120, 18), "measure": fitting(120, 19)}
    commitment = draft_of(session.edition, party, **words)
    version = signing.propose(commitment.pk, by["attendee"])
    stage.bring(session, commitment, by["organiser"])
    stage.step(commitment.signings.get().pk, "open", by["moderator"])
    signing.sign(commitment.pk, party, by["attendee"], version.digest, fitting(120, 20))


def _planning(edition, session, organiser):
    from django.db import transaction

    from planning import drafting, releasing
    from planning.working import find
    from sessions.models import Edition

    with transaction.atomic():
        Edition.locked(edition.pk)
        words = {"title": fitting(160, 13), "format": fitting(40, 14), "abstract": " ".join(PAYLOADS)}
        draft = drafting.put(edition, find(edition, f"s{session.pk}"), words, organiser)
        releasing.release(edition, [draft.pk], fitting(300, 15), organiser)


def _expo(by, made):
    from expo import meeting, scanning, talking, team
    from expo.models import Exhibitor, Lead, Meeting, Talk

    exhibitor = Exhibitor.objects.select_related("edition").get(pk=made["exhibitor"])
    talk = Talk.objects.get(pk=made["expo_taken"])
    for text in PAYLOADS[:30]:
        talking.write(exhibitor, None, by["attendee"], text, uuid.uuid4())
    talking.write(exhibitor, talk, by["speaker"], PAYLOADS[31], uuid.uuid4())
    talking.write(exhibitor, talk, by["moderator"], PAYLOADS[32], uuid.uuid4())
    for here in (False, True):
        team.be_here(exhibitor, by["moderator"], here)
    talking.step(talk.pk, "end", by["speaker"])
    lead = Lead.objects.get(exhibitor=exhibitor)
    scanning.take_back(by["attendee"], lead.pk)
    what = scanning.Scan(made["expo_badge"], uuid.uuid4(), tags=PAYLOADS[33], note=PAYLOADS[34])
    scanning.scan(exhibitor, by["moderator"], what)
    met = Meeting.objects.get(pk=made["expo_meeting"])
    meeting.answer(met.pk, "decline", by["moderator"], False, expected=met.version)


def _networking(made):
    from networking import keeping_away, writing
    from networking.models import Conversation

    two = Conversation.objects.select_related("edition", "asker", "asked").get(pk=made["network_conversation"])
    for text in PAYLOADS[:30]:
        line = writing.write(two.pk, two.asked, text, uuid.uuid4())
    keeping_away.report(two, two.asker, PAYLOADS[35], [line])
    for on in (True, False):
        keeping_away.block(two.asker, two.asked_id, on)
