"""The demo’s awards: an earlier edition with winners, and a call whose entries stand in every state."""

from datetime import timedelta
from typing import Any

from django.db.models import Q
from PIL import Image, ImageOps

from awards import ceremony, deciding, incubating, jury, state
from awards.content import criteria_of, questions_of, stages_of
from awards.models import CHAIR, JUDGE, Call, Category, Entry, EntryFile, Judge, Kind, Panel, Review, State
from cities.models import Organisation
from common import clock, uploads
from common.contract import DemoCongress
from people.models import Participant, Role
from sessions.models import Edition

TEXT = "For cities, and for those who work with them: show what changed, with numbers, and what you would do again."
QUESTIONS = """summary | In three sentences | text | 500 | required
change | What changed for people, with numbers before and after | text | 2000 | required
cost | What it costs a year, in euros | number | 12 |
page | Where to read more | link | 200 |
agreed | Everybody named here agrees to be named | consent | 1 | required"""
CRITERIA = "impact | Impact on people | 40 | 0-10\nidea | Idea | 30 | 0-10\nagain | Can be done elsewhere | 30 | 0-10"
STAGES = "chosen | Chosen\ntry | First try\npilot | Pilot in a courtyard\nuse | In use"
CATEGORIES = [
    ("City Award", "city", "City governments only", "A strategy that holds across two or more urban fields."),
    ("Mobility Award", "project", "Cities, companies, universities, associations", "Moving people and goods."),
    ("Innovation Award", "innovation", "Companies and research centres", "A product that cities use today."),
    ("Leadership Award", "leadership", "A person, who agrees", "Somebody without whom it would not have happened."),
]
# title, organisation, city, country
ENTRIES = [
    ("The river gives back its banks", "City of Da Nang", "Da Nang", "Vietnam"),
    ("One ticket for eleven valleys", "City of Bolzano", "Bolzano", "Italy"),
    ("Schools that cool the street", "City of Heraklion", "Heraklion", "Greece"),
    ("Neighbours who run the grid", "City of Gdynia", "Gdynia", "Poland"),
    ("A market hall with a memory", "Lagos Market Trust", "Lagos", "Nigeria"),
    ("Night buses for the early shift", "Rede Integrada", "Curitiba", "Brazil"),
    ("Shade where children wait", "City of Kochi", "Kochi", "India"),
    ("A bridge that says when it is tired", "City of Groningen", "Groningen", "Netherlands"),
]
SKIES = ["#0b5a5f", "#7a3b2e", "#3c4f76", "#5b6b2f"]
STORY = "We asked those who use it every day, tried it in one street for a season, and kept what they kept using."
NUMBERS = "Before: 38 minutes and two changes. After: 21 minutes and one. Complaints fell from 412 to 57 a month."


def fill(congress: DemoCongress) -> None:
    """Make the awards once."""
    if Call.objects.filter(edition=congress.edition).exists():
        return
    call = _call(congress.edition, clock.now() - timedelta(days=30))
    categories = [_category(call, *row) for row in CATEGORIES]
    crowd, people = congress.crowd, congress.people
    _jury(call, people["nuria"], [people["li"], *crowd[:5]])
    _panel(call, categories[3], crowd[2:5])
    city, mobility = categories[:2]
    judged = [_entry(city, crowd[6 + at % 6], at) for at in range(6)]
    prized = [_entry(mobility, crowd[6 + at % 6], at) for at in range(2, 8)]
    for entry in [*judged, *prized]:
        state.step(entry.pk, "accept", people["helena"])
    jury.distribute(call, people["helena"])
    _judge([*judged, *prized])
    _decide(mobility, prized, people["nuria"])
    if congress.live:
        ceremony.add(congress.live[0], mobility, people["nuria"])
        ceremony.add(congress.live[0], _audience(call), people["nuria"])
    _incubation(call, crowd, people)
    _waiting(categories, people)
    _before(congress.edition, crowd[0], people["nuria"])


def _call(edition: Edition, opens: Any) -> Call:
    name = f"World Smart City Awards {edition.start_date.year}"
    closes = opens.replace(hour=21, minute=59, second=59, microsecond=0) + timedelta(days=45)
    return Call.objects.create(edition=edition, title=name, text=TEXT, opens_at=opens, closes_at=closes)


def _category(call: Call, name: str, kind: str, who: str, text: str) -> Category:
    lists = {"questions": questions_of(QUESTIONS), "criteria": criteria_of(CRITERIA)}
    position = call.categories.count()
    return Category.objects.create(call=call, name=name, kind=kind, who=who, text=text, position=position, **lists)


def _audience(call: Call) -> Category:
    text = "Those who watch choose among the finalists, in the hall and far away."
    kind, position = Kind.AUDIENCE, call.categories.count()
    return Category.objects.create(call=call, name="Audience Award", kind=kind, text=text, position=position)


def _jury(call: Call, chair: Participant, judges: list[Participant]) -> None:
    for participant in [chair, *judges]:
        name = CHAIR if participant == chair else JUDGE
        Role.objects.get_or_create(participant=participant, name=name, scope=call.edition.room_key)
        Judge.objects.create(call=call, participant=participant, chair=participant == chair, languages=["en"])


def _incubation(call: Call, crowd: Any, people: Any) -> None:
    """A partner's challenge with two teams that were chosen, at different stages, and one that waits."""
    text = "Courtyards flood in every cloudburst. We lend three of them for a year, with the people who live there."
    challenge = _category(call, "Courtyards that drink the rain", Kind.CHALLENGE, "Teams of up to eight", text)
    fields = {"kind": "institution", "slug": "example-rain-commons", "is_example": True}
    challenge.host = Organisation.objects.get_or_create(name="Rain Commons Foundation", defaults=fields)[0]
    challenge.stages = stages_of(STAGES)
    challenge.save()
    teams = [_entry(challenge, who, at) for who, at in zip(crowd[6:9], (0, 6, 3), strict=True)]
    for team, stage in zip(teams[:2], ("pilot", "try"), strict=True):
        for action in ("accept", "nominate"):
            state.step(team.pk, action, people["helena"])
        incubating.move(team.pk, stage, people["helena"])


def _panel(call: Call, category: Category, judges: Any) -> None:
    """Those who judge the last category and nothing else."""
    panel = Panel.objects.create(call=call, name="Leadership panel")
    panel.categories.add(category)
    panel.judges.add(*call.judges.filter(participant__in=judges))


def _entry(category: Category, author: Participant, at: int) -> Entry:
    title, organisation, city, country = ENTRIES[at % len(ENTRIES)]
    draft: dict[str, Any] = {
        "title": title,
        "organisation": organisation,
        "city": city,
        "country": country,
        "language": "en",
    }
    draft |= {"summary": STORY, "change": NUMBERS, "cost": str(40_000 * (at + 1)), "agreed": True}
    entry = Entry.objects.create(category=category, owner=author, draft=draft)
    entry.authors.add(author)
    EntryFile.objects.create(
        entry=entry, caption=f"{city}, before and after", **uploads.of_image(_picture(at), "before-and-after")
    )
    return state.step(entry.pk, "submit", author)


def _picture(at: int) -> Image.Image:
    """Two colours that meet."""
    return ImageOps.colorize(Image.linear_gradient("L"), SKIES[at % len(SKIES)], "#f3efe6").resize((960, 640))


def _judge(entries: list[Entry]) -> None:
    """All reviews are done, but those of the first category of who can be entered as."""
    waiting = Q(judge__participant__is_demo=True, entry__category=entries[0].category_id)
    reviews = Review.objects.filter(entry__in=entries).exclude(waiting)
    for number, review in enumerate(reviews):
        strict = review.judge_id % 3
        review.marks = {"impact": 9 - strict - number % 3, "idea": 8 - number % 4, "again": 7 - strict + number % 2}
        review.done_at = clock.now()
        review.save()


def _decide(category: Category, entries: list[Entry], chair: Participant) -> None:
    for entry in entries[:4]:
        deciding.place(category, deciding.FINALISTS, entry.pk, State.FINALIST, chair)
    deciding.seal(category, deciding.FINALISTS, chair)
    deciding.open_finalists(category, chair)
    for entry, honour in zip(entries, (State.WINNER, State.SECOND, State.THIRD), strict=False):
        deciding.place(category, deciding.WINNERS, entry.pk, honour, chair)
    deciding.seal(category, deciding.WINNERS, chair)


def _waiting(categories: list[Category], people: Any) -> None:
    """Amara has a draft and an entry about which there is a question, Jonas one that waits."""
    amara, jonas, helena = people["amara"], people["jonas"], people["helena"]
    asked = _entry(categories[2], amara, 4)
    until = clock.now() + timedelta(days=7)
    words = "Is the market hall run by the city or by the trust?"
    state.step(asked.pk, "query", helena, author=helena, words=words, until=until)
    _entry(categories[2], jonas, 7)
    draft = {"title": "Stalls that pay by weight", "organisation": amara.organisation, "city": amara.city}
    Entry.objects.create(category=categories[1], owner=amara, draft=draft).authors.add(amara)


def _before(edition: Edition, author: Participant, chair: Participant) -> None:
    """The winners of the edition before."""
    start = edition.start_date - timedelta(days=364)
    earlier, made = Edition.objects.get_or_create(
        slug=f"{edition.slug}-before",
        defaults={"name": edition.name, "host_city": edition.host_city, "start_date": start, "end_date": start},
    )
    if not made:
        return
    call = _call(earlier, clock.now() - timedelta(days=420))
    for number, row in enumerate(CATEGORIES[:3]):
        entry = _entry(_category(call, *row), author, number * 2)
        for step in ("accept", "nominate", "win"):
            state.step(entry.pk, step, chair)
