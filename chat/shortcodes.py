"""Emoji: those of the picker, and the names by which one can write them, as :clap:."""

import re

BY_NAME = {
    "smile": "😊", "joy": "😂", "wink": "😉", "heart_eyes": "😍", "thinking": "🤔", "surprised": "😮", "cry": "😢",
    "sunglasses": "😎", "party": "🥳", "wave": "👋", "thumbsup": "👍", "thumbsdown": "👎", "clap": "👏",
    "pray": "🙏", "muscle": "💪", "eyes": "👀", "heart": "❤️", "green_heart": "💚", "fire": "🔥", "sparkles": "✨",
    "tada": "🎉", "rocket": "🚀", "bulb": "💡", "question": "❓", "check": "✅", "100": "💯", "earth": "🌍",
    "city": "🏙️", "house": "🏠", "tree": "🌳", "bike": "🚲", "tram": "🚋", "bus": "🚌", "sun": "☀️", "water": "💧",
    "recycle": "♻️", "chart": "📈", "coffee": "☕", "mic": "🎤", "pin": "📌",
}  # fmt: skip
_NAMED = re.compile(":([a-z_0-9]{2,16}):")


def with_emoji(text: str) -> str:
    """The text with emoji for the names between colons; names that are none stay as they are."""
    return _NAMED.sub(lambda match: BY_NAME.get(match[1], match[0]), text)
