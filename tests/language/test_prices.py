"""What models cost: the shipped table, the host's own, and errors that name file and line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from chatrec.errors import SettingsError
from chatrec.language.prices import SHIPPED, Price, Prices, read_prices
from chatrec.language.providers import open_model, split_name


def test_every_shipped_price_is_whole_and_dated() -> None:
    prices = read_prices(SHIPPED)
    assert len(prices) > 15
    for name, price in prices.items():
        assert split_name(name)[1]
        assert 0 < price.tokens_in <= price.tokens_out
        assert price.known is not None
        assert date(2025, 1, 1) < price.known < date(2027, 1, 1)


def test_cost_is_by_the_million() -> None:
    assert Price(0.25, 2.0).cost(6_000, 400) == pytest.approx(6_000 * 0.25 / 1e6 + 400 * 2.0 / 1e6)


@pytest.mark.parametrize("name", ["gpt-5-mini", "gpt-5-mini-2025-08-07", "openai:GPT-5-mini"])
def test_dated_versions_cost_what_the_name_costs(name: str) -> None:
    found = Prices.load().of(open_model(name, api_key="k"))
    assert found is not None
    assert (found.tokens_in, found.tokens_out) == (0.25, 2.0)


@pytest.mark.parametrize("name", ["gpt-5-minimal", "gpt-5-mini-pro", "gpt-6", "huggingface:openai/gpt-5-mini"])
def test_an_unknown_model_has_no_price(name: str) -> None:
    assert Prices.load().of(open_model(name, api_key="k")) is None


def test_the_shipped_prices_hold_for_the_providers_own_address_alone() -> None:
    assert Prices.load().of(open_model("gpt-5-mini", base_url="http://localhost:8000/v1")) is None
    assert Prices.load().of(open_model("gpt-5-mini", api_key="k", base_url="https://api.openai.com/v1")) is not None


def test_the_hosts_own_file_counts_first_and_everywhere(tmp_path: Path) -> None:
    own = tmp_path / "prices.toml"
    own.write_text('# mine\n["openai:GPT-5-mini"]\nin = 1\nout = 3\n', encoding="utf-8")
    prices = Prices.load(own)
    for address in (None, "http://localhost:8000/v1"):
        assert prices.of(open_model("gpt-5-mini", api_key="k", base_url=address)) == Price(1.0, 3.0)
    assert prices.of(open_model("gpt-5-nano", api_key="k")) is not None


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ('["openai:a"]\nin = 1\nout = \n', 3, "no TOML"),
        ('["openai:a"]\nin = 1\n\n["openai:a"]\nin = 1\n', 4, "no TOML"),
        ('["openai:a"]\nin = 1\nout = 2\n\n["openai:b"]\nin = 1\n', 5, "openai:b has no out"),
        ('["openai:a"]\n# dear\nin = "1"\nout = 2\n', 3, "in of openai:a is '1'"),
        ('["openai:a"]\nin = 1\nout = -2\n', 3, "out of openai:a is -2"),
        ('["openai:a"]\nin = nan\nout = 2\n', 2, "in of openai:a"),
        ('["openai:a"]\nin = true\nout = 2\n', 2, "in of openai:a is True"),
        ('["openai:a"]\nin = 1\nout = 2\ncached = 3\n', 4, "there is no cached"),
        ('["openai:a"]\nin = 1\nout = 2\nknown = "today"\n', 4, "known of openai:a is 'today'"),
        ('\n["gpt-5"]\nin = 1\nout = 2\n', 2, "names no provider"),
        ('\n"openai:a" = 3\n', 2, "is no table"),
        ("[openai:a]\nin = 1\nout = 2\n", 1, "no TOML"),
    ],
)
def test_a_broken_file_is_told_with_its_line(tmp_path: Path, text: str, line: int, what: str) -> None:
    file = tmp_path / "prices.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        Prices.load(file)
    told = str(caught.value)
    assert told.startswith(f"{file}, line {line}: ")
    assert what in told
    assert "\n" not in told


def test_a_missing_or_unreadable_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"none\.toml cannot be read"):
        Prices.load(tmp_path / "none.toml")
    (tmp_path / "latin.toml").write_bytes(b"# \xe9\xff")
    with pytest.raises(SettingsError, match=r"latin\.toml cannot be read as UTF-8"):
        Prices.load(tmp_path / "latin.toml")
