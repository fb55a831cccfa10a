"""A database URL -> an engine whose tables are there, and transactions whose failures are StoreErrors."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, StaticPool, create_engine, event, insert, make_url, select, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from chatrec.errors import StoreError
from chatrec.memory import tables

_MEND = "set CHATREC_DATABASE to a file in a folder that can be written, or to a PostgreSQL URL"
_BUSY_SECONDS = 20


class Database:
    """One SQLite file (WAL mode), an in-memory SQLite database (`sqlite://`), or PostgreSQL; safe to use from many threads.

    Raises StoreError when it cannot be opened, is damaged, or was written by a newer version.
    """

    def __init__(self, url: str) -> None:
        self._url = _parsed(url)
        self.in_memory = self._url.get_backend_name() == "sqlite" and self._url.database in (None, "", ":memory:")
        self._lock: threading.RLock | nullcontext[None] = threading.RLock() if self.in_memory else nullcontext()
        self._engine = self._connect()
        try:
            self._prepare()
        except StoreError:
            self._engine.dispose()
            raise

    @property
    def place(self) -> str:
        """Where the data lies, for messages: the file, or the URL without its password."""
        if self._url.get_backend_name() == "sqlite":
            return self._url.database or "memory"
        return self._url.render_as_string(hide_password=True)

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    @contextmanager
    def transaction(self, *, write: bool = False) -> Iterator[Connection]:
        """A connection inside one transaction, committed at the end; on SQLite a writing one takes the write lock at once."""
        with self._lock:
            try:
                with self._engine.connect().execution_options(chatrec_write=write) as connection, connection.begin():
                    yield connection
            except SQLAlchemyError as error:
                raise StoreError(self._explained(error)) from error
            except UnicodeEncodeError as error:
                raise StoreError(f"The database takes no half characters: {error.reason} in an id.") from error

    def compact(self) -> None:
        """Let go of erased data at once, where no reader is in the way, instead of at the next checkpoint."""
        if self._url.get_backend_name() != "sqlite" or self.in_memory:
            return
        try:
            connection = self._engine.raw_connection()
        except SQLAlchemyError as error:
            raise StoreError(self._explained(error)) from error
        try:
            cursor = connection.cursor()
            for pragma in ("busy_timeout=1000", "wal_checkpoint(TRUNCATE)", f"busy_timeout={_BUSY_SECONDS * 1000}"):
                cursor.execute(f"PRAGMA {pragma}")
                cursor.fetchall()
        except sqlite3.Error as error:
            raise StoreError(f"The database {self.place} was changed, but not compacted ({error}); try again.") from error
        finally:
            connection.close()

    # ------------------------------------------------------------------ opening

    def _connect(self) -> Engine:
        sqlite = self._url.get_backend_name() == "sqlite"
        options: dict[str, Any] = {"pool_pre_ping": True, "pool_size": 10, "max_overflow": 30}
        if sqlite:
            options = {
                "pool_size": 10,
                "max_overflow": 30,
                "connect_args": {"timeout": _BUSY_SECONDS, "check_same_thread": False},
            }
            if self.in_memory:
                options = {"poolclass": StaticPool, "connect_args": {"check_same_thread": False}}
            else:
                self._check_file(Path(self._url.database or ""))
        try:
            engine = create_engine(self._url, **options)
        except (ImportError, NoSuchModuleError) as error:
            raise StoreError(f"{self.place} needs a driver ({error}); run: pip install 'chatrec[postgres]'") from error
        if sqlite:
            event.listen(engine, "connect", _set_up_sqlite)
            event.listen(engine, "begin", _begin_sqlite)
        return engine

    def _check_file(self, file: Path) -> None:
        if str(file).startswith("file:"):
            return
        if file.is_dir():
            raise StoreError(f"The database cannot be {file}: that is a folder; {_MEND}.")
        if not file.parent.is_dir():
            raise StoreError(f"The database cannot be made at {file}: there is no folder {file.parent}; create it, or {_MEND}.")

    def _prepare(self) -> None:
        with self.transaction(write=True) as connection:
            if self._url.get_backend_name() == "postgresql":
                # Two processes starting together would both create the tables.
                connection.execute(text("SELECT pg_advisory_xact_lock(7243392)"))
            tables.metadata.create_all(connection)
            version = connection.scalar(select(tables.about.c.value).where(tables.about.c.name == "schema"))
            if version is None:
                connection.execute(insert(tables.about).values(name="schema", value=str(tables.SCHEMA)))
            elif not version.isdigit() or int(version) > tables.SCHEMA:
                raise StoreError(
                    f"The database {self.place} was written by a newer chatrec (format {version}, not {tables.SCHEMA}); "
                    "update chatrec, or set CHATREC_DATABASE to another file."
                )

    def _explained(self, error: SQLAlchemyError) -> str:
        cause = str(error.orig if isinstance(error, DBAPIError) else error).strip().splitlines()[0].rstrip(".")
        if "malformed" in cause or "not a database" in cause:
            return f"The database {self.place} is damaged or no SQLite file ({cause}); move it away, or {_MEND}."
        if "locked" in cause:
            return f"The database {self.place} stayed locked for {_BUSY_SECONDS} s; end what else uses it and try again."
        return f"The database {self.place} cannot be used ({cause}); {_MEND}."


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise StoreError(
            "CHATREC_DATABASE is no database URL; write a file name or postgresql://user:password@host/name."
        ) from None
    backend = parsed.get_backend_name()
    if backend in ("postgresql", "postgres"):
        return parsed.set(drivername="postgresql+psycopg")
    if backend != "sqlite":
        raise StoreError(f"The store knows SQLite and PostgreSQL, not {backend}; {_MEND}.")
    return parsed


def _set_up_sqlite(connection: Any, _record: object) -> None:
    # The driver would begin transactions late; `_begin_sqlite` does it instead.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={_BUSY_SECONDS * 1000}",
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        "secure_delete=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads first and writes later could find the file changed in between and fail.
    write = connection.get_execution_options().get("chatrec_write", True)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
