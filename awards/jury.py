"""The jury: who is in it, who cannot judge what, who judges what."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from awards import panels, rounds
from awards.assigning import assign
from awards.content import RANK
from awards.models import CHAIR, JUDGE, JUDGED, Call, Conflict, Decision, Entry, Judge, Review, State
from common import clock
from common.text import fold
from people import audit
from people.models import Participant, Role
from people.refusal import Refused

CONFLICTS = ("declared", "author", "organisation", "city", "country")
Conflicts = dict[tuple[int, Any], str]  # (judge, entry) -> why: see CONFLICTS


def add(call: Call, email: str, fields: dict[str, Any], by: Participant) -> Judge:
    """A member of the jury: chair, categories, languages. Raises Refused for who does not take part yet."""
    participant = Participant.objects.filter(email=email.strip().lower(), is_active=True).first()
    if participant is None:
        raise Refused(_("Nobody has this address here. Invite them to the edition first, under People."), 422)
    with transaction.atomic():
        judge, _made = Judge.objects.update_or_create(
            call=call, participant=participant, defaults={"chair": fields["chair"], "languages": fields["languages"]}
        )
        judge.categories.set(fields["categories"])
        scope, name = call.edition.room_key, CHAIR if judge.chair else JUDGE
        Role.objects.filter(participant=participant, scope=scope, name__in=[JUDGE, CHAIR]).exclude(name=name).delete()
        Role.objects.get_or_create(participant=participant, scope=scope, name=name)
        audit.record(by, "awards.jury_add", scope, participant.pk)
    return judge


def remove(judge: Judge, by: Participant) -> None:
    """Take somebody out of the jury, with what they have judged; others get their entries."""
    with transaction.atomic():
        scope, participant = judge.call.edition.room_key, judge.participant
        Role.objects.filter(participant=participant, scope=scope, name__in=[JUDGE, CHAIR]).delete()
        judge.delete()
        audit.record(by, "awards.jury_remove", scope, participant.pk)
        if Review.objects.filter(judge__call=judge.call_id).exists():
            distribute(judge.call, by)


def conflicts_of(judges: Iterable[Judge], entries: Iterable[Entry]) -> Conflicts:
    """Who may not judge what: declared, an author, of the same organisation, city, or (a switch) country."""
    judges, entries = list(judges), list(entries)
    declared = Conflict.objects.filter(judge__in=judges, entry__in=entries).values_list("judge", "entry")
    found: Conflicts = dict.fromkeys(declared, "declared")
    authors = defaultdict(set)
    written = Entry.authors.through.objects.filter(entry__in=entries)
    for pk, author in written.values_list("entry", "participant"):
        authors[pk].add(author)
    plain = {judge.pk: _places(judge.participant) for judge in judges}
    for entry in entries:
        places = _places(entry, entry.call.country_conflicts)
        for judge in judges:
            if judge.participant_id in authors[entry.pk]:
                found[judge.pk, entry.pk] = "author"
            elif same := [name for name, place in places.items() if place and place == plain[judge.pk][name]]:
                found[judge.pk, entry.pk] = same[0]
    return found


def _places(thing: Any, with_country: bool = True) -> dict[str, str]:
    """Organisation, city and, if wanted, country of an entry or a person, as they are compared."""
    names = ("organisation", "city", "country") if with_country else ("organisation", "city")
    return {name: _plain(getattr(thing, name)) for name in names}


def _plain(text: str) -> str:
    return fold(text).strip()


def distribute(call: Call, by: Participant | None) -> int:
    """Give every eligible entry its judges. What is begun stays; what is not moves only to be more even.

    Gives back how many reviews no judge could be found for.
    """
    with transaction.atomic():
        Call.objects.select_for_update(no_key=True).get(pk=call.pk)
        judges = list(call.judges.filter(chair=False).select_related("participant").prefetch_related("categories"))
        entries = list(Entry.objects.of(call.edition).filter(state=State.ELIGIBLE))
        conflicts = conflicts_of(judges, entries)
        judged = panels.judged_by(call, judges)
        begun, waiting = _held(call, conflicts)
        loads = Counter(judge for judges_of in begun.values() for judge in judges_of)
        plan = assign(
            {entry.pk: max(0, call.reviews - len(begun[entry.pk])) for entry in entries},
            {entry.pk: _suited(entry, judges, conflicts, begun, judged) for entry in entries},
            {judge.pk: loads[judge.pk] for judge in judges},
            waiting,
        )
        short = sum(plan.short.values())
        moved = _store(plan.given, waiting)
        audit.record(by, "awards.assign", call.edition.room_key, reviews=moved, missing=short)
        return short


def _held(call: Call, conflicts: Conflicts) -> tuple[dict[Any, set[int]], dict[Any, set[int]]]:
    """Entry -> its judges, of the reviews that are begun and of those that wait. Those with a conflict are deleted."""
    begun: dict[Any, set[int]] = defaultdict(set)
    waiting: dict[Any, set[int]] = defaultdict(set)
    reviews = Review.objects.filter(judge__call=call)
    going = [pk for pk, judge, entry in reviews.values_list("pk", "judge", "entry") if (judge, entry) in conflicts]
    reviews.filter(pk__in=going).delete()
    for review in reviews.select_related("entry"):
        held = begun if review.marks or review.note or review.entry.state != State.ELIGIBLE else waiting
        held[review.entry_id].add(review.judge_id)
    return begun, waiting


def _store(given: dict[Any, set[int]], waiting: dict[Any, set[int]]) -> int:
    """Make the reviews that wait those that are given. Gives back how many are new."""
    old = {(entry, judge) for entry, judges in waiting.items() for judge in judges}
    new = {(entry, judge) for entry, judges in given.items() for judge in judges}
    gone = Review.objects.filter(entry__in={entry for entry, _judge in old - new}).values_list("pk", "entry", "judge")
    Review.objects.filter(pk__in=[pk for pk, entry, judge in gone if (entry, judge) in old - new]).delete()
    Review.objects.bulk_create(Review(entry_id=entry, judge_id=judge) for entry, judge in sorted(new - old))
    return len(new - old)


def _suited(
    entry: Entry, judges: list[Judge], conflicts: Conflicts, begun: dict[Any, set[int]], judged: dict[int, set[int]]
) -> dict[int, float]:
    """The judges who may get an entry; 1: they read its language. `judged`: judge -> the categories that are theirs."""
    return {
        judge.pk: float(not entry.language or entry.language in judge.languages)
        for judge in judges
        if entry.category_id in judged[judge.pk]
        if (judge.pk, entry.pk) not in conflicts and judge.pk not in begun[entry.pk]
    }


def recuse(review: Review, reason: str, by: Participant) -> None:
    """The judge cannot judge this entry after all: their marks go, and another judge gets it."""
    with transaction.atomic():
        Conflict.objects.get_or_create(judge=review.judge, entry=review.entry, defaults={"reason": reason})
        review.delete()
        audit.record(by, "awards.recuse", review.edition.room_key, by.pk, entry=review.entry.number)
        distribute(review.entry.call, None)


def may_judge(review: Review) -> bool:
    """Whether marks are still taken: the entry is judged and still in, and the winners are not sealed."""
    category = review.entry.category
    sealed = Decision.objects.filter(category=category, kind="honours").exclude(digest="")
    return review.entry.state in JUDGED and not sealed.exists() and review.entry_id not in rounds.out(category)


def save_marks(pk: int, marks: dict[str, int], note: str, is_done: bool, by: Participant) -> Review:
    """Keep a judge's marks; they count when done. Raises Refused for a conflict, and when the time is over."""
    with transaction.atomic():
        Review.objects.select_for_update().get(pk=pk)
        review = Review.objects.select_related("judge__participant", "entry__category__call__edition").get(pk=pk)
        if (review.judge_id, review.entry_id) in conflicts_of([review.judge], [review.entry]):
            raise Refused(_("You have a conflict with this entry now. Say so, and somebody else gets it."))
        if not may_judge(review):
            raise Refused(_("The decision of this category is sealed: marks stay as they are."))
        asked = rounds.criteria_of(review)
        missing = [row["label"] for row in asked if row["key"] not in marks]
        if is_done and missing:
            raise Refused(_("Not yet judged: %(what)s.") % {"what": ", ".join(missing)}, 422)
        if is_done and RANK in marks:
            _refuse_same_place(review, marks[RANK])
        now_marked = {row["key"] for row in asked}
        before = {key: mark for key, mark in review.marks.items() if key not in now_marked}
        is_same = (review.marks, review.note) == (before | marks, note)
        review.marks, review.note = before | marks, note
        if is_done or not is_same:  # what saved itself may come after "finished", and says nothing new
            review.done_at = clock.now() if is_done else None
        review.save(update_fields=["marks", "note", "done_at"])
        if is_done:
            audit.record(by, "awards.judge", review.edition.room_key, by.pk, entry=review.entry.number)
    return review


def _refuse_same_place(review: Review, rank: int) -> None:
    others = Review.objects.filter(judge=review.judge_id, entry__category=review.entry.category_id)
    same = others.exclude(pk=review.pk).filter(done_at__isnull=False, marks__rank=rank).first()
    if same:
        raise Refused(_("“%(title)s” has this place already. Change that one first.") % {"title": same.entry.title})
