"""What the chat stores."""

from chat.models.card import Card
from chat.models.message import MAX_LENGTH, PAGE, Message
from chat.models.moderation import ChatSettings, Mute, Report
from chat.models.own import Reaction, ReadMark

__all__ = ["MAX_LENGTH", "PAGE", "Card", "ChatSettings", "Message", "Mute", "Reaction", "ReadMark", "Report"]
