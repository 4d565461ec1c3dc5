"""Apertium: rules and dictionaries, on this machine, without a network. The command `apertium` of Debian."""

import subprocess
from functools import lru_cache
from shutil import which

from translation.backends.base import WITHIN, Backend, Failed

LONG = {"en": "eng", "es": "spa", "ca": "cat", "fr": "fra", "pt": "por", "it": "ita", "gl": "glg", "oc": "oci"}
BREAK = "\n\n"  # ends a sentence for it, and comes back as it is


@lru_cache
def _modes() -> frozenset[str]:
    """The pairs that are installed, as Apertium calls them."""
    if not (command := which("apertium")):
        return frozenset()
    try:
        listed = subprocess.run([command, "-l"], capture_output=True, text=True, timeout=WITHIN, check=False)  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return frozenset()
    return frozenset(listed.stdout.split())


class Apertium(Backend):
    """It is given texts by its standard input only."""

    name, label, leaves = "apertium", "Apertium", False

    def knows(self, source: str, target: str) -> bool:
        return bool(self._mode(source, target))

    def _mode(self, source: str, target: str) -> str:
        names = (f"{LONG.get(source, source)}-{LONG.get(target, target)}", f"{source}-{target}")
        return next((name for name in names if name in _modes()), "")

    def translate(self, texts: list[str], source: str, target: str) -> list[str]:
        command = [which("apertium") or "apertium", "-u", self._mode(source, target)]
        try:
            done = subprocess.run(  # noqa: S603
                command,
                input=BREAK.join(texts) + "\n",
                capture_output=True,
                encoding="utf-8",
                timeout=WITHIN,
                check=True,
            )
        except (OSError, UnicodeError, subprocess.SubprocessError) as error:
            raise Failed(type(error).__name__) from None
        made = [" ".join(part.split()) for part in done.stdout.strip("\n").split(BREAK)]
        if len(made) != len(texts):
            raise Failed("It gave back another number of texts.")
        return made
