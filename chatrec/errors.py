"""Every error a person can meet, as one tree; each message says what, where, and how to mend it.

ChatrecError
├── UserMistake             something the person or host can mend; the command line exits with 2
│   ├── SettingsError       an environment variable is unknown or has an unusable value
│   ├── CatalogError        the catalog is missing, unreadable or breaks its format
│   ├── DatasetError        a dataset cannot be downloaded, read, or written as a catalog
│   ├── StaleIndex          the index is missing, damaged, or made for another catalog or embedder
│   ├── EmbedderError       the embedding model is missing or cannot be loaded
│   ├── RankerError         the learned ranker's weights are missing or damaged
│   ├── PromptError         a prompt file is missing, or has a wrong or unknown blank
│   ├── StoreError          the database cannot be opened or written
│   └── UnknownConversation the conversation does not exist, or belongs to somebody else
└── ModelError              the language model failed; the built-in engine takes over for the turn
    ├── ModelUnavailable    no key, refused key, unknown model, no connection, 429, 5xx, time-out
    ├── CeilingReached      the host's budget for the model is used up; nothing was asked of it
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


class DatasetError(UserMistake):
    """A dataset cannot be downloaded or read, or its import cannot be written."""


class StaleIndex(UserMistake):
    """The index is missing, damaged, or was made for another catalog or embedder."""


class EmbedderError(UserMistake):
    """The embedding model is missing or cannot be loaded."""


class RankerError(UserMistake):
    """The learned ranker's weights are missing, damaged, or of another version."""


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


class CeilingReached(ModelError):
    """The host's budget for the model, of the day or of the conversation, is used up."""


class ModelReplyError(ModelError):
    """The model answered, but the reply was cut, empty or not usable."""
