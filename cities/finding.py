"""Finding cases, cities, tools and solutions by text and facets, with true counts."""

from collections import Counter
from functools import cached_property
from typing import Any, NamedTuple

from django import forms
from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cities.models import City, Cost, Region, Size, Stage, Tool
from cities.tags import TARGETS, THEMES, choices
from common.search import holds, words

TAGS = "tags__code"
FEW = 2000  # rows
CITY = "city__"


class Facet(NamedTuple):
    """A column by which a list is narrowed: its label, the choice of all, and the values with their words."""

    column: str
    label: Any
    every: Any
    options: list[tuple[Any, Any]]


def facets(*names: str, prefix: str = "") -> dict[str, Facet]:
    """These facets in the language of now; `prefix` leads to the city ("city__")."""
    known = {
        "theme": Facet(TAGS, _("Theme"), _("All themes"), choices(THEMES)),
        "target": Facet(TAGS, _("SDG target"), _("All targets"), choices(TARGETS)),
        "cost": Facet("cost", _("Cost"), _("All costs"), list(Cost.choices)),
        "size": Facet(f"{prefix}size", _("Size of the city"), _("All sizes"), list(Size.choices)),
        "region": Facet(f"{prefix}region", _("Region"), _("All regions"), list(Region.choices)),
        "stage": Facet("stage", _("Stage"), _("All stages"), list(Stage.choices)),
        "kind": Facet("kind", _("Kind"), _("All kinds"), list(Tool.Kind.choices)),
    }
    return {name: known[name] for name in names}


class Finder(forms.Form):
    """A list narrowed by text and facets. What is not valid is ignored: addresses are written by people, too.

    The number behind a choice is how many rows one gets by it, with the text and the other facets as they are.
    """

    q = forms.CharField(label=gettext_lazy("Search"), required=False, max_length=100)

    def __init__(self, rows: QuerySet[Any], data: Any, facets: dict[str, Facet], columns: tuple[str, ...]) -> None:
        super().__init__(data, auto_id="find-%s")
        self.rows, self.facets, self.columns = rows, facets, columns
        self._counted: dict[tuple[str, str], dict[Any, int]] = {}
        for name, facet in facets.items():
            options = [("", facet.every), *facet.options]
            self.fields[name] = forms.ChoiceField(label=facet.label, required=False, choices=options)
        self.full_clean()
        for name, facet in facets.items():
            self.fields[name].choices = [("", facet.every), *self._offered(name, facet)]  # type: ignore[attr-defined]

    def found(self, without: str = "") -> Any:
        """The rows that fit, whatever is chosen of the facet `without`."""
        rows = self._matching
        for name, facet in self.facets.items():
            chosen = self.cleaned_data.get(name)
            if name != without and chosen:
                # By key: joined, a row with two tags would be asked for one tag with two codes.
                rows = rows.filter(pk__in=self.rows.model.objects.filter(**{facet.column: chosen}).values("pk"))
        return rows

    @cached_property
    def _matching(self) -> QuerySet[Any]:
        """The rows that hold the text. Few are named by their keys: their texts are read once for all counts."""
        asked = words(self.cleaned_data.get("q") or "")
        rows = self.rows
        for word in asked:
            rows = rows.filter(holds(word, *self.columns))
        keys = list(rows.order_by().values_list("pk", flat=True)[: FEW + 1]) if asked else []
        return self.rows.filter(pk__in=keys) if asked and len(keys) <= FEW else rows

    def _offered(self, name: str, facet: Facet) -> list[tuple[Any, str]]:
        """The choices of a facet that lead anywhere, and the chosen one, each with its number."""
        chosen = self.cleaned_data.get(name)
        counts = self._counts(facet.column, name if chosen else "")
        return [
            (key, f"{text} ({counts.get(key, 0)})") for key, text in facet.options if key in counts or key == chosen
        ]

    def _counts(self, column: str, without: str) -> dict[Any, int]:
        """Value of a column -> how many rows; facets of one column (themes, targets) are counted together."""
        if (column, without) not in self._counted and column.startswith(CITY):
            self._counted[column, without] = self._by_city(column.removeprefix(CITY), without)
        if (column, without) not in self._counted:
            # A row has one city, cost and stage: it is counted once without being compared with all others.
            number = Count("pk", distinct=column == TAGS)
            rows = self.found(without).order_by().values(column).annotate(count=number)
            self._counted[column, without] = {row[column]: row["count"] for row in rows}
        return self._counted[column, without]

    def _by_city(self, column: str, without: str) -> dict[Any, int]:
        """Value of a column of cities -> how many rows. Joined, each row would fetch its city."""
        values, counts = dict(City.objects.values_list("pk", column)), Counter[Any]()
        for city, number in self._counts("city", without).items():
            counts[values.get(city)] += number
        return counts

    @property
    def is_empty(self) -> bool:
        """Whether nothing in particular is looked for."""
        return not any(self.cleaned_data.get(name) for name in self.fields)
