"""A folder of Markdown files with {{blanks}} -> the messages of a stage, strictly checked.

A pack is a folder `prompts/<name>/` that holds only what it changes over `prompts/default/`. In each file an HTML comment at
the top is for whoever edits it and is not sent; a line `---` parts the instructions from the data.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from chatrec.errors import PromptError
from chatrec.language.stages import STAGES, Stage

DEFAULT = "default"
_BLANK = re.compile(r"\{\{\s*([a-z_]+)\s*\}\}")
_COMMENT = re.compile(r"\s*<!--.*?-->\s*?\n?", re.DOTALL)
_DIVIDER = re.compile(r"^---[ \t]*$", re.MULTILINE)


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
    folder: Path
    templates: Mapping[str, Template]

    @classmethod
    def load(cls, root: Path, name: str = DEFAULT) -> PromptPack:
        """The pack of this name under `root`, or in the folder that `name` is a path to.

        Raises PromptError for a pack that does not exist, a file of no stage, and a file with an unknown, missing or unclosed
        blank; it names the file, the line and the blanks there are.
        """
        folder = find_pack(root, name)
        templates, errors = read_pack(root, folder)
        if errors:
            raise errors[0]
        return cls(folder.name, folder, templates)

    @property
    def files(self) -> Mapping[str, Path]:
        """The file each stage uses."""
        return {stage: template.file for stage, template in self.templates.items()}

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


def read_pack(root: Path, folder: Path) -> tuple[Mapping[str, Template], Sequence[PromptError]]:
    """The checked files of a pack by stage, and everything that is wrong with it."""
    templates: dict[str, Template] = {}
    errors = stray(folder)
    for stage in STAGES:
        places = [place for place in (folder, root / DEFAULT) if (place / f"{stage}.md").is_file()]
        if not places:
            errors.append(PromptError(f"There is no prompt file {root / DEFAULT / stage}.md."))
            continue
        file = places[0] / f"{stage}.md"
        try:
            templates[stage] = Template(file, checked(file, STAGES[stage]))
        except PromptError as error:
            errors.append(error)
    return templates, errors


def is_pack(folder: Path) -> bool:
    """Whether a folder holds the file of a stage, and has a name that can be chosen."""
    return re.fullmatch(r"\w[\w.-]*", folder.name) is not None and any((folder / f"{stage}.md").is_file() for stage in STAGES)


def pack_names(root: Path) -> list[str]:
    """The packs under a folder, by name."""
    return sorted(each.name for each in root.iterdir() if is_pack(each)) if root.is_dir() else []


def unknown(root: Path, name: str) -> PromptError:
    """There is no such pack: says which there are."""
    packs = pack_names(root)
    there = f"there are {', '.join(packs)}" if packs else f"there are none under {root}"
    return PromptError(f"There is no prompt pack {name}; {there}. Set CHATREC_PROMPTS to one of them or to a folder.")


def stray(folder: Path) -> list[PromptError]:
    """Markdown files that belong to no stage, which is nearly always a slip of the keyboard."""
    names = ", ".join(f"{stage}.md" for stage in STAGES)
    known = {f"{stage}.md" for stage in STAGES}
    try:
        there = os.listdir(folder)
    except OSError:
        there = []
    return [
        PromptError(f"{folder / name} belongs to no stage; prompt files are {names}.")
        for name in sorted(there)
        if name.endswith(".md") and name not in known and name.lower() != "readme.md" and not name.startswith(".")
    ]


def find_pack(root: Path, name: str) -> Path:
    """The folder of a pack: a name under `root`, or the path of a folder. Raises PromptError where there is none."""
    named = root / name if re.fullmatch(r"\w[\w.-]*", name) else Path(name).expanduser()
    if not named.is_dir():
        raise unknown(root, name)
    return named.absolute()


def checked(file: Path, stage: Stage, raw: bytes | None = None) -> str:
    """The text of a file (or of `raw`, read from it) without its comment; every {{ is found to open a blank of the stage.

    Raises PromptError: the file, the line where there is one, what is wrong, and the blanks there are.
    """
    try:
        whole = (file.read_bytes() if raw is None else raw).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise PromptError(f"{file}, line {line}: this is not UTF-8 text; save the file as UTF-8.") from None
    except OSError as error:
        raise PromptError(f"{file} cannot be read: {error.strerror or error}.") from None
    whole = whole.replace("\r\n", "\n")
    comment = _COMMENT.match(whole)
    if comment is None and whole.lstrip().startswith("<!--"):
        raise PromptError(f"{file}, line 1: the comment at the top is not closed; end it with -->.")
    start = comment.end() if comment else 0
    divider = _DIVIDER.search(whole, start)
    data_from = divider.end() if divider else start
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
        if at < data_from and blank[1] in stage.data:
            raise PromptError(
                f"{file}, line {line}: {{{{{blank[1]}}}}} holds words that are not yours; "
                "move it below the line of three dashes, so that nobody's words become instructions."
            )
        used.add(blank[1])
    end = whole.rstrip().count("\n") + 1
    for needed in stage.blanks:
        if needed.required and needed.name not in used:
            raise PromptError(
                f"{file}, line {end} (its end): the blank {{{{{needed.name}}}}} is missing, without which the stage cannot "
                f"work; {allowed}"
            )
    return whole[start:].strip()
