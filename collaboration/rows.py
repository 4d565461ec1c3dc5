"""What a row of a table of delegations says: which delegation, within which one, with how many places, and a person."""

from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, MaxLengthValidator
from django.utils.translation import gettext as _

from cities.models import Kind
from collaboration.columns import YES
from collaboration.models.delegations import MAX_NAME, MAX_OFFICE
from common.numbers import number_in
from common.text import fold, fold_case
from registration.imports.mapping import folded, full_name

MOST_PLACES = 200
LENGTHS = {"name": MAX_NAME, "office": MAX_OFFICE, "organisation": MAX_OFFICE, "city": MAX_NAME}
MAX_SENDER = 120
NAMES = ("name", "first_name", "last_name")


class Row(NamedTuple):
    """A row. `sender` is the name of who sends the delegation, `kind` what that is where nobody knows; `nation` the
    name of the national delegation that it is within ("": it is that one itself, or within none)."""

    line: int
    sender: str
    kind: str
    nation: str
    places: int | None
    person: dict[str, Any]  # field -> value, of the cells that are filled; empty: the row is of the delegation alone


def read(row: dict[str, Any]) -> Row:
    """The row in plain values. Raises ValidationError with what is wrong."""
    nation = _fitting(row, "nation", MAX_SENDER)
    of = next((name for name in ("delegation", "city", "nation", "organisation") if row.get(name)), "")
    if not of:
        raise ValidationError(_("Whose delegation this is, is missing."))
    sender = _fitting(row, of, MAX_SENDER)
    is_nation = fold(sender) == fold(nation)
    is_city = of == "city" or fold(sender) == fold(str(row.get("city", "")))
    kind = Kind.GOVERNMENT if is_nation else Kind.CITY if is_city else Kind.INSTITUTION
    return Row(row["line"], sender, kind, "" if is_nation else nation, _places(row), _person(row))


def _places(row: dict[str, Any]) -> int | None:
    if not row.get("places"):
        return None
    places = number_in(str(row["places"]), MOST_PLACES)
    if places is None:
        raise ValidationError(_("The places are no number from 0 to %(most)d.") % {"most": MOST_PLACES})
    return places


def _person(row: dict[str, Any]) -> dict[str, Any]:
    cells = [str(row.get(name, "")) for name in NAMES]
    name = full_name(cells, {field: at for at, field in enumerate(NAMES)})
    email = fold_case(str(row.get("email", "")))
    if not name:
        if email or row.get("office"):
            raise ValidationError(_("The name is missing."))
        return {}
    if email:
        EmailValidator()(email)
    texts = {field: _fitting(row | {"name": name}, field, length) for field, length in LENGTHS.items()}
    found = texts | {"email": email, "is_head": folded(str(row.get("head", ""))) in YES}
    return {field: value for field, value in found.items() if value}


def _fitting(row: dict[str, Any], field: str, length: int) -> str:
    """A cell as it is. Raises ValidationError for one that is longer: nothing is cut without a word."""
    text = str(row.get(field, ""))
    try:
        MaxLengthValidator(length)(text)
    except ValidationError as error:
        raise ValidationError(f"{field}: {error.messages[0]}") from error
    return text
