"""How the awards' views ask for permission. What is not one's own, or not public yet, does not exist."""

import uuid
from typing import Any

from django.shortcuts import get_object_or_404

from awards import files
from awards.models import Call, Entry, EntryFile, Review
from sessions.guard import Guard
from sessions.models import Edition


def entry_of(pk: uuid.UUID) -> Entry:
    """The entry with its call and edition, or 404."""
    return get_object_or_404(Entry.objects.select_related("category__call__edition__host_city", "owner"), pk=pk)


def review_of(pk: int) -> Review:
    """The review with its entry, call and edition, or 404."""
    reviews = Review.objects.select_related("judge__participant", "entry__category__call__edition__host_city")
    return get_object_or_404(reviews, pk=pk)


def file_of(pk: uuid.UUID) -> EntryFile:
    """The file with its entry, call and edition, or 404."""
    return get_object_or_404(EntryFile.objects.select_related("entry__category__call__edition__host_city"), pk=pk)


def call_of(edition: Edition) -> Call:
    """The edition's call, or 404."""
    return get_object_or_404(Call.objects.select_related("edition__host_city"), edition=edition)


def _is_author(user: Any, entry: Entry) -> bool:
    return user.is_authenticated and entry.authors.filter(pk=user.pk).exists()


guard = Guard("awards.view")  # of the edition
office = Guard()  # of the edition, for organisers and the jury: for others its pages do not exist
public = Guard("awards.view", entry_of, lambda user, entry: entry.is_public)
own = Guard("awards.view", entry_of, _is_author)
staff = Guard("", entry_of)
desk = Guard("", review_of, lambda user, review: review.judge.participant_id == user.pk)
stored = Guard("awards.view", file_of, files.may_read)
