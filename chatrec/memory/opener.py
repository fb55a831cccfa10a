"""Which process opened a turn, and whether it can still be working on it."""

from __future__ import annotations

import json
import os
import socket
import time
from dataclasses import asdict, dataclass
from pathlib import Path

LONGEST_TURN = 600.0
"""Seconds after which an open turn is given up, whoever opened it: no turn takes that long."""


@dataclass(frozen=True, slots=True)
class Opener:
    """A process, told apart from every other: `boot` and `began` keep a reused process number from being mistaken for it."""

    host: str
    boot: str
    pid: int
    began: str

    @classmethod
    def this(cls) -> Opener:
        """The process that runs this code."""
        return cls(socket.gethostname(), _boot(), os.getpid(), _began(os.getpid()) or "")

    def text(self) -> str:
        """How it is written into the database."""
        return json.dumps(asdict(self), sort_keys=True)


def is_abandoned(opener: str, opened: float) -> bool:
    """Whether nobody works on a turn any more that was opened then (seconds since 1970) by that process.

    A process on this machine is looked up, so a crash is noticed at once and a neighbour's live turn is left alone. Of
    another machine's process nothing is known but the time: its turns are given up after ten minutes.
    """
    if time.time() - opened > LONGEST_TURN:
        return True
    try:
        other = Opener(**json.loads(opener))
    except (ValueError, TypeError):
        return True
    here = Opener.this()
    if other.host != here.host:
        return False
    if other.boot != here.boot:
        return True
    if other.pid == here.pid:
        return other.began != here.began
    return not _runs(other)


def _runs(other: Opener) -> bool:
    if os.name == "nt":
        # os.kill would end the process there instead of asking for it; the time limit has to do.
        return True
    try:
        os.kill(other.pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return not other.began or _began(other.pid) in (None, other.began)


def _boot() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return ""


def _began(pid: int) -> str | None:
    """When a process began, in ticks since boot, where the system tells (Linux); zombies count as ended."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    state, *values = stat.rpartition(")")[2].split()
    return "ended" if state in "ZX" else values[18]
