"""Labelled calls: what people found in a call, in the shape that `docs/labelling.md` gives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from callreview.errors import LabelError
from callreview.rubric.source import Path_, read

PROMPTS = ("outcome", "risk", "options", "proof", "stop_rule", "owners", "delay", "pushback")
Level: TypeAlias = Literal["0", "1", "2", "3", "na"]


class LabelledViolation(BaseModel):
    """A violation, by its kind and the 1-based turn."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    kind: str
    turn: int = Field(ge=1)


class LabelFile(BaseModel):
    """`NAME.yaml` beside a transcript called NAME."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    call: str
    date: str | None = None
    sellers: list[str] = []
    buyers: list[str] = []
    moment: str | None = None
    upsell: bool | None = None
    levels: dict[str, Level]
    evidence: dict[str, list[int]] = {}
    autonomy: list[int] = []
    consent: list[int] = []
    violations: list[LabelledViolation] = []
    notes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """One call as people or the program judged it; turns are 1-based, a level is None for n/a."""

    levels: dict[str, int | None]
    evidence: dict[str, tuple[int, ...]]
    violations: tuple[tuple[str, int], ...]
    autonomy: tuple[int, ...]
    moment: str | None
    upsell: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledCall:
    """A label file, with the transcript that it belongs to."""

    name: str
    transcript: Path
    date: date | None
    sellers: tuple[str, ...]
    buyers: tuple[str, ...]
    labels: Labels


def read_folder(folder: Path) -> list[LabelledCall]:
    """All labelled calls of a folder, by name; raises LabelError for a file that does not follow the shape."""
    if not folder.is_dir():
        raise LabelError(
            f"{folder}: no such folder", hint="name the folder that holds NAME.yaml beside each transcript"
        )
    files = sorted(folder.glob("*.yaml"))
    if not files:
        raise LabelError(
            f"{folder}: no labels in it", hint="put a NAME.yaml beside each transcript; see docs/labelling.md"
        )
    return [_read(file) for file in files]


def _read(file: Path) -> LabelledCall:
    source = read(file, str(file))
    if source.mistakes:
        raise LabelError(source.mistakes[0].message, place=source.mistakes[0].place, hint=source.mistakes[0].hint)
    try:
        shape = LabelFile.model_validate(source.data)
    except ValidationError as error:
        detail = error.errors()[0]
        path: Path_ = tuple(detail["loc"])
        raise LabelError(f"{'.'.join(map(str, path))}: {detail['msg']}", place=source.place(path)) from None
    missing = [p for p in PROMPTS if p not in shape.levels]
    if missing:
        raise LabelError(f"no level for {', '.join(missing)}", place=source.place(("levels",)), hint="0 to 3, or na")
    return LabelledCall(
        name=file.stem,
        transcript=_transcript(file),
        date=date.fromisoformat(shape.date) if shape.date else None,
        sellers=tuple(shape.sellers),
        buyers=tuple(shape.buyers),
        labels=_labels(shape),
    )


def _transcript(file: Path) -> Path:
    others = [p for p in sorted(file.parent.glob(f"{file.stem}.*")) if p.suffix not in {".yaml", ".yml"}]
    if not others:
        raise LabelError(f"{file}: no transcript of this name beside it", hint=f"expected {file.stem}.txt or .vtt")
    return others[0]


def _labels(shape: LabelFile) -> Labels:
    def turns(prompt: str) -> tuple[int, ...]:
        return (*shape.evidence.get(prompt, ()), *shape.evidence.get(f"{prompt}_response", ()))

    return Labels(
        levels={p: None if shape.levels[p] == "na" else int(shape.levels[p]) for p in PROMPTS},
        evidence={p: turns(p) for p in PROMPTS},
        violations=tuple((v.kind, v.turn) for v in shape.violations),
        autonomy=tuple(shape.autonomy),
        moment=shape.moment,
        upsell=shape.upsell,
    )
