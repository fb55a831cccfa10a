"""Any document loader of langchain-community, named by its path -> items; the only file that loads that package."""

from __future__ import annotations

import hashlib
import importlib
import json
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from langchain_core.document_loaders import BaseLoader
from langchain_core.documents import Document

from chatrec.catalog.files import Line
from chatrec.datasets.columns import Plan
from chatrec.datasets.content import Content
from chatrec.datasets.lines import Problems
from chatrec.datasets.tables import read_items
from chatrec.errors import DatasetError

PACKAGE = "langchain_community.document_loaders"
_PATH = re.compile(rf"{re.escape(PACKAGE)}(?:\.[a-z][a-z0-9_]*)?\.[A-Z][A-Za-z0-9]*")


def read(loader: str, options: Mapping[str, Any], plan: Plan, problems: Problems) -> Content:
    """The documents a loader finds, as items: the text is the description, metadata the rest, `id` and `title` as mapped.

    Without a title the first line of the text is taken, without an id a number made from source and place.
    """
    items = read_items(_records(open_loader(loader, options), loader), plan.items, loader.rpartition(".")[2], problems)
    return Content(name=plan.name or loader.rpartition(".")[2], items=items, noun=plan.noun, plural=plan.plural)


def read_options(texts: Iterable[str]) -> dict[str, Any]:
    """`file_path=books.csv` -> an argument of the loader; a value that is JSON is taken as such."""
    options: dict[str, Any] = {}
    for text in texts:
        key, equals, value = text.partition("=")
        if not equals or not key.strip().isidentifier():
            raise DatasetError(f"--option {text!r} is not NAME=VALUE, for example file_path=books.csv.")
        try:
            options[key.strip()] = json.loads(value)
        except (ValueError, RecursionError):
            options[key.strip()] = value
    return options


def open_loader(path: str, options: Mapping[str, Any]) -> BaseLoader:
    """The loader of that path with these arguments; only loaders of langchain-community can be named, so no other code runs."""
    if not _PATH.fullmatch(path):
        raise DatasetError(f"--loader {path} is no loader of langchain-community; name one as {PACKAGE}.CSVLoader.")
    module, _, name = path.rpartition(".")
    with warnings.catch_warnings():
        # The package warns that it is no longer developed; that is known, and why this file stands alone.
        warnings.simplefilter("ignore")
        try:
            kind = getattr(importlib.import_module(module), name, None)
        except ImportError as error:
            if error.name and error.name.startswith("langchain_community."):
                raise DatasetError(f"langchain-community has no loader {path}.") from None
            raise DatasetError(
                f"--loader {path} needs more packages ({error}); run: pip install 'chatrec[community]'"
            ) from None
    if not (isinstance(kind, type) and issubclass(kind, BaseLoader)):
        raise DatasetError(f"langchain-community has no loader {path}.")
    try:
        return kind(**options)
    except (TypeError, ValueError, ImportError, OSError) as error:
        raise DatasetError(
            f"{name} does not take these options ({str(error).splitlines()[0]}); give its arguments with --option."
        ) from None


def _records(loader: BaseLoader, path: str) -> Iterator[Line]:
    number = 0
    try:
        for number, document in enumerate(loader.lazy_load(), 1):
            yield number, _record(document, number)
    except DatasetError:
        raise
    except (OSError, ValueError, RuntimeError, ImportError, LookupError, TypeError) as error:
        reason = str(error.__cause__ or error).splitlines() or [type(error).__name__]
        if not number:
            raise DatasetError(f"{path.rpartition('.')[2]} could not load anything: {reason[0]}.") from None
        yield number + 1, f"the loader stopped here: {reason[0]}"


def _record(document: Document, number: int) -> dict[str, Any]:
    text = document.page_content
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    place = f"{document.metadata.get('source', '')}#{document.metadata.get('row', document.metadata.get('page', number))}"
    made = {"id": hashlib.sha256(place.encode("utf-8", "replace")).hexdigest()[:16], "title": first[:120], "description": text}
    return {**made, **{str(key): value for key, value in document.metadata.items() if value not in (None, "")}}
