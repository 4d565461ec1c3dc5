"""Finding cases, cities, tools and solutions by text and facets, with true counts."""

from typing import Any, NamedTuple

from django import forms
from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cities.models import Cost, Region, Size, Stage, Tool
from cities.tags import TARGETS, THEMES, choices
from common.search import holds, words


class Facet(NamedTuple):
    """A column by which a list is narrowed: its label, the choice of all, and the values with their words."""

    column: str
    label: Any
    every: Any
    options: list[tuple[Any, Any]]


def facets(*names: str, prefix: str = "") -> dict[str, Facet]:
    """These facets in the language of now; `prefix` leads to the city ("city__")."""
    known = {
        "theme": Facet("tags__code", _("Theme"), _("All themes"), choices(THEMES)),
        "target": Facet("tags__code", _("SDG target"), _("All targets"), choices(TARGETS)),
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
        for name, facet in facets.items():
            options = [("", facet.every), *facet.options]
            self.fields[name] = forms.ChoiceField(label=facet.label, required=False, choices=options)
        self.full_clean()
        for name, facet in facets.items():
            self.fields[name].choices = [("", facet.every), *self._counted(name, facet)]  # type: ignore[attr-defined]

    def found(self, without: str = "") -> QuerySet[Any]:
        """The rows that fit, whatever is chosen of the facet `without`."""
        rows = self.rows
        for word in words(self.cleaned_data.get("q") or ""):
            rows = rows.filter(holds(word, *self.columns))
        for name, facet in self.facets.items():
            chosen = self.cleaned_data.get(name)
            if name != without and chosen:
                # By key: joined, a row with two tags would be asked for one tag with two codes.
                rows = rows.filter(pk__in=self.rows.model.objects.filter(**{facet.column: chosen}).values("pk"))
        return rows

    def _counted(self, name: str, facet: Facet) -> list[tuple[Any, str]]:
        """The choices of a facet that lead anywhere, and the chosen one, each with its number."""
        rows = self.found(name).order_by().values(facet.column).annotate(count=Count("pk", distinct=True))
        counts = {row[facet.column]: row["count"] for row in rows}
        chosen = self.cleaned_data.get(name)
        return [
            (key, f"{text} ({counts.get(key, 0)})") for key, text in facet.options if key in counts or key == chosen
        ]

    @property
    def is_empty(self) -> bool:
        """Whether nothing in particular is looked for."""
        return not any(self.cleaned_data.get(name) for name in self.fields)
