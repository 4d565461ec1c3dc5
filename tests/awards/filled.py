"""What the awards' addresses in the permission matrix need."""


def fill(session, made):
    """A call with a category, an entry that waits for the organisers, a finalist, a judge (the speaker) and a chair."""
    from awards import ceremony, deciding
    from awards.models import Review
    from common.clock import now
    from people.models import Participant
    from tests.awards.conftest import STAGES, call_of, category_of, entry_of, judge_of

    people = Participant.objects.in_bulk(made["people"].values())
    call = call_of(session.edition)
    category = category_of(call)
    entry = entry_of(category, people[made["people"]["attendee"]])
    eligible = entry_of(category, people[made["people"]["attendee"]], "eligible", city="Accra")
    finalist = entry_of(category, people[made["people"]["attendee"]], "finalist", title="Shade", city="Accra")
    judge = judge_of(call, people[made["people"]["speaker"]])
    judge_of(call, people[made["people"]["moderator"]], chair=True)
    for judged in (eligible, finalist):
        review = Review.objects.create(judge=judge, entry=judged, marks={"impact": 7, "idea": 3}, done_at=now())
    chair = people[made["people"]["moderator"]]
    prizes = category_of(call, "Mobility")
    prized = entry_of(prizes, people[made["people"]["attendee"]], "eligible", city="Accra")
    deciding.place(prizes, deciding.WINNERS, prized.pk, "winner", chair)
    deciding.seal(prizes, deciding.WINNERS, chair)
    ceremony.add(session, prizes, chair)
    challenge = category_of(call, "Courtyards", kind="challenge", stages=STAGES)
    team = entry_of(challenge, people[made["people"]["attendee"]], "finalist", title="Rain", city="Accra")
    panel = call.panels.create(name="City panel")
    panel.categories.add(category)
    panel.judges.add(judge)
    return {
        "award_panel": panel.pk,
        "award_team": team.pk,
        "award_team_version": team.version,
        "award_judge": judge.pk,
        "award_cue": session.award_cues.get().pk,
        "award_review": review.pk,
        "award_own": eligible.pk,
        "award_finalist": finalist.pk,
        "award_email": people[made["people"]["outsider"]].email,
        "award_category": category.pk,
        "award_entry": entry.pk,
        "award_version": entry.version,
    }
