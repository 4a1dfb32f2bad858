"""Old ledgers become new ones, and the migrations make the tables that the program knows."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect

from callreview.errors import StoreError
from callreview.store import schema, versions
from callreview.store.connection import Database
from callreview.store.ledger import open_ledger
from tests.conftest import FIXTURES

ROOT = Path(__file__).parents[2]


@pytest.fixture(params=versions.VERSIONS)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A ledger as each version wrote it, with one review in it."""
    file = tmp_path / "ledger.db"
    with sqlite3.connect(file) as connection:
        connection.executescript((FIXTURES / "ledgers" / f"{request.param}.sql").read_text())
    return file


def test_every_old_ledger_opens_and_keeps_its_review(old: Path) -> None:
    with open_ledger(old) as ledger:
        (review,) = ledger.reviews()
        assert review.call.title == "Renewal with Trestle Homes"
        assert review.answer("outcome").evidence[0].quote == "We want tickets under four hours by March."
        assert next(iter(ledger.verdicts())).by == "Alex Webb"


def test_a_ledger_that_is_only_read_must_be_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "ledger.db"
    open_ledger(file).close()
    monkeypatch.setattr(versions, "VERSIONS", (*versions.VERSIONS, "9999"))
    with pytest.raises(StoreError, match="an older callreview wrote this ledger"):
        open_ledger(file, read_only=True)


def test_the_migrations_make_the_tables_of_the_schema(tmp_path: Path) -> None:
    database = Database(tmp_path / "migrated.db", "rwc")
    with database.writing() as connection:
        versions.upgrade(connection)
    with database.reading() as connection:
        options = {"compare_type": True, "compare_server_default": True, "version_table": versions.VERSION_TABLE}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, schema.metadata) == []
        migrated = inspect(connection)
        checks = {name: names(migrated.get_check_constraints(name)) for name in schema.metadata.tables}
    made = create_engine("sqlite://")
    schema.metadata.create_all(made)
    assert checks == {name: names(inspect(made).get_check_constraints(name)) for name in schema.metadata.tables}


def test_the_documents_name_every_column() -> None:
    rows = [line for line in (ROOT / "docs" / "ledger.md").read_text().splitlines() if line.startswith("| `")]
    told = {row.split("`")[1]: row.rsplit("|", 2)[1].split("`")[1::2] for row in rows if row.count("|") == 4}
    assert told == {table.name: [c.name for c in table.columns] for table in schema.metadata.sorted_tables}


def names(constraints: list[dict[str, object]]) -> list[tuple[object, object]]:
    return sorted((c["name"], c["sqltext"]) for c in constraints)
