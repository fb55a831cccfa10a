"""The turn: `Chat` is the whole recommender behind one call, `Ask` what it is given."""

from chatrec.chat.exchange import LONGEST_MESSAGE, Ask
from chatrec.chat.runnable import Chat

__all__ = ["LONGEST_MESSAGE", "Ask", "Chat"]
