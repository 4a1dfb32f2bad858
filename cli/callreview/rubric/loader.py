"""From a folder of YAML files to a `Rubric`; all mistakes of all files are reported at once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from callreview.errors import Mistake, Place, RubricError, UsageError, did_you_mean
from callreview.rubric import phrases as language
from callreview.rubric.model import Combination, Context, Phrase, Rubric, Signal, TokenPattern
from callreview.rubric.schema import CombinationsFile, ContextsFile, ListsFile, RubricFile, Shape, SignalFile
from callreview.rubric.source import Path_, Source, read

BUILT_IN_LISTS = frozenset({"number", "money", "percent", "date", "duration", "time", "name"})

ShapeT = TypeVar("ShapeT", bound=BaseModel)


def find_rubric(name: str, folders: Iterable[Path]) -> Path:
    """The folder of a playbook, by name or path; raises UsageError with the known names."""
    path = Path(name)
    if (path / "rubric.yaml").is_file():
        return path
    known = {f.parent.name: f.parent for folder in folders for f in sorted(folder.glob("*/rubric.yaml"))}
    if name in known:
        return known[name]
    close = did_you_mean(name, known)
    hint = f"did you mean {close!r}?" if close else f"known rubrics: {', '.join(sorted(known))}"
    raise UsageError(f"no rubric {name!r}: no such folder with a rubric.yaml in it", hint=hint)


def load(folder: Path) -> Rubric:
    """Load a playbook; raises RubricError with every mistake found.

    Beside the folder, `contexts.yaml` and `lists.yaml` are shared by all playbooks of the parent folder.
    A playbook that `extends` another starts from its rules and replaces those of the same id.
    """
    return _Loader(folder).load()


class _Loader:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.mistakes: list[Mistake] = []
        self.digest = hashlib.sha256()
        self.signals: dict[str, Signal] = {}
        self.contexts: dict[str, Context] = {}
        self.lists: dict[str, tuple[Phrase, ...]] = {}
        self.combinations: dict[str, Combination] = {}
        self.places: dict[str, Place] = {}
        self.unreadable: set[str] = set()

    def load(self) -> Rubric:
        chain = self._chain()
        for folder in chain:
            self._load_folder(folder)
        rubric = self._rubric([r for folder in chain if (r := self._playbook(folder))])
        if self.mistakes or rubric is None:
            raise RubricError(sorted(self.mistakes, key=lambda m: (m.place.path, m.place.line or 0)))
        return rubric

    def _chain(self) -> list[Path]:
        """The folders to load, the extended ones first."""
        chain = [self.folder]
        while (base := self._extends(chain[0])) is not None and base not in chain:
            chain.insert(0, base)
        return chain

    def _extends(self, folder: Path) -> Path | None:
        source = read(folder / "rubric.yaml", self._name(folder / "rubric.yaml"))
        name = source.data.get("extends") if isinstance(source.data, dict) else None
        if not name:
            return None
        base = folder.parent / str(name)
        if (base / "rubric.yaml").is_file():
            return base
        self._add(source.place(("extends",)), f"no playbook {name!r} to extend", "name a folder beside this one")
        return None

    def _load_folder(self, folder: Path) -> None:
        for where in (folder.parent, folder):
            for file in sorted(where.glob("lists*.yaml")):
                self._load_lists(file)
            if (where / "contexts.yaml").is_file():
                self._load_contexts(where / "contexts.yaml")
        for file in sorted((folder / "signals").glob("*.yaml")):
            self._load_signal(file)
        for file in sorted(folder.glob("combinations*.yaml")):
            self._load_combinations(file)

    # --- one file each -------------------------------------------------------------------------

    def _load_lists(self, file: Path) -> None:
        source, shape = self._read(file, ListsFile)
        for name, entries in shape.lists.items() if shape else ():
            if name in BUILT_IN_LISTS:
                self._add(source.place(("lists", name), key=True), f"<{name}> is built in", "choose another name")
            self.lists[name] = self._phrases(entries, source, ("lists", name))
            self.places[f"list {name}"] = source.place(("lists", name), key=True)

    def _load_contexts(self, file: Path) -> None:
        source, shape = self._read(file, ContextsFile)
        for name, context in shape.contexts.items() if shape else ():
            at: Path_ = ("contexts", name)
            self.contexts[name] = Context(
                id=name,
                shape=context,
                cues=self._phrases(context.cues, source, (*at, "cues")),
                ends=self._phrases(context.ends, source, (*at, "ends")),
                look_alikes=self._phrases(context.look_alikes, source, (*at, "look_alikes")),
            )

    def _load_signal(self, file: Path) -> None:
        source, shape = self._read(file, SignalFile)
        if shape is None:
            self.unreadable.add(file.stem)
            return
        if not shape.phrases and not shape.tokens:
            self._add(source.place(), "a signal needs phrases", "write at least one line under 'phrases:'")
        tokens = [TokenPattern(pattern=tuple(p), place=source.place(("tokens", i))) for i, p in enumerate(shape.tokens)]
        self.signals[file.stem] = Signal(
            id=file.stem,
            file=shape,
            phrases=self._phrases(shape.phrases, source, ("phrases",)),
            tokens=tuple(tokens),
            but_not=self._phrases(shape.but_not, source, ("but_not",)),
            place=source.place(),
        )
        self._sources_of_signal(file.stem, source, shape)

    def _sources_of_signal(self, name: str, source: Source, shape: SignalFile) -> None:
        for key in ("finds", "ignores", "known_misses", "known_false_alarms"):
            for i in range(len(getattr(shape, key))):
                self.places[f"{name}.{key}.{i}"] = source.place((key, i))
        for i in range(len(shape.cancelled_by)):
            self.places[f"{name}.cancelled_by.{i}"] = source.place(("cancelled_by", i))

    def _load_combinations(self, file: Path) -> None:
        source, shape = self._read(file, CombinationsFile)
        for name, combination in shape.combinations.items() if shape else ():
            place = source.place(("combinations", name), key=True)
            self.combinations[name] = Combination(id=name, shape=combination, place=place)
            for key in ("finds", "ignores"):
                for i in range(len(getattr(combination, key))):
                    self.places[f"{name}.{key}.{i}"] = source.place(("combinations", name, key, i))

    def _playbook(self, folder: Path) -> tuple[Source, RubricFile] | None:
        source, shape = self._read(folder / "rubric.yaml", RubricFile)
        return (source, shape) if shape else None

    # --- putting together ----------------------------------------------------------------------

    def _rubric(self, books: list[tuple[Source, RubricFile]]) -> Rubric | None:
        self._check_lists()
        if not books:
            return None
        book = books[-1][1]
        for own_source, own in books:
            self._check_names(own_source, own)
        self._check_contexts()
        return Rubric(
            id=book.id,
            version=book.version,
            title=book.title,
            digest=f"sha256:{self.digest.hexdigest()}",
            signals=self.signals,
            contexts=self.contexts,
            lists=self.lists,
            combinations=self.combinations,
            prompts=tuple(sorted(_merged(b.prompts for _, b in books), key=lambda p: p.number)),
            violations=tuple(_merged(b.violations for _, b in books)),
            autonomy=tuple(book.autonomy or books[0][1].autonomy),
            consent=tuple(book.consent or books[0][1].consent),
            autonomy_reading=book.autonomy_reading or books[0][1].autonomy_reading,
            consent_reading=book.consent_reading or books[0][1].consent_reading,
            recitation=tuple(book.recitation or books[0][1].recitation),
            moments={k: tuple(v) for _, b in books for k, v in b.moments.items()},
            places=self.places,
        )

    def _check_names(self, source: Source, book: RubricFile) -> None:
        """Signals that the playbook names must exist."""
        known = {*self.signals, *self.combinations, *self.unreadable}
        named: list[tuple[Path_, str]] = [(("autonomy", i), s) for i, s in enumerate(book.autonomy)]
        named += [(("consent", i), s) for i, s in enumerate(book.consent)]
        named += [(("recitation", i), s) for i, s in enumerate(book.recitation)]
        named += [(("moments", m, i), s) for m, signals in book.moments.items() for i, s in enumerate(signals)]
        named += [
            (("violations", v, "signals", i), s)
            for v, violation in enumerate(book.violations)
            for i, s in enumerate(violation.signals)
        ]
        named += [
            (("prompts", p, "listens_to", i), s)
            for p, shape in enumerate(book.prompts)
            for i, s in enumerate(shape.listens_to)
        ]
        for kind in ("prompts", "violations"):
            for i, rule in enumerate(getattr(book, kind)):
                if rule.reading:
                    self.places[f"reading {rule.reading}"] = source.place((kind, i, "reading"))
        for key in ("autonomy_reading", "consent_reading"):
            if getattr(book, key):
                self.places[f"reading {getattr(book, key)}"] = source.place((key,))
        for path, name in named:
            if name not in known:
                self._unknown(source.place(path), "signal", name, known)

    def _check_contexts(self) -> None:
        for signal in self.signals.values():
            for i, name in enumerate(signal.file.cancelled_by):
                if name not in self.contexts:
                    self._unknown(self.places[f"{signal.id}.cancelled_by.{i}"], "context", name, self.contexts)
        known = {*self.signals, *self.combinations, *self.unreadable}
        for combination in self.combinations.values():
            for name in {n for part in combination.parts for n in part} | set(combination.shape.none_of):
                if name not in known:
                    self._unknown(combination.place, "signal", name, known)

    def _check_lists(self) -> None:
        known = {*self.lists, *BUILT_IN_LISTS}
        for phrase in self._all_phrases():
            for ref in language.list_refs(phrase.tree):
                if ref.name not in known:
                    self._unknown(_shift(phrase.place, ref.offset), "list", f"<{ref.name}>", [f"<{k}>" for k in known])
        for name in self.lists:
            if name in self._reachable(name):
                self._add(self.places[f"list {name}"], f"<{name}> leads back to itself", "a list cannot hold itself")

    def _reachable(self, name: str) -> set[str]:
        seen: set[str] = set()
        waiting = self._named_by(name)
        while waiting:
            current = waiting.pop()
            if current not in seen:
                seen.add(current)
                waiting |= self._named_by(current)
        return seen

    def _named_by(self, name: str) -> set[str]:
        return {ref.name for phrase in self.lists.get(name, ()) for ref in language.list_refs(phrase.tree)}

    def _all_phrases(self) -> Iterable[Phrase]:
        for signal in self.signals.values():
            yield from (*signal.phrases, *signal.but_not)
        for context in self.contexts.values():
            yield from (*context.cues, *context.ends, *context.look_alikes)
        for entries in self.lists.values():
            yield from entries

    # --- reading and complaining ---------------------------------------------------------------

    def _name(self, file: Path) -> str:
        root = self.folder.parent.parent
        return file.relative_to(root).as_posix() if file.is_relative_to(root) else str(file)

    def _read(self, file: Path, shape: type[ShapeT]) -> tuple[Source, ShapeT | None]:
        name = self._name(file)
        self.digest.update(name.encode() + b"\0" + file.read_bytes() + b"\0")
        source = read(file, name)
        self.mistakes += source.mistakes
        if any(m.message.startswith("not YAML") for m in source.mistakes):
            return source, None
        try:
            return source, shape.model_validate(source.data)
        except ValidationError as error:
            self.mistakes += [_mistake(source, detail, shape) for detail in error.errors()]
            return source, None

    def _phrases(self, texts: Iterable[str], source: Source, at: Path_) -> tuple[Phrase, ...]:
        parsed = []
        for i, text in enumerate(texts):
            try:
                tree = language.parse(text)
            except language.PhraseSyntaxError as error:
                self._add(source.place((*at, i), offset=error.offset), str(error), error.hint)
                continue
            parsed.append(Phrase(text=text, tree=tree, place=source.place((*at, i))))
        return tuple(parsed)

    def _unknown(self, place: Place, kind: str, name: str, known: Iterable[str]) -> None:
        close = did_you_mean(name, known)
        self._add(place, f"unknown {kind} {name}", f"did you mean {close}?" if close else None)

    def _add(self, place: Place, message: str, hint: str | None = None) -> None:
        self.mistakes.append(Mistake(place=place, message=message, hint=hint))


T = TypeVar("T", bound=Any)


def _merged(groups: Iterable[Iterable[T]]) -> list[T]:
    """Later items replace earlier ones of the same id."""
    by_id: dict[str, T] = {}
    for group in groups:
        by_id |= {item.id: item for item in group}
    return list(by_id.values())


def _shift(place: Place, offset: int) -> Place:
    return Place(path=place.path, line=place.line, column=(place.column or 1) + offset, source=place.source)


def _mistake(source: Source, detail: Mapping[str, Any], shape: type[BaseModel]) -> Mistake:
    """A pydantic error as a mistake with an address."""
    path: Path_ = tuple(part for part in detail["loc"] if _is_step(source.data, part))
    if detail["type"] == "extra_forbidden":
        key = str(detail["loc"][-1])
        close = did_you_mean(key, _keys_around(shape, detail["loc"]))
        help_ = f"did you mean {close!r}?" if close else "remove it, or see the schema for the known keys"
        return Mistake(place=source.place(detail["loc"], key=True), message=f"unknown key {key!r}", hint=help_)
    if detail["type"] == "missing":
        key = str(detail["loc"][-1])
        return Mistake(place=source.place(detail["loc"][:-1]), message=f"{key!r} is missing", hint=f"add '{key}: …'")
    if detail["type"] == "string_pattern_mismatch":
        message = f"{detail['input']!r} is no name: lower-case letters, digits and _ only"
        return Mistake(place=source.place(path), message=message)
    hint: str | None = None
    if detail["type"] == "literal_error":
        allowed = [a.strip("'") for a in str(detail["ctx"]["expected"]).replace(" or ", ", ").split(", ")]
        close = did_you_mean(str(detail["input"]), allowed)
        hint = f"did you mean {close!r}?" if close else f"one of: {', '.join(allowed)}"
    return Mistake(place=source.place(path), message=str(detail["msg"]), hint=hint)


def _is_step(data: Any, part: str | int) -> bool:
    """Union branches in a pydantic path are type names, not keys of the file."""
    return isinstance(part, int) or not (part in {"list", "str"} or "[" in part or part.startswith("constrained"))


def _keys_around(shape: type[BaseModel], loc: tuple[str | int, ...]) -> list[str]:
    """The keys that the mapping at a path may have."""
    model: Any = shape
    for part in loc[:-1]:
        model = _child(model, part)
    return list(model.model_fields) if isinstance(model, type) and issubclass(model, BaseModel) else []


def _child(model: Any, part: str | int) -> Any:
    if isinstance(model, type) and issubclass(model, BaseModel) and part in model.model_fields:
        model = model.model_fields[str(part)].annotation
    return next(_models_in(model), model)


def _models_in(annotation: Any) -> Iterator[Any]:
    if isinstance(annotation, type) and issubclass(annotation, Shape):
        yield annotation
    for argument in getattr(annotation, "__args__", ()):
        yield from _models_in(argument)
