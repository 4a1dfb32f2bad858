"""The ledger: what runs write and reports read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import Connection, insert, select, update

from callreview.errors import UsageError, did_you_mean
from callreview.ingest import ReadOptions
from callreview.store import schema
from callreview.store.asking import asked
from callreview.store.connection import Database
from callreview.store.dumping import dump
from callreview.store.erasing import erase_call, erase_person
from callreview.store.exporting import Format, Mask, export
from callreview.store.forgetting import Erased, Person
from callreview.store.keys import file_id, outcome_id, verdict_id
from callreview.store.loading import Wanted, load
from callreview.store.memory import Memory
from callreview.store.records import (
    Failure,
    FileOutcome,
    FileRecord,
    FileState,
    OutcomeRecord,
    ReviewRecord,
    RunRecord,
    VerdictRecord,
    Written,
)
from callreview.store.rows import Row
from callreview.store.verifying import Verified, Verifier
from callreview.store.versions import bring_up_to_date
from callreview.store.writing import write_outcomes


def open_ledger(store: str | Path, *, create: bool = True, read_only: bool = False) -> Ledger:
    """The ledger in a SQLite file, or at an address such as `postgresql+psycopg://…`.

    Where there is none it is made, unless `create` is False or it is only read; one of an older version is brought up
    to date. Raises StoreError where it cannot be opened.
    """
    database = Database(store, "ro" if read_only else "rwc" if create else "rw")
    bring_up_to_date(database, create=create, read_only=read_only)
    return Ledger(database)


class Ledger:
    """An open ledger; every method is a transaction of its own. Raises StoreError where the store fails."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self.database.engine.dispose()

    # --- runs and files --------------------------------------------------------------------------

    def begin_run(self, run: RunRecord) -> None:
        """Write down that a run begins."""
        with self.database.writing() as connection:
            connection.execute(
                insert(schema.runs).values(
                    id=run.id,
                    started_at=run.started_at,
                    ended_at=run.ended_at,
                    status=run.status,
                    rubric_id=run.rubric_id,
                    rubric_digest=run.rubric_digest,
                    program_version=run.program_version,
                    counts=dict(run.counts),
                )
            )

    def end_run(self, run_id: str, counts: Mapping[str, int], status: str) -> None:
        """Write down how a run ended."""
        with self.database.writing() as connection:
            ended = {"ended_at": datetime.now(UTC), "counts": dict(counts), "status": status}
            connection.execute(update(schema.runs).where(schema.runs.c.id == run_id).values(ended))

    def runs(self) -> Iterator[RunRecord]:
        """All runs, the latest first."""
        with self.database.reading() as connection:
            rows = connection.execute(select(schema.runs).order_by(schema.runs.c.started_at.desc(), schema.runs.c.id))
            for row in rows:
                yield RunRecord(**row._mapping)

    def known_files(self, paths: Iterable[str]) -> Mapping[str, FileRecord]:
        """What is known of the files at these paths, by path; nothing for those that were never read."""
        by_id = {file_id(path): path for path in paths}
        files, links = schema.files, schema.file_calls
        with self.database.reading() as connection:
            rows = list(asked(connection, select(files), files.c.id, by_id))
            calls: dict[str, list[str]] = {}
            of_calls = select(links).order_by(links.c.file_id, links.c.position)
            for link in asked(connection, of_calls, links.c.file_id, by_id):
                calls.setdefault(link.file_id, []).append(link.call_id)
        return {by_id[row.id]: _file(row, calls.get(row.id, ())) for row in rows}

    def write(self, run_id: str, outcomes: Sequence[FileOutcome]) -> Written:
        """Write what came of some files, all of it or nothing.

        A review of the same call, rubric and version that is there already changes nothing; calls that were
        forgotten do not come back.
        """
        with self.database.writing() as connection:
            return write_outcomes(connection, outcomes, run_id=run_id, now=datetime.now(UTC))

    # --- reviews ---------------------------------------------------------------------------------

    def reviews(
        self,
        *,
        since: date | None = None,
        until: date | None = None,
        undated: bool = False,
        team: str | None = None,
        rep: str | None = None,
        rubric: str | None = None,
        every: bool = False,
    ) -> Iterator[ReviewRecord]:
        """The latest review of each call, by the call's date, those without a date at the end.

        `since` is the first day, `until` the day after the last; calls without a date are left out between them,
        unless `undated`. `team` and `rep` are those of the seller who says most, exactly as stored. `rubric` is an id
        or a digest: only its reviews count then. With `every`, all reviews of a call rather than the latest.
        """
        wanted = Wanted(since=since, until=until, undated=undated, team=team, rep=rep, rubric=rubric, every=every)
        with self.database.reading() as connection:
            yield from load(connection, wanted)

    def review(self, call_id: str) -> ReviewRecord:
        """The latest review of the call whose id begins so; UsageError where it is none or several calls."""
        with self.database.reading() as connection:
            return next(load(connection, Wanted(call_id=_whole_id(connection, call_id))))

    def texts(self, call_ids: Sequence[str]) -> Mapping[str, str]:
        """The transcripts that were kept of these calls, by call id, as `callreview_json.write` writes them."""
        t = schema.texts.c
        with self.database.reading() as connection:
            return {row.id: row.text for row in asked(connection, select(schema.texts), t.id, call_ids)}

    def dump(self) -> Iterator[str]:
        """The whole ledger as lines that tell whether two hold the same, see `dumping.dump`."""
        with self.database.reading() as connection:
            yield from dump(connection)

    def verify(self, options: ReadOptions, folders: Sequence[Path] = ()) -> Iterator[Verified]:
        """Compare each call with its source, see `verifying`; `folders` are where sources may have been moved to."""
        with self.database.reading() as connection:
            yield from Verifier(options, folders).verify(connection)

    def export(self, folder: Path, format: Format, mask: Mask | None = None) -> Mapping[str, int]:
        """Write the tables into a folder and tell their numbers of rows, see `exporting.export`."""
        with self.database.reading() as connection:
            return export(connection, folder, format, mask)

    # --- forgetting ------------------------------------------------------------------------------

    def has_forgotten(self, whom: str) -> bool:
        """Whether this call, by its whole id, or the person of this name was erased before."""
        with self.database.reading() as connection:
            memory = Memory(connection)
            return bool(memory.calls([whom])) or memory.has_forgotten(whom)

    def forget_call(self, call_id: str) -> Erased:
        """Erase the call whose id begins so, also from the database's files; its hash alone stays, to keep it out.

        UsageError where it is none or several calls.
        """
        with self.database.writing() as connection:
            known = not Memory(connection).calls([call_id])
            erased = erase_call(connection, _whole_id(connection, call_id)) if known else Erased()
        self.database.clean_up()
        return erased

    def forget_speaker(self, name: str) -> Erased:
        """Erase what a person said, what names them and their name, also from the database's files.

        Their calls stay, with levels and points as they were. A hash of the name stays, so that they do not come
        back. UsageError where nobody in the ledger bears the name.
        """
        with self.database.writing() as connection:
            if not Memory(connection).has_forgotten(name):
                _refuse_strangers(connection, name)
            erased = erase_person(connection, name)
        self.database.clean_up()
        return erased

    # --- what people add -------------------------------------------------------------------------

    def add_verdict(self, verdict: VerdictRecord) -> bool:
        """Keep what a person says of a call; False where it is there already. UsageError where there is no call."""
        v = verdict
        return self._add(
            schema.verdicts,
            {
                "id": verdict_id(v),
                "call_id": v.call_id,
                "by": v.by,
                "at": v.at,
                "prompt": v.prompt,
                "level": v.level,
                "violation": v.violation,
                "holds": v.holds,
                "note": v.note,
            },
        )

    def verdicts(self) -> Iterator[VerdictRecord]:
        """All verdicts, by the moment when they were given."""
        v = schema.verdicts.c
        with self.database.reading() as connection:
            for row in connection.execute(select(schema.verdicts).order_by(v.at, v.id)):
                yield VerdictRecord(**_without_id(row))

    def add_outcome(self, outcome: OutcomeRecord) -> bool:
        """Keep what became of a deal; False where it is there already. UsageError where there is no call."""
        o = outcome
        return self._add(
            schema.outcomes,
            {"id": outcome_id(o), "call_id": o.call_id, "outcome": o.outcome, "on": o.on, "note": o.note},
        )

    def outcomes(self) -> Iterator[OutcomeRecord]:
        """All outcomes, by day."""
        o = schema.outcomes.c
        with self.database.reading() as connection:
            for row in connection.execute(select(schema.outcomes).order_by(o.on, o.id)):
                yield OutcomeRecord(**_without_id(row))

    def _add(self, table: Any, values: dict[str, Any]) -> bool:
        with self.database.writing() as connection:
            call_id = values["call_id"]
            if connection.execute(select(schema.calls.c.id).where(schema.calls.c.id == call_id)).first() is None:
                raise _no_call(call_id)
            if connection.execute(select(table.c.id).where(table.c.id == values["id"])).first():
                return False
            connection.execute(insert(table).values(values))
            return True


def _whole_id(connection: Connection, prefix: str) -> str:
    calls = schema.calls.c
    query = select(calls.id).where(calls.id.startswith(prefix, autoescape=True)).order_by(calls.id).limit(2)
    found = connection.execute(query).scalars().all()
    if not found:
        raise _no_call(prefix)
    if len(found) > 1:
        raise UsageError(
            f"more than one call's id begins with {prefix!r}", hint="write more of it: ids have sixteen digits"
        )
    return str(found[0])


def _refuse_strangers(connection: Connection, name: str) -> None:
    person = Person(name)
    names = connection.scalars(select(schema.speakers.c.name).distinct()).all()
    if not any(map(person.bears, names)):
        close = did_you_mean(name, names)
        raise UsageError(
            f"nobody in the ledger is called {name!r}",
            hint=f"did you mean {close!r}?" if close else "write the name as the transcripts do",
        )


def _no_call(call_id: str) -> UsageError:
    return UsageError(f"no call {call_id!r} in the ledger", hint="ids are in the JSON of `callreview check`")


def _file(row: Row, call_ids: Sequence[str]) -> FileRecord:
    return FileRecord(
        path=row.path,
        size=row.size,
        mtime_ns=row.mtime_ns,
        content_hash=row.content_hash,
        state=FileState(row.state),
        failure=Failure(kind=row.failure_kind, reason=row.reason or "") if row.failure_kind else None,
        rubric_digest=row.rubric_digest,
        program_version=row.program_version,
        run_id=row.run_id,
        call_ids=tuple(call_ids),
    )


def _without_id(row: Row) -> dict[str, Any]:
    return {name: value for name, value in row._mapping.items() if name != "id"}
