"""Which files make a playbook: its own, those that the playbooks beside it share, and those of what it extends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from callreview import shipped
from callreview.errors import Mistake, Place, UsageError, did_you_mean
from callreview.rubric.source import Source, read

# The kinds of files in a folder and how they are called, in the order in which they are read.
SHARED = (("lists", "lists*.yaml"), ("contexts", "contexts*.yaml"))
OWN = (*SHARED, ("signal", "signals/*.yaml"), ("combinations", "combinations*.yaml"), ("rubric", "rubric.yaml"))
_ENDINGS = {".yaml", ".yml"}


@dataclass(frozen=True, slots=True)
class File:
    """One file of a playbook, read; `kind` is a key of `schema.FILES`, `own` is false for files of what it extends."""

    kind: str
    name: str
    folder: Path
    own: bool
    source: Source


def shipped_rubrics() -> dict[str, Path]:
    """The folders of the playbooks that ship with the program, by name."""
    return _playbooks(shipped.rubrics())


def find_rubric(name: str) -> Path:
    """The folder of a playbook: a path, or the name of a shipped one. Raises UsageError with the known names."""
    known = shipped_rubrics()
    with suppress(OSError):  # such as a name that is too long for a file
        if (Path(name) / "rubric.yaml").is_file():
            return Path(name)
    if name in known:
        return known[name]
    close = did_you_mean(name, known)
    hint = f"did you mean {close!r}?" if close else f"known rubrics: {', '.join(sorted(known))}"
    raise UsageError(f"no rubric {name!r}: no such folder with a rubric.yaml in it", hint=hint)


def read_playbook(folder: Path) -> tuple[list[File], list[Mistake]]:
    """All files of a playbook, those of the extended ones first, and what is wrong with the folders themselves."""
    chain, mistakes = _chain(folder.resolve())
    files: dict[Path, File] = {}
    for link in chain:
        for kind, path in _listed(link):
            if path not in files:
                source = read(path, _name(path, link))
                files[path] = File(kind, path.stem, path.parent, link == chain[-1], source)
        mistakes += _unread(link)
    return list(files.values()), mistakes


def _chain(folder: Path) -> tuple[list[Path], list[Mistake]]:
    """The folders to load, the extended ones first."""
    chain: list[Path] = [folder]
    mistakes: list[Mistake] = []
    while True:
        source = read(chain[0] / "rubric.yaml", _name(chain[0] / "rubric.yaml", chain[0]))
        name = source.value(("extends",))
        if not name or not isinstance(name, str):
            return chain, mistakes
        others = {name: path for name, path in _playbooks(chain[0].parent).items() if path != chain[0]}
        known = shipped_rubrics() | others
        base = known.get(name)
        if base is None or base in chain:
            is_loop = base is not None or name == chain[0].name
            mistakes.append(_no_base(source, name, known, is_loop=is_loop))
            return chain, mistakes
        chain.insert(0, base)


def _no_base(source: Source, name: str, known: Iterable[str], *, is_loop: bool) -> Mistake:
    place = source.place(("extends",))
    if is_loop:
        message, hint = f"{name!r} leads back to itself", "one of the playbooks must stand by itself"
        return Mistake(place=place, message=message, hint=hint)
    close = did_you_mean(name, known)
    hint = f"did you mean {close!r}?" if close else f"playbooks beside this one, and shipped ones: {', '.join(known)}"
    return Mistake(place=place, message=f"no playbook {name!r} to extend", hint=hint)


def _playbooks(parent: Path) -> dict[str, Path]:
    """The playbooks of a folder by the names of their own folders."""
    return {path.parent.name: path.parent for path in sorted(parent.glob("*/rubric.yaml"))}


def _listed(folder: Path) -> Iterator[tuple[str, Path]]:
    for where, kinds in ((folder.parent, SHARED), (folder, OWN)):
        for kind, pattern in kinds:
            for path in sorted(where.glob(pattern)):
                if not path.name.startswith("."):
                    yield kind, path
    if not (folder / "rubric.yaml").exists():
        yield "rubric", folder / "rubric.yaml"


def _unread(folder: Path) -> Iterator[Mistake]:
    """YAML files with a name by which nothing is read, which are mostly misspelt."""
    read_here = {path for _, path in _listed(folder)}
    for path in sorted((*folder.glob("*"), *folder.glob("signals/*"))):
        if path.suffix in _ENDINGS and path not in read_here and not path.name.startswith("."):
            hint = "known names: rubric.yaml, contexts*.yaml, lists*.yaml, combinations*.yaml, signals/*.yaml"
            yield Mistake(place=Place(path=_name(path, folder)), message="nothing reads a file of this name", hint=hint)


def _name(path: Path, folder: Path) -> str:
    """How messages and reviews call a file: from the folder above all playbooks on."""
    return path.relative_to(folder.parent.parent).as_posix()
