"""`verify`, `export` and `forget`, on a ledger that `batch` has made."""

from __future__ import annotations

from pathlib import Path

import pytest

from callreview.store.ledger import open_ledger
from tests.batch.conftest import SMALL, text_of, write
from tests.commands.conftest import Run
from tests.store.conftest import a_verdict_of

STORE = "callreview-ledger.db"
BATCH = ("batch", "inbox", "--rubric", SMALL, "--jobs", "1", "--keep-text", "-q")


@pytest.fixture
def inbox(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of two calls, of which the ledger beside it has reviews."""
    monkeypatch.chdir(tmp_path)
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for name in ("first", "second"):
        write(inbox / f"{name}.txt", text_of(name).replace("Buyer:", "Marisela Ortiz (buyer):"))
    assert run(*BATCH).status == 0
    return inbox


def test_verify_proves_all_and_tells_what_it_cannot(run: Run, inbox: Path) -> None:
    proved = run("verify")
    assert (proved.status, proved.out) == (0, "")
    assert proved.err.startswith("2 proved; ") and proved.err.endswith(" quotes stand at their places\n")

    (inbox / "first.txt").rename(inbox / "renamed.txt")
    moved = run("verify")
    assert moved.status == 0
    assert f"{inbox / 'first.txt'}  now {inbox / 'renamed.txt'}" in moved.out

    (inbox / "second.txt").unlink()
    missing = run("verify")
    assert missing.status == 3
    assert "missing " in missing.out and missing.err.startswith("1 moved, 1 missing; ")


def test_export_writes_tables_and_counts_rows(run: Run, inbox: Path) -> None:
    result = run("export", "--to", "out", "--format", "csv")
    assert result.status == 0
    assert "out/calls.csv  2\n" in result.out
    assert Path("out/calls.csv").read_text().startswith('"id","title"')


def test_a_redacted_export_names_nobody(run: Run, inbox: Path) -> None:
    with open_ledger(STORE) as ledger:
        review = next(ledger.reviews())
        ledger.add_verdict(a_verdict_of(review.call.id, note="Marisela said so"))
    assert run("export", "--to", "out", "--format", "csv", "--redact").status == 0
    written = {file.name: file.read_text() for file in Path("out").iterdir()}
    assert not [name for name, text in written.items() if "Marisela" in text or "Ortiz" in text or "Alex" in text]
    assert "Buyer 1" in written["speakers.csv"]
    assert "texts.csv" not in written


def test_forget_asks_or_is_told_not_to(run: Run, inbox: Path) -> None:
    asked = run("forget", "Marisela Ortiz")
    assert asked.status == 2
    assert "--yes erases without asking" in asked.err
    done = run("forget", "Marisela Ortiz", "--yes")
    assert done.status == 0 and "2 texts of 2 calls" in done.out
    assert b"Marisela" not in b"".join(file.read_bytes() for file in Path().glob(f"{STORE}*"))


def test_a_forgotten_call_stays_away_from_the_next_batch(run: Run, inbox: Path) -> None:
    with open_ledger(STORE) as ledger:
        ids = [review.call.id for review in ledger.reviews()]
    assert run("forget", ids[0][:8], "-y").status == 0
    (inbox / "first.txt").touch()
    (inbox / "second.txt").rename(inbox / "third.txt")
    assert run(*BATCH, "--settle", "0").status == 0
    with open_ledger(STORE) as ledger:
        assert [review.call.id for review in ledger.reviews()] == ids[1:]


@pytest.mark.parametrize("command", [("verify",), ("export", "--to", "out"), ("forget", "Dana", "--yes")])
def test_without_a_ledger_the_way_to_one_is_shown(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*command)
    assert result.status == 4
    assert result.err == (
        "error: callreview-ledger.db: there is no ledger here\n"
        "  help: `callreview batch` makes one; or name another --store\n"
    )
    assert not list(tmp_path.iterdir())
