"""Why a prompt got its level: what proves it, what would raise it, what was ignored and why, what was looked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from callreview.assessment.review import Answer
from callreview.detection.hearing import Hearing, Sighting
from callreview.errors import Place
from callreview.reports.layout import level_bar, page, rows
from callreview.reports.quoting import best_quotes, by_sentence, fired, said
from callreview.rubric.model import Rubric
from callreview.rubric.schema import PromptShape

MOST_FINDS = 10
MOST_OF_OTHERS = 4
MOST_WEIGHTLESS = 5
# How the rules begin of what no phrase but a reading gave.
READING = "reading:"
QUOTE_INDENT, FIND_INDENT = 2, 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An answer with all that led to it; `hearing` is what its prompt hears."""

    answer: Answer
    hearing: Hearing
    prompt: PromptShape
    rubric: Rubric


def explanation(case: Case) -> RenderableType:
    """One answer, explained in the order that a doubter asks."""
    return page([*_verdict(case), *_evidence(case), *_ignored(case), *_weightless(case), *_looked_for(case)])


def _verdict(case: Case) -> Iterator[RenderableType]:
    answer, prompt = case.answer, case.prompt
    yield Text(f"{prompt.number} {prompt.question}", style="bold")
    yield rows([(level_bar(answer), answer.why), ("why ask", f"{prompt.why} ({prompt.source})")])
    if answer.missing and answer.coach:
        yield _heading("To raise the level")
        yield rows([("missing", answer.missing), ("next time", answer.coach)])
    taken = "the best place counts" if prompt.take == "best" else "the worst handled one counts"
    yield _heading("Levels", f": {taken}")
    yield rows([(f"{r.level} {'◀' if r.level == answer.level else ''}", r.means) for r in prompt.ladder], width=3)


def _evidence(case: Case) -> Iterator[RenderableType]:
    yield _heading("Evidence", "" if case.answer.evidence else ": none")
    yield from _sentences(case, by_sentence(case.answer.evidence).values(), MOST_FINDS)


def _ignored(case: Case) -> Iterator[RenderableType]:
    """What was said and does not count; of what the other side said, which tells least, only a little."""
    ignored = [s for s in case.hearing.ignored if s.signal in case.prompt.listens_to]
    yield _heading("Heard and ignored", _count(ignored))
    groups = by_sentence(ignored).values()
    others = [group for group in groups if all(s.ignored_because == "speaker" for s in group)]
    yield from _sentences(case, [group for group in groups if group not in others], MOST_FINDS)
    yield from _sentences(case, others, MOST_OF_OTHERS)


def _weightless(case: Case) -> Iterator[RenderableType]:
    """What counts only together with something else; the sentences that hold most of it come first."""
    counted = {s.sentence for s in case.answer.evidence}
    heard = [s for s in case.hearing.of(*case.prompt.listens_to) if s.sentence not in counted]
    yield _heading("Heard, but without weight by itself", _count(heard))
    fullest_first = sorted(by_sentence(heard).values(), key=lambda group: -len({s.signal for s in group}))
    yield from _sentences(case, fullest_first, MOST_WEIGHTLESS)


def _looked_for(case: Case) -> Iterator[RenderableType]:
    prompt = case.prompt
    width = max((len(name) for name in (*prompt.listens_to, *prompt.marks)), default=0)
    if prompt.listens_to:
        folders = {str(PurePath(_place(case, name).path).parent) for name in prompt.listens_to}
        yield _heading("Looked for by its words", f": rules in {', '.join(sorted(folders))}/")
        yield rows([(name, _title(case, name)) for name in prompt.listens_to], width)
    if prompt.marks:
        where = case.rubric.reading_places[prompt.reading].path
        yield _heading("Looked for by its place in the talk", f": see {where}")
        yield rows(prompt.marks.items(), width)


def _sentences(case: Case, groups: Iterable[list[Sighting]], most: int) -> Iterator[RenderableType]:
    """Each sentence once with all finds in it, up to about `most` finds; then how many sentences there are more."""
    left, rest = most, 0
    for group in groups:
        if left <= 0:
            rest += 1
            continue
        left -= len(group)
        yield _indented(Text(said(case.hearing.call, best_quotes(group)[0])), QUOTE_INDENT)
        for line in _finds(case, group):
            yield _indented(Text(line, style="dim"), FIND_INDENT)
    if rest:
        yield _indented(Text(f"… and {_number(rest, 'sentence')} more", style="dim"), QUOTE_INDENT)


def _finds(case: Case, group: Iterable[Sighting]) -> Iterator[str]:
    """What was found in one sentence, a line for each rule; below what is ignored for one reason, the reason."""
    by_reason: dict[str | None, dict[str, list[str]]] = {}
    for s in group:
        rules = by_reason.setdefault(_reason(case, s), {})
        words = rules.setdefault(_found(case, s), [])
        words += [] if s.rule.startswith(READING) else [f"“{fired(case.hearing.call, s)}”"]
    for reason, rules in by_reason.items():
        for found, words in rules.items():
            yield f"{found}: {', '.join(dict.fromkeys(words))}" if words else found
        if reason:
            yield f"ignored: {reason}"


def _found(case: Case, sighting: Sighting) -> str:
    """What was found, in words, and the line of the rule."""
    if not sighting.rule.startswith(READING):
        return f"{_title(case, sighting.signal)} ({PurePath(sighting.rule).name})"
    mark = case.prompt.marks.get(sighting.signal, sighting.signal)
    return f"{mark} (by its place in the talk, {_reading_place(case, sighting.rule.removeprefix(READING))})"


def _reading_place(case: Case, reading: str) -> str:
    place = case.rubric.reading_places[reading]
    return f"{PurePath(place.path).name}:{place.line}"


def _title(case: Case, name: str) -> str:
    """What a signal or a combination finds, in words."""
    if name in case.rubric.signals:
        return case.rubric.signals[name].file.title
    return case.rubric.combinations[name].shape.title


def _place(case: Case, name: str) -> Place:
    """Where a signal or a combination is written."""
    return (case.rubric.signals.get(name) or case.rubric.combinations[name]).place


def _reason(case: Case, sighting: Sighting) -> str | None:
    """Why a find does not count, in plain words."""
    because = sighting.ignored_because
    if because is None:
        return None
    if because == "speaker":
        wanted = case.rubric.signals[sighting.signal].file.side
        return f"the {case.hearing.side(sighting.turn)} said it, and only the {wanted}'s words count"
    if because in case.rubric.contexts:
        return case.rubric.contexts[because].shape.title
    violations = {violation.id: violation.title.lower() for violation in case.rubric.violations}
    if because in violations:
        return f"said with a violation ({violations[because]}), so it proves nothing"
    return "it only looks like it"


def _indented(text: Text, columns: int) -> Padding:
    return Padding(text, (0, 0, 0, columns))


def _heading(text: str, more: str = "") -> Text:
    return Text.assemble("\n", (text, "bold"), more)


def _count(sightings: Sequence[Sighting]) -> str:
    if not sightings:
        return ": nothing"
    return f": {_number(len(sightings), 'find')} in {_number(len(by_sentence(sightings)), 'sentence')}"


def _number(count: int, thing: str) -> str:
    return f"{count} {thing}{'' if count == 1 else 's'}"
