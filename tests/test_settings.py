"""Settings: what the environment may say, and what it is told when it says something else."""

from pathlib import Path

import pytest

from chatrec.errors import SettingsError
from chatrec.settings import DEFAULT_MODEL, Settings, read_settings, shipped


def test_an_empty_environment_runs_the_built_in_engine_on_what_ships() -> None:
    settings = read_settings({})
    assert settings.model_name == ""
    assert settings.catalog == shipped("data") / "movies"
    assert settings.catalog.is_dir()


@pytest.mark.parametrize(
    ("environment", "model"),
    [
        ({"CHATREC_MODEL": "ollama:mistral"}, "ollama:mistral"),
        ({"OPENAI_API_KEY": "k"}, DEFAULT_MODEL),
        ({"OPENAI_BASE_URL": "http://127.0.0.1:8099/v1"}, DEFAULT_MODEL),
        ({"OPENAI_API_KEY": "k", "CHATREC_MODEL": "none"}, ""),
        ({"OPENAI_API_KEY": "k", "CHATREC_MODEL": "built-in"}, ""),
        ({"OPENAI_API_KEY": "  "}, ""),
    ],
)
def test_the_model_follows_from_name_and_key(environment: dict[str, str], model: str) -> None:
    assert read_settings(environment).model_name == model


@pytest.mark.parametrize(("wrong", "meant"), [("CHATREC_MODLE", "CHATREC_MODEL"), ("CHATREC_DATABSE", "CHATREC_DATABASE")])
def test_an_unknown_name_is_refused_with_a_suggestion(wrong: str, meant: str) -> None:
    with pytest.raises(SettingsError, match=rf"no setting {wrong}; did you mean {meant}\?"):
        read_settings({wrong: "x"})


def test_an_unknown_name_like_no_other_lists_what_is_known() -> None:
    with pytest.raises(SettingsError, match="CHATREC_CATALOG"):
        read_settings({"CHATREC_QQQQQQ": "x"})


def test_an_unusable_value_is_named_with_its_variable() -> None:
    with pytest.raises(SettingsError, match=r"CHATREC_TIMEOUT='soon' cannot be used"):
        read_settings({"CHATREC_TIMEOUT": "soon"})


def test_a_key_never_shows_in_what_settings_print() -> None:
    assert "sk-secret" not in repr(read_settings({"OPENAI_API_KEY": "sk-secret"}))


def test_a_database_path_becomes_an_sqlite_url_and_a_url_stays(tmp_path: Path) -> None:
    assert Settings(database=str(tmp_path / "m.db")).database_url == f"sqlite:///{tmp_path / 'm.db'}"
    assert Settings(database="postgresql+psycopg://h/d").database_url == "postgresql+psycopg://h/d"


def test_folders_may_begin_at_home() -> None:
    assert read_settings({"CHATREC_INTERACTIONS": "~/acts"}).interactions == Path.home() / "acts"
    assert read_settings({}).interactions is None


def test_other_variables_are_left_alone() -> None:
    assert read_settings({"PATH": "/bin", "CHATREC_CONCURRENCY": "7"}).concurrency == 7
