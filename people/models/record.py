"""The record: what was done to whom, written once."""

from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from common.clock import now


class OnRecord(TypeError):
    """An entry of the audit log is never changed."""


class AuditQuerySet(models.QuerySet["AuditEntry"]):
    """Entries are written and read, nothing else; the database refuses it as well (migration 0003)."""

    def update(self, **_: Any) -> int:
        """Raises OnRecord, always."""
        raise OnRecord

    def delete(self) -> tuple[int, dict[str, int]]:
        """Raises OnRecord, always."""
        raise OnRecord


class AuditEntry(models.Model):
    """Who did what to whom, and when. Ids only: names go when their accounts go, the record stays."""

    at = models.DateTimeField(default=now, db_index=True)
    by_id = models.BigIntegerField(null=True)
    action = models.CharField(max_length=40)
    scope = models.CharField(max_length=64, db_index=True)
    participant_id = models.BigIntegerField(null=True, db_index=True)
    details = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    objects = AuditQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.action} {self.scope}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new entry. Raises OnRecord for one that is already stored."""
        if self.pk is not None:
            raise OnRecord
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> tuple[int, dict[str, int]]:
        """Raises OnRecord, always."""
        raise OnRecord
