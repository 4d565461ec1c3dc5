"""Finding exhibitors: search, facets, what fits oneself, and the plan of a hall."""

from collections import Counter
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.search import holds, words
from common.text import fold
from expo import team
from expo.models import Exhibitor, Favourite, HallPlan, Kind, Member, Stand
from people.models import Participant
from sessions.models import Edition, HostCity

MOST_STANDS = 1000  # of a plan
SIGNS = 3.0  # of a name that fit into a cell
MOST_PRODUCTS = 12
MOST_PLACES = 250  # countries of the list
COLUMNS = ("name", "claim", "products")


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

    def __init__(self, edition: Edition, data: Any) -> None:
        super().__init__(data)
        self.edition = edition
        themes: list[Any] = [(theme.pk, theme.name) for theme in edition.themes.all()]
        self.fields["theme"].choices = [("", _("All themes")), *themes]  # type: ignore[attr-defined]
        public = Exhibitor.objects.filter(edition=edition, is_public=True).exclude(country="").order_by("country")
        countries = public.values_list("country", flat=True).distinct()[:MOST_PLACES]
        self.fields["country"].choices = [("", _("All countries")), *((name, name) for name in countries)]  # type: ignore[attr-defined]
        cities = HostCity.objects.filter(pk__in=Stand.objects.filter(edition=edition).values("host_city"))
        self.fields["city"].choices = [("", _("All cities")), *((city.pk, city.name) for city in cities)]  # type: ignore[attr-defined]

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
        if chosen.get("saved") and user.is_authenticated:
            found = found.filter(favourites__participant=user)
        if chosen.get("product"):
            found = found.filter(pk__in=self._with_product(found, chosen["product"]))
        return found.prefetch_related("themes")

    @staticmethod
    def _with_product(found: Any, product: str) -> list[int]:
        key = fold(product).strip()
        rows = found.filter(products_folded__contains=key).order_by().values_list("pk", "products")
        return [pk for pk, text in rows if key in {fold(line).strip() for line in text.splitlines()}]

    def products(self, found: Any) -> list[tuple[str, int]]:
        """The products of the exhibitors that fit, each with how many of them have it, the most frequent first."""
        names: dict[str, str] = {}
        counts: Counter[str] = Counter()
        for text in found.order_by().exclude(products="").values_list("products", flat=True):
            lines = {fold(line).strip(): line.strip() for line in text.splitlines() if line.strip()}
            counts.update(lines.keys())
            for key, line in lines.items():
                names.setdefault(key, line)
        ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        return [(names[key], count) for key, count in ordered[:MOST_PRODUCTS]]

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


def saved_by(user: Any, exhibitors: Any) -> set[int]:
    """Those of the exhibitors that somebody has saved."""
    if not user.is_authenticated:
        return set()
    pks = [exhibitor.pk for exhibitor in exhibitors]
    return set(Favourite.objects.filter(participant=user, exhibitor__in=pks).values_list("exhibitor", flat=True))


def halls(edition: Edition) -> list[dict[str, Any]]:
    """The halls that have a stand with somebody to see: city, name."""
    rows = Stand.objects.filter(edition=edition, exhibitors__is_public=True).order_by("host_city__name", "hall")
    named = rows.values("host_city", "host_city__name", "hall").distinct()
    return [{"city": row["host_city"], "city_name": row["host_city__name"], "hall": row["hall"]} for row in named]


def plan(edition: Edition, city: int, hall: str, user: Any) -> dict[str, Any]:
    """The stands of a hall as boxes of its grid, and the size of the whole, in cells."""
    query = Q(edition=edition, host_city=city, hall=hall, exhibitors__is_public=True)
    stands = list(Stand.objects.filter(query).distinct()[:MOST_STANDS])
    names: dict[int, list[tuple[int, str]]] = {}
    public = Exhibitor.objects.filter(stand__in=stands, is_public=True).order_by("name")
    for stand, pk, name in public.values_list("stand", "pk", "name"):
        names.setdefault(stand, []).append((pk, name))
    saved = set()
    if user.is_authenticated:
        mine = Favourite.objects.filter(participant=user, exhibitor__stand__in=stands)
        saved = set(mine.values_list("exhibitor__stand", flat=True))
    boxes = [_box(stand, names[stand.pk], stand.pk in saved) for stand in stands if stand.pk in names]
    width = max((box["x"] + box["width"] for box in boxes), default=1)
    height = max((box["y"] + box["height"] for box in boxes), default=1)
    drawn = HallPlan.objects.filter(edition=edition, host_city=city, hall=hall).first()
    if drawn:
        width, height = max(width, drawn.width), max(height, drawn.height)
    return {"boxes": boxes, "width": width, "height": height, "drawing": drawn.svg if drawn else ""}


def _box(stand: Stand, exhibitors: list[tuple[int, str]], saved: bool) -> dict[str, Any]:
    first, name = exhibitors[0]
    more = f" +{len(exhibitors) - 1}" if len(exhibitors) > 1 else ""
    room = round(stand.width * SIGNS) - len(more)
    return {
        "exhibitor": first,
        "name": (name if len(name) <= room else f"{name[: max(1, room - 1)]}…") + more,
        "number": stand.number,
        "x": stand.x,
        "y": stand.y,
        "width": stand.width,
        "height": stand.height,
        "saved": saved,
    }
