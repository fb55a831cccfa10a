"""The environment -> Settings; the only file that reads it. Unknown CHATREC_ names are refused with a suggestion."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

import platformdirs
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict
from rapidfuzz import process

from chatrec.errors import SettingsError

PREFIX = "CHATREC_"
BUILT_IN = ("", "none", "built-in", "builtin")
DEFAULT_MODEL = "openai:gpt-5-mini"


def shipped(name: str) -> Path:
    """Where something that ships lives: inside the installed package, or at the top of a checkout."""
    package = Path(__file__).parent
    inside = package / "shipped" / name
    return inside if inside.exists() else package.parent / name


class Settings(BaseSettings):
    """Everything a host can set, each as `CHATREC_<NAME>`; see README for the table.

    Keys and the server's address come under the names other tools use: OPENAI_API_KEY, OPENAI_BASE_URL, HF_TOKEN,
    OPENROUTER_API_KEY, OLLAMA_HOST, ANTHROPIC_API_KEY, GOOGLE_API_KEY.
    """

    model_config = SettingsConfigDict(extra="forbid", frozen=True)

    model: str = Field("", description="chat model as provider:name; empty: built-in engine, unless an OpenAI key is set")
    catalog: Path = Field(default_factory=lambda: shipped("data") / "movies", description="file or folder of items")
    interactions: Path | None = Field(None, description="folder of interactions; default: `interactions` beside the items")
    index: Path | None = Field(None, description="folder of the vector index; default: beside a shipped catalog, else cached")
    embedder: Path = Field(
        default_factory=lambda: shipped("data") / "models" / "all-MiniLM-L6-v2-int8",
        description="folder of the ONNX embedder, or provider:name",
    )
    database: str = Field("", description="SQLite file or SQLAlchemy URL of the memory; default: the user's data folder")
    prompts: str = Field("default", description="prompt pack: a name under prompts/, or a folder")
    cache: Path = Field(
        default_factory=lambda: Path(platformdirs.user_cache_dir("chatrec")), description="folder for indexes and vectors"
    )
    timeout: float = Field(60.0, gt=0, le=600, description="seconds a model call may take in all")
    calls: int | None = Field(None, ge=1, le=10_000, description="calls to the model at the same time")
    window: int | None = Field(None, ge=1_024, le=10_000_000, description="tokens the model can hold; default: by its name")
    prices: Path | None = Field(None, description="TOML file of what models cost; its entries count before the shipped ones")
    dayceiling: str = Field(
        "", description="most that models may cost a day (UTC), in dollars, tokens or both; empty: no limit"
    )
    conversationceiling: str = Field("", description="most that models may cost in one conversation; empty: no limit")
    passes: int = Field(1, ge=1, le=2, description="2: rank twice, once over a shuffled order, and merge; one more call a turn")
    concurrency: int = Field(20, ge=1, le=1000, description="conversations answered at the same time")
    openai_api_key: SecretStr = SecretStr("")
    openai_base_url: str = ""
    hf_token: SecretStr = SecretStr("")
    anthropic_api_key: SecretStr = SecretStr("")
    google_api_key: SecretStr = SecretStr("")
    openrouter_api_key: SecretStr = SecretStr("")
    ollama_host: str = ""

    @field_validator("catalog", "interactions", "index", "embedder", "cache", "prices")
    @classmethod
    def _expand(cls, path: Path | None) -> Path | None:
        return path.expanduser() if path else path

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Values come from `read_settings` alone, so that tests and callers see exactly what they pass."""
        return (init_settings,)

    @property
    def model_name(self) -> str:
        """The chat model to use, `provider:name`, or empty for the built-in engine."""
        if self.model.strip().lower() in BUILT_IN:
            asked_off = bool(self.model.strip())
            has_key = bool(self.openai_api_key.get_secret_value() or self.openai_base_url)
            return DEFAULT_MODEL if has_key and not asked_off else ""
        return self.model.strip()

    @property
    def embedder_name(self) -> str:
        """The embedder on a server, `provider:name`, or empty where `embedder` is a folder."""
        name = str(self.embedder)
        # Two letters at least: C:\models is a folder.
        return name if re.match(r"[a-z_]{2,}:.", name) and not self.embedder.exists() else ""

    @property
    def database_url(self) -> str:
        """The store's SQLAlchemy URL."""
        if "://" in self.database:
            return self.database
        folder = Path(platformdirs.user_data_dir("chatrec"))
        file = Path(self.database).expanduser() if self.database else folder / "chatrec.sqlite3"
        if not self.database:
            folder.mkdir(parents=True, exist_ok=True)
        return f"sqlite:///{file.absolute()}"


_OWN = {name for name in Settings.model_fields if "_" not in name}
_BORROWED = set(Settings.model_fields) - _OWN


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Settings from the environment (default: the process's own). Raises SettingsError: which name, what value, how to mend."""
    environment = os.environ if environment is None else environment
    values: dict[str, str] = {}
    for key, value in environment.items():
        if not key.startswith(PREFIX):
            continue
        name = key.removeprefix(PREFIX).lower()
        if name not in _OWN:
            close = process.extractOne(name, sorted(_OWN), score_cutoff=60)
            hint = f"did you mean {PREFIX}{close[0].upper()}?" if close else f"known: {', '.join(_names())}."
            raise SettingsError(f"There is no setting {key}; {hint}")
        if value.strip():
            values[name] = value.strip()
    values.update({name: environment[name.upper()] for name in _BORROWED if environment.get(name.upper(), "").strip()})
    try:
        return Settings(**values)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0])
        key = PREFIX + name.upper() if name in _OWN else name.upper()
        raise SettingsError(f"{key}={values.get(name)!r} cannot be used: {first['msg'].lower()}.") from None


def _names() -> list[str]:
    return sorted(PREFIX + name.upper() for name in _OWN)
