"""The demo’s commitments in their states, one that waits to be signed on stage; replications; two delegations."""

from datetime import timedelta
from typing import Any

from django.utils.text import slugify

from cities import marks
from cities.models import Case, City, Kind, Level, Membership, Organisation, Region, Verification
from cities.trust import refresh
from collaboration import delegating, following, planned, replicating, signing, stage, state
from collaboration.models import Commitment, Delegate, Delegation, FocalPoint, Party, Report, Signature, Version
from common import clock
from common.contract import DemoCongress
from people.models import Participant
from sessions.models import Edition

Hands = list[tuple[Organisation, Participant]]
TREES: dict[str, Any] = {
    "title": "Shade on every way to school",
    "measure": "Schools whose main walking route is shaded at noon in June",
    "baseline": "31 of 212",
    "target": "150 of 212",
}
STALLS = {
    "title": "Market stalls that pay by what they sell",
    "measure": "Stalls with a digital scale that the market trust reads",
    "baseline": "0 of 640",
    "target": "500 of 640",
}
BUSES = {
    "title": "Night buses for the early shift",
    "measure": "Workplaces before six that a bus reaches within ten minutes’ walk",
    "baseline": "38 %",
    "target": "75 %",
}
REPLICATED: tuple[list[str], ...] = (["talk"], [], ["adapt"], ["adapt", "run"], ["talk", "drop"])
DATA = {
    "title": "One way to count people who walk",
    "measure": "Streets counted by the method that both publish",
    "baseline": "4 streets",
    "target": "200 streets in both cities",
}


def fill(congress: DemoCongress) -> None:
    """Make them once."""
    if Commitment.objects.filter(edition=congress.edition).exists():
        return
    amara, jonas, li = (congress.people[name] for name in ("amara", "jonas", "li"))
    helena = congress.people["helena"]
    malmo = _organisation("City of Malmö", Kind.CITY, "Sweden", jonas, helena)
    trust = _organisation("Lagos Market Trust", Kind.CIVIC, "Nigeria", amara, helena)
    lab = _organisation("Shanghai Urban Lab", Kind.INSTITUTION, "China", li, helena)
    _commitments(congress, (malmo, jonas), (trust, amara), (lab, li))
    _replications(li, congress.crowd)
    _profile_of(malmo)
    _delegations(congress, malmo, trust)
    marks.changed()


def _organisation(name: str, kind: str, country: str, focal: Participant, organiser: Participant) -> Organisation:
    fields = {"kind": kind, "slug": f"example-{slugify(name)}", "country": country, "is_example": True}
    made = Organisation.objects.get_or_create(name=name, defaults=fields)[0]
    evidence, until = "Letter of its office naming the focal point", clock.now() + timedelta(days=365)
    Verification.objects.create(organisation=made, level=Level.FOCAL, evidence=evidence, by=organiser, until=until)
    refresh(made)
    _join(made, focal)
    return made


def _profile_of(malmo: Organisation) -> None:
    """The city that goes with the organisation: without one, who speaks for it can take no case over."""
    City.objects.get_or_create(
        slug="example-malmo",
        defaults={
            "organisation": malmo, "name": "Malmö", "country": "Sweden", "region": Region.EUROPE, "latitude": 55.60,
            "longitude": 13.00, "population": 365_000, "timezone": "Europe/Stockholm", "is_example": True,
            "text": "A harbour of shipyards that became a district of homes, with a school on every other corner.",
            "offers": "How a street is planted without closing it, for schools and for shops.",
            "looks_for": "Ways to keep rain where it falls, between houses that stand already.",
        },
    )  # fmt: skip


def _join(organisation: Organisation | None, focal: Participant) -> None:
    member = {"role": Membership.Role.FOCAL, "state": Membership.State.APPROVED}
    Membership.objects.update_or_create(organisation=organisation, participant=focal, defaults=member)


def _commitments(congress: DemoCongress, *hands: tuple[Organisation, Participant]) -> None:
    edition, (malmo, trust, lab) = congress.edition, hands
    before = Edition.objects.filter(slug=f"{edition.slug}-before").first() or edition
    on_track = _signed(_draft(edition, TREES, 700, [malmo, lab]), [malmo, lab])
    words = "The first 24 routes are planted. Two streets were too narrow for trees and got sails instead."
    following.tell(on_track.pk, Report(organisation=malmo[0], says="track", words=words, value="55 of 212"), malmo[1])
    late = _signed(_draft(edition, STALLS, -20, [trust]), [trust])
    _age(late, days=200)
    silent = _signed(_draft(before, BUSES, 100, [lab]), [lab])
    _age(silent, days=420)
    state.step(silent.pk, "turn_silent")
    waiting = _draft(edition, DATA, 500, [malmo, trust])
    signing.propose(waiting.pk, malmo[1])
    if congress.live:
        stage.bring(congress.live[0], waiting, congress.people["helena"])


def _draft(edition: Edition, words: dict[str, Any], days: int, hands: Hands) -> Commitment:
    due = (clock.now() + timedelta(days=days)).date()
    half = (clock.now() + timedelta(days=days // 2)).date()
    draft = {**words, "due": due.isoformat(), "milestones": [{"due": half.isoformat(), "what": "Half of it"}]}
    commitment = Commitment.objects.create(edition=edition, author=hands[0][1], draft=draft, title=draft["title"])
    Party.objects.bulk_create([Party(commitment=commitment, organisation=organisation) for organisation, _by in hands])
    return commitment


def _signed(commitment: Commitment, hands: Hands) -> Commitment:
    version = signing.propose(commitment.pk, hands[0][1])
    for organisation, participant in hands:
        signing.sign(commitment.pk, organisation, participant, version.digest, "Head of office")
    return Commitment.objects.get(pk=commitment.pk)


def _age(commitment: Commitment, **ago: int) -> None:
    """Let it have been signed that long ago, and nothing been heard since."""
    then = clock.now() - timedelta(**ago)
    Commitment.objects.filter(pk=commitment.pk).update(in_force_at=then, spoken_at=then, made_at=then)
    Version.objects.filter(commitment=commitment).update(at=then)
    Signature.objects.filter(version__commitment=commitment).update(at=then)


def _replications(li: Participant, crowd: Any) -> None:
    """A case of the library, and a city in each state of taking it over; Li Ming's is one of them."""
    cities = City.objects.filter(is_example=True, organisation__isnull=False).select_related("organisation")
    case = Case.objects.public().filter(is_example=True, city__isnull=False).order_by("pk").first()
    own = cities.filter(organisation__memberships__participant=li).first()
    if case is None or own is None:
        return
    others = cities.exclude(pk__in=[own.pk, case.city_id])[:4]
    takers = [(own, li), *zip(others, crowd, strict=False)]
    for (city, who), taken in zip(takers, REPLICATED, strict=False):
        _join(city.organisation, who)
        replication = replicating.begin(case, city, who)
        if "run" in taken:
            replicating.adapt(replication.pk, "Sails instead of trees where pipes lie under the street.", who)
        for action in taken:
            replicating.step(replication.pk, action, who, reason="No ground for it in the old town.")
        replicating.write(replication.pk, "What does a year of it cost, and who looks after it?", who, from_team=False)


def _delegations(congress: DemoCongress, malmo: Organisation, trust: Organisation) -> None:
    edition, helena, jonas = congress.edition, congress.people["helena"], congress.people["jonas"]
    fields = {"kind": Kind.GOVERNMENT, "slug": "example-sweden", "country": "Sweden", "is_example": True}
    sweden = Organisation.objects.get_or_create(name="Sweden", defaults=fields)[0]
    nation = Delegation.objects.create(edition=edition, organisation=sweden, quota=4)
    city = Delegation.objects.create(edition=edition, organisation=malmo, within=nation, quota=6)
    Delegation.objects.create(edition=edition, organisation=trust, quota=3)
    FocalPoint.objects.create(delegation=city, email=jonas.email)
    steps: list[list[str]] = [["approve", "accredit"], ["approve"], [], ["withdraw"]]
    for number, (name, taken) in enumerate(
        zip(("Karin Ek", "Omar Haddad", "Elsa Lund", "Per Dahl"), steps, strict=True)
    ):
        office = "Mayor" if number == 0 else "Adviser"
        delegate = delegating.nominate(city, Delegate(name=name, office=office, is_head=number == 0), jonas)
        for action in taken:
            own = action == "withdraw"
            delegating.take(delegate.pk, action, jonas if own else helena, not own)
    own_place = {"office": "Head of mobility", "organisation": "Streets department", "city": "Malmö"}
    shares = delegating.nominate(city, Delegate(name=jonas.name, email=jonas.email or "", **own_place), jonas)
    delegating.take(shares.pk, "approve", helena, True)
    planned.share(shares, True)
    need = delegating.look_for(city, "A city that heats with waste water, to visit in spring", jonas)
    delegating.publish(need, True)
    delegating.look_for(city, "A partner for a bid that is not public yet", jonas)
