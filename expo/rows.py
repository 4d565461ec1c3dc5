"""What a row of a table of exhibitors says, in plain values that can be compared with what is stored."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, MaxLengthValidator, URLValidator
from django.utils.translation import gettext as _

from common.numbers import number_in
from common.text import fold
from expo import columns
from sessions.models import Edition, HostCity

Row = dict[str, Any]
# A cell of a table is read up to 1000 characters: what is as long may have been longer.
LENGTHS = {"name": 120, "claim": 200, "text": 999, "products": 999, "country": 80, "city": 80, "website": 300}
PLACE_LENGTHS = {"hall": 40, "number": 16}
PLACES = ("x", "y", "width", "height")


class Reader:
    """Reads rows for an edition, whose themes and cities are known."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.themes = {fold(theme.name): theme.pk for theme in edition.themes.all()}
        self.cities = {fold(city.name): city for city in HostCity.objects.all()}

    def read(self, row: Row) -> Row:
        """Field -> value, of the cells that are filled; "stand" is (city, hall, number). Raises ValidationError."""
        found = _texts(row) | {"themes": self._themes(row), "team": _emails(row)}
        if row.get("number"):
            found |= {"stand": self._stand(row), "cells": _cells(row)}
        return {name: value for name, value in found.items() if value}

    def _themes(self, row: Row) -> list[int]:
        named = _parts(row.get("themes", ""))
        if unknown := [name for name in named if fold(name) not in self.themes]:
            raise ValidationError(_("“%(theme)s” is no theme of this edition.") % {"theme": unknown[0]})
        return sorted({self.themes[fold(name)] for name in named})

    def _stand(self, row: Row) -> tuple[int, str, str]:
        host = row.get("host", "")
        city = self.cities.get(fold(host)) if host else self.edition.host_city
        if city is None:
            raise ValidationError(_("“%(city)s” is no host city.") % {"city": host})
        hall, number = (_fitting(row, name, length) for name, length in PLACE_LENGTHS.items())
        return city.pk, hall, number


def _texts(row: Row) -> Row:
    values = {name: _fitting(row, name, length) for name, length in LENGTHS.items() if row.get(name)}
    if "name" not in values:
        raise ValidationError(_("The name is missing."))
    if written := row.get("kind"):
        if (kind := columns.kind(written)) is None:
            raise ValidationError(_("“%(kind)s” is no kind of exhibitor.") % {"kind": written})
        values["kind"] = kind
    if website := values.get("website"):
        values["website"] = website if "://" in website else f"https://{website}"
        URLValidator(["http", "https"])(values["website"])
    if "products" in values:
        values["products"] = "\n".join(_parts(values["products"]))
    return values


def _emails(row: Row) -> list[str]:
    emails = _parts(row.get("team", "").replace(",", ";").lower())
    for email in emails:
        EmailValidator()(email)
    return emails


def _cells(row: Row) -> dict[str, int]:
    cells = {name: number_in(str(row[name]), 500) for name in PLACES if row.get(name)}
    if None in cells.values() or 0 in (cells.get("width", 1), cells.get("height", 1)):
        raise ValidationError(_("The place of the stand is no number of cells."))
    return {name: cell for name, cell in cells.items() if cell is not None}


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


def _fitting(row: Row, name: str, length: int) -> str:
    """A cell as it is. Raises ValidationError for one that is longer: nothing is cut without a word."""
    text = str(row.get(name, ""))
    try:
        MaxLengthValidator(length)(text)
    except ValidationError as error:
        raise ValidationError(f"{name}: {error.messages[0]}") from error
    return text
