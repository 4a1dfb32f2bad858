"""`callreview verdict` and `callreview calibrate`, as a manager uses them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from callreview.store.ledger import open_ledger
from callreview.store.records import VerdictRecord
from tests.commands.conftest import Run
from tests.ledgers.generator import MadeCall, Truth

DAY = "2026-11-23T09:00:00+00:00"


@pytest.fixture
def store(quarter_store: Path, tmp_path: Path) -> Path:
    """A ledger of its own."""
    return Path(shutil.copy(quarter_store, tmp_path / "calls.db"))


@pytest.fixture
def truth(made_quarter: tuple[MadeCall, ...]) -> Truth:
    """A call with an offer and a vague way out."""
    return next(call.truth for call in made_quarter if call.truth.levels["stop_rule"] == 1)


def kept(store: Path) -> list[VerdictRecord]:
    with open_ledger(store, create=False) as ledger:
        return list(ledger.verdicts())


def table_of(made: tuple[MadeCall, ...], people: dict[str, int]) -> str:
    """Verdicts on the way out: everybody sees it as the program does, but for every so manieth call."""
    rows = ["call,prompt,level,note,by,at"]
    for by, every in people.items():
        for i, call in enumerate(made):
            level = call.truth.levels["stop_rule"]
            told = level if i % every else 3 - (level or 0)
            rows.append(f"{call.truth.file},stop_rule,{'na' if told is None else told},as {by} heard it,{by},{DAY}")
    return "\n".join(rows) + "\n"


def test_a_verdict_is_kept_beside_the_review(run: Run, store: Path, truth: Truth) -> None:
    with open_ledger(store, create=False) as ledger:
        before = [review for review in ledger.reviews() if review.call.path == f"/calls/{truth.file}"]
    asked = ("verdict", truth.file, "--store", store, "--prompt", "stop_rule", "--level", "2")
    assert run(*asked, "--note", "a rule, if read kindly", "--by", "Alex").err == "1 verdict kept\n"
    (verdict,) = kept(store)
    assert (verdict.by, verdict.prompt, verdict.level, verdict.note) == (
        "Alex",
        "stop_rule",
        2,
        "a rule, if read kindly",
    )
    with open_ledger(store, create=False) as ledger:
        assert ledger.review(verdict.call_id) == before[0]


def test_a_second_thought_takes_the_place_of_the_first_and_both_stay(run: Run, store: Path, truth: Truth) -> None:
    for level in ("2", "na"):
        asked = ("verdict", truth.file, "--store", store, "--prompt", "stop_rule", "--level", level, "--by", "Alex")
        assert run(*asked).status == 0
    assert [verdict.level for verdict in kept(store)] == [2, None]
    told = json.loads(run("calibrate", "--store", store, "--format", "json").out)
    assert [p["says"] for d in told["disagreements"] for p in d["people"]] == ["n/a"]


def test_who_says_it_is_the_login_where_nobody_is_named(
    run: Run, store: Path, truth: Truth, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGNAME", "awebb")
    assert run("verdict", truth.file, "--store", store, "--violation", "urgency", "--not").status == 0
    assert [(v.by, v.violation, v.holds) for v in kept(store)] == [("awebb", "urgency", False)]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--prompt", "stop_rul", "--level", "2"), "did you mean 'stop_rule'?"),
        (("--prompt", "stop_rule", "--level", "4"), "stop_rule has no level 4"),
        (("--prompt", "stop_rule", "--level", "high"), "'high' is no level"),
        (("--prompt", "stop_rule"), "--prompt stop_rule --level 2"),
        (("--prompt", "stop_rule", "--level", "1", "--holds"), "--prompt stop_rule --level 2"),
        (("--violation", "urgncy", "--holds"), "did you mean 'urgency'?"),
        ((), "--violation urgency --not"),
    ],
)
def test_a_verdict_that_cannot_be_is_refused(
    run: Run, store: Path, truth: Truth, options: tuple[str, ...], told: str
) -> None:
    result = run("verdict", truth.file, "--store", store, "--by", "Alex", *options)
    assert result.status == 2
    assert told in result.err
    assert kept(store) == []


def test_a_table_is_kept_once(run: Run, store: Path, made_quarter: tuple[MadeCall, ...], tmp_path: Path) -> None:
    table = tmp_path / "verdicts.csv"
    table.write_text(table_of(made_quarter[:10], {"Alex": 3}), encoding="utf-8")
    assert run("verdict", "--store", store, "--import", table).err == "10 verdicts kept\n"
    assert run("verdict", "--store", store, "--import", table).err == "0 verdicts kept, 10 known already\n"


def test_a_table_with_mistakes_is_told_whole_and_kept_not_at_all(
    run: Run, store: Path, truth: Truth, tmp_path: Path
) -> None:
    table = tmp_path / "verdicts.csv"
    rows = [f"{truth.file},stop_rule,2", "no such call,stop_rule,1", f"{truth.file},weather,1", f"{truth.file},risk,7"]
    table.write_text("call,prompt,level\n" + "\n".join(rows) + "\n", encoding="utf-8")
    result = run("verdict", "--store", store, "--import", table, "--by", "Alex")
    assert result.status == 2
    for line, told in ((3, "no call 'no such call'"), (4, "no prompt 'weather'"), (5, "risk has no level 7")):
        assert f"{table}:{line}: {told}" in result.err
    assert "3 mistakes in the verdicts" in result.err
    assert kept(store) == []


def test_scorecards_of_gong_are_kept(run: Run, store: Path, truth: Truth, tmp_path: Path) -> None:
    answered = {
        "callId": Path(truth.file).stem,
        "reviewerUserId": 9,
        "reviewTime": DAY,
        "answers": [{"questionId": 77, "score": 4}],
    }
    (tmp_path / "answered.json").write_text(json.dumps({"answeredScorecards": [answered]}), encoding="utf-8")
    (tmp_path / "gong.toml").write_text(
        '[questions]\n77 = "stop_rule"\n[scores]\n4 = 2\n[people]\n9 = "Alex"\n', encoding="utf-8"
    )
    result = run(
        "verdict", "--store", store, "--import", tmp_path / "answered.json", "--scorecards", tmp_path / "gong.toml"
    )
    assert result.status == 0, result.err
    assert [(v.by, v.prompt, v.level) for v in kept(store)] == [("Alex", "stop_rule", 2)]


@pytest.fixture
def judged(run: Run, store: Path, made_quarter: tuple[MadeCall, ...], tmp_path: Path) -> Path:
    """A ledger of which two people judged the ways out of forty calls."""
    offers = tuple(call for call in made_quarter if call.truth.upsell)[:40]
    table = tmp_path / "verdicts.csv"
    table.write_text(table_of(offers, {"Alex Webb": 5, "Ines": 8}), encoding="utf-8")
    assert run("verdict", "--store", store, "--import", table).status == 0
    return store


def test_calibration_for_people(run: Run, judged: Path, snapshot: SnapshotAssertion) -> None:
    assert run("calibrate", "--store", judged, "--queue", "3").out == snapshot


def test_calibration_as_markdown(run: Run, judged: Path, snapshot: SnapshotAssertion) -> None:
    assert run("calibrate", "--store", judged, "--queue", "2", "--format", "markdown").out == snapshot


def test_calibration_for_machines(run: Run, judged: Path) -> None:
    told = json.loads(run("calibrate", "--store", judged, "--format", "json").out)
    program, people = told["prompts"]["stop_rule"]["program"], told["prompts"]["stop_rule"]["people"]
    assert (program["calls"], program["pairs"], people["pairs"]) == (40, 80, 40)
    assert program["exact"] == pytest.approx(1 - (8 + 5) / 80)
    assert people["exact"] == pytest.approx(1 - (7 + 4) / 40)  # of all calls, both see the first one alike
    assert told["prompts"]["risk"]["program"]["exact"] is None
    assert told["violations"] == {}


def test_names_are_masked_in_what_is_redacted(run: Run, judged: Path, made_quarter: tuple[MadeCall, ...]) -> None:
    told = run("calibrate", "--store", judged, "--format", "json", "--redact").out
    names = {call.truth.rep for call in made_quarter} | {call.truth.buyer for call in made_quarter} | {"Alex", "Ines"}
    assert [name for name in names if name.split()[0] in told] == []
    assert "Person 1" in told
    assert "[NAME]" in told


def test_without_verdicts_there_is_nothing_to_calibrate(run: Run, quarter_store: Path) -> None:
    result = run("calibrate", "--store", quarter_store)
    assert result.status == 0
    assert "0 calls judged by nobody" in result.out
