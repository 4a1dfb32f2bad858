"""What a run reviews, leaves alone and keeps, from night to night."""

from __future__ import annotations

import os
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from callreview.batch.changes import Wanted
from callreview.batch.run import Event
from callreview.ingest import ReadOptions
from callreview.store.ledger import open_ledger
from tests.batch.conftest import MakeCalls, RunBatch, text_of, write

UNTOLD = "Dana Whitfield: Good morning.\nSam Ortiz: Good morning to you.\n"


def test_only_what_is_new_or_changed_is_reviewed(run_batch: RunBatch, make_calls: MakeCalls) -> None:
    a, b = make_calls("a", "b")
    assert run_batch().files == {"reviewed": 2}
    assert run_batch().files == {"unchanged": 2}
    write(a, text_of("another thing"), age_s=1800)
    os.utime(b)
    make_calls("c")
    again = run_batch(wanted=Wanted())
    assert (again.files, again.added) == ({"reviewed": 2, "unchanged": 1}, 2)


@pytest.mark.parametrize("surroundings", ["a.meta.yaml", "callreview.toml"])
def test_a_sidecar_or_roster_that_changes_changes_its_calls(
    run_batch: RunBatch, inbox: Path, surroundings: str
) -> None:
    write(inbox / "a.txt", UNTOLD)
    assert run_batch().files == {"unreadable": 1}
    assert run_batch().files == {"failed_before": 1}
    told = 'sellers = ["Dana Whitfield"]\nbuyers = ["Sam Ortiz"]\n'
    write(inbox / surroundings, told if surroundings.endswith(".toml") else told.replace(" =", ":"))
    assert run_batch().files == {"reviewed": 1}
    assert run_batch().files == {"unchanged": 1}


def test_sides_that_a_roster_mends_are_mended_in_the_ledger(run_batch: RunBatch, inbox: Path, tmp_path: Path) -> None:
    write(inbox / "a.txt", UNTOLD)
    roster = inbox / "callreview.toml"
    for seller, buyer in (("Sam Ortiz", "Dana Whitfield"), ("Dana Whitfield", "Sam Ortiz")):
        write(roster, f'sellers = ["{seller}"]\nbuyers = ["{buyer}"]\n')
        assert run_batch().files == {"reviewed": 1}
        with open_ledger(str(tmp_path / "calls.db")) as ledger:
            (review,) = ledger.reviews(every=True)
            assert review.call.rep
            assert review.call.rep.name == seller


def test_a_file_that_failed_is_tried_again_when_asked(run_batch: RunBatch, inbox: Path) -> None:
    write(inbox / "a.txt", UNTOLD)
    first = run_batch()
    assert "a.txt" in next(iter(first.failures.values())).reason
    assert (first.status, run_batch().status) == (3, 0)
    assert run_batch(wanted=Wanted(retry_failed=True)).files == {"unreadable": 1}
    sides = ReadOptions(sellers=("Dana Whitfield",), buyers=("Sam Ortiz",))
    assert run_batch(reading=sides).files == {"reviewed": 1}


def test_a_half_written_file_is_told_and_tried_again_when_it_is_whole(run_batch: RunBatch, inbox: Path) -> None:
    whole = '[{"speaker": "Rep", "text": "Good morning."}, {"speaker": "Buyer", "text": "Good morning to you."}]'
    write(inbox / "a.json", whole[:40])
    summary = run_batch()
    assert "the JSON is cut off" in next(iter(summary.failures.values())).reason
    write(inbox / "a.json", whole, age_s=1800)
    assert "failed_before" not in run_batch().files


def test_what_may_still_be_written_to_is_left_alone(run_batch: RunBatch, inbox: Path) -> None:
    file = write(inbox / "a.txt", text_of("a"), age_s=5)
    assert run_batch(wanted=Wanted(settle_s=60)).files == {"being_written": 1}
    write(file, text_of("a"), age_s=61)
    assert run_batch(wanted=Wanted(settle_s=60)).files == {"reviewed": 1}


def test_a_file_from_the_future_is_watched_and_then_reviewed(run_batch: RunBatch, make_calls: MakeCalls) -> None:
    """As after a clock was set back: its time would never come."""
    (file,) = make_calls("a")
    later = time.time() + 86_400
    os.utime(file, (later, later))
    began = time.monotonic()
    assert run_batch(wanted=Wanted(settle_s=1)).files == {"reviewed": 1}
    assert time.monotonic() - began > 1
    assert run_batch(wanted=Wanted(settle_s=60)).files == {"unchanged": 1}


def test_a_file_from_the_future_that_grows_is_left_alone(
    run_batch: RunBatch, make_calls: MakeCalls, monkeypatch: pytest.MonkeyPatch
) -> None:
    (file,) = make_calls("a")
    later = time.time() + 86_400
    os.utime(file, (later, later))

    def grow(seconds: float) -> None:
        file.write_text(text_of("more"))
        os.utime(file, (later, later))

    monkeypatch.setattr("callreview.batch.changes.time.sleep", grow)
    assert run_batch(wanted=Wanted(settle_s=60)).files == {"being_written": 1}


def test_a_clock_set_back_changes_no_figure(
    run_batch: RunBatch, make_calls: MakeCalls, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_calls("a")
    now = time.time_ns
    monkeypatch.setattr("callreview.batch.changes.time.time_ns", lambda: now() - 86_400 * 10**9)
    summary = run_batch(wanted=Wanted(settle_s=1))
    assert summary.files == {"reviewed": 1}
    assert 0 < summary.seconds < 120
    monkeypatch.undo()
    assert run_batch().files == {"unchanged": 1}


def test_since_and_limit(run_batch: RunBatch, inbox: Path, make_calls: MakeCalls) -> None:
    make_calls("a", "b", "c")
    write(inbox / "old.txt", text_of("old"), age_s=10 * 86_400)
    week = Wanted(since=datetime.now() - timedelta(days=7))
    assert run_batch(wanted=week, limit=2).files == {"reviewed": 2}
    assert run_batch(wanted=week).files == {"reviewed": 1, "unchanged": 2, "before_since": 1}
    assert run_batch().files == {"reviewed": 1, "unchanged": 3}


def test_links_pipes_and_files_that_vanish(
    run_batch: RunBatch, inbox: Path, make_calls: MakeCalls, tmp_path: Path
) -> None:
    make_calls("a")
    (inbox / "broken.txt").symlink_to(tmp_path / "nowhere.txt")
    (inbox / "loop").symlink_to(inbox)
    os.mkfifo(inbox / "pipe.txt")
    (inbox / "linked.txt").symlink_to(write(tmp_path / "outside.txt", text_of("outside")))
    summary = run_batch()
    assert summary.files == {"reviewed": 2, "unreadable": 1}
    assert "where no file is" in summary.failures[str(inbox / "broken.txt")].reason
    assert run_batch().files == {"unchanged": 2, "unreadable": 1}


def test_the_same_talk_in_two_files_is_one_call(run_batch: RunBatch, make_calls: MakeCalls, tmp_path: Path) -> None:
    (a,) = make_calls("a")
    (a.parent / "z").mkdir()
    write(a.parent / "z" / "b.txt", a.read_text())
    assert run_batch(jobs=2).added == 1
    with open_ledger(str(tmp_path / "calls.db")) as ledger:
        assert [review.call.title for review in ledger.reviews()] == ["a"]


def test_an_interrupt_keeps_what_is_done(run_batch: RunBatch, make_calls: MakeCalls) -> None:
    make_calls(*(f"call{n}" for n in range(30)))

    class Impatient(list[Event]):
        def append(self, event: Event) -> None:
            super().append(event)
            if len(self) == 10:
                raise KeyboardInterrupt

    summary = run_batch(listen=Impatient().append)
    assert (summary.status, summary.files) == (130, {"reviewed": 10})
    assert run_batch().files == {"reviewed": 20, "unchanged": 10}
