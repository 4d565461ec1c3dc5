"""The machines: Apertium as it is installed, and services by HTTP, which may answer anything."""

from shutil import which

import pytest

from tests.translation import service as services
from translation.backends import AT_ONCE, Failed
from translation.backends.apertium import Apertium
from translation.backends.services import DeepL, LibreTranslate

with_apertium = pytest.mark.skipif(not which("apertium"), reason="apertium is not installed")


@with_apertium
def test_apertium_keeps_texts_apart_and_tokens_whole():
    texts = ["The city of ⟦1⟧ has new buses.", "Good morning", "A [strange] ^text$ with / and \\ and <b>&amp;"]
    made = Apertium().translate(texts, "en", "es")
    assert len(made) == 3
    assert "ciudad" in made[0] and "⟦1⟧" in made[0]
    assert made[1].startswith("Buen")
    assert "texto" in made[2] and "<b>" in made[2]


@with_apertium
def test_apertium_knows_what_is_installed():
    assert Apertium().knows("en", "es")
    assert not Apertium().knows("zh", "es")
    assert not Apertium().knows("en", "en")
    assert not Apertium().leaves


@with_apertium
def test_apertium_takes_what_one_request_may_hold():
    texts = [f"The city number {number} has new buses." for number in range(AT_ONCE)]
    made = Apertium().translate(texts, "en", "es")
    assert [str(number) in text for number, text in enumerate(made)] == [True] * AT_ONCE


def test_apertium_without_the_command_fails_in_words(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(Failed):
        Apertium().translate(["Good morning"], "en", "es")


@pytest.fixture
def service(settings):
    with services.running() as running:
        settings.LIBRETRANSLATE_URL = settings.DEEPL_URL = running.url
        settings.LIBRETRANSLATE_KEY, settings.DEEPL_KEY = "", "secret"
        yield running


def test_libretranslate_is_asked_as_it_wants(service, settings):
    assert LibreTranslate().leaves
    assert LibreTranslate().translate(["Hello", "you"], "en", "es") == ["es: HELLO", "es: YOU"]
    settings.LIBRETRANSLATE_KEY = "k"
    LibreTranslate().translate(["Hello"], "en", "es")
    assert [request.get("api_key") for request in service.asked] == [None, "k"]
    assert service.asked[0]["path"] == "/translate" and service.asked[0]["format"] == "text"


def test_deepl_is_asked_as_it_wants(service):
    service.other = lambda request: {"translations": [{"text": text.lower()} for text in request["text"]]}
    assert DeepL().translate(["Hola"], "es", "en") == ["hola"]
    [request] = service.asked
    assert request["path"] == "/v2/translate" and request["authorization"] == "DeepL-Auth-Key secret"
    assert (request["source_lang"], request["target_lang"]) == ("ES", "EN-GB")
    assert DeepL().leaves and DeepL().knows("es", "en") and not DeepL().knows("ca", "en")


@pytest.mark.parametrize(
    "answer",
    [None, [], {}, {"translatedText": "one"}, {"translatedText": []}, {"translatedText": [1]}, {"translations": [1]}],
)
@pytest.mark.parametrize("kind", [LibreTranslate, DeepL])
def test_any_other_answer_is_a_failure(service, kind, answer):
    service.other = lambda request: answer
    with pytest.raises(Failed):
        kind().translate(["Hello"], "en", "es")


@pytest.mark.parametrize("status", [301, 403, 429, 500])
def test_an_error_is_a_failure_without_the_text(service, status):
    service.status = status
    with pytest.raises(Failed) as failed:
        LibreTranslate().translate(["Hello"], "en", "es")
    assert "Hello" not in str(failed.value) and len(service.asked) == 1


def test_too_much_is_a_failure(service):
    service.other = lambda request: {"translatedText": ["x" * 1_100_000]}
    with pytest.raises(Failed):
        LibreTranslate().translate(["Hello"], "en", "es")


def test_nobody_there_is_a_failure(settings):
    settings.LIBRETRANSLATE_URL = "http://127.0.0.1:9"
    with pytest.raises(Failed):
        LibreTranslate().translate(["Hello"], "en", "es")
