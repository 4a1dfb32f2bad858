"""callreview: a transcript is read, heard, assessed and printed as JSON."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from serving import Task, serve

from callreview import shipped
from callreview.assessment.reviewer import Reviewer, load_playbook
from callreview.ingest import ReadOptions, read_call
from callreview.reports.jsonl import line


def prepare(task: Task) -> Callable[[int], object]:
    """The shipped playbook, compiled once."""
    reviewer = Reviewer(load_playbook(shipped.rubrics() / "upselling"))
    reading = ReadOptions(sellers=("Dana Whitfield",))
    return lambda number: line(reviewer.review(read_call(Path(task.transcripts[number]), options=reading)))


if __name__ == "__main__":
    serve(prepare)
