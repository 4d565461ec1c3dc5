"""What templates show of cases, as plain data."""

from typing import Any, TypedDict

from django.urls import reverse

from cities.models import Case, CasePicture


class CaseCard(TypedDict):
    """A case in a list. `words` are its stage and its cost, in the reader's language."""

    url: str
    title: str
    picture: dict[str, Any] | None
    result: dict[str, str] | None
    city: str
    words: list[str]
    verified: bool
    stale: bool
    example: bool


def case_card(case: Case) -> CaseCard:
    """The card of a case of `Case.objects.for_cards()`."""
    result = next(iter(case.results.all()), None)
    shown: list[CasePicture] = getattr(case, "shown", [])
    return {
        "url": case.get_absolute_url(),
        "title": case.title,
        "picture": _picture(shown[0]) if shown else None,
        "result": {name: getattr(result, name) for name in ("indicator", "before", "after")} if result else None,
        "city": case.city.name if case.city else "",
        "words": [str(word) for word in (case.get_stage_display(), case.get_cost_display()) if word],
        "verified": bool(case.organisation and case.organisation.mark),
        "stale": case.is_stale,
        "example": case.is_example,
    }


def _picture(picture: CasePicture) -> dict[str, Any]:
    address = reverse("cities:picture_card", args=[picture.pk])
    return {"url": address, "caption": picture.caption, "width": picture.width, "height": picture.height}
