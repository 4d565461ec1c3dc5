"""What the addresses of Tomorrow.City in the permission matrix need."""


def fill(session, made):
    """A city that the organiser speaks for; what is hidden of it (drafts, needs, claims) has the canary in it."""
    from cities import offering, trust
    from people.models import Participant
    from tests.cities.conftest import (
        case_of,
        city_of,
        member_of,
        organisation_of,
        picture_of,
        solution_of,
        tool_of,
        verified,
    )
    from tests.people.hidden import CANARY

    people = {role: Participant.objects.get(pk=pk) for role, pk in made["people"].items()}
    organiser, moderator = people["organiser"], people["moderator"]
    organisation = organisation_of()
    member = member_of(organisation, organiser, "focal")
    city = city_of(organisation=organisation, private_needs=CANARY, looks_for="Heat")
    verification = verified(organisation, organiser)
    published = case_of(city, organiser)
    published.draft["title"] = CANARY  # written since, and not published
    published.save()
    waiting = case_of(city, organiser, "review", title=CANARY)
    draft = case_of(city, organiser, "draft", title=CANARY)
    case_of(city, organiser, "returned", title=CANARY)
    shown = picture_of(published, is_public=True, was_public=True)
    picture_of(published, CANARY)  # added since, and not published
    claimed = organisation_of(CANARY, is_public=False)
    member_of(claimed, moderator, state="asked")
    claim = trust.claim(organisation, moderator, CANARY)
    report = trust.report(organisation, moderator, CANARY, None)
    made_tools = [tool_of(organisation, organiser), solution_of(organisation, organiser)]
    for offer in made_tools:
        machine = offering.MACHINES[type(offer)]
        for action in ("submit", "publish"):
            machine.take(offer.pk, action, organiser)
        offer.refresh_from_db()
    tool_of(organisation, organiser, name=CANARY)
    solution_of(organisation, organiser, name=CANARY)
    return {
        "city_slug": city.slug,
        "city_speaker": organisation.slug,
        "city_organisation": organisation.pk,
        "city_case": published.pk,
        "city_waiting": waiting.pk,
        "city_draft": draft.pk,
        "city_picture": shown.pk,
        "city_version": waiting.version,
        "city_tool": made_tools[0].pk,
        "city_solution": made_tools[1].pk,
        "city_offer_version": made_tools[0].version,
        "city_member": member.pk,
        "city_claim": claim.pk,
        "city_report": report.pk,
        "city_verification": verification.pk,
        "city_email": people["outsider"].email,
    }
