"""Writing rows of a table of delegations; what was changed on the page since stays (common/merging.py).

A delegate is known by the folded address, in the whole edition; by the folded name within a delegation where one of the
two has no address. Nobody comes back who was refused or withdrew, and no delegation gets more than its places.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cities.models import City, Kind, Organisation
from cities.trust import free_slug
from collaboration.columns import LABELS
from collaboration.delegating import COUNTED
from collaboration.models import Delegate, Delegation
from collaboration.rows import Row, read
from common import merging
from common.merging import Difference
from common.text import fold, fold_case
from common.versions import fingerprint
from sessions.models import Edition

MAX_COUNTRY = 80
NEVER: dict[str, str] = {Kind.CITY: Kind.GOVERNMENT, Kind.GOVERNMENT: Kind.CITY}


@dataclass
class Survey(merging.Survey):
    """What applying does; `made` are the names of delegations that did not exist."""

    made: list[str] = field(default_factory=list)


class Applying:
    """One go through the rows of a table, the delegations of the edition being known and locked."""

    def __init__(self, edition: Edition, replace: bool) -> None:
        self.edition, self.replace, self.survey = edition, replace, Survey()
        rows = Delegation.objects.select_for_update(of=("self",), no_key=True).filter(edition=edition).order_by("pk")
        self.delegations = {each.organisation_id: each for each in rows.select_related("organisation")}
        self.by_pk = {each.pk: each for each in self.delegations.values()}
        self.named: dict[str, list[Organisation]] = defaultdict(list)
        for organisation in Organisation.objects.filter(is_public=True):
            self.named[fold(organisation.name)].append(organisation)
        cities = City.objects.filter(organisation__is_public=True).select_related("organisation")
        self.cities = {fold(city.name): city.organisation for city in cities}
        self.by_email: dict[str, list[Delegate]] = defaultdict(list)
        self.by_name: dict[tuple[int, str], list[Delegate]] = defaultdict(list)
        self.taken: Counter[int] = Counter()
        self.headed: set[int] = set()
        for person in Delegate.objects.filter(delegation__edition=edition).order_by("pk"):
            self._note(person)
        self.nations = {each.within_id for each in self.by_pk.values()}
        self.lines: dict[int, int] = {}  # delegate -> the line that it stands in

    def row(self, cells: dict[str, Any]) -> None:
        """Write one row, or note what is wrong with it."""
        try:
            row = read(cells)
            delegation = self._delegation(row)
            if row.person:
                self._delegate(row, delegation)
        except ValidationError as error:
            self.survey.errors.append((cells["line"], error.messages[0]))

    # --- delegations

    def _delegation(self, row: Row) -> Delegation:
        """The delegation of a row, with what the row says of it. Raises ValidationError."""
        nation = self._found(Row(row.line, row.nation, Kind.GOVERNMENT, "", None, {})) if row.nation else None
        if nation and nation.within_id:
            within = self.by_pk[nation.within_id]
            words = {"name": nation, "nation": within}
            raise ValidationError(_("%(name)s is within %(nation)s itself.") % words)
        delegation = self._found(row)
        if nation and nation is not delegation and delegation.pk in self.nations:
            raise ValidationError(_("%(name)s has delegations within it, and is within none.") % {"name": delegation})
        wanted: dict[str, Any] = {"within": nation} if nation and nation is not delegation else {}
        if row.places is not None:
            wanted["quota"] = row.places
        self._merge(row, delegation, wanted)
        self.nations.add(delegation.within_id)
        return delegation

    def _found(self, row: Row) -> Delegation:
        """The delegation of that name; made with its organisation where there is none."""
        organisation = self._organisation(row.sender, row.kind, row.nation)
        found = self.delegations.get(organisation.pk)
        if found is None:
            quota = {} if row.places is None else {"quota": row.places}
            found = Delegation.objects.create(edition=self.edition, organisation=organisation, **quota)
            found.imported = {name: fingerprint(str(value)) for name, value in quota.items()}
            self.delegations[organisation.pk] = self.by_pk[found.pk] = found
            self.survey.made.append(organisation.name)
        return found

    def _organisation(self, name: str, kind: str, nation: str) -> Organisation:
        """The one that is called so, first of that kind, then whose delegation is known. Raises ValidationError.

        A state and a city may have one name: neither is taken for the other.
        """
        key = fold(name)
        city = self.cities.get(key) if kind == Kind.CITY else None
        known = [city] if city else [each for each in self.named[key] if each.kind != NEVER.get(kind)]
        of_kind = [each for each in known if each.kind == kind]
        for some in (of_kind, known):
            some = [each for each in some if each.pk in self.delegations] or some
            if len(some) == 1:
                return some[0]
            if some:
                raise ValidationError(_("Several organisations are called “%(name)s”.") % {"name": name})
        country = nation or (name if kind == Kind.GOVERNMENT else "")
        fields = {"kind": kind, "name": name, "country": country if len(country) <= MAX_COUNTRY else ""}
        made = Organisation.objects.create(slug=free_slug(Organisation, name), **fields)
        self.named[key].append(made)
        return made

    # --- people

    def _delegate(self, row: Row, delegation: Delegation) -> None:
        person = self._known(row.person, delegation)
        if person is None:
            self._add(row, delegation)
            return
        if line := self.lines.get(person.pk):
            raise ValidationError(_("This person stands in line %(line)d already.") % {"line": line})
        self.lines[person.pk] = row.line
        if person.delegation_id != delegation.pk:
            words = {"name": person.name, "delegation": self.by_pk[person.delegation_id]}
            raise ValidationError(_("%(name)s is on the list of %(delegation)s already.") % words)
        if person.state not in COUNTED:
            gone, wanted = str(person.get_state_display()), str(Delegate.State.NOMINATED.label)
            self.survey.kept.append(Difference(row.line, person.name, "state", LABELS["state"], gone, wanted))
            self.survey.counts["same"] += 1
            return
        if row.person.get("is_head") and not person.is_head:
            self._ask_head(delegation)
        changed = self._merge(row, person, row.person)
        if person.is_head:
            self.headed.add(delegation.pk)
        self.survey.counts["changed" if changed else "same"] += 1

    def _known(self, wanted: dict[str, Any], delegation: Delegation) -> Delegate | None:
        """Who is meant: of that address, who comes before who does not; else of that name in the delegation."""
        email, name = wanted.get("email", ""), fold(wanted["name"])
        same = self.by_email[email] if email else []
        if not same:
            same = [each for each in self.by_name[delegation.pk, name] if not (email and each.email)]
        coming = [each for each in same if each.state in COUNTED]
        here = [each for each in same if each.delegation_id == delegation.pk]
        return next(iter([*coming, *here]), None)

    def _add(self, row: Row, delegation: Delegation) -> None:
        """Nominate somebody. Raises ValidationError where all places are taken, or it has a head already."""
        if self.taken[delegation.pk] >= delegation.quota:
            words = {"quota": delegation.quota, "delegation": delegation}
            raise ValidationError(_("All %(quota)d places of %(delegation)s are taken.") % words)
        if row.person.get("is_head"):
            self._ask_head(delegation)
        marks = {name: fingerprint(str(value)) for name, value in row.person.items()}
        made = Delegate.objects.create(delegation=delegation, imported=marks, **row.person)
        self._note(made)
        self.lines[made.pk] = row.line
        self.survey.counts["new"] += 1

    def _note(self, person: Delegate) -> None:
        """Know somebody of the edition."""
        if person.email:
            self.by_email[fold_case(person.email)].append(person)
        self.by_name[person.delegation_id, fold(person.name)].append(person)
        if person.state in COUNTED:
            self.taken[person.delegation_id] += 1
            if person.is_head:
                self.headed.add(person.delegation_id)

    def _ask_head(self, delegation: Delegation) -> None:
        if delegation.pk in self.headed:
            raise ValidationError(_("The delegation has a head already."))

    # --- both

    def _merge(self, row: Row, thing: Delegation | Delegate, wanted: dict[str, Any]) -> bool:
        """Write what may be written of the values that differ, and keep what the table said; whether any was."""
        known, writes = dict(thing.imported), False
        for name, value in wanted.items():
            now, plain = getattr(thing, name), str(value)
            if now != value:
                words = (row.line, str(thing), name, LABELS[name], "" if now is None else str(now), plain)
                seen = ("" if now is None or now is False else str(now), plain)
                if not self.survey.writes(Difference(*words), seen, known.get(name), self.replace):
                    continue
                setattr(thing, name, value)
                writes = True
            thing.imported = thing.imported | {name: fingerprint(plain)}
        if writes:
            thing.version += 1
        if writes or thing.imported != known:
            thing.save()
        return writes
