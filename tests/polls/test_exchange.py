"""Polls from tables, results to files, images."""

import csv
import io
import json
import re
import xml.etree.ElementTree as ElementTree

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from common import tables
from people.refusal import Refused
from polls import exchange, pictures
from polls.models import Poll
from polls.prepare import save
from polls.state import open_now, step
from tests.polls.conftest import answered, opened, poll_of

pytestmark = pytest.mark.django_db
TABLE = """type,question,options,right,seconds,results,max
single,Shall we?,Yes|No,,,closed,
quiz,Which city?,Barcelona|Madrid,1,20,,
quiz,And which now?,Barcelona|Madrid,Madrid,20,,
multiple,Which ones?,A|B|C,,,,2
rating,How was it?,,,,,
words,One word?,,,,,1
number,How many?,,,,,
"""


def test_a_table_becomes_drafts(session):
    made = exchange.import_csv(session, TABLE.encode("utf-8-sig"))
    assert [poll.type for poll in made] == ["single", "quiz", "quiz", "multiple", "rating", "words", "number"]
    assert {poll.state for poll in made} == {"draft"}
    assert made[0].results == "closed" and made[1].duration == 20 and made[3].max_choices == 2 and made[4].highest == 5
    assert [option.right for option in made[1].options.all()] == [True, False]
    assert [option.right for option in made[2].options.all()] == [False, True]
    assert exchange.import_csv(session, b"type;question;options\nsingle;Really?;Yes|No\n")[0].question == "Really?"


@pytest.mark.parametrize(
    ("table", "told"),
    [
        (b"\xff\xfe", "missing: question, type"),
        (b'type,question\nsingle,"x', "no CSV table"),
        (b"question\nWhy?\n", "missing: type"),
        (b"type,question,colour\ntext,Why?,red\n", "not known: colour"),
        (b"type,question\n", "1 to 100 lines"),
        (b"type,question\n" + b"text,Why?\n" * 101, "1 to 100 lines"),
        (b"type,question\n" + b"x" * 200_000, "200 kB"),
        (b"type,question\nsong,Why?\n", "Line 2: "),
        (b"type,question\ntext,Why?\nsingle,Shall we?\n", "Line 3: Write at least two"),
        (b"type,question,options\nquiz,Shall we?,A|B\n", "Line 2: Mark the right"),
        (b"type,question,seconds\ntext,Shall we?,-1\n", "Line 2: "),
        (b"type,question\ntext,\n", "Line 2: Write the question"),
    ],
)
def test_what_is_wrong_is_told_by_line_and_nothing_is_made(session, table, told):
    with pytest.raises(Refused, match=told):
        exchange.import_csv(session, table)
    assert not Poll.objects.exists()


ANYTHING = st.one_of(
    st.binary(max_size=300),
    st.text(max_size=300).map(lambda text: f"type,question\n{text}".encode()),
    st.text('abc ,;|"\n', max_size=60).map(lambda text: f"type,question,options\ntext,{text}".encode()),
)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(ANYTHING)
def test_any_table_becomes_one_draft_a_line_or_is_refused_and_leaves_nothing(session, data):
    before = Poll.objects.count()
    try:
        made = exchange.import_csv(session, data)
    except Refused as refusal:
        assert str(refusal).strip() and Poll.objects.count() == before
        return
    assert 1 <= len(made) <= exchange.MAX_ROWS and Poll.objects.count() == before + len(made)
    lines = csv.DictReader(io.StringIO(data.decode("utf-8-sig").replace("\0", ""), newline=""))
    lines = [line for line in lines if (line["question"] or "").strip()]  # a blank line is none, another is refused
    assert [poll.question for poll in made] == [" ".join(line["question"].split()) for line in lines]
    assert {(poll.state, poll.session_id) for poll in made} == {("draft", session.pk)}


WORDS = st.text("aé中 ,;\"'\n=<&", min_size=1, max_size=40).filter(str.strip)


OPTIONS = st.lists(WORDS, min_size=2, max_size=5)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(WORDS, OPTIONS), min_size=1, max_size=5))
def test_what_a_table_says_is_what_the_drafts_ask(session, polls):
    Poll.objects.all().delete()  # of the example before: a session has at most 200
    out = io.StringIO(newline="")
    rows = csv.writer(out)
    rows.writerow(["type", "question", "options"])
    rows.writerows(["single", question, "|".join(options)] for question, options in polls)
    made = exchange.import_csv(session, out.getvalue().encode())
    assert [(poll.question, [option.text for option in poll.options.all()]) for poll in made] == [
        (" ".join(question.split()), [" ".join(text.split()) for text in options]) for question, options in polls
    ]


def test_results_as_csv_and_json_without_formulas(session, crowd):
    poll = opened(session, type="words", question="=1+1")
    answered(poll, crowd[:2], word=["=cmd()"])
    step(poll.pk, "close")
    named = opened(session)
    answered(named, crowd[:2], option=[1])
    rows = list(csv.DictReader(io.StringIO(exchange.as_csv(session).lstrip("\ufeff"))))
    assert rows[0]["question"] == "'=1+1" and rows[0]["option"] == "'=cmd()" and rows[0]["count"] == "2"
    assert [(row["option"], row["count"], row["share"]) for row in rows[1:]] == [
        ("Yes", "0", "0"), ("No", "2", "100"), ("Later", "0", "0"),
    ]  # fmt: skip
    told = json.loads(exchange.as_json(session))["rounds"]
    assert len(told[1]["named_ballots"]) == 2 and told[1]["named_ballots"][0]["marks"][0]["option"] == "No"


def test_anonymous_ballots_are_exported_without_names(session, crowd):
    poll = opened(session, anonymous=True)
    answered(poll, crowd, option=[1])
    for text in (exchange.as_json(session), exchange.as_csv(session)):
        assert "P0" not in text and "example.org" not in text
    assert json.loads(exchange.as_json(session))["rounds"][0]["named_ballots"] == []


@pytest.mark.parametrize("kind", ["single", "rating", "words", "text", "number", "ranking"])
def test_charts_are_well_formed_svg(session, place, crowd, kind):
    poll = opened(session, type=kind, question="<b>&amp; why?", highest=5 if kind == "rating" else 100)
    fields = {
        "single": {"option": [0]},
        "ranking": {"option": [0, 1, 2]},
        "words": {"word": ["<i>"]},
        "text": {"text": ["<i>"]},
    }
    answered(poll, crowd[:3], **fields.get(kind, {"rating": [3], "number": [3]}))
    client = Client()
    client.cookies["sessionid"] = place["cookies"]["moderator"]
    response = client.get(reverse("polls:chart", args=[poll.pk]))
    texts = [part.text for part in ElementTree.fromstring(response.content).iter() if part.text]
    assert "<b>&amp; why?" in texts


# --- images ----------------------------------------------------------------------------------------------------------
def image(kind="PNG", size=(900, 300), **options):
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **options)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_images_are_drawn_anew(kind):
    comment = {"comment": b"Canary"} if kind == "JPEG" else {}
    kept = pictures.keep(SimpleUploadedFile("a.png", image(kind, **comment) + b"<script>Canary</script>"))
    drawn = Image.open(io.BytesIO(bytes(kept.data)))
    assert (drawn.format, drawn.size) == ("WEBP", (640, 213))
    assert b"Canary" not in bytes(kept.data)


@pytest.mark.parametrize(
    "data",
    [b"", b"<svg/>", b"<script>", image("GIF"), image("PNG")[:60], image(size=(6000, 6000)), b"x" * 800_001],
)
def test_what_is_no_image_or_too_large_is_refused(data):
    with pytest.raises(forms.ValidationError):
        pictures.keep(SimpleUploadedFile("a.png", data))


def test_the_form_makes_a_poll_with_images_and_loses_nothing_when_it_is_wrong(session, place):
    client = Client()
    client.cookies["sessionid"] = place["cookies"]["moderator"]
    address = reverse("polls:new", args=[session.pk])
    data = {
        "type": "single",
        "question": "Which square?",
        "results": "live",
        "screen": "live",
        "option-0-text": "This one",
    }
    wrong = client.post(address, data)
    assert wrong.status_code == 422 and "Write at least two options." in wrong.content.decode()
    assert "Which square?" in wrong.content.decode() and "This one" in wrong.content.decode()
    picture = SimpleUploadedFile("a.png", image(), "image/png")
    made = client.post(address, data | {"option-1-text": "That one", "option-1-picture": picture})
    assert made.status_code == 302
    poll = Poll.objects.get()
    assert [bool(option.picture_id) for option in poll.options.all()] == [False, True]
    option = poll.options.last()
    shown = reverse("polls:picture", args=[option.pk])
    assert Client().get(shown).status_code == 404  # a draft
    assert client.get(shown)["Content-Type"] == "image/webp"
    # the picture stays when the form is sent again without it
    again = {f"option-{at}-id": one.pk for at, one in enumerate(poll.options.all())}
    client.post(reverse("polls:edit", args=[poll.pk]), data | again | {"option-1-text": "That one"})
    assert Poll.objects.get().options.last().picture_id == option.picture_id


def test_a_new_poll_saved_again_is_edited_and_no_second_one_made(session, place):
    client = Client()
    client.cookies["sessionid"] = place["cookies"]["moderator"]
    address = reverse("polls:new", args=[session.pk])
    shown = client.get(address).content.decode()
    client_id = re.search('name="client_id" value="([^"]+)"', shown)[1]
    data = {"type": "single", "question": "Which square?", "results": "live", "screen": "live", "client_id": client_id}
    data |= {"option-0-text": "This one", "option-1-text": "That one"}
    picture = SimpleUploadedFile("a.png", image(), "image/png")
    wrong = client.post(address, data | {"option-1-text": ""})
    assert f'name="client_id" value="{client_id}"' in wrong.content.decode()
    assert client.post(address, data | {"option-1-picture": picture}).status_code == 302
    options = list(Poll.objects.get().options.values_list("pk", "text", "picture"))
    # back, other words, and Save once more
    other = data | {"question": "Which street?"}
    told = client.post(address, other)
    assert told.status_code == 409 and "“Which square?”" in told.text and "Which street?</textarea>" in told.text
    drawn_from = re.search('name="drawn_from" value="([^"]+)"', told.text)[1]
    assert client.post(address, other | {"drawn_from": drawn_from}).status_code == 302
    poll = Poll.objects.get()
    assert poll.question == "Which street?" and list(poll.options.values_list("pk", "text", "picture")) == options
    # two at the same time: the second finds what the first has made
    fields = {"type": "text", "question": "And now?"}
    assert save(session, fields, [], client_id=poll.client_id) == poll
    assert Poll.objects.get().question == "Which street?"
    step(poll.pk, "schedule")
    poll = open_now(poll.pk)
    answered(poll, [place["people"]["attendee"]], option=[0])
    refused = client.post(address, other | {"option-0-text": "Another", "drawn_from": drawn_from})
    assert refused.status_code == 409 and "People have answered" in refused.content.decode()


def test_times_in_the_form_are_the_host_citys(session, place):
    client = Client()
    client.cookies["sessionid"] = place["cookies"]["moderator"]
    data = {"type": "text", "question": "Why?", "results": "live", "screen": "live", "opens_at": "2026-11-25T10:00"}
    assert client.post(reverse("polls:new", args=[session.pk]), data).status_code == 302
    poll = Poll.objects.get()
    assert poll.opens_at.isoformat() == "2026-11-25T09:00:00+00:00"
    assert 'value="2026-11-25T10:00"' in client.get(reverse("polls:edit", args=[poll.pk])).content.decode()


@pytest.mark.parametrize("blank", ["\u2800", "\U000e0041\u200b", "\u3164"])
def test_an_option_or_question_that_shows_nothing_is_refused(session, place, blank):
    client = Client()
    client.cookies["sessionid"] = place["cookies"]["moderator"]
    data = {"type": "single", "question": "Shall we?", "results": "live", "screen": "live"}
    options = {"option-0-text": "Yes", "option-1-text": "No"}
    address = reverse("polls:new", args=[session.pk])
    for wrong, told in [
        ({"option-2-text": blank}, "An option shows nothing"),
        ({"question": blank}, "Write the question"),
    ]:
        response = client.post(address, data | options | wrong)
        assert response.status_code == 422 and told in response.content.decode()
    with pytest.raises(Refused, match="Line 2: An option shows nothing"):
        exchange.import_csv(session, f"type,question,options\nsingle,Shall we?,A|B|{blank}\n".encode())
    composed, decomposed = data | {"option-0-text": "Núria", "option-1-text": "Nu\u0301ria"}, "Two options say the same"
    assert decomposed in client.post(address, composed).content.decode()


TABLE_IN = "type;question;options\nsingle;Škoda Žižka or O’Neil?;Yes|No\ntext;¿Qué más?;\n"


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("said", ["", "sep=;\n", "SEP=;\r\n", '"sep=;"\n', "\n \n"])
def test_tables_of_every_spreadsheet_are_read_right(session, encoding, said):
    made = exchange.import_csv(session, (said + TABLE_IN).encode(encoding))
    assert [poll.question for poll in made] == ["Škoda Žižka or O’Neil?", "¿Qué más?"]
    with pytest.raises(Refused, match=f"Line {2 + said.count(chr(10))}: "):
        exchange.import_csv(session, (said + TABLE_IN.replace("single", "singel")).encode(encoding))


def test_what_the_export_says_is_read_again(session):
    head, *rows = TABLE_IN.replace(";", ",").splitlines()
    named = [dict(zip(head.split(","), row.split(","), strict=False)) for row in rows]
    assert len(exchange.import_csv(session, tables.as_csv(head.split(","), named).encode())) == 2


def test_an_option_and_a_question_that_another_has_written(session, place):
    client = Client()
    client.cookies["sessionid"] = place["cookies"]["moderator"]
    poll = poll_of(session)
    path = reverse("polls:edit", args=[poll.pk])
    before = re.search('name="drawn_from" value="([^"]+)"', client.get(path).text)[1]
    sent = {"type": "single", "question": "Shall we?", "results": poll.results, "screen": poll.screen}
    for at, option in enumerate(poll.options.all()):
        sent |= {f"option-{at}-id": str(option.pk), f"option-{at}-text": option.text}
    sent["drawn_from"] = before
    theirs = sent | {"question": "Shall we now?", "option-3-text": "Never"}
    assert client.post(path, theirs).status_code == 302
    assert client.post(path, sent | {"may_change": "on", "duration": "30"}).status_code == 302
    poll.refresh_from_db()
    assert (poll.question, poll.duration, poll.options.count()) == ("Shall we now?", 30, 4)
    told = client.post(path, sent | {"option-0-text": "Surely"})
    assert told.status_code == 409 and "Yes / No / Later / Never" in told.text and 'value="Surely"' in told.text
    assert "Shall we now?</textarea>" in told.text and poll.options.count() == 4
