"""Exhibitors from a table: read, tried without a change, then applied in one go."""

from dataclasses import dataclass, field
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, MaxLengthValidator, URLValidator
from django.db import transaction
from django.utils.translation import gettext as _

from common import workbooks
from common.numbers import number_in
from common.text import fold
from expo.models import Exhibitor, Kind, Member, Stand, State, Upload
from people import audit
from people.models import Participant
from people.names import plain
from people.refusal import Refused
from registration.imports.reading import Table, read
from sessions.models import Edition, HostCity, Theme

MOST = 3000  # rows
COLUMNS = {  # field -> what the column may be called
    "name": ("name", "exhibitor", "company", "organisation", "organization"),
    "kind": ("kind", "type", "category"),
    "claim": ("claim", "summary", "sentence", "tagline", "slogan"),
    "text": ("text", "about", "description", "profile"),
    "products": ("products", "product", "solutions"),
    "country": ("country",),
    "city": ("city", "town"),
    "website": ("website", "web", "url"),
    "themes": ("themes", "theme", "topics"),
    "host": ("host city", "venue", "host"),
    "hall": ("hall", "pavilion"),
    "number": ("stand", "number", "booth", "stand number"),
    **{name: (name,) for name in ("x", "y", "width", "height")},
    "team": ("team", "email", "e-mail", "emails", "contact"),
}
# A cell of a table is read up to 1000 characters: what is as long may have been longer.
LENGTHS = {"name": 120, "claim": 200, "text": 999, "products": 999, "country": 80, "city": 80, "website": 300}
PLACE_LENGTHS = {"hall": 40, "number": 16}
PLACES = ("x", "y", "width", "height")


@dataclass
class Survey:
    """What applying a table would do: numbers by kind of row, and (line, what is wrong) of those left out."""

    counts: dict[str, int] = field(default_factory=lambda: {"new": 0, "changed": 0, "same": 0})
    errors: list[tuple[int, str]] = field(default_factory=list)


def take(edition: Edition, file: IO[bytes], name: str) -> Upload:
    """Read a table of exhibitors and keep its rows. Raises Refused for what is no such table."""
    try:
        return _take(edition, workbooks.read(file) if workbooks.is_workbook(file) else read(file), name)
    except workbooks.BadWorkbook as error:
        raise Refused(str(error), 422) from error


def _take(edition: Edition, table: Table | workbooks.Sheet, name: str) -> Upload:
    places = _columns(table.header)
    if "name" not in places:
        raise Refused(_("No column is called “name”."), 422)
    rows: list[dict[str, Any]] = []
    for line, cells in table.rows:
        if len(rows) == MOST:
            raise Refused(_("The file has more than %(n)s rows. Part it.") % {"n": MOST}, 422)
        rows.append({"line": line} | {name: cells[at] for name, at in places.items() if at < len(cells) and cells[at]})
    Upload.objects.filter(edition=edition).delete()
    return Upload.objects.create(edition=edition, name=plain(name)[:120] or "?", rows=rows)


def _columns(header: list[str]) -> dict[str, int]:
    known = {title: name for name, titles in COLUMNS.items() for title in titles}
    found: dict[str, int] = {}
    for at, title in enumerate(header):
        if name := known.get(" ".join(title.casefold().replace("_", " ").split())):
            found.setdefault(name, at)
    return found


class Applying:
    """One go through the rows of a table, the exhibitors of the edition being known."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.survey = Survey()
        self.themes = {fold(theme.name): theme for theme in edition.themes.all()}
        self.cities = {fold(city.name): city for city in HostCity.objects.all()}
        self.stands = {
            (stand.host_city_id, stand.hall, stand.number): stand for stand in Stand.objects.filter(edition=edition)
        }
        known = Exhibitor.objects.of(edition).prefetch_related("themes", "team")
        self.exhibitors = {fold(exhibitor.name): exhibitor for exhibitor in known}

    def row(self, row: dict[str, Any]) -> None:
        """Write one row, or note what is wrong with it."""
        try:
            values, themes, emails = self._values(row), self._themes(row), self._emails(row)
            stand, moved = self._stand(row)
        except ValidationError as error:
            self.survey.errors.append((row["line"], error.messages[0]))
            return
        exhibitor = self.exhibitors.get(fold(values["name"]))
        is_new = exhibitor is None
        if exhibitor is None:
            exhibitor = Exhibitor(edition=self.edition, state=State.APPROVED, is_public=True)
        changed = is_new or any(getattr(exhibitor, name) != value for name, value in values.items())
        for name, value in values.items():
            setattr(exhibitor, name, value)
        if stand and exhibitor.stand_id != stand.pk:
            exhibitor.stand, changed = stand, True
        if is_new:
            exhibitor.save()
            self.exhibitors[fold(exhibitor.name)] = exhibitor
        changed = self._related(exhibitor, themes, emails) or moved or changed
        if changed:
            exhibitor.version += 1
            exhibitor.save()
        self.survey.counts["new" if is_new else "changed" if changed else "same"] += 1

    def _values(self, row: dict[str, Any]) -> dict[str, str]:
        values = {name: _fitting(row, name, length) for name, length in LENGTHS.items() if row.get(name)}
        if "name" not in values:
            raise ValidationError(_("The name is missing."))
        if kind := row.get("kind"):
            labels = {fold(str(text)): each.value for each in Kind for text in (each.value, each.label)}
            if fold(kind) not in labels:
                raise ValidationError(_("“%(kind)s” is no kind of exhibitor.") % {"kind": kind})
            values["kind"] = labels[fold(kind)]
        if website := values.get("website"):
            values["website"] = website if "://" in website else f"https://{website}"
            URLValidator(["http", "https"])(values["website"])
        if products := row.get("products"):
            values["products"] = "\n".join(part.strip() for part in products.split(";") if part.strip())
        return values

    def _themes(self, row: dict[str, Any]) -> list[Theme]:
        named = [part.strip() for part in str(row.get("themes", "")).split(";") if part.strip()]
        if unknown := [name for name in named if fold(name) not in self.themes]:
            raise ValidationError(_("“%(theme)s” is no theme of this edition.") % {"theme": unknown[0]})
        return [self.themes[fold(name)] for name in named]

    def _emails(self, row: dict[str, Any]) -> list[str]:
        emails = [part.strip().lower() for part in str(row.get("team", "")).replace(",", ";").split(";")]
        for email in filter(None, emails):
            EmailValidator()(email)
        return [email for email in emails if email]

    def _stand(self, row: dict[str, Any]) -> tuple[Stand | None, bool]:
        """The stand that a row names, and whether its cells were changed."""
        if not row.get("number"):
            return None, False
        host = row.get("host", "")
        city = self.cities.get(fold(host)) if host else self.edition.host_city
        if city is None:
            raise ValidationError(_("“%(city)s” is no host city.") % {"city": host})
        hall, number = (_fitting(row, name, length) for name, length in PLACE_LENGTHS.items())
        key = (city.pk, hall, number)
        stand = self.stands.get(key)
        if stand is None:
            stand = Stand(edition=self.edition, host_city=city, hall=key[1], number=key[2])
        cells = {name: number_in(str(row[name]), 500) for name in PLACES if row.get(name)}
        if None in cells.values() or 0 in (cells.get("width", 1), cells.get("height", 1)):
            raise ValidationError(_("The place of the stand is no number of cells."))
        moved = any(getattr(stand, name) != value for name, value in cells.items())
        if stand.pk is None or moved:
            for name, value in cells.items():
                setattr(stand, name, value)
            stand.save()
            self.stands[key] = stand
        return stand, moved

    @staticmethod
    def _related(exhibitor: Exhibitor, themes: list[Theme], emails: list[str]) -> bool:
        changed = False
        if themes and {theme.pk for theme in themes} != {theme.pk for theme in exhibitor.themes.all()}:
            exhibitor.themes.set(themes)
            changed = True
        known = {member.email for member in exhibitor.team.all()}
        for email in emails:
            if email not in known:
                Member.objects.get_or_create(exhibitor=exhibitor, email=email)
                changed = True
        return changed


def _fitting(row: dict[str, Any], name: str, length: int) -> str:
    """A cell as it is. Raises ValidationError for one that is longer: nothing is cut without a word."""
    text = str(row.get(name, ""))
    try:
        MaxLengthValidator(length)(text)
    except ValidationError as error:
        raise ValidationError(f"{name}: {error.messages[0]}") from error
    return text


def survey(upload: Upload) -> Survey:
    """What applying would do. It is done, counted and taken back."""
    with transaction.atomic():
        applying = _apply(upload)
        transaction.set_rollback(True)
    return applying.survey


def apply(upload: Upload, by: Participant) -> Survey:
    """Write the exhibitors; rows that are wrong are left out. The table is kept no longer."""
    with transaction.atomic():
        Edition.locked(upload.edition_id)
        found = _apply(upload).survey
        audit.record(by, "expo.import", upload.edition.room_key, **found.counts, errors=len(found.errors))
        upload.delete()
    return found


def _apply(upload: Upload) -> Applying:
    applying = Applying(Edition.objects.select_related("host_city").get(pk=upload.edition_id))
    for row in upload.rows:
        applying.row(row)
    return applying
