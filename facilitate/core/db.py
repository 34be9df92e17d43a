"""The database handle, the base class of all tables, and how SQLite is opened."""

from __future__ import annotations

import time
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import BigInteger, Engine, Integer, MetaData, NullPool, Table, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, Session, registry

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")
WRITER_PATIENCE = 50
READER_PATIENCE = 5000


class Base(DeclarativeBase):
    """The base class of every table."""

    metadata = MetaData(naming_convention=NAMES)
    registry = registry(metadata=metadata, type_annotation_map={int: BigInteger().with_variant(Integer(), "sqlite")})


def table_of(model: type[Base]) -> Table:
    """The table of a model, for statements that run on the connection without the ORM."""
    return cast(Table, model.__table__)


class Database(SQLAlchemy):
    """The database handle; its scoped session is used, and so typed, as the session of the current request."""

    if TYPE_CHECKING:
        session: Session  # type: ignore[assignment]


db = Database(model_class=Base, disable_autonaming=True)


def now() -> int:
    """The server's clock in milliseconds since 1970 (the unit of every time on the wire and in the tables)."""
    return int(time.time() * 1000)


def prepare(engine: Engine, begin: str = "BEGIN", patience: int = READER_PATIENCE) -> Engine:
    """Make `engine` begin explicitly (one snapshot for all SELECTs of a page) and, on SQLite, durable; returns it.

    `patience` is how long SQLite itself waits for a lock, in ms: short for the writer, because a wait inside the driver
    would hold the whole event loop (the writer waits outside, see core/writer.py).
    """
    if engine.dialect.name != "sqlite":
        return engine

    @event.listens_for(engine, "connect")
    def _opened(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout={patience}")
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begun(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return engine


def writer_engine(url: str) -> Engine:
    """The engine of the one writer: a single connection that may be committed from a real thread."""
    sqlite = url.startswith("sqlite")
    arguments = {"check_same_thread": False, "timeout": WRITER_PATIENCE / 1000} if sqlite else {}
    return prepare(create_engine(url, poolclass=NullPool, connect_args=arguments), "BEGIN IMMEDIATE", WRITER_PATIENCE)


def upsert(session: Session, table: type[Base], keys: tuple[str, ...], changed: tuple[str, ...], rows: list[dict[str, Any]]) -> None:
    """Insert rows with the driver's executemany; where one with the same keys stands, its `changed` columns are replaced."""
    if rows:
        session.connection().execute(_upsert(session.get_bind().dialect.name, table, keys, changed), rows)


@cache
def _upsert(dialect: str, table: type[Base], keys: tuple[str, ...], changed: tuple[str, ...]) -> Any:
    statement = (sqlite if dialect == "sqlite" else postgresql).insert(table_of(table))
    return statement.on_conflict_do_update(index_elements=list(keys), set_={name: statement.excluded[name] for name in changed})
