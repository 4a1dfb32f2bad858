"""From a folder of YAML files to a `Rubric`; all mistakes of all files are reported at once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from pathlib import Path
from typing import TypeVar

from callreview.errors import Mistake, Place, RubricError
from callreview.rubric.complaints import shaped
from callreview.rubric.folders import File, read_playbook
from callreview.rubric.model import Combination, Context, Origin, Phrase, Rubric, Signal, TokenPattern
from callreview.rubric.names import Readings, check_texts
from callreview.rubric.schema import (
    FILES,
    CombinationsFile,
    ContextsFile,
    ContextShape,
    IndicatorShape,
    ListsFile,
    PromptShape,
    RubricFile,
    Shape,
    SignalFile,
    ViolationShape,
)
from callreview.rubric.source import Path_
from callreview.rubric.walk import spots
from callreview.rubric.whole import check_whole

Rule = TypeVar("Rule", PromptShape, ViolationShape, IndicatorShape)
Value = TypeVar("Value")


def load(
    folder: Path, *, readings: Readings | None = None, is_sound: Callable[[str], bool] = lambda digest: False
) -> Rubric:
    """Load a playbook; raises RubricError with every mistake found.

    Beside the folder, `contexts.yaml` and `lists.yaml` are shared by all playbooks of the parent folder. A playbook
    that `extends` another, beside it or shipped, starts from its rules and replaces those of the same id. `readings`
    are those that exist, with the facts that each can give; without them, their names are not checked. A playbook of
    which `is_sound` knows the digest has been checked before, and is not searched for mistakes again.
    """
    files, mistakes = read_playbook(folder)
    digest = _digest(files)
    if not mistakes and is_sound(digest):
        shapes = [FILES[file.kind].model_validate(file.source.data) for file in files]
    else:
        shapes = _checked(files, mistakes, readings)
    builder = _Builder()
    for file, shape in zip(files, shapes, strict=True):
        builder.add(file, shape)
    return builder.rubric(digest)


def _checked(files: Sequence[File], mistakes: Iterable[Mistake], readings: Readings | None) -> list[Shape]:
    """The files in their shapes; raises RubricError with these mistakes and all others that are found."""
    pairs = [shaped(file.source, FILES[file.kind]) for file in files]
    found = [*mistakes, *(complaint for _, complaints in pairs for complaint in complaints)]
    found += [*check_texts(files, readings), *check_whole(files)]
    if found:
        raise RubricError(sorted(found, key=lambda m: (m.place.path, m.place.line or 0, m.place.column or 0)))
    return [shape for shape, _ in pairs if shape is not None]


def _digest(files: Iterable[File]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.source.name.encode() + b"\0" + file.source.raw + b"\0")
    return f"sha256:{digest.hexdigest()}"


class _Builder:
    """Puts a playbook together from files without mistakes; later ones replace what earlier ones call the same."""

    def __init__(self) -> None:
        self.signals: dict[str, Signal] = {}
        self.contexts: dict[str, Context] = {}
        self.lists: dict[str, tuple[Phrase, ...]] = {}
        self.list_origins: dict[str, Origin] = {}
        self.combinations: dict[str, Combination] = {}
        self.books: list[RubricFile] = []
        self.folders: list[Path] = []
        self.reading_places: dict[str, Place] = {}

    def add(self, file: File, shape: Shape) -> None:
        """Take over what a file says."""
        match shape:
            case ListsFile():
                for name, entries in shape.lists.items():
                    self.lists[name] = _phrases(file, ("lists", name), entries)
                    self.list_origins[name] = Origin(file.source, ("lists", name), file.own)
            case ContextsFile():
                self.contexts |= {name: _context(file, name, context) for name, context in shape.contexts.items()}
            case SignalFile():
                self.signals[file.name] = _signal(file, shape)
            case CombinationsFile():
                for name, combination in shape.combinations.items():
                    origin = Origin(file.source, ("combinations", name), file.own)
                    self.combinations[name] = Combination(id=name, shape=combination, origin=origin)
            case RubricFile():
                self.books.append(shape)
                self.folders.append(file.folder)
                named = [spot for spot in spots(RubricFile, file.source.data) if spot.stands_for == "reading"]
                self.reading_places |= {spot.data.strip(): file.source.place(spot.path) for spot in named}

    def rubric(self, digest: str) -> Rubric:
        """The whole."""
        books, own = self.books, self.books[-1]
        return Rubric(
            id=own.id,
            version=own.version,
            title=own.title,
            digest=digest,
            signals=self.signals,
            contexts=self.contexts,
            lists=self.lists,
            list_origins=self.list_origins,
            combinations=self.combinations,
            prompts=tuple(sorted(_merged(b.prompts for b in books), key=lambda prompt: prompt.number)),
            violations=tuple(_merged(b.violations for b in books)),
            indicators=tuple(_merged(b.indicators for b in books)),
            autonomy=tuple(_last(b.autonomy for b in books)),
            consent=tuple(_last(b.consent for b in books)),
            autonomy_reading=_last(b.autonomy_reading for b in books),
            consent_reading=_last(b.consent_reading for b in books),
            recitation=tuple(_last(b.recitation for b in books)),
            moments={moment: tuple(signals) for b in books for moment, signals in b.moments.items()},
            coaching={moment: tuple(prompts) for b in books for moment, prompts in b.coaching.items()},
            folders=tuple(self.folders),
            reading_places=self.reading_places,
        )


def _signal(file: File, shape: SignalFile) -> Signal:
    tokens = [
        TokenPattern(pattern=tuple(t), place=file.source.place(("tokens", i))) for i, t in enumerate(shape.tokens)
    ]
    return Signal(
        id=file.name,
        file=shape,
        phrases=_phrases(file, ("phrases",), shape.phrases),
        tokens=tuple(tokens),
        but_not=_phrases(file, ("but_not",), shape.but_not),
        origin=Origin(file.source, (), file.own),
    )


def _context(file: File, name: str, shape: ContextShape) -> Context:
    at: Path_ = ("contexts", name)
    return Context(
        id=name,
        shape=shape,
        cues=_phrases(file, (*at, "cues"), shape.cues),
        ends=_phrases(file, (*at, "ends"), shape.ends),
        look_alikes=_phrases(file, (*at, "look_alikes"), shape.look_alikes),
    )


def _phrases(file: File, at: Path_, texts: Sequence[str]) -> tuple[Phrase, ...]:
    return tuple(Phrase(text=text, source=file.source, path=(*at, i)) for i, text in enumerate(texts))


def _last(values: Iterable[Value]) -> Value:
    """What the last playbook says that says anything."""
    first, *others = values
    return reduce(lambda said, own: own or said, others, first)


def _merged(groups: Iterable[Iterable[Rule]]) -> list[Rule]:
    """Later items replace earlier ones of the same id."""
    by_id: dict[str, Rule] = {}
    for group in groups:
        by_id |= {item.id: item for item in group}
    return list(by_id.values())
