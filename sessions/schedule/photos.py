"""The speakers' photos whose addresses a schedule gives: fetched once, after the import."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.models import F, QuerySet

from common import clock, uploads
from common.contract import Again
from common.fetching import Unreachable, fetch
from scheduler import planning
from sessions.models import Edition, Speaker, SpeakerPhoto

JOB = "sessions.photos"
SIDE = 384  # pixels: the largest that is shown, on a dense screen
LARGEST = 5_000_000  # bytes that are fetched; what is kept is drawn anew and small
AT_ONCE = 10  # photos of one turn: somebody else's server may be slow


def _wanted(edition_pk: int) -> QuerySet[Speaker]:
    """The speakers without a photo whose address has not been tried. One that an organiser has removed stays away."""
    listed = Speaker.objects.filter(edition=edition_pk, photo=None).exclude(photo_from="")
    return listed.exclude(photo_from=F("photo_tried")).order_by("pk")


def plan(edition: Edition) -> None:
    """Have them fetched soon, if there are any; within the caller's transaction."""
    if _wanted(edition.pk).exists():
        planning.at(clock.now(), JOB, {"edition": edition.pk}, key=str(edition.pk))


def take(data: dict[str, Any]) -> Again | None:
    """The job: fetch the next few of an edition."""
    waiting = list(_wanted(data["edition"])[:AT_ONCE])
    for speaker in waiting:
        _keep(speaker, _photo_at(speaker.photo_from))
    return Again(clock.now(), data) if len(waiting) == AT_ONCE else None


def _photo_at(address: str) -> dict[str, Any] | None:
    """The fields of the photo there; None where is none that can be kept."""
    try:
        body = fetch(address, LARGEST)
        file = SimpleUploadedFile(address.rpartition("/")[2].partition("?")[0] or "photo", body)
        return uploads.picture_of(file, SIDE, LARGEST)
    except (Unreachable, ValidationError):
        return None


def _keep(speaker: Speaker, fields: dict[str, Any] | None) -> None:
    with transaction.atomic():
        held = Speaker.objects.select_for_update().get(pk=speaker.pk)  # an organiser may send one at the same time
        if fields and not SpeakerPhoto.objects.filter(speaker=held).exists():
            SpeakerPhoto.objects.create(speaker=held, **fields)
        Speaker.objects.filter(pk=held.pk).update(photo_tried=speaker.photo_from)
