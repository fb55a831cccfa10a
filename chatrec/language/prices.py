"""A TOML table -> what a model's tokens cost in US dollars. What no table holds costs an unknown amount, never nothing."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from chatrec.errors import SettingsError
from chatrec.language.handle import ChatHandle

SHIPPED = Path(__file__).with_name("prices.toml")
"""The table that ships; it says itself how one's own is written."""

_KEYS = ("in", "out", "known")
_VERSION = re.compile(r"-(latest|\d{8}|\d{4}-\d{2}-\d{2}|\d{3,4}|\d{2}-\d{4})$")
_LIKE = 'write ["openai:gpt-5-mini"], and below it in = 0.25, out = 2.00 and known = 2026-03-21'


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars per million tokens read from (`tokens_in`) and written to (`tokens_out`) the model, as known on a day."""

    tokens_in: float
    tokens_out: float
    known: date | None = None

    def cost(self, tokens_in: int, tokens_out: int) -> float:
        """US dollars for so many tokens."""
        return (tokens_in * self.tokens_in + tokens_out * self.tokens_out) / 1_000_000


@dataclass(frozen=True, slots=True)
class Prices:
    """Prices by `provider:model`: the shipped ones, and the host's `own`, which count first and at any address."""

    shipped: Mapping[str, Price]
    own: Mapping[str, Price]

    @classmethod
    def load(cls, own: Path | None = None) -> Prices:
        """The shipped table and, where a file is named, the host's own. Raises SettingsError naming its file and line."""
        return cls(read_prices(SHIPPED), read_prices(own) if own else {})

    def of(self, handle: ChatHandle) -> Price | None:
        """What a model costs, None where that is not known."""
        name = handle.name.lower()
        tables = (self.own, self.shipped) if handle.is_providers_own else (self.own,)
        names = (name, _VERSION.sub("", name))
        return next((table[each] for table in tables for each in names if each in table), None)


def read_prices(file: Path) -> Mapping[str, Price]:
    """A file of prices. Raises SettingsError: which file, which line, how to mend."""
    try:
        text = file.expanduser().read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"The price file {file} cannot be read as UTF-8 text: {error}.") from None
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        told = re.sub(r"\s*\(at .*\)$", "", str(error))
        place = re.search(r"at line (\d+)", str(error))
        line = int(place[1]) if place else text.count("\n") + 1
        raise SettingsError(f"{file}, line {line}: this is no TOML ({told}); {_LIKE}.") from None
    return {name.lower(): _price(file, text, name, entry) for name, entry in tables.items()}


def _price(file: Path, text: str, name: str, entry: Any) -> Price:
    if not isinstance(entry, dict):
        raise _wrong(file, text, name, "", f"{name} is no table of a model")
    for key in entry:
        if key not in _KEYS:
            raise _wrong(file, text, name, key, f"there is no {key}; a price has {', '.join(_KEYS)}")
    if ":" not in name:
        raise _wrong(file, text, name, "", f"{name} names no provider")
    for key in ("in", "out"):
        value = entry.get(key)
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value < 100_000:
            said = f"{key} of {name} is {value!r}" if key in entry else f"{name} has no {key}"
            raise _wrong(file, text, name, key, f"{said}, and must be US dollars per million tokens")
    known = entry.get("known")
    if known is not None and (not isinstance(known, date)):
        raise _wrong(file, text, name, "known", f"known of {name} is {known!r}, and must be a date without quotes")
    return Price(float(entry["in"]), float(entry["out"]), known)


def _wrong(file: Path, text: str, name: str, key: str, what: str) -> SettingsError:
    return SettingsError(f"{file}, line {_line(text, name, key)}: {what}; {_LIKE}.")


def _line(text: str, name: str, key: str) -> int:
    """The line of a key below the heading of its table; of the heading where the key has none; 1 where neither is found."""
    lines = text.splitlines()
    heading = next(
        (n for n, line in enumerate(lines) if re.match(rf"""\s*\[?\s*["']?{re.escape(name)}["']?\s*[\]=]""", line)), 0
    )
    for number in range(heading + 1, len(lines)):
        if lines[number].lstrip().startswith("["):
            break
        if key and re.match(rf"""\s*["']?{re.escape(key)}["']?\s*=""", lines[number]):
            return number + 1
    return heading + 1
