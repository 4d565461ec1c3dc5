"""Codes that people read from one screen and type on another."""

import unicodedata


def typed_code(text: str) -> str:
    """The letters and digits of a typed code, in capitals. Full-width characters become normal ones; the rest goes."""
    folded = unicodedata.normalize("NFKC", text).upper()
    return "".join(sign for sign in folded if sign.isascii() and sign.isalnum())
