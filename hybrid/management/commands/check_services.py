"""Say clearly when the database or Redis cannot be used, before anything else tries to."""

from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.management.base import BaseCommand, CommandError
from django.db import connection


class Command(BaseCommand):
    """`manage.py check_services`: silent when all is well."""

    help = "Check that DATABASE_URL and REDIS_URL can be reached."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Check both. Raises CommandError for the first that fails."""
        check_database()
        check_redis()


def check_database() -> None:
    """Raises CommandError when the database does not answer."""
    name = settings.DATABASES["default"].get("HOST") or settings.DATABASES["default"]["NAME"]
    try:
        if connection.vendor == "postgresql":  # not by the pool, which tries for ten seconds and tells of each try
            connection.Database.connect(**connection.get_connection_params()).close()  # type: ignore[attr-defined]
        else:
            connection.ensure_connection()
            connection.close()
    except Exception as error:
        raise CommandError(f"DATABASE_URL: the database at {name} cannot be reached: {one_line(error)}") from None


def check_redis() -> None:
    """Raises CommandError when there should be a Redis and it does not answer."""
    if not settings.REDIS_URL:
        return
    try:
        cache.get("reachable")
    except Exception as error:
        raise CommandError(f"REDIS_URL: Redis cannot be reached: {one_line(error)}") from None


def one_line(error: Exception) -> str:
    """What an error says, without its line breaks."""
    return " ".join(str(error).split()) or type(error).__name__
