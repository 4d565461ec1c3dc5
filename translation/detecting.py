"""In which language a short text is, or that nobody can tell. Pure."""

import re
import unicodedata

from common.languages import COMMON

_SCRIPTS = (
    ("ja", "\u3040-\u30ff"),
    ("ko", "\uac00-\ud7af"),
    ("zh", "\u3400-\u9fff"),
    ("ar", "\u0600-\u06ff"),
    ("ru", "\u0400-\u04ff"),
    ("el", "\u0370-\u03ff"),
    ("he", "\u0590-\u05ff"),
    ("hi", "\u0900-\u097f"),
)
# Signs and greetings that short texts have and no neighbour: the common words alone leave them open.
_SIGNS = {"es": "ñ¿¡", "ca": "·", "pt": "ãõ", "fr": "œêîû"}
_MORE = {
    "en": "hello hi good morning thanks thank you does do can could will would there this they their all everybody "
    "everyone about has have when where why which",
    "es": "hola buenos buenas días gracias saludos desde muy pero también está están hay cuando dónde todos puede",
    "ca": "hola bon dia gràcies salutacions des molt però també està hi quan on tots pot aquesta això amb",
    "fr": "bonjour merci salut très mais aussi est sont il elle vous quand où tous peut cela",
    "pt": "olá bom dia obrigado obrigada muito mas também está são há quando onde todos pode isso",
}
_WORD = re.compile(r"[^\W\d_]+")


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFC", text).casefold())


_KNOWN = {language: set(_words(f"{COMMON[language]} {_MORE[language]}")) for language in _MORE}


def language_of(text: str, said: str = "") -> str:
    """The language of a text: by its script, else by its common words; `said` decides where these do not.

    Empty when nobody can tell.
    """
    letters = _WORD.findall(text)
    for language, signs in _SCRIPTS:
        if re.search(f"[{signs}]", text):
            return language
    if not letters:
        return ""
    scores = {language: _score(text, language) for language in _KNOWN}
    ranked = sorted(scores, key=lambda language: scores[language], reverse=True)
    best, second = ranked[:2]
    if scores[best] > scores[second]:
        return best
    told = said[:2].lower()
    return told if told not in scores or scores[told] == scores[best] else ""


def _score(text: str, language: str) -> int:
    known = sum(word in _KNOWN[language] for word in _words(text))
    return known + 2 * sum(sign in text.casefold() for sign in _SIGNS.get(language, ""))
