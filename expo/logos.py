"""Logos of exhibitors: drafted by the team like its words, shown once they are approved."""

from typing import Any

from expo.models import Exhibitor, Logo

KEPT = 10  # logos of an exhibitor; older ones go, but for the one that is shown


def drafted(exhibitor: Exhibitor) -> int:
    """The id of the logo that the team has in its draft; 0: none."""
    return int(exhibitor.draft.get("logo", exhibitor.logo))


def draft(exhibitor: Exhibitor, fields: dict[str, Any] | None) -> None:
    """Put a picture's `fields` into the draft as the logo, or with None no logo. The exhibitor is locked."""
    logo = Logo.objects.create(exhibitor=exhibitor, **fields) if fields else None
    exhibitor.draft = (exhibitor.draft or exhibitor.content()) | {"logo": logo.pk if logo else 0}
    exhibitor.version += 1
    exhibitor.save(update_fields=["draft", "version"])
    kept = exhibitor.logos.order_by("-pk").values_list("pk", flat=True)[:KEPT]
    exhibitor.logos.exclude(pk__in=[*kept, exhibitor.logo]).delete()
