"""Verdicts of many calls in one file: a table, or the answered scorecards that Gong's API gives.

The table is CSV with a head. `call` (the start of an id, a file's name or a title) stands in each row, and either
`prompt` with `level` (0 to 3 or `na`) or `violation` with `holds` (`yes` or `no`). `note`, `by` and `at` may follow.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from callreview.errors import Mistake, Place, UsageError, VerdictError, did_you_mean
from callreview.ingest import written

COLUMNS = ("call", "prompt", "level", "violation", "holds", "note", "by", "at")
NOT_APPLICABLE = ("na", "n/a")
_HOLDS = {"yes": True, "no": False, "true": True, "false": False}
_SCORECARDS = written.Kind(
    name="scorecards file",
    keys="'questions', 'scores' and 'people'",
    example='it says which prompt a question is, such as "6843152929075440037" = "stop_rule" below [questions]',
    toml_example='"6843152929075440037" = "stop_rule"',
    yaml_example='questions: {"6843152929075440037": stop_rule}',
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedVerdict:
    """A verdict as a file or a command states it: of which call and by whom is still to be looked up.

    `place` is where it stands. `by` and `at` are None where nothing tells them.
    """

    call: str
    place: Place
    by: str | None = None
    at: datetime | None = None
    prompt: str | None = None
    level: int | None = None
    violation: str | None = None
    holds: bool | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorecards:
    """What the questions, scores and people of Gong stand for here; a score without a level is a mistake."""

    questions: Mapping[str, str]
    levels: Mapping[str, int]
    people: Mapping[str, str]


def read_verdicts(path: Path, scorecards: Scorecards | None = None) -> tuple[StatedVerdict, ...]:
    """The verdicts of a CSV file, or of Gong's JSON where `scorecards` is given.

    Raises UsageError where the file cannot be read at all, VerdictError with all mistakes in it.
    """
    text = _text(path)
    mistakes: list[Mistake] = []
    if text.lstrip()[:1] in ("{", "["):
        if scorecards is None:
            raise UsageError(
                "scorecards need a file that says which prompt each question is",
                place=Place(path=str(path)),
                hint="name it with --scorecards; docs/calibration.md shows one",
            )
        stated = tuple(_answered(_json(text, path), path, scorecards, mistakes))
    else:
        stated = tuple(_rows(text, path, mistakes))
    if mistakes:
        raise VerdictError(mistakes)
    return stated


def read_scorecards(path: Path) -> Scorecards:
    """What a TOML or YAML file says of Gong's scorecards; UsageError with its place where it is written wrongly."""
    told = written.read(path, _SCORECARDS)
    told.refuse_typos(("questions", "scores", "people"), foreign=False)
    return Scorecards(
        questions={key: word for key in told.table("questions") if (word := told.word("questions", key))},
        levels={key: _told_level(told, key) for key in told.table("scores")},
        people={key: word for key in told.table("people") if (word := told.word("people", key))},
    )


def _told_level(told: written.Written, score: str) -> int:
    level = told.table("scores")[score]
    if isinstance(level, bool) or not str(level).isdecimal():
        raise told.wrong(f"the score {score!r} stands for no level", "scores", score, hint="levels are 0 to 3")
    return int(str(level))


def level_of(word: str) -> int | None:
    """A level as people write it; ValueError for anything else.

    >>> level_of("2"), level_of("n/a")
    (2, None)
    """
    if word.strip().lower() in NOT_APPLICABLE:
        return None
    if not word.strip().isdecimal():
        raise ValueError(f"{word!r} is no level")
    return int(word)


def _text(path: Path) -> str:
    place = Place(path=str(path))
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UsageError(f"the verdicts cannot be read: {error.strerror}", place=place) from None
    except UnicodeDecodeError:
        raise UsageError("the verdicts are not UTF-8", place=place, hint="save them as CSV UTF-8") from None


# --- tables --------------------------------------------------------------------------------------


def _rows(text: str, path: Path, mistakes: list[Mistake]) -> Iterator[StatedVerdict]:
    reader = csv.DictReader(io.StringIO(text, newline=""), dialect=_dialect(text), restkey="", restval="")
    columns = [(name or "").strip().lower() for name in reader.fieldnames or ()]
    _refuse_columns(columns, path)
    reader.fieldnames = columns
    for row in reader:
        cells = {name: value.strip() for name, value in row.items() if name and isinstance(value, str)}
        if not any(cells.values()):
            continue
        place = Place(path=str(path), line=reader.line_num)
        try:
            yield _row(cells, place)
        except ValueError as error:
            mistakes.append(Mistake(place=place, message=str(error)))


def _dialect(text: str) -> type[csv.Dialect]:
    """Comma, semicolon or tab, whichever the head holds most of."""
    head = text.split("\n", 1)[0]

    class Dialect(csv.excel):
        delimiter = max(",;\t", key=head.count)

    return Dialect


def _refuse_columns(columns: list[str], path: Path) -> None:
    place = Place(path=str(path), line=1)
    for name in columns:
        if name not in COLUMNS:
            close = did_you_mean(name, COLUMNS)
            hint = f"did you mean {close!r}?" if close else f"columns are {', '.join(COLUMNS)}"
            raise UsageError(f"unknown column {name!r}", place=place, hint=hint)
    twice = [name for name in COLUMNS if columns.count(name) > 1]
    if twice or "call" not in columns:
        message = f"the column {twice[0]!r} stands there twice" if twice else "there is no column 'call'"
        raise UsageError(message, place=place, hint=f"columns are {', '.join(COLUMNS)}")


def _row(cells: Mapping[str, str], place: Place) -> StatedVerdict:
    """One row; ValueError with what is wrong in it."""
    said = {name: cells.get(name, "") for name in COLUMNS}
    if not said["call"]:
        raise ValueError("no call is named")
    if bool(said["prompt"]) == bool(said["violation"]):
        raise ValueError("a row is about a prompt or about a violation")
    if said["violation"] and said["holds"].lower() not in _HOLDS:
        raise ValueError(f"{said['holds']!r} in the column 'holds' is neither yes nor no")
    return StatedVerdict(
        call=said["call"],
        place=place,
        by=said["by"] or None,
        at=_moment(said["at"]) if said["at"] else None,
        prompt=said["prompt"] or None,
        level=level_of(said["level"]) if said["prompt"] else None,
        violation=said["violation"] or None,
        holds=_HOLDS[said["holds"].lower()] if said["violation"] else None,
        note=said["note"],
    )


def _moment(word: str) -> datetime:
    """A date or a moment; without a zone it is in UTC."""
    try:
        moment = datetime.fromisoformat(word)
    except ValueError:
        raise ValueError(f"{word!r} is no moment: write 2026-09-14 or 2026-09-14T16:05:00+02:00") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


# --- Gong's answered scorecards ------------------------------------------------------------------


def _json(text: str, path: Path) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        line, column = getattr(error, "lineno", None), getattr(error, "colno", None)
        place = Place(path=str(path), line=line, column=column)
        raise UsageError(
            "the scorecards are no JSON", place=place, hint="save the answer of Gong's API as it is"
        ) from None


def _answered(told: object, path: Path, known: Scorecards, mistakes: list[Mistake]) -> Iterator[StatedVerdict]:
    """The answers to known questions; those to other questions are no verdicts on a call's prompts."""
    cards = told.get("answeredScorecards") if isinstance(told, dict) else told
    if not isinstance(cards, list):
        raise UsageError(
            "no answered scorecards in it",
            place=Place(path=str(path)),
            hint="expected what POST /v2/stats/activity/scorecards answers, with 'answeredScorecards'",
        )
    for number, card in enumerate(cards, start=1):
        place = Place(path=f"{path}, scorecard {number}")
        try:
            yield from _card(card, place, known)
        except ValueError as error:
            mistakes.append(Mistake(place=place, message=str(error)))


def _card(card: object, place: Place, known: Scorecards) -> list[StatedVerdict]:
    """The verdicts of one scorecard; ValueError with what is wrong in it."""
    if not isinstance(card, dict) or not card.get("callId"):
        raise ValueError("it names no call")
    answers = card.get("answers") or card.get("questions") or []
    if not isinstance(answers, list) or not all(isinstance(answer, dict) for answer in answers):
        raise ValueError("its answers are no list")
    reviewer = str(card.get("reviewerUserId") or "")
    at = card.get("reviewTime") or card.get("answeredAt")
    return [
        StatedVerdict(
            call=str(card["callId"]),
            place=place,
            by=known.people.get(reviewer, reviewer) or None,
            at=_moment(str(at)) if at else None,
            prompt=prompt,
            level=_answered_level(answer, known),
            note=_answer_text(answer),
        )
        for answer, prompt in _asked(answers, known)
    ]


def _asked(answers: Iterable[dict[str, Any]], known: Scorecards) -> Iterator[tuple[dict[str, Any], str]]:
    """The answers that were given to questions that stand for a prompt, with that prompt."""
    for answer in answers:
        prompt = known.questions.get(str(answer.get("questionId") or answer.get("questionText")))
        if prompt and (_is_not_applicable(answer) or answer.get("score") is not None):
            yield answer, prompt


def _is_not_applicable(answer: Mapping[str, Any]) -> bool:
    return bool(answer.get("notApplicable") or answer.get("isNotApplicable"))


def _answered_level(answer: Mapping[str, Any], known: Scorecards) -> int | None:
    if _is_not_applicable(answer):
        return None
    score = answer["score"]
    written_as = str(int(score)) if isinstance(score, float) and score.is_integer() else str(score)
    if written_as not in known.levels:
        raise ValueError(f"nothing says which level the score {written_as} is: add it to [scores]")
    return known.levels[written_as]


def _answer_text(answer: Mapping[str, Any]) -> str:
    text = answer.get("answerText") or answer.get("answer")
    return text if isinstance(text, str) else ""
