"""Translation services that are asked by HTTP: LibreTranslate and DeepL. Their addresses are the operator's choice."""

import json
import ssl
import time
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from translation.backends.base import WITHIN, Backend, Failed

LARGEST, CHUNK = 1_000_000, 16_384  # bytes of an answer, and of one reading
SILENT = 4.0  # seconds that it may be silent


def post(url: str, payload: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> Any:
    """What a service answers to JSON. Follows no redirect. Raises Failed."""
    parts = urlsplit(url)
    connection: HTTPConnection
    if parts.scheme == "https":
        connection = HTTPSConnection(
            parts.hostname or "", parts.port, timeout=SILENT, context=ssl.create_default_context()
        )
    else:
        connection = HTTPConnection(parts.hostname or "", parts.port, timeout=SILENT)
    try:
        body = json.dumps(payload).encode()
        connection.request("POST", parts.path or "/", body, {"Content-Type": "application/json", **(headers or {})})
        return json.loads(_read(connection))
    except (OSError, HTTPException, ValueError) as error:
        raise Failed(type(error).__name__) from None
    finally:
        connection.close()


def _read(connection: HTTPConnection) -> bytes:
    response = connection.getresponse()
    if response.status != 200:
        raise Failed(f"It answers {response.status}.")
    body, until = b"", time.monotonic() + WITHIN
    while chunk := response.read1(CHUNK):
        body += chunk
        if len(body) > LARGEST or time.monotonic() > until:
            raise Failed("It answers with too much, or too slowly.")
    return body


def _texts(answer: Any, count: int) -> list[str]:
    """A list of so many texts. Raises Failed."""
    if not isinstance(answer, list) or len(answer) != count or not all(isinstance(text, str) for text in answer):
        raise Failed("It gave back something else than the texts.")
    return answer


class LibreTranslate(Backend):
    """A server that speaks LibreTranslate's API (LIBRETRANSLATE_URL, LIBRETRANSLATE_KEY)."""

    name, label = "libretranslate", "LibreTranslate"

    def knows(self, source: str, target: str) -> bool:
        return bool(settings.LIBRETRANSLATE_URL)

    def translate(self, texts: list[str], source: str, target: str) -> list[str]:
        payload = {"q": texts, "source": source, "target": target, "format": "text"}
        if settings.LIBRETRANSLATE_KEY:
            payload["api_key"] = settings.LIBRETRANSLATE_KEY
        answer = post(f"{settings.LIBRETRANSLATE_URL.rstrip('/')}/translate", payload)
        return _texts(answer.get("translatedText") if isinstance(answer, dict) else None, len(texts))


class DeepL(Backend):
    """DeepL's API (DEEPL_KEY, DEEPL_URL)."""

    name, label = "deepl", "DeepL"
    SOURCES = frozenset({"en", "es", "fr", "pt", "de", "it", "zh", "ar", "ja", "ko", "ru", "el", "nl", "pl"})
    TARGETS = {"en": "EN-GB", "pt": "PT-PT", "zh": "ZH-HANS"}

    def knows(self, source: str, target: str) -> bool:
        return bool(settings.DEEPL_KEY) and {source, target} <= self.SOURCES

    def translate(self, texts: list[str], source: str, target: str) -> list[str]:
        to = self.TARGETS.get(target, target.upper())
        payload = {"text": texts, "source_lang": source.upper(), "target_lang": to}
        headers = {"Authorization": f"DeepL-Auth-Key {settings.DEEPL_KEY}"}
        answer = post(f"{settings.DEEPL_URL.rstrip('/')}/v2/translate", payload, headers)
        made = answer.get("translations") if isinstance(answer, dict) else None
        if not isinstance(made, list) or not all(isinstance(each, dict) for each in made):
            raise Failed("It gave back something else than the texts.")
        return _texts([each.get("text") for each in made], len(texts))
