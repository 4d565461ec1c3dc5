"""Reading the environment: whatever is wrong there is one clear line, without the value, which may be a secret."""

import os
from typing import Any
from urllib.parse import urlsplit

import environ

UNREADABLE = (
    "{name} cannot be read. It is KIND://USER:PASSWORD@HOST:PORT; write special characters of user and password in % "
    'form: "/" as %2F, "@" as %40, ":" as %3A, "#" as %23, "?" as %3F, "%" as %25.'
)
KINDS = {int: "a whole number", float: "a number"}


class Environment(environ.Env):  # type: ignore[misc]
    """An empty variable is one that is not set. Raises ImproperlyConfigured for what cannot be read."""

    def get_value(self, var: str, cast: Any = None, default: Any = environ.Env.NOTSET, *_: Any, **__: Any) -> Any:
        """The value of a variable as `cast` reads it, or the default. Raises ImproperlyConfigured."""
        text = os.environ.get(var, "")
        if not text:
            if default is environ.Env.NOTSET:
                raise environ.ImproperlyConfigured(f"Set {var}.")
            return default
        try:
            # The library's own numbers with a point are whatever digits a word has.
            return float(text) if cast is float else self.parse_value(text, cast)
        except (ValueError, TypeError):
            raise environ.ImproperlyConfigured(f"{var} must be {KINDS.get(cast, 'readable')}.") from None

    def database(self, name: str, default: str) -> dict[str, Any]:
        """Django's settings of the database at that URL."""
        config = self._read(name, self.db_url_config, self.str(name, default=default))
        engine = str(config.get("ENGINE", ""))
        if not engine.endswith(("sqlite3", "postgresql")):
            raise environ.ImproperlyConfigured(
                f"{name} must be sqlite:///PATH or postgres://USER:PASSWORD@HOST:PORT/NAME."
            )
        if engine.endswith("postgresql") and (not config["NAME"] or "@" in config["NAME"]):
            raise environ.ImproperlyConfigured(UNREADABLE.format(name=name))
        return config  # type: ignore[no-any-return]

    def mail(self, name: str, default: str) -> dict[str, Any]:
        """Django's settings of sending mail by that URL."""
        return self._read(name, self.email_url_config, self.service(name, default))  # type: ignore[no-any-return]

    def service(self, name: str, default: str = "") -> str:
        """The URL of a service, with its password on the left of the host; "" when there is none."""
        url = self.str(name, default=default)
        parts = self._read(name, urlsplit, url)
        self._read(name, lambda split: split.port, parts)
        if parts.netloc and "@" in parts.path + parts.fragment + ("" if "@" in parts.netloc else parts.query):
            raise environ.ImproperlyConfigured(UNREADABLE.format(name=name))
        return url  # type: ignore[no-any-return]

    def _read(self, name: str, parse: Any, value: Any) -> Any:
        try:
            return parse(value)
        except (ValueError, environ.ImproperlyConfigured):
            raise environ.ImproperlyConfigured(UNREADABLE.format(name=name)) from None
