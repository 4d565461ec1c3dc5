"""makemessages, as this repository wants it: every language of the settings, and nothing guessed."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.core.management.commands import makemessages
from django.utils.translation import to_locale


class Command(makemessages.Command):
    """Bring the catalogues in step with the source. What is new is left empty, never guessed from a similar message."""

    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching"]

    def add_arguments(self, parser: CommandParser) -> None:
        """Django's arguments, with what our files look like as the default."""
        super().add_arguments(parser)
        parser.set_defaults(
            ignore_patterns=["node_modules", "tests", "bench", "var"],
            no_wrap=True,
            no_obsolete=True,
            add_location="never",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it for the languages that are named, else for all."""
        others = [to_locale(code) for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
        super().handle(*args, **options | {"locale": options["locale"] or others})
