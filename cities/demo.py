"""The demo’s Tomorrow.City: cities, who speaks for them, cases, tools, solutions. All are marked as examples."""

from datetime import date, timedelta
from typing import Any

from django.utils.text import slugify

from cities import demo_cases, demo_cities, demo_offers, demo_pictures, marks
from cities.content import completeness, publish
from cities.models import (
    FRESH,
    Case,
    CaseVersion,
    City,
    Fact,
    Level,
    MailDomain,
    Membership,
    Organisation,
    Solution,
    SolutionUse,
    State,
    Tool,
    ToolUse,
    Verification,
)
from cities.tags import tags_of
from cities.trust import refresh
from common import clock
from common.contract import DemoCongress
from people.models import Participant

YEAR = timedelta(days=365)
AS_OF = date(2026, 1, 1)
SOURCE = "Example, made up for this demo"


def fill(congress: DemoCongress) -> None:
    """Make it once."""
    if City.objects.filter(is_example=True).exists():
        return
    organiser = congress.people["helena"]
    partners = [_organisation(name, "institution", "", is_partner=True) for name in demo_cities.PARTNERS]
    cities = {row[0]: _city(at, row, partners, organiser) for at, row in enumerate(demo_cities.CITIES)}
    _members(cities, congress)
    cases = [_case(at, row, cities, congress.crowd[at % 8]) for at, row in enumerate(demo_cases.CASES)]
    demo_pictures.hang(cases)
    for tool in demo_offers.TOOLS:
        _tool(tool, cities)
    for solution in demo_offers.SOLUTIONS:
        _solution(solution, cities, cases)
    marks.changed()


def _organisation(name: str, kind: str, country: str, **more: Any) -> Organisation:
    given = {"name": name, "kind": kind, "country": country, "is_example": True} | more
    return Organisation.objects.create(slug=f"example-{slugify(name)[:60]}", **given)


def _city(at: int, row: Any, partners: list[Organisation], organiser: Participant) -> City:
    name, country, region, place, people, zone, themes, text, offers, looks_for, facts = row
    speaks = _organisation(f"City of {name}", "city", country) if at < 10 else None  # the last ones nobody has claimed
    city = City.objects.create(
        name=name, slug=f"example-{slugify(name)}", country=country, region=region, latitude=place[0],
        longitude=place[1], population=people, timezone=zone, text=text, offers=offers, looks_for=looks_for,
        organisation=speaks, is_example=True,
    )  # fmt: skip
    city.tags.set(tags_of(themes))
    Fact.objects.bulk_create(
        Fact(city=city, label=label, value=value, source=SOURCE, date=AS_OF, position=position)
        for position, (label, value) in enumerate(facts)
    )
    if speaks and at < 8:
        _verify(speaks, at, partners, organiser)
    return city


def _verify(speaks: Organisation, at: int, partners: list[Organisation], organiser: Participant) -> None:
    """In turn by its mail domain, by a focal point, by a partner institution."""
    domain = f"{slugify(speaks.name.removeprefix('City of '))}.example"
    MailDomain.objects.create(organisation=speaks, domain=domain)
    evidence = (f"@{domain}", "Letter of the mayor’s office naming its focal point", "Works with us since 2021")[at % 3]
    partner = partners[at % len(partners)] if at % 3 == 2 else None
    Verification.objects.create(
        organisation=speaks, level=Level.values[at % 3], evidence=evidence, by=organiser, partner=partner,
        until=clock.now() + YEAR,
    )  # fmt: skip
    refresh(speaks)


def _members(cities: dict[str, City], congress: DemoCongress) -> None:
    """Two people that visitors can enter as speak for cities; somebody of the crowd asks to."""
    speakers = [("Barcelona", congress.people["nuria"], "focal"), ("Shanghai", congress.people["li"], "editor")]
    speakers += [(name, who, "member") for name, who in zip(list(cities)[2:8], congress.crowd, strict=False)]
    for name, who, role in speakers:
        _member(cities[name].organisation, who, role, "approved")
    _member(cities["Kochi"].organisation, congress.crowd[9], "member", "asked", "I run its transport office.")


def _member(organisation: Any, who: Participant, role: str, state: str, words: str = "") -> None:
    given = {"role": role, "state": state, "words": words}
    Membership.objects.get_or_create(organisation=organisation, participant=who, defaults=given)


def _case(at: int, row: Any, cities: dict[str, City], owner: Participant) -> Case:
    """Most are published; one has grown stale, one waits for its review, one was returned, one is a draft."""
    draft = dict(zip(("title", "problem", "done", "how", "failures", "cost"), row[1:7], strict=True))
    draft |= dict(zip(("funding", "months", "team", "stage", "licence", "language"), row[7:13], strict=True))
    columns = ("indicator", "before", "after", "source")
    draft |= {"results": [dict(zip(columns, (*result, SOURCE), strict=True)) for result in row[13]]}
    draft |= {"themes": row[14], "targets": row[15]}
    city = cities[row[0]]
    given = {"owner": owner, "city": city, "organisation": city.organisation, "draft": draft, "is_example": True}
    state = {12: State.REVIEW, 13: State.RETURNED, 14: State.DRAFT}.get(at, State.PUBLISHED)
    case = Case.objects.create(state=state, completeness=completeness(draft), **given)
    if state == State.RETURNED:
        case.reason = "Please say where the number of trips comes from."
    if state == State.PUBLISHED:
        publish(case)
        looked = clock.now() - (FRESH + YEAR if at == 3 else timedelta(days=17 * at + 3))
        case.is_public, case.published_at, case.reviewed_at = True, looked, looked
        CaseVersion.objects.create(case=case, number=1, content=draft, at=looked)
    case.save()
    return case


def _tool(row: Any, cities: dict[str, City]) -> None:
    kind, name, city, licence, themes, text, users = row
    tool = Tool.objects.create(
        kind=kind, name=name, organisation=cities[city].organisation, licence=licence, text=text, state=State.PUBLISHED,
        url=f"https://example.org/tools/{slugify(name)}", is_public=True, is_example=True,
    )  # fmt: skip
    tool.tags.set(tags_of(themes))
    ToolUse.objects.bulk_create(ToolUse(tool=tool, city=cities[user], words=words) for user, words in users)


def _solution(row: Any, cities: dict[str, City], cases: list[Case]) -> None:
    name, company, country, themes, text, users = row
    provider = Organisation.objects.filter(name=company).first() or _organisation(company, "company", country)
    solution = Solution.objects.create(
        name=name, organisation=provider, text=text, url=f"https://example.org/{slugify(company)}",
        state=State.PUBLISHED, is_public=True, is_example=True,
    )  # fmt: skip
    solution.tags.set(tags_of(themes))
    by_city = {case.city_id: case for case in cases if case.is_public}
    for user, words, source in users:
        city = cities[user]
        case = by_city.get(city.pk) if source else None
        SolutionUse.objects.create(solution=solution, city=city, words=words, source=source, case=case)
