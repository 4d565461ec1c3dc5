"""Codes that people read from one screen and type on another."""

import unicodedata


def typed_code(text: str) -> str:
    """The letters and digits of a typed code, in capitals, without what does not show; full width is read as narrow."""
    folded = unicodedata.normalize("NFKC", text).upper()
    return "".join(sign for sign in folded if sign.isascii() and sign.isalnum())
