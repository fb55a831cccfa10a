"""A folder of Markdown files with {{blanks}} -> the messages of a stage, strictly checked.

A pack is a folder `prompts/<name>/` that holds only what it changes over `prompts/default/`. In each file an HTML comment at
the top is for whoever edits it and is not sent; a line `---` parts the instructions from the data.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from chatrec.errors import PromptError
from chatrec.language.stages import STAGES, Stage

DEFAULT = "default"
_BLANK = re.compile(r"\{\{\s*([a-z_]+)\s*\}\}")
_COMMENT = re.compile(r"\s*<!--.*?-->\s*?\n?", re.DOTALL)
_DIVIDER = re.compile(r"^---[ \t]*$", re.MULTILINE)

Stamp = tuple[Path, int, int]


@dataclass(frozen=True, slots=True)
class Template:
    """One checked prompt file."""

    file: Path
    text: str

    def fill(self, values: Mapping[str, str]) -> str:
        """The text with every blank replaced, in one pass: what a value holds is never looked at again."""
        return _BLANK.sub(lambda blank: values[blank[1]], self.text)


@dataclass(frozen=True, slots=True)
class PromptPack:
    """The prompt files of all stages, each from the pack or else from `default`."""

    name: str
    root: Path
    templates: Mapping[str, Template]
    stamps: tuple[Stamp, ...]

    @classmethod
    def load(cls, root: Path, name: str = DEFAULT) -> PromptPack:
        """The pack of this name under `root`, or in the folder that `name` is a path to.

        Raises PromptError for a pack that does not exist, a file of no stage, and a file with an unknown, missing or unclosed
        blank; it names the file, the line and the blanks there are.
        """
        folder = _folder(root, name)
        for file in sorted(folder.glob("*.md")):
            if file.stem not in STAGES and file.stem.lower() != "readme":
                raise PromptError(f"{file} belongs to no stage; prompt files are {', '.join(f'{s}.md' for s in STAGES)}.")
        files = {stage: _file(folder, root / DEFAULT, stage) for stage in STAGES}
        templates = {stage: Template(file, _checked(file, STAGES[stage])) for stage, file in files.items()}
        return cls(name, root, templates, _stamps(root, name))

    def current(self) -> PromptPack:
        """This pack, or a fresh one when a file has changed since it was loaded. Raises PromptError as `load` does."""
        return self if _stamps(self.root, self.name) == self.stamps else PromptPack.load(self.root, self.name)

    def check(self) -> Mapping[str, Path]:
        """The file each stage uses, all of them read and checked again. Raises PromptError as `load` does."""
        return {stage: template.file for stage, template in PromptPack.load(self.root, self.name).templates.items()}

    def render(self, stage: str, values: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
        """The messages of a stage as (role, text); values go in verbatim.

        The reply format, which is no part of the file, ends the instructions. Raises PromptError when the values are not
        exactly those of the stage's blanks.
        """
        what, template = STAGES[stage], self.templates[stage]
        if set(values) != set(what.allowed):
            wrong = ", ".join(sorted(set(values) ^ set(what.allowed)))
            raise PromptError(f"The stage {stage} is filled with {', '.join(what.allowed)}; wrong or missing: {wrong}.")
        divider = _DIVIDER.search(template.text)
        if divider is None:
            instructions, data = Template(template.file, ""), template
        else:
            instructions = Template(template.file, template.text[: divider.start()].strip())
            data = Template(template.file, template.text[divider.end() :].strip())
        told = f"{instructions.fill(values)}\n\n{what.reply_format}".strip()
        return ("system", told), ("user", f"{data.fill(values)}\n\n{what.reminder}".strip())


def _folder(root: Path, name: str) -> Path:
    named = root / name if re.fullmatch(r"[\w.-]+", name) else Path(name).expanduser()
    if named.is_dir():
        return named
    packs = sorted(each.name for each in root.iterdir() if each.is_dir()) if root.is_dir() else []
    there = f"there are {', '.join(packs)}" if packs else f"there are none under {root}"
    raise PromptError(f"There is no prompt pack {name}; {there}. Set CHATREC_PROMPTS to one of them or to a folder.")


def _file(folder: Path, default: Path, stage: str) -> Path:
    for place in (folder, default):
        if (place / f"{stage}.md").is_file():
            return place / f"{stage}.md"
    raise PromptError(f"There is no prompt file {default / stage}.md.")


def _stamps(root: Path, name: str) -> tuple[Stamp, ...]:
    """Path, time of change and size of every prompt file in play."""
    found: list[Stamp] = []
    for place in dict.fromkeys((root / DEFAULT, _folder(root, name))):
        for file in sorted(place.glob("*.md")):
            about = file.stat()
            found.append((file, about.st_mtime_ns, about.st_size))
    return tuple(found)


def _checked(file: Path, stage: Stage) -> str:
    """The file's text without its comment; every {{ is found to open a blank of the stage."""
    try:
        whole = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise PromptError(f"{file} cannot be read as UTF-8 text: {error}.") from None
    comment = _COMMENT.match(whole)
    start = comment.end() if comment else 0
    allowed = f"the blanks of {stage.name}.md are {', '.join('{{' + name + '}}' for name in stage.allowed)}."
    used: set[str] = set()
    for opening in re.finditer(r"\{\{", whole[start:]):
        at = start + opening.start()
        line = whole.count("\n", 0, at) + 1
        blank = _BLANK.match(whole, at)
        if blank is None:
            raise PromptError(f"{file}, line {line}: {whole[at : at + 20].splitlines()[0]!r} is not a closed blank; {allowed}")
        if blank[1] not in stage.allowed:
            raise PromptError(f"{file}, line {line}: there is no blank {{{{{blank[1]}}}}}; {allowed}")
        used.add(blank[1])
    for needed in stage.blanks:
        if needed.required and needed.name not in used:
            raise PromptError(
                f"{file}: the blank {{{{{needed.name}}}}} is missing, without which the stage cannot work; {allowed}"
            )
    return whole[start:].strip()
