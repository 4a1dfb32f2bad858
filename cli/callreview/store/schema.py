"""The tables of the ledger. What changes here needs a migration, see `migrations/`.

Rows are known by their content: the same calls make the same rows in any order, apart from runs and moments.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

from callreview.store.columns import FilePath, Json, Moment

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _review_id() -> Column[str]:
    return Column("review_id", Text, ForeignKey("reviews.id", ondelete="CASCADE"), primary_key=True)


def _quote() -> tuple[Column[object], ...]:
    """A quote and its place: 0-based, half open characters of a 1-based turn."""
    return (
        Column("signal", Text, nullable=False),
        Column("turn", Integer, nullable=False),
        Column("speaker", Text, nullable=False),
        Column("side", Text, nullable=False),
        Column("start_s", Double),
        Column("quote", Text, nullable=False),
        Column("sentence_start", Integer, nullable=False),
        Column("sentence_end", Integer, nullable=False),
        Column("match_start", Integer, nullable=False),
        Column("match_end", Integer, nullable=False),
        Column("rule", Text, nullable=False),
    )


runs = Table(
    "runs",
    metadata,
    Column("id", Text, primary_key=True),
    Column("started_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("status", Text),
    Column("rubric_id", Text, nullable=False),
    Column("rubric_digest", Text, nullable=False),
    Column("program_version", Text, nullable=False),
    Column("counts", Json, nullable=False),
)

calls = Table(
    "calls",
    metadata,
    Column("id", Text, primary_key=True),
    Column("title", Text, nullable=False),
    Column("format", Text, nullable=False),
    Column("path", FilePath),
    Column("date", Date, index=True),
    Column("account", Text),
    Column("duration_s", Double),
    Column("turns", Integer, nullable=False),
    Column("words", Integer, nullable=False),
)

reviews = Table(
    "reviews",
    metadata,
    Column("id", Text, primary_key=True),
    Column("call_id", Text, ForeignKey("calls.id", ondelete="CASCADE"), nullable=False),
    Column("rubric_id", Text, nullable=False),
    Column("rubric_version", Text, nullable=False),
    Column("rubric_digest", Text, nullable=False),
    Column("program_version", Text, nullable=False),
    Column("pipeline", Text, nullable=False),
    Column("moment", Text, nullable=False),
    Column("upsell", Boolean, nullable=False),
    Column("offers", Json, nullable=False),
    Column("seller_talk_share", Double),
    Column("longest_monologue_s", Double),
    Column("questions_by_seller", Integer, nullable=False),
    Column("questions_by_buyer", Integer, nullable=False),
    Column("points", Integer, nullable=False),
    Column("points_of", Integer, nullable=False),
    Column("percent", Double),
    Column("status", Text, nullable=False),
    Column("notes", Json, nullable=False),
    Column("indicators", Json, nullable=False),
    Column("reviewed_at", Moment, nullable=False, index=True),
    Column("run_id", Text, ForeignKey("runs.id"), nullable=False),
    UniqueConstraint("call_id", "rubric_digest", "program_version"),
)

speakers = Table(
    "speakers",
    metadata,
    _review_id(),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("side", Text, nullable=False),
    Column("side_from", Text, nullable=False),
    Column("words", Integer, nullable=False),
    Column("team", Text),
    Column("manager", Text),
    Index(None, "name"),
    Index(None, "team"),
)

answers = Table(
    "answers",
    metadata,
    _review_id(),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("prompt", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("level", Integer),
    Column("max_level", Integer, nullable=False),
    Column("why", Text, nullable=False),
    Column("missing", Text),
    Column("coach", Text),
)

evidence = Table(
    "evidence",
    metadata,
    _review_id(),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("proves", Text, nullable=False),
    Column("prompt", Text),
    *_quote(),
    CheckConstraint("proves IN ('prompt', 'autonomy', 'consent')", name="proves"),
)

violations = Table(
    "violations",
    metadata,
    _review_id(),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("severity", Text, nullable=False),
    Column("instead", Text, nullable=False),
    *_quote(),
)

files = Table(
    "files",
    metadata,
    Column("id", Text, primary_key=True),
    Column("path", FilePath),
    Column("size", BigInteger, nullable=False),
    Column("mtime_ns", BigInteger, nullable=False),
    Column("content_hash", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("failure_kind", Text),
    Column("reason", Text),
    Column("rubric_digest", Text, nullable=False),
    Column("program_version", Text, nullable=False),
    Column("run_id", Text, ForeignKey("runs.id"), nullable=False),
    CheckConstraint("state IN ('reviewed', 'partly', 'failed')", name="state"),
)

file_calls = Table(
    "file_calls",
    metadata,
    Column("file_id", Text, ForeignKey("files.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("call_id", Text, ForeignKey("calls.id", ondelete="CASCADE"), nullable=False, index=True),
)

texts = Table(
    "texts",
    metadata,
    Column("id", Text, ForeignKey("calls.id", ondelete="CASCADE"), primary_key=True),
    Column("text", Text, nullable=False),
)

verdicts = Table(
    "verdicts",
    metadata,
    Column("id", Text, primary_key=True),
    Column("call_id", Text, ForeignKey("calls.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("prompt", Text),
    Column("level", Integer),
    Column("violation", Text),
    Column("holds", Boolean),
    Column("note", Text, nullable=False),
)

outcomes = Table(
    "outcomes",
    metadata,
    Column("id", Text, primary_key=True),
    Column("call_id", Text, ForeignKey("calls.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("outcome", Text, nullable=False),
    Column("on", Date, nullable=False),
    Column("note", Text, nullable=False),
)

forgotten = Table(
    "forgotten",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("hash", Text, primary_key=True),
    CheckConstraint("kind IN ('call', 'speaker')", name="kind"),
)
