"""The models of networking."""

from networking.models.cards import MAX_ABOUT, Block, Card
from networking.models.conversations import MAX_LINE, Conversation, Line, Report, pair_of

__all__ = ["MAX_ABOUT", "MAX_LINE", "Block", "Card", "Conversation", "Line", "Report", "pair_of"]
