"""An address -> a file on disk: with progress, resumed where it stopped, checked against the publisher's MD5 sum."""

from __future__ import annotations

import hashlib
import os
import re
import time
from pathlib import Path

import httpx
from tqdm import tqdm

from chatrec.errors import DatasetError

ATTEMPTS = 4
TIMEOUT = 30.0
"""Seconds without a byte after which the server is taken for silent."""
_MD5 = re.compile(r"\b[0-9a-fA-F]{32}\b")
_LONGEST_SUM = 4096
_REFUSED_ZIP = "sent something else than a zip file (often an error page or a log-in)"


def download(address: str, file: Path, *, checksum: str = "", timeout: float = TIMEOUT, progress: bool = False) -> bool:
    """Fetch an address into a file, by way of FILE.part, which a later call goes on with. Whether a checksum was compared.

    A file that is there already and has the right sum is kept. DatasetError in one sentence: no network, no such page,
    silence, a page instead of the file, a wrong sum, a full disk.
    """
    limits = httpx.Timeout(timeout, connect=min(timeout, 10.0))
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with httpx.Client(timeout=limits, follow_redirects=True) as client:
            expected = _published_sum(client, checksum)
            if file.exists() and (not expected or _md5(file) == expected):
                return bool(expected)
            part = file.with_name(file.name + ".part")
            have = _size(part)
            failures = 0
            while not _fetch(client, address, part, progress):
                # As long as each try brings something, the next one is worth it.
                failures = failures + 1 if _size(part) <= have else 0
                have = _size(part)
                if failures == ATTEMPTS:
                    raise DatasetError(
                        f"The connection to {address} breaks off again and again; run this again, it goes on at byte {have:,}."
                    )
                time.sleep(min(0.2 * 2**failures, timeout))
            if expected and (found := _md5(part)) != expected:
                part.unlink()
                raise DatasetError(
                    f"{address} arrived damaged: its MD5 sum is {found}, the publisher's {expected}; try again, it was deleted."
                )
            os.replace(part, file)
            return bool(expected)
    except httpx.TransportError as error:
        raise DatasetError(_unreachable(address, error)) from None
    except httpx.HTTPError as error:
        raise DatasetError(f"{address} cannot be downloaded: {error}.") from None
    except OSError as error:
        raise DatasetError(f"{file} cannot be written: {error.strerror or error}; give another folder with --to.") from None


def _published_sum(client: httpx.Client, address: str) -> str:
    """The MD5 sum a publisher gives; empty where there is none to be had."""
    if not address:
        return ""
    with client.stream("GET", address) as response:
        if response.status_code != httpx.codes.OK:
            return ""
        text = next(response.iter_bytes(_LONGEST_SUM), b"").decode("ascii", "replace")
    found = _MD5.search(text) if "<html" not in text.lower() else None
    return found[0].lower() if found else ""


def _fetch(client: httpx.Client, address: str, part: Path, progress: bool) -> bool:
    """Go on with the part that is there. False: the connection broke off, another try is worth it."""
    have = _size(part)
    # Compressed on the way, a resumed range would be one of other bytes.
    asked = {"Accept-Encoding": "identity", **({"Range": f"bytes={have}-"} if have else {})}
    try:
        with client.stream("GET", address, headers=asked) as response:
            if response.status_code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
                whole = response.headers.get("Content-Range", "").rpartition("/")[2]
                if whole == str(have):
                    return True
                part.unlink()
                return False
            _check(response, address)
            resumed = response.status_code == httpx.codes.PARTIAL_CONTENT and _starts_at(response) == have
            if not resumed and response.status_code == httpx.codes.PARTIAL_CONTENT:
                part.unlink()
                return False
            _write(response, part, have if resumed else 0, address, progress)
            return True
    except (httpx.RemoteProtocolError, httpx.ReadError):
        return False


def _size(file: Path) -> int:
    return file.stat().st_size if file.exists() else 0


def _check(response: httpx.Response, address: str) -> None:
    if response.status_code == httpx.codes.NOT_FOUND:
        raise DatasetError(f"{address} is not there any more (404); look for the dataset's new address and import it by hand.")
    if not response.is_success:
        raise DatasetError(
            f"{address} was refused by its server ({response.status_code} {response.reason_phrase}); try again later."
        )
    if address.endswith(".zip") and "html" in response.headers.get("Content-Type", ""):
        raise DatasetError(f"{address} {_REFUSED_ZIP}; open it in a browser, then use chatrec data import.")


def _starts_at(response: httpx.Response) -> int:
    found = re.match(r"bytes (\d+)-", response.headers.get("Content-Range", ""))
    return int(found[1]) if found else -1


def _write(response: httpx.Response, part: Path, have: int, address: str, progress: bool) -> None:
    length = response.headers.get("Content-Length", "")
    total = have + int(length) if length.isdigit() else None
    bar = tqdm(total=total, initial=have, unit="B", unit_scale=True, desc=part.stem, disable=not progress)
    with part.open("ab" if have else "wb") as out, bar:
        first = not have
        # As it comes: pieces gathered to a size would be lost when the connection breaks.
        for piece in response.iter_raw():
            if first and address.endswith(".zip") and not piece.startswith(b"PK"):
                raise DatasetError(f"{address} {_REFUSED_ZIP}; open it in a browser, then use chatrec data import.")
            first = False
            out.write(piece)
            bar.update(len(piece))


def _md5(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()


def _unreachable(address: str, error: httpx.TransportError) -> str:
    silent = isinstance(error, httpx.TimeoutException) and not isinstance(error, httpx.ConnectTimeout)
    why = "the server does not answer" if silent else "there is no network, or the server cannot be reached"
    return (
        f"{address} cannot be downloaded: {why} ({error or type(error).__name__}); download it by hand on any machine, then "
        "run chatrec data import with the file."
    )
