"""What the addresses of collaboration in the permission matrix need."""


def fill(session, made):
    """A commitment to sign and one that is done, a signing that waits, a delegation; the attendee speaks for both."""
    from collaboration import following, replicating, signing, stage
    from people.models import Participant
    from tests.collaboration.conftest import (
        case_of,
        city_of,
        delegation_of,
        draft_of,
        organisation_of,
        report_of,
        signed_by,
    )

    people = Participant.objects.in_bulk(made["people"].values())
    by = {role: people[pk] for role, pk in made["people"].items()}
    lagos = organisation_of("City of Lagos", by["attendee"])
    proposed = draft_of(session.edition, lagos)
    signing.propose(proposed.pk, by["attendee"])
    stage.bring(session, proposed, by["organiser"])
    done = signed_by(draft_of(session.edition, lagos, title="Buses at night"), (lagos, by["attendee"]))
    report = report_of(lagos, "done", evidence="https://example.org/count")
    done = following.tell(done.pk, report, by["attendee"])
    delegation = delegation_of(session.edition, lagos, by["attendee"].email)
    replication = replicating.begin(case_of(city_of("Da Nang")), city_of("Accra", by["attendee"]), by["attendee"])
    return {
        "commitment": proposed.pk,
        "commitment_done": done.pk,
        "commitment_version": done.version,
        "signing": proposed.signings.get().pk,
        "delegation": delegation.pk,
        "replication": replication.pk,
        "new_party": organisation_of("City of Porto").pk,
    }
