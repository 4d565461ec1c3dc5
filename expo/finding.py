"""Finding exhibitors: search, facets, and what fits oneself."""

from collections import Counter
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.search import holds, words
from expo import data, team
from expo.counted import counted, frequent, stamp
from expo.models import Exhibitor, Favourite, Kind, Member
from people.models import Participant
from sessions.models import Edition

COLUMNS = ("name", "claim", "products")
SHOWN = ("name", "kind", "claim", "country", "logo", "stand__hall", "stand__number")  # on a card


class Finder(forms.Form):
    """What one looks for. What is not valid is ignored: addresses are written by people, too."""

    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    theme = forms.TypedChoiceField(label=_("Theme"), required=False, coerce=int, empty_value=None)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All kinds")), *Kind.choices])
    country = forms.ChoiceField(label=_("Country"), required=False)
    product = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    city = forms.TypedChoiceField(label=_("Stand in"), required=False, coerce=int, empty_value=None)
    hall = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    here = forms.BooleanField(label=_("Somebody is there now"), required=False)
    saved = forms.BooleanField(label=_("Only what I saved"), required=False)

    def __init__(self, edition: Edition, query: Any) -> None:
        super().__init__(query)
        self.edition = edition
        self.mark = stamp(edition)
        self.counted = counted(edition, self.mark)
        kinds = {"theme": _("All themes"), "country": _("All countries"), "city": _("All cities")}
        countries = [(name, name) for name in self.counted.countries]
        known: dict[str, Any] = {"theme": self.counted.themes, "country": countries, "city": self.counted.cities}
        for name, label in kinds.items():
            self.fields[name].choices = [("", label), *known[name]]  # type: ignore[attr-defined]

    def exhibitors(self, user: Any) -> Any:
        """The public exhibitors that fit, by name."""
        self.full_clean()
        chosen = self.cleaned_data
        found = Exhibitor.objects.of(self.edition).public()
        for word in words(chosen.get("q") or ""):
            found = found.filter(holds(word, *COLUMNS))
        exact = {"themes": "theme", "kind": "kind", "country": "country", "stand__host_city": "city"}
        given = {column: chosen[name] for column, name in (exact | {"stand__hall": "hall"}).items() if chosen.get(name)}
        found = found.filter(**given)
        if chosen.get("here"):
            found = found.filter(pk__in=list(_staffed(self.edition)))
        if chosen.get("saved") and user.pk:
            found = found.filter(favourites__participant=user)
        if chosen.get("product"):
            found = found.filter(pk__in=self.counted.with_product(chosen["product"]))
        return found

    def found(self, user: Any) -> list[int]:
        """The ids of the same, in the same order."""
        self.full_clean()
        return list(self.counted.products if self.is_empty else self.exhibitors(user).values_list("pk", flat=True))

    def products(self, found: list[int]) -> list[tuple[str, int]]:
        """The products of the exhibitors that fit, each with how many of them have it, the most frequent first."""
        if self.is_empty:
            return self.counted.frequent
        known = self.counted.products
        return frequent(known[pk] for pk in found if pk in known)

    @property
    def active(self) -> int:
        """How many filters are set, beside the search and a product, which say so themselves."""
        return sum(bool(self.cleaned_data.get(name)) for name in self.fields if name not in ("q", "product"))

    @property
    def is_empty(self) -> bool:
        """Whether nothing in particular is looked for."""
        return not any(self.cleaned_data.get(name) for name in self.fields)


def _staffed(edition: Edition) -> dict[int, list[Participant]]:
    claimed = Member.objects.filter(exhibitor__edition=edition, here=True).values_list("exhibitor", flat=True)
    return team.here(set(claimed))


def for_you(edition: Edition, participant: Participant, most: int = 3) -> list[dict[str, Any]]:
    """Exhibitors of the themes that one saved most, not saved yet, each with the theme that is the reason."""
    saved = Favourite.objects.filter(participant=participant, exhibitor__edition=edition)
    themes = Counter(saved.filter(exhibitor__themes__isnull=False).values_list("exhibitor__themes", flat=True))
    found: list[dict[str, Any]] = []
    for theme, _count in themes.most_common(most):
        others = (
            Exhibitor.objects.of(edition).public().filter(themes=theme).exclude(favourites__participant=participant)
        )
        fitting = others.exclude(pk__in=[each["exhibitor"].pk for each in found]).prefetch_related("themes").first()
        if fitting:
            reason = next(each.name for each in fitting.themes.all() if each.pk == theme)
            found.append({"exhibitor": fitting, "theme": reason})
    return found


def mine(edition: Edition, participant: Participant) -> dict[str, Any]:
    """What the list says to one person alone: the stands of their teams, and what fits what they saved."""
    fits = [data.card(each["exhibitor"]) | {"reason": each["theme"]} for each in for_you(edition, participant)]
    return {"mine": Exhibitor.objects.filter(edition=edition, team__participant=participant), "fits": fits}


def shown(pks: list[int]) -> list[Exhibitor]:
    """The exhibitors with their stands, in the order of their ids; those that were taken down meanwhile are not."""
    rows = Exhibitor.objects.filter(pk__in=pks, is_public=True).select_related("stand").only(*SHOWN)
    found = {row.pk: row for row in rows}
    return [found[pk] for pk in pks if pk in found]


def saved_by(user: Any, exhibitors: list[int]) -> set[int]:
    """Those of the exhibitors that somebody has saved."""
    if not user.pk:
        return set()
    saved = Favourite.objects.filter(participant=user, exhibitor__in=exhibitors)
    return set(saved.values_list("exhibitor", flat=True))
