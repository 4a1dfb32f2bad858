import json
from pathlib import Path

import jsonschema
import pytest
from syrupy.assertion import SnapshotAssertion

from callreview import shipped
from callreview.ingest import ReadOptions, read_call
from callreview.reports.contract import review_schema
from tests.commands.conftest import Run
from tests.conftest import FIXTURES

SAMPLES = sorted(p for p in shipped.transcripts().rglob("*") if p.suffix in {".txt", ".vtt", ".srt"})

PUSHY = """\
Rep: So you should be on Pro. This price is gone tonight, I need a yes today.
Buyer: No, we'll stay on the small one.
Rep: Don't worry about the auto-renew bit.
Buyer: How long would I be tied in?
"""


@pytest.fixture
def pushy(tmp_path: Path) -> Path:
    file = tmp_path / "pushy.txt"
    file.write_text(PUSHY)
    return file


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda p: p.stem)
def test_the_card_of_each_sample(run: Run, sample: Path, snapshot: SnapshotAssertion) -> None:
    result = run("check", sample)
    assert (result.status, result.err) == (0, "")
    assert all(len(line) <= 80 for line in result.out.splitlines())
    assert result.out == snapshot


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda p: p.stem)
def test_each_line_of_json_follows_the_contract_and_every_quote_is_in_the_call(run: Run, sample: Path) -> None:
    first = run("check", sample, "--format", "jsonl").out
    assert first == run("check", sample, "--format", "jsonl").out
    review = json.loads(first)
    jsonschema.validate(review, review_schema())
    assert [p["id"] for p in review["prompts"]] == [
        "outcome", "risk", "options", "proof", "stop_rule", "owners", "delay", "pushback",
    ]  # fmt: skip
    turns = read_call(sample, options=ReadOptions()).turns
    for prompt in review["prompts"]:
        assert prompt["level"] in (None, 0) or prompt["evidence"]
        for evidence in prompt["evidence"]:
            text = turns[evidence["turn"] - 1].text
            first, last = evidence["match"]
            assert evidence["quote"] in text
            assert text[first:last].strip()


def test_markdown_for_pasting(run: Run, snapshot: SnapshotAssertion) -> None:
    assert run("check", SAMPLES[0], "--format", "markdown").out == snapshot


def test_one_bad_file_never_stops_the_others(run: Run, pushy: Path) -> None:
    result = run("check", pushy.parent / "missing.txt", pushy, "-q")
    assert result.status == 3
    assert "missing.txt: no such file" in result.err
    assert result.out.endswith("  pushy\n")


@pytest.mark.parametrize(
    ("options", "status"),
    [
        ((), 0),
        (("--fail-under", "100"), 1),
        (("--fail-under", "0"), 0),
        (("--fail-on", "urgency"), 1),
        (("--fail-on", "any"), 1),
        (("--fail-on", "premature"), 0),
    ],
)
def test_thresholds_decide_the_exit_status(run: Run, options: tuple[str, ...], status: int) -> None:
    pressing = next(p for p in SAMPLES if "gym" in p.stem)
    assert run("check", pressing, "-q", *options).status == status


def test_a_call_too_short_to_score_has_no_number_and_says_so(run: Run, pushy: Path, tmp_path: Path) -> None:
    greeting = tmp_path / "greeting.txt"
    greeting.write_text("Rep: Good morning, how are you?\nBuyer: Fine, thanks.\nRep: Bye now.\n")
    lines = run("check", greeting, pushy, "--format", "jsonl").out.splitlines()
    scores = [json.loads(line)["score"] for line in lines]
    assert scores == [
        {"points": 0, "of": 0, "percent": None, "status": "unscorable"},
        {"points": 0, "of": 0, "percent": None, "status": "blocked"},
    ]
    card = run("check", greeting).out
    assert "only 9 words were said: too few for a score" in card
    assert card.splitlines()[-1] == "SCORE  unscorable · too little to go by for a number"
    assert run("check", greeting, "--fail-under", "60").status == 0


def test_the_same_call_in_two_files_has_the_same_id(run: Run, pushy: Path) -> None:
    other = pushy.with_name("other.txt")
    other.write_text(PUSHY)
    lines = run("check", pushy, other, "--format", "jsonl").out.splitlines()
    assert len({json.loads(line)["call"]["id"] for line in lines}) == 1


def test_standard_input(run: Run, monkeypatch: pytest.MonkeyPatch, pushy: Path) -> None:
    import io
    import sys

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PUSHY.encode())))
    assert run("check", "-", "-q").out.endswith("  standard input\n")


WRONG = {
    "missing": (["check", "no-such-call.txt"], 3),
    "unknown kind": (["check", "CALL", "--fail-on", "urgancy"], 2),
    "unknown rubric": (["check", "CALL", "--rubric", "upseling"], 2),
    "unknown seller": (["check", "CALL", "--seller", "Rop"], 2),
    "unknown prompt": (["explain", "CALL", "stop-rul"], 2),
    "unknown format": (["check", "CALL", "--read-as", "vtt"], 2),
    "unknown signal": (["rubric", "test", "urgancy"], 2),
    "unknown rule": (["rubric", "show", "urgancy"], 2),
    "unknown sample": (["demo", "no-such"], 2),
    "broken rubric": (["check", "CALL", "--rubric", str(FIXTURES / "rubrics" / "broken-phrase")], 2),
    "no labels": (["evaluate", "FOLDER"], 2),
}


@pytest.mark.parametrize("case", WRONG)
def test_every_wrong_use_has_a_clear_error(run: Run, pushy: Path, case: str, snapshot: SnapshotAssertion) -> None:
    arguments, status = WRONG[case]
    places = {"CALL": str(pushy), "FOLDER": str(pushy.parent)}
    result = run(*(places.get(a, a) for a in arguments))
    assert (result.status, result.out) == (status, "")
    assert "Traceback" not in result.err
    assert result.err.replace(str(pushy.parent), "FOLDER") == snapshot
