"""What a run did, in figures: for people, as JSON, and for a monitoring system."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

from callreview.batch.changes import LeftAlone
from callreview.batch.worker import Kind
from callreview.store.records import Failure

SCHEMA = "callreview.batch/1"
SOME_NOT_REVIEWED, FAILED, INTERRUPTED = 3, 4, 130


class Did(StrEnum):
    """What was done with a file."""

    REVIEWED = "reviewed"
    PARTLY = "partly_reviewed"


_TROUBLES = frozenset([Did.PARTLY, *Kind]) - {Kind.NO_CALL}

_WORDS = {
    Did.REVIEWED: "reviewed",
    Did.PARTLY: "reviewed in part",
    Kind.NO_CALL: "belong to calls beside them",
    Kind.UNREADABLE: "could not be read",
    Kind.DEFECT: "met a fault of callreview",
    Kind.TOO_LONG: "took too long",
    Kind.TOO_MUCH_MEMORY: "took too much memory",
    Kind.CRASHED: "ended their worker",
    LeftAlone.UNCHANGED: "unchanged",
    LeftAlone.FAILED_BEFORE: "failed before and are unchanged (--retry-failed tries them again)",
    LeftAlone.BEING_WRITTEN: "may still be written to",
    LeftAlone.BEFORE_SINCE: "older than --since",
    LeftAlone.VANISHED: "gone or changed meanwhile",
}


def counted(files: Mapping[str, int]) -> list[str]:
    """How many files came to what, a line each."""
    counts = [(files[name], words) for name, words in _WORDS.items() if files[name]]
    width = max((len(f"{count:,}") for count, _ in counts), default=0)
    return [f"  {count:>{width},} {words}" for count, words in counts]


@dataclass(kw_only=True)
class Summary:
    """What a run did. `files` counts files by what became of them; `calls` those reviewed, `added` those new."""

    run_id: str
    store: str
    rubric_id: str
    rubric_digest: str
    program_version: str
    started_at: datetime
    ended_at: datetime | None = None
    seconds: float = 0.0
    files: Counter[str] = field(default_factory=Counter)
    calls: int = 0
    added: int = 0
    failures: dict[str, Failure] = field(default_factory=dict)
    interrupted: bool = False
    error: str | None = None

    @property
    def status(self) -> int:
        """The exit status that the run calls for."""
        if self.interrupted:
            return INTERRUPTED
        if self.error is not None:
            return FAILED
        return SOME_NOT_REVIEWED if any(self.files[name] for name in _TROUBLES) else 0

    def ended(self, seconds: float) -> None:
        """The run is over, after so many seconds, which a clock that was set meanwhile does not touch."""
        self.seconds = seconds
        self.ended_at = datetime.now(UTC)

    def text(self) -> str:
        """The summary for people.

        >>> now = datetime(2026, 9, 14, tzinfo=UTC)
        >>> done = Counter(reviewed=312, unchanged=9680)
        >>> print(Summary(run_id="1", store="calls.db", rubric_id="upselling", rubric_digest="", program_version="1",
        ...     started_at=now, files=done, calls=318, added=318, seconds=94.2).text(), end="")
        9,992 files
            312 reviewed
          9,680 unchanged
        318 calls in 94 s, 203 a minute, written to calls.db
        """
        total = self.files.total()
        lines = [f"{total:,} file{'s' if total != 1 else ''}", *counted(self.files)]
        pace = f", {self.calls / self.seconds * 60:,.0f} a minute" if self.calls and self.seconds else ""
        lines.append(
            f"{self.calls:,} call{'s' if self.calls != 1 else ''} in {self.seconds:,.0f} s{pace}, "
            f"written to {self.store}"
        )
        lines += ["interrupted: what is not reviewed is left to the next run"] if self.interrupted else []
        return "\n".join(lines) + "\n"

    def json(self) -> str:
        """The summary for machines: one JSON object, with each failure."""
        failures = [
            {"path": path, "kind": failure.kind, "reason": failure.reason}
            for path, failure in sorted(self.failures.items())
        ]
        return json.dumps({**self.figures(), "failures": failures}, indent=2, ensure_ascii=False) + "\n"

    def figures(self) -> dict[str, object]:
        """The summary without the single failures, as plain values."""
        return {
            "schema": SCHEMA,
            "run": self.run_id,
            "store": self.store,
            "rubric": {"id": self.rubric_id, "digest": self.rubric_digest},
            "program": {"name": "callreview", "version": self.program_version},
            "started_at": self.started_at.isoformat(),
            "ended_at": self.ended_at.isoformat() if self.ended_at else None,
            "seconds": round(self.seconds, 3),
            "status": self.status,
            "interrupted": self.interrupted,
            "error": self.error,
            "files": {str(name): self.files[name] for name in _WORDS},
            "calls": {"reviewed": self.calls, "added": self.added},
        }

    def metrics(self) -> str:
        """The summary in OpenMetrics text, for the textfile collector of a node exporter."""
        from prometheus_client import CollectorRegistry, Gauge
        from prometheus_client.openmetrics.exposition import generate_latest

        registry = CollectorRegistry()

        def gauge(name: str, what: str, value: float) -> None:
            Gauge(f"callreview_batch_{name}", what, registry=registry).set(value)

        gauge(
            "end_timestamp_seconds",
            "When the last run ended, in Unix time.",
            (self.ended_at or self.started_at).timestamp(),
        )
        gauge("duration_seconds", "How long the last run took.", self.seconds)
        gauge("exit_status", "The exit status of the last run; 0 where all went well.", self.status)
        gauge("calls_reviewed", "Calls that the last run reviewed.", self.calls)
        gauge("reviews_added", "Reviews that the last run added to the ledger.", self.added)
        files = Gauge("callreview_batch_files", "Files of the last run.", ["outcome"], registry=registry)
        for name in _WORDS:
            files.labels(str(name)).set(self.files[name])
        text: bytes = generate_latest(registry)  # type: ignore[no-untyped-call]
        return text.decode()
