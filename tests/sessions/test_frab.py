"""The programme as frab files: strict, and imported again they change nothing."""

import json

import jsonschema
import pytest
from lxml import etree

from sessions.models import Edition, Session, Speaker, Stage, Status
from sessions.schedule import frab, read
from sessions.schedule.importer import apply
from tests import world
from tests.sessions.conftest import REAL
from tests.sessions.test_import import counts, rows

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def schemas():
    content = json.loads((REAL / "schema.json").read_text())
    return etree.XMLSchema(etree.parse(REAL / "schedule.xsd")), jsonschema.Draft6Validator(content)


def written(slug, schemas):
    """Both files of an edition as bytes, once they are valid."""
    edition = Edition.objects.select_related("host_city").get(slug=slug)
    document = frab.document(edition, edition.sessions.for_display(), "1", lambda path: f"https://example.org{path}")
    raw = frab.as_xml(document)
    xsd, schema = schemas
    xsd.assertValid(etree.fromstring(raw))
    schema.validate(document)
    return {"xml": raw, "json": json.dumps(document, ensure_ascii=False).encode()}


def state():
    """All that an import could change."""
    columns = ("guid", "title", "abstract", "format", "languages", "start", "end", "poster", "stage", "strand")
    speakers = list(Speaker.objects.order_by("pk").values("guid", "identities", "name", "biography"))
    return rows(), list(Session.objects.order_by("pk").values_list(*columns)), speakers


def unchanged(slug, files, tmp_path, absent=0):
    before = state()
    for form, raw in files.items():
        path = tmp_path / f"again.{form}"
        path.write_bytes(raw)
        count = Session.objects.filter(edition__slug=slug).count() - absent
        assert counts(apply(read(path), slug)) == (0, 0, count, 0, absent), form
        assert state() == before, form


@pytest.mark.parametrize("name", ["fosdem2026.xml", "ccc34.json", "debconf23.xml", "pretalx-democon.json"])
def test_every_real_file_is_exported_strictly_and_imports_again_with_no_change(name, schemas, tmp_path):
    apply(read(REAL / name), "e26")
    unchanged("e26", written("e26", schemas), tmp_path)


def test_what_was_made_on_the_pages_is_the_same_again(schemas, tmp_path):
    """No UUIDs, plain words, stages of the same name in two cities, a cancelled session, no day."""
    place = world.build()
    edition, session = Edition.objects.get(pk=place["edition"]), Session.objects.get(pk=place["session"])
    other = Session.objects.get(pk=place["other_session"])
    Stage.objects.filter(pk=other.stage_id).update(name=session.stage.name)
    start = session.start.replace(second=0, microsecond=0)
    for each, guid in ((session, "made here"), (other, "id:7")):
        Session.objects.filter(pk=each.pk).update(
            guid=guid,
            start=start,
            end=start + (each.end - each.start),
            abstract="Plain & short\n\nTwo <b>parts</b> \ufffe",
        )
    Session.objects.filter(pk=session.pk).update(abstract="Plain &amp; short", title='Tom & "Jerry" <3')
    Session.objects.filter(pk=other.pk).update(abstract="<p>城市 &amp; more</p>", languages=["zh", "en"])
    gone = world.talk(edition, session.stage, "Gone")
    Session.objects.filter(pk=gone.pk).update(status=Status.CANCELLED)
    files = written(edition.slug, schemas)
    assert b"Gone" not in files["xml"] + files["json"]
    unchanged(edition.slug, files, tmp_path, absent=1)


def test_an_edition_without_sessions_is_a_valid_file(schemas):
    place = world.build()
    Session.objects.all().delete()
    written(place["slug"], schemas)
