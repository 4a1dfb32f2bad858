"""Verdicts in files: tables and Gong's answered scorecards."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from callreview.analysis.verdict_files import Scorecards, read_scorecards, read_verdicts
from callreview.errors import UsageError, VerdictError

GONG = Scorecards(questions={"77": "stop_rule", "78": "owners"}, levels={"1": 0, "5": 3}, people={"9": "Alex Webb"})
# As POST /v2/stats/activity/scorecards answers.
ANSWERED = {
    "requestId": "r1",
    "answeredScorecards": [
        {
            "answeredScorecardId": 1,
            "callId": 782912,
            "reviewerUserId": 9,
            "reviewTime": "2026-11-02T09:30:00Z",
            "answers": [
                {"questionId": 77, "score": 5, "answerText": "clear rule", "notApplicable": False, "isOverall": False},
                {"questionId": 78, "score": None, "notApplicable": True},
                {"questionId": 99, "score": 4, "isOverall": True},
            ],
        }
    ],
}


def wrote(folder: Path, text: str, name: str = "verdicts.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_table_of_verdicts(tmp_path: Path) -> None:
    text = 'call,prompt,level,note,by,at\nacme,stop_rule,2,"said, but vague",Alex,2026-11-02\nacme,delay,n/a,,,\n'
    first, second = read_verdicts(wrote(tmp_path, text))
    assert (first.call, first.prompt, first.level, first.note, first.by) == (
        "acme",
        "stop_rule",
        2,
        "said, but vague",
        "Alex",
    )
    assert first.at == datetime(2026, 11, 2, tzinfo=UTC)
    assert (second.prompt, second.level, second.by, second.at) == ("delay", None, None, None)


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_spreadsheets_of_all_countries(tmp_path: Path, mark: str) -> None:
    text = "\ufeffCall,Violation,Holds\r\nacme,urgency,no\r\nbolt,urgency,Yes\r\n".replace(",", mark)
    assert [(v.violation, v.holds) for v in read_verdicts(wrote(tmp_path, text))] == [
        ("urgency", False),
        ("urgency", True),
    ]


def test_all_mistakes_of_a_table_are_told_at_once_with_their_lines(tmp_path: Path) -> None:
    text = "call,prompt,level,violation,holds,at\n,risk,1,,,\na,risk,high,,,\na,,,,,\na,risk,1,urgency,yes,\na,,,urgency,perhaps,\na,risk,1,,,soon\na,risk,1,,,\n"
    with pytest.raises(VerdictError) as caught:
        read_verdicts(wrote(tmp_path, text))
    assert [(m.place.line, m.message) for m in caught.value.mistakes] == [
        (2, "no call is named"),
        (3, "'high' is no level"),
        (4, "a row is about a prompt or about a violation"),
        (5, "a row is about a prompt or about a violation"),
        (6, "'perhaps' in the column 'holds' is neither yes nor no"),
        (7, "'soon' is no moment: write 2026-09-14 or 2026-09-14T16:05:00+02:00"),
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("call,promt,level\n", "unknown column 'promt'"),
        ("prompt,level\n", "no column 'call'"),
        ("call,call,level\n", "stands there twice"),
        ("", "no column 'call'"),
        ('{"answeredScorecards": [}', "no JSON"),
        ('{"calls": []}', "no answered scorecards"),
    ],
)
def test_what_is_no_file_of_verdicts_is_refused(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        read_verdicts(wrote(tmp_path, text), GONG)


def test_answered_scorecards_of_gong(tmp_path: Path) -> None:
    first, second = read_verdicts(wrote(tmp_path, json.dumps(ANSWERED), "answered.json"), GONG)
    assert (first.call, first.by, first.prompt, first.level, first.note) == (
        "782912",
        "Alex Webb",
        "stop_rule",
        3,
        "clear rule",
    )
    assert first.at == datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
    assert (second.prompt, second.level) == ("owners", None)


def test_scorecards_in_their_other_shape(tmp_path: Path) -> None:
    card = {
        "callId": "782912",
        "reviewerUserId": "10",
        "answeredAt": "2026-11-02T09:30:00+02:00",
        "questions": [{"questionId": "77", "answer": "none", "score": 1.0, "isNotApplicable": False}],
    }
    (verdict,) = read_verdicts(wrote(tmp_path, json.dumps([card]), "answered.json"), GONG)
    assert (verdict.by, verdict.level, verdict.note) == ("10", 0, "none")


def test_a_score_without_a_level_is_told(tmp_path: Path) -> None:
    strange = json.loads(json.dumps(ANSWERED).replace('"score": 5', '"score": 3'))
    with pytest.raises(VerdictError, match="nothing says which level the score 3 is") as caught:
        read_verdicts(wrote(tmp_path, json.dumps(strange), "answered.json"), GONG)
    assert "scorecard 1" in str(caught.value)


def test_scorecards_need_to_be_explained(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="which prompt each question is"):
        read_verdicts(wrote(tmp_path, json.dumps(ANSWERED)))


def test_what_scorecards_stand_for_is_written_in_a_file(tmp_path: Path) -> None:
    text = '[questions]\n"77" = "stop_rule"\n[scores]\n1 = 0\n5 = 3\n[people]\n"9" = "Alex Webb"\n'
    known = read_scorecards(wrote(tmp_path, text, "gong.toml"))
    assert known == Scorecards(questions={"77": "stop_rule"}, levels={"1": 0, "5": 3}, people={"9": "Alex Webb"})


@pytest.mark.parametrize(
    ("text", "told"), [("[question]\n", "unknown key 'question'"), ("[scores]\n1 = 'low'\n", "stands for no level")]
)
def test_a_wrong_file_of_scorecards_is_told_with_its_line(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(UsageError, match=told) as caught:
        read_scorecards(wrote(tmp_path, text, "gong.toml"))
    assert caught.value.place and caught.value.place.line
