"""The README cannot fall behind the code: its settings, commands and files are the ones there are."""

from __future__ import annotations

import re
from pathlib import Path

import typer

from chatrec.cli import app
from chatrec.settings import PREFIX, Settings

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_settings_table_names_every_setting() -> None:
    own = {name for name in Settings.model_fields if "_" not in name}
    documented = set(re.findall(rf"`{PREFIX}([A-Z]+)`", README))
    assert documented == {name.upper() for name in own}


def test_every_command_shown_exists() -> None:
    group = typer.main.get_command(app)
    known = set(group.commands)  # type: ignore[attr-defined]
    shown = set(re.findall(r"^chatrec ([a-z]+)", README, re.MULTILINE))
    assert shown
    assert shown <= known


def test_every_linked_file_exists() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert target.startswith("http") or (ROOT / target).exists(), target


def test_the_space_header_matches_the_lock() -> None:
    header = README.split("---")[1]
    lock = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    version = re.search(r"^gradio==(\S+)", lock, re.MULTILINE)
    assert version is not None
    assert f"sdk_version: {version.group(1)}" in header
    assert re.search(r'python_version: "3\.1[1-4]"', header)
    assert "app_file: app.py" in header


def test_the_lock_names_no_host() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        assert "://" not in (ROOT / name).read_text(encoding="utf-8")
