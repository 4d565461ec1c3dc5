"""The lines of the chair's leaderboard, each in one piece: a template for every cell would take most of the page's
time."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from django.utils.formats import get_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from awards.models import Entry
from awards.scoring import Row

LINE = """<tr><td class="award-rank">{rank} <span class="award-soft">{interval}</span></td>
<th scope="row"><bdi id="entry-{pk}">{title}</bdi> <span class="award-soft"><bdi>{city}</bdi>,
<bdi>{country}</bdi></span></th><td>{mean}</td><td>{z}</td><td>{spread} {outlier}</td><td>{count}</td>{place}</tr>"""
OUTLIER = '<span class="award-state is-query">{}</span>'
PLACE = """<td class="award-place"><select name="honour-{pk}" form="places" aria-labelledby="place-head entry-{pk}">
{options}</select>
<button class="quiet" type="submit" form="places" name="entry" value="{pk}">{word}</button></td>"""


def lines(
    rows: Sequence[Row], entries: Mapping[Any, Entry], places: Mapping[str, str], honours: Sequence[tuple[str, Any]]
) -> list[SafeString]:
    """A line for each row. `places`: entry -> what it gets; `honours` (value, label) are offered; none: sealed."""
    outlier, word, point = OUTLIER.format(escape(_("outlier"))), escape(_("Set")), str(get_format("DECIMAL_SEPARATOR"))
    chosen = {place: _options(honours, place) for place in {"", *places.values()}}

    def line(row: Row) -> SafeString:
        entry, pk = entries[row.entry], str(row.entry)
        place = PLACE.format(pk=pk, options=chosen[places.get(pk, "")], word=word) if honours else ""
        numbers = {"mean": _decimal(row.mean, 1, point), "z": _decimal(row.z, 2, point), "spread": round(row.spread)}
        names = {name: escape(getattr(entry, name)) for name in ("title", "city", "country")}
        return SafeString(
            LINE.format(
                pk=pk,
                rank=row.rank,
                interval=f"{row.best}–{row.worst}" if row.best != row.worst else "",
                outlier=outlier if row.outlier else "",
                count=row.count,
                place=place,
                **names,
                **numbers,
            )
        )

    return [line(row) for row in rows]


def _options(honours: Sequence[tuple[str, Any]], place: str) -> str:
    choices = [("", "–"), *honours]
    return "".join(
        f'<option value="{value}"{" selected" if value == place else ""}>{escape(str(label))}</option>'
        for value, label in choices
    )


def _decimal(number: float, places: int, point: str) -> str:
    """A number as the reader's language writes it."""
    return f"{round(number, places) + 0.0:.{places}f}".replace(".", point)
