"""A folder of packs -> the pack of a turn: an edit counts from the next turn on, a broken one leaves the last good version."""

from __future__ import annotations

import logging
import re
import threading
from dataclasses import dataclass
from pathlib import Path

from chatrec.errors import PromptError
from chatrec.language.prompts import DEFAULT, PromptPack, Template, checked, is_pack, stray, unknown
from chatrec.language.stages import STAGES

logger = logging.getLogger(__name__)

_LONGEST_ABOUT = 160


@dataclass(frozen=True, slots=True)
class _Seen:
    """A prompt file as it was last read (its bytes, or why there are none), its newest good version, and what is wrong now."""

    state: bytes | str
    good: Template | None
    problem: str = ""


class PromptShelf:
    """Every pack under a folder, and the host's own, which may lie anywhere; shared by all visitors and threads.

    Each use reads the files again (three of a few kilobytes), because times of change are too coarse to notice two edits in one
    moment. A file that is broken, half-written, not UTF-8 or unreadable stays as it last was in order; one that never was
    gives way to that of `default`. A deleted file of a pack gives way to that of `default` too, for that is how a change is
    taken back; a deleted file of `default`, or a whole pack that is gone, stays as it last was. What is wrong is logged once
    an edit, and told by `problems` for as long as it lasts.
    """

    def __init__(self, root: Path, name: str = DEFAULT) -> None:
        """Raises PromptError when the host's pack, a name under `root` or the path of a folder, is not in order."""
        strict = PromptPack.load(root, name)
        self._root = root
        self._host = strict.folder
        self._lock = threading.Lock()
        self._seen: dict[Path, _Seen] = {}
        self._packs: dict[str, PromptPack] = {}
        self._problems: dict[str, tuple[str, ...]] = {}
        self.host = strict.name
        """What the host's pack is called: its folder's name."""
        self.pack()

    def names(self) -> tuple[str, ...]:
        """The packs that can be chosen now: the host's, `default`, and the others by name."""
        try:
            there = sorted(folder.name for folder in self._root.iterdir() if is_pack(folder))
        except OSError:
            there = []
        return tuple(dict.fromkeys((self.host, *((DEFAULT,) if DEFAULT in there else ()), *there)))

    def about(self, name: str) -> str:
        """What a pack says of itself: the first sentence of its README.md, empty where there is none."""
        try:
            text = (self._folder(name) / "README.md").read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError):
            return ""
        words = next((line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")), "")
        return re.split(r"(?<=[.!?])\s", words, maxsplit=1)[0][:_LONGEST_ABOUT]

    def pack(self, name: str = "") -> PromptPack:
        """The pack of this name (empty: the host's) as its files stand, or as they last were in order.

        Raises PromptError for a name that is no pack here; a path is none.
        """
        name = name or self.host
        with self._lock:
            folder = self._folder(name)
            known = self._packs.get(name)
            if name != self.host and not is_pack(folder):
                if known is None:
                    raise unknown(self._root, name)
                self._tell(name, (f"{folder} is no longer a prompt pack; its last good version stays in force.",))
                return known
            problems = [str(error) for error in stray(folder)]
            templates: dict[str, Template] = {}
            for stage in STAGES:
                found = self._template(folder, stage, problems) or (known.templates[stage] if known is not None else None)
                if found is None:
                    raise PromptError(f"There is no prompt file {self._root / DEFAULT / stage}.md that could be used.")
                templates[stage] = found
            if known is None or known.templates != templates:
                known = self._packs[name] = PromptPack(name, folder, templates)
            self._tell(name, tuple(problems))
            return known

    def problems(self, name: str = "") -> tuple[str, ...]:
        """What is wrong with a pack's files now, one sentence each, files named from the packs' folder on."""
        try:
            self.pack(name)
        except PromptError as error:
            return (str(error),)
        name = name or self.host
        told = self._problems.get(name, ())
        return tuple(line.replace(f"{self._root}/", "").replace(f"{self._host.parent}/", "") for line in told)

    def _folder(self, name: str) -> Path:
        if name == self.host:
            return self._host
        if not re.fullmatch(r"\w[\w.-]*", name):
            raise unknown(self._root, name)
        return self._root / name

    def _template(self, folder: Path, stage: str, problems: list[str]) -> Template | None:
        default = self._root / DEFAULT
        for place in dict.fromkeys((folder, default)):
            seen = self._look(place / f"{stage}.md", stage, keep=place == default)
            problems += [seen.problem] if seen.problem else []
            if seen.good is not None:
                return seen.good
        return None

    def _look(self, file: Path, stage: str, *, keep: bool) -> _Seen:
        """The file as it stands; `keep` says that it must be there."""
        before = self._seen.get(file)
        state: bytes | str
        try:
            state = file.read_bytes()
        except FileNotFoundError:
            state = "is gone"
        except OSError as error:
            state, keep = f"cannot be read ({error.strerror or error})", True
        if before is not None and before.state == state:
            return before
        good = before.good if before is not None else None
        if isinstance(state, str):
            now = _Seen(state, good, f"{file} {state}; put it back.") if keep else _Seen(state, None)
        else:
            try:
                now = _Seen(state, Template(file, checked(file, STAGES[stage], state)))
            except PromptError as error:
                now = _Seen(state, good, str(error))
        if now.problem:
            rest = "its last good version stays in force" if now.good else "the one of the default pack is used"
            logger.warning("%s (%s)", now.problem.rstrip("."), rest)
        elif before is not None and before.problem:
            logger.warning("%s is in order again", file)
        self._seen[file] = now
        return now

    def _tell(self, name: str, problems: tuple[str, ...]) -> None:
        files = {seen.problem for seen in self._seen.values()}
        for problem in set(problems) - set(self._problems.get(name, ())) - files:
            logger.warning("%s", problem)
        self._problems[name] = problems
