"""Every error a person can meet, as one tree; each message says what, where, and how to mend it.

ChatrecError
├── UserMistake             something the person or host can mend; the command line exits with 2
│   ├── SettingsError       an environment variable is unknown or has an unusable value
│   ├── CatalogError        the catalog is missing, unreadable or breaks its format
│   ├── StaleIndex          the index is missing, damaged, or made for another catalog or embedder
│   ├── EmbedderError       the embedding model is missing or cannot be loaded
│   ├── PromptError         a prompt file is missing, or has a wrong or unknown blank
│   ├── StoreError          the database cannot be opened or written
│   └── UnknownConversation the conversation does not exist, or belongs to somebody else
└── ModelError              the language model failed; the built-in engine takes over for the turn
    ├── ModelUnavailable    no key, refused key, unknown model, no connection, 429, 5xx, time-out
    └── ModelReplyError     the reply was cut, empty, or could not be used
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chatrec.records import ModelCall


class ChatrecError(Exception):
    """The root of every error chatrec raises on purpose."""


class UserMistake(ChatrecError):
    """Something a person can mend: the message is one clear sentence for them."""


class SettingsError(UserMistake):
    """An environment variable is unknown, or its value cannot be used."""


class CatalogError(UserMistake):
    """The catalog is missing, cannot be read, or breaks its format."""


class StaleIndex(UserMistake):
    """The index is missing, damaged, or was made for another catalog or embedder."""


class EmbedderError(UserMistake):
    """The embedding model is missing or cannot be loaded."""


class PromptError(UserMistake):
    """A prompt file is missing, or has a blank the stage does not fill."""


class StoreError(UserMistake):
    """The database cannot be opened, read or written."""


class UnknownConversation(UserMistake):
    """The conversation does not exist for this user."""


class ModelError(ChatrecError):
    """The language model failed. `call` tells what was asked and what came back, for the trace."""

    def __init__(self, message: str, call: ModelCall | None = None) -> None:
        super().__init__(message)
        self.call = call


class ModelUnavailable(ModelError):
    """No usable connection to the model: key, name, network, rate limit, server fault, time-out."""


class ModelReplyError(ModelError):
    """The model answered, but the reply was cut, empty or not usable."""
