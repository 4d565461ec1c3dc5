"""Files of entries: told by their content, read by who may read the entry, counted from the submission on."""

import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from awards import entering, state
from awards.models import EntryFile, Review
from common import clock, pdf, uploads
from people.refusal import Refused
from tests import world
from tests.awards.conftest import entry_of, judge_of, stranger
from tests.awards.test_entering import signed_in
from tests.pictures import png

pytestmark = pytest.mark.django_db
PLAIN = b"%%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%s\ntrailer\n%%%%EOF\n"


def sent(data, name="a.png"):
    return SimpleUploadedFile(name, data)


def packed(objects, kind=b"/Type /ObjStm"):
    stream = zlib.compress(objects)
    return PLAIN % (b"2 0 obj\n<< %s /Filter /FlateDecode >>\nstream\n%s\nendstream\nendobj" % (kind, stream))


@pytest.mark.parametrize(
    ("data", "acts"),
    [
        (PLAIN % b"", False),
        (PLAIN % b"3 0 obj << /S /JavaScript /JS (app.alert) >> endobj", True),
        (PLAIN % b"3 0 obj << /S /J#61vaScript >> endobj", True),
        (PLAIN % b"3 0 obj << /S /Launch /F (cmd) >> endobj", True),
        (PLAIN % b"trailer << /Encrypt 5 0 R >>", True),
        (packed(b"3 0 << /Title (Plan) >>"), False),
        (packed(b"3 0 << /S /JavaScript >>"), True),
        (packed(b"3 0 << /S /JavaScript >>", b"/Type /Obj#53tm"), True),
        (packed(b"drawing with /JS in it", b"/Length 9"), False),
        (packed(b"x" * (pdf.MOST + 1)), True),
        (PLAIN % b"2 0 obj << /ObjStm >>\nstream\nnot packed\nendstream", True),
    ],
)
def test_a_pdf_is_looked_into(data, acts):
    assert pdf.is_pdf(data)
    assert pdf.acts(data) == acts


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<svg onload=alert(1)>", "no PNG"),
        (b"MZ\x90 a program", "no PNG"),
        (b"%PDF-1.7 cut off", "not whole"),
        (PLAIN % b"<< /S /JavaScript >>", "scripts"),
        (png() + b"x" * uploads.MAX_BYTES, "larger than"),
        (png(size=(5200, 5000)), "megapixels"),
    ],
)
@pytest.mark.parametrize("name", ["plan.pdf", "photo.png"])
def test_what_it_is_its_content_tells(data, words, name):
    with pytest.raises(ValidationError, match=words):
        uploads.fields_of(sent(data, name))


def test_a_picture_is_drawn_anew():
    kept = uploads.fields_of(sent(png(size=(3000, 1500)) + b"<script>canary</script>", "x" * 300 + ".png"))
    assert (kept["kind"], kept["width"], kept["height"]) == ("image/webp", 1600, 800)
    assert b"canary" not in kept["data"]
    assert len(kept["name"]) == uploads.MAX_NAME


@pytest.fixture
def draft(place):
    return entry_of(place["category"], place["all"]["attendee"], "draft")


def add(place, entry, data=None, who="attendee", **fields):
    file = sent(png() if data is None else data)
    return signed_in(place, who).post(
        reverse("awards:files", args=[entry.pk]), {"file": file, "caption": "A tree"} | fields
    )


def test_files_count_from_the_submission_on(place, draft):
    owner, pages = place["all"]["attendee"], signed_in(place)
    assert add(place, draft).status_code == 302
    file = draft.files.get()
    assert "A tree" in pages.get(reverse("awards:edit", args=[draft.pk])).text
    entering.submit(draft.pk, owner, clock.now(), "")
    draft.refresh_from_db()
    assert not draft.changed_since
    assert add(place, draft, PLAIN % b"", caption="A plan").status_code == 302
    pages.post(reverse("awards:files", args=[draft.pk]), {"remove": file.pk})
    assert [held.caption for held in draft.files.written()] == ["A plan"]
    assert [held.caption for held in draft.files.submitted()] == ["A tree"], "until the next submission"
    assert draft.changed_since
    entering.submit(draft.pk, owner, clock.now(), "")
    assert [held.caption for held in draft.files.submitted()] == ["A plan"]
    assert not EntryFile.objects.filter(pk=file.pk).exists()


def test_refused_files_are_said_on_the_page(place, draft):
    answer = add(place, draft, b"<svg/>")
    assert answer.status_code == 422
    assert "no PNG, JPEG or WebP" in answer.text
    for _ in range(6):
        add(place, draft)
    assert add(place, draft).status_code == 409
    assert draft.files.count() == 6
    type(draft.call).objects.update(closes_at=clock.now(), grace=0)
    assert signed_in(place).post(
        reverse("awards:files", args=[draft.pk]), {"remove": draft.files.first().pk}
    ).status_code == 409  # fmt: skip


WHO = ["anonymous", "outsider", "attendee", "coauthor", "rival", "speaker", "moderator", "organiser", "banned"]
WHO += ["judge", "other_judge", "chair"]
OFFICE = {"attendee", "coauthor", "organiser", "judge"}
ALL = set(WHO) - {"banned"}


@pytest.mark.parametrize(
    ("state_of", "counts", "kind", "readers"),
    [
        ("draft", False, "image/webp", {"attendee", "coauthor"}),
        ("submitted", False, "image/webp", {"attendee", "coauthor"}),
        ("submitted", True, "image/webp", OFFICE - {"judge"}),
        ("eligible", True, "image/webp", OFFICE),
        ("eligible", True, "application/pdf", OFFICE),
        ("winner", True, "application/pdf", OFFICE),
        ("winner", False, "image/webp", {"attendee", "coauthor"}),
        ("finalist", True, "image/webp", ALL),
        ("withdrawn", True, "image/webp", OFFICE - {"judge"}),
    ],
)
def test_who_reads_a_file(place, state_of, counts, kind, readers):
    edition, session = place["at"].edition, place["at"]
    for name in ("rival", "coauthor"):
        made = world.participant(f"{name}-x", "attendee", edition, session)
        place["all"][name], place["cookies"][name] = made, world.cookie(made)
    for name in ("judge", "other_judge", "chair"):
        made = stranger(name)
        place["cookies"][name] = world.cookie(made)
        place[name] = judge_of(place["call"], made, chair=name == "chair")
    entry = entry_of(place["category"], place["all"]["attendee"], state_of)
    entry.authors.add(place["all"]["coauthor"])
    Review.objects.create(judge=place["judge"], entry=entry)
    fields = uploads.fields_of(sent(png())) | {"kind": kind, "counts": counts}
    file = EntryFile.objects.create(entry=entry, caption="A tree", **fields)
    for who in WHO:
        client = Client() if who == "anonymous" else signed_in(place, who)
        answer = client.get(reverse("awards:file", args=[file.pk]))
        assert (answer.status_code == 200) == (who in readers), (who, answer.status_code)
        if who in readers:
            assert answer["Content-Type"] == kind
            assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
            assert answer["X-Content-Type-Options"] == "nosniff"
            assert answer["Content-Disposition"].startswith("inline" if kind == "image/webp" else "attachment")
            assert "private" in answer["Cache-Control"]


def test_no_file_of_another_entry_is_taken_out(place, draft):
    add(place, draft)
    other = entry_of(place["category"], place["all"]["attendee"], "draft")
    signed_in(place).post(reverse("awards:files", args=[other.pk]), {"remove": draft.files.get().pk})
    assert draft.files.written().count() == 1
    with pytest.raises(Refused):
        state.step(draft.pk, "accept", place["all"]["organiser"])
