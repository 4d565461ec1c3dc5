"""Pictures of cases: drawn anew, with words for who cannot see them, public only once an editor published them."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from cities import pictures, state
from cities.models import Case, CasePicture
from cities.state import MACHINE
from common import uploads
from people import account
from people.models import AuditEntry
from people.refusal import Refused
from tests.cities.conftest import case_of, picture_of
from tests.people.matrix import signed_in
from tests.pictures import png

WORDS = {"caption": "A tram in the rain", "credit": "Aino Virtanen"}


def page_of(case):
    return reverse("cities:pictures", args=[case.pk])


def send(place, case, data=None, who="attendee", **more):
    file = SimpleUploadedFile("tram.png", png() if data is None else data)
    return signed_in(place, who).post(page_of(case), {"file": file, **WORDS, **more})


def address(picture, name="picture"):
    return reverse(f"cities:{name}", args=[picture.pk])


def status(place, picture, *roles):
    found = {role: signed_in(place, role).get(address(picture)).status_code for role in roles}
    small = {role: signed_in(place, role).get(address(picture, "picture_card")).status_code for role in roles}
    assert found == small
    return found


def publish(place, case):
    by = place["all"]["attendee"]
    for action in ("submit", "publish"):
        case = state.step(case.pk, action, by)
    return case


@pytest.fixture
def draft(place):
    return case_of(place["city"], place["all"]["attendee"], "draft")


def test_a_picture_is_drawn_anew_and_once_more_for_lists(place, draft):
    assert send(place, draft, png(size=(3000, 1500)) + b"canary").status_code == 302
    kept = CasePicture.objects.get()
    assert (kept.kind, kept.width, kept.height) == ("image/webp", 1600, 800) and b"canary" not in bytes(kept.data)
    for name, width in (("picture", 1600), ("picture_card", 640)):
        answer = signed_in(place, "attendee").get(address(kept, name))
        assert Image.open(io.BytesIO(answer.content)).width == width
        assert (
            answer["Content-Security-Policy"] == "default-src 'none'; sandbox" and "private" in answer["Cache-Control"]
        )


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"data": b"<svg onload=alert(1)>"}, "no PNG"),
        ({"data": b"%PDF-1.7 a paper"}, "no PNG"),
        ({"data": png() + b"x" * uploads.MAX_BYTES}, "larger than"),
        ({"data": png(size=(5200, 5000))}, "megapixels"),
        ({"caption": ""}, "required"),
        ({"credit": " "}, "required"),
        ({"caption": "x" * 161}, "160"),
    ],
)
def test_what_is_refused_is_said_and_the_words_stay(place, draft, sent, words):
    answer = send(place, draft, **sent)
    assert answer.status_code == 422 and words in answer.text
    assert ("caption" in sent) or "A tram in the rain" in answer.text
    assert not CasePicture.objects.exists()


def test_at_most_six(place, draft):
    for _ in range(pictures.MOST):
        picture_of(draft)
    assert send(place, draft).status_code == 409 and draft.pictures.count() == 6
    assert "Add the picture" not in signed_in(place, "attendee").get(page_of(draft)).text


def test_who_sees_it_before_and_after_the_review(place, draft):
    everybody = ("anonymous", "attendee", "moderator", "organiser")
    picture = picture_of(draft)
    assert status(place, picture, *everybody) == dict(zip(everybody, (404, 200, 404, 404), strict=True))
    state.step(draft.pk, "submit", place["all"]["attendee"])
    assert status(place, picture, *everybody) == dict(zip(everybody, (404, 200, 404, 200), strict=True))
    assert picture.caption in signed_in(place, "organiser").get(reverse("cities:check", args=[draft.pk])).text
    assert send(place, draft).status_code == 409, "not while an editor looks at it"
    state.step(draft.pk, "publish", place["all"]["attendee"])
    assert set(status(place, picture, *everybody).values()) == {200}
    state.step(draft.pk, "hide", place["all"]["organiser"], words="Whose face is it?")
    assert status(place, picture, *everybody) == dict(zip(everybody, (404, 200, 404, 200), strict=True))


def test_pages_show_what_is_published_with_its_words_and_sizes(place, draft):
    first = picture_of(draft, "A tram")
    case = publish(place, draft)
    second = picture_of(case, "Xk7canary")
    for path in (case.get_absolute_url(), reverse("cities:cases"), reverse("cities:overview"),
                 place["city"].get_absolute_url(), place["organisation"].get_absolute_url()):  # fmt: skip
        text = signed_in(place, "anonymous").get(path).text
        [image] = re.findall(r"<img[^>]*/tomorrow/pictures/[^>]*>", text)
        assert str(first.pk) in image and "Xk7canary" not in text and str(second.pk) not in text, path
        assert (
            'width="320"' in image and 'height="180"' in image and 'loading="lazy"' in image and 'alt="A tram"' in image
        )


def test_versions_keep_their_pictures_and_what_was_never_published_goes(place, draft):
    first = picture_of(draft, "The first")
    case = publish(place, draft)
    client = signed_in(place, "attendee")
    second = picture_of(case, "The second")
    client.post(page_of(case), {"remove": first.pk})
    assert "The first" in client.get(case.get_absolute_url()).text, "until it is published without it"
    case = publish(place, case)
    page = signed_in(place, "anonymous").get(case.get_absolute_url()).text
    assert "The second" in page and "The first" not in page
    older = signed_in(place, "anonymous").get(reverse("cities:version", args=[case.pk, 1])).text
    assert "The first" in older and "The second" not in older
    assert [version.content["pictures"] for version in case.versions.all()] == [[str(second.pk)], [str(first.pk)]]
    third = picture_of(case, "The third")
    client.post(page_of(case), {"remove": third.pk})
    assert not CasePicture.objects.filter(pk=third.pk).exists()


def test_only_its_team_changes_them(place, draft):
    picture = picture_of(draft)
    for role in ("moderator", "organiser", "anonymous", "outsider"):
        assert signed_in(place, role).get(page_of(draft)).status_code == 404
        assert signed_in(place, role).post(page_of(draft), {"remove": picture.pk}).status_code in (403, 404)
    other = case_of(place["city"], place["all"]["attendee"], "draft")
    signed_in(place, "attendee").post(page_of(other), {"remove": picture.pk})
    assert signed_in(place, "attendee").post(page_of(other), {"remove": "nonsense"}).status_code == 422
    assert draft.pictures.written().get() == picture, "another case's"


def test_an_editor_takes_one_down_everywhere_at_once(place, draft):
    picture = picture_of(draft, "Somebody’s face")
    case = publish(place, draft)
    path = address(picture, "erase")
    assert signed_in(place, "attendee").post(path).status_code == 404
    assert signed_in(place, "organiser").post(path).status_code == 302
    for page in (case.get_absolute_url(), reverse("cities:version", args=[case.pk, 1])):
        assert "Somebody’s face" not in signed_in(place, "anonymous").get(page).text
    assert signed_in(place, "attendee").get(address(picture)).status_code == 404
    assert AuditEntry.objects.filter(action="cities.erase", details__case=case.pk).exists()


def test_who_saw_the_case_before_a_picture_came_is_told(place, draft):
    seen = draft.version
    assert send(place, draft).status_code == 302
    with pytest.raises(Refused):
        state.step(draft.pk, "submit", place["all"]["attendee"], expected=seen)
    assert MACHINE.current(draft.pk).state == "draft"


def test_a_list_with_pictures_has_as_few_queries(place, django_assert_max_num_queries, django_assert_num_queries):
    for _ in range(8):
        case = case_of(place["city"], place["all"]["attendee"])
        for _picture in range(3):
            picture_of(case, is_public=True, was_public=True)
    with django_assert_num_queries(3):
        shown = [case.shown for case in Case.objects.public().for_cards()]
    assert [len(pictures) for pictures in shown] == [3] * 8
    assert shown[0][0].get_deferred_fields() == {"data", "card"}
    with django_assert_max_num_queries(20):
        signed_in(place, "attendee").get(reverse("cities:cases"))


def test_a_persons_download_has_them_and_their_name_goes(place, draft):
    send(place, draft)
    who = place["all"]["attendee"]
    told = account.data_of(who)
    assert "A tram in the rain" in str(told)
    account.delete(who)
    assert CasePicture.objects.filter(by__isnull=False).count() == 0
