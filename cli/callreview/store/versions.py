"""Which version of the schema a database is of, and how it becomes the newest."""

from __future__ import annotations

import re
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from callreview.errors import Place, StoreError
from callreview.store import schema
from callreview.store.connection import Database

_FOLDER = Path(__file__).parent / "migrations"
VERSION_TABLE = "callreview_schema"
VERSIONS = tuple(sorted(f.stem[:4] for f in (_FOLDER / "versions").glob("*.py") if re.match(r"\d{4}_", f.name)))
"""All versions, the newest last."""


def bring_up_to_date(database: Database, *, create: bool, read_only: bool) -> None:
    """Make the tables, or those of an older version newer.

    StoreError where they may not be made, where they belong to a newer callreview or to another program.
    """
    with database.reading() as connection:
        version = _version(connection, database)
    if version == VERSIONS[-1]:
        return
    _refuse(version, database, create=create, read_only=read_only)
    with database.writing() as connection:
        if _version(connection, database) != VERSIONS[-1]:  # another program may have been first
            upgrade(connection)


def upgrade(connection: Connection, to: str = "head") -> None:
    """Run the migrations up to a version within the transaction of the connection."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, to)


def _version(connection: Connection, database: Database) -> str | None:
    """The version of the tables; None where there are none. StoreError where there are other ones."""
    tables = set(inspect(connection).get_table_names())
    if VERSION_TABLE in tables:
        return connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()
    theirs = tables if database.is_sqlite else tables & set(schema.metadata.tables)
    if theirs:
        raise StoreError(
            f"this database is of another program; it holds {', '.join(sorted(theirs)[:3])}",
            place=Place(path=database.name),
            hint="it was left as it is: name another --store",
        )
    return None


def _refuse(version: str | None, database: Database, *, create: bool, read_only: bool) -> None:
    place = Place(path=database.name)
    if version is not None and version not in VERSIONS:
        raise StoreError(
            f"a newer callreview wrote this ledger (its tables are of version {version}, known is {VERSIONS[-1]})",
            place=place,
            hint="nothing was changed: install the newer callreview, or name another --store",
        )
    if version is None and (read_only or not create):
        hint = "`callreview batch` makes one; or name another --store"
        raise StoreError("there is no ledger here yet", place=place, hint=hint)
    if read_only:
        hint = "`callreview batch`, or any other command that may write it, brings it up to date"
        raise StoreError("an older callreview wrote this ledger", place=place, hint=hint)
