"""The words for tags: themes, and targets of the Sustainable Development Goals, in short words of our own."""

from collections.abc import Collection, Iterable

from django.utils.translation import gettext_lazy as _

from cities.models import Tag

THEMES = {
    "mobility": _("Mobility"),
    "energy": _("Energy"),
    "water": _("Water"),
    "waste": _("Waste and circular economy"),
    "housing": _("Housing"),
    "health": _("Health and care"),
    "nature": _("Green and heat"),
    "safety": _("Safety and resilience"),
    "governance": _("Governance and participation"),
    "digital": _("Data and digital services"),
    "economy": _("Economy and work"),
    "culture": _("Culture and education"),
}
TARGETS = {
    "1.4": _("Equal rights to basic services"),
    "3.6": _("Fewer deaths on the roads"),
    "3.9": _("Less illness from pollution"),
    "4.4": _("Skills for work"),
    "5.2": _("An end to violence against women"),
    "6.1": _("Safe drinking water for all"),
    "6.3": _("Clean water, treated waste water"),
    "6.4": _("Water used with care"),
    "7.2": _("More renewable energy"),
    "7.3": _("Twice the energy efficiency"),
    "8.5": _("Decent work for all"),
    "9.1": _("Reliable, sustainable infrastructure"),
    "9.4": _("Clean industries and buildings"),
    "10.2": _("Everybody included"),
    "11.1": _("Safe, affordable housing"),
    "11.2": _("Transport for all"),
    "11.3": _("Inclusive planning"),
    "11.4": _("Heritage kept"),
    "11.5": _("Fewer losses from disasters"),
    "11.6": _("Clean air, less waste in cities"),
    "11.7": _("Green public space for all"),
    "12.5": _("Less waste"),
    "13.1": _("Stronger against climate hazards"),
    "13.2": _("Climate in every plan"),
    "16.6": _("Institutions that account for themselves"),
    "16.7": _("Decisions with those concerned"),
    "17.17": _("Partnerships of public and private"),
}


def label(code: str) -> str:
    """The words for a tag: "Mobility", "11.2 Transport for all"."""
    return f"{code} {TARGETS[code]}" if code in TARGETS else str(THEMES.get(code, code))


def choices(codes: Iterable[str]) -> list[tuple[str, str]]:
    """(code, words) of these tags, for a form."""
    return [(code, label(code)) for code in codes]


def tags_of(codes: Collection[str]) -> list[Tag]:
    """The tags with these codes; those that nobody has used yet are made."""
    known = [code for code in codes if code in THEMES or code in TARGETS]
    Tag.objects.bulk_create([Tag(code=code) for code in known], ignore_conflicts=True)
    return list(Tag.objects.filter(code__in=known))


def split(tags: Iterable[Tag]) -> tuple[list[str], list[str]]:
    """The codes of the themes, and those of the targets."""
    codes = {tag.code for tag in tags}
    return [code for code in THEMES if code in codes], [code for code in TARGETS if code in codes]
