"""What a playbook holds: all its rules as a list, and one rule on a page with fixed headings."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TypeAlias

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from callreview.reports.layout import rows
from callreview.rubric.model import Combination, Rubric, Signal
from callreview.rubric.schema import Condition, Dialogue, IndicatorShape, LevelShape, PromptShape, ViolationShape

INDENT, MORE_INDENT = 2, 5
# A rule's name, what sort it is of, and what it says.
Row: TypeAlias = tuple[str, str, str]


def rule_list(rubric: Rubric, folder: str) -> RenderableType:
    """All rules by kind, each with its name and what it is, in columns."""
    groups: dict[str, list[Row]] = {
        "Prompts": [(p.id, str(p.number), p.question) for p in rubric.prompts],
        "Violations": [(v.id, v.severity, v.title) for v in rubric.violations],
        "Indicators": [(i.id, i.counts, i.title) for i in rubric.indicators],
        "Signals": [(s.id, s.file.side, s.file.title) for _, s in sorted(rubric.signals.items())],
        "Combinations": [(c.id, "", c.shape.title) for c in rubric.combinations.values()],
    }
    width = max(len(name) for group in groups.values() for name, _, _ in group)
    return Group(
        Text(f"{rubric.id} {rubric.version}: {rubric.title}", style="bold"),
        Text(folder, overflow="fold"),
        *(part for heading, group in groups.items() if group for part in _group(heading, group, width)),
    )


def _group(heading: str, group: Iterable[Row], width: int) -> Iterator[RenderableType]:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(width=width, no_wrap=True)
    grid.add_column(width=len("blocker"), no_wrap=True)
    grid.add_column()
    for name, kind, title in group:
        grid.add_row(Text(name), Text(kind), Text(title))
    yield _heading(heading)
    yield Padding(grid, (0, 0, 0, INDENT))


def rule_page(rubric: Rubric, name: str) -> RenderableType | None:
    """The page of a signal, combination, prompt, violation or indicator; None where there is no such rule.

    A violation and its signal may share a name: both are shown.
    """
    pages = [_prompt(rubric, prompt) for prompt in rubric.prompts if prompt.id == name]
    pages += [_violation(rubric, violation) for violation in rubric.violations if violation.id == name]
    pages += [_indicator(rubric, indicator) for indicator in rubric.indicators if indicator.id == name]
    pages += [_signal(rubric, rubric.signals[name])] if name in rubric.signals else []
    pages += [_combination(rubric.combinations[name])] if name in rubric.combinations else []
    if not pages:
        return None
    first, *others = pages
    return Group(*first, *(part for page in others for part in (Text(""), *page)))


def _prompt(rubric: Rubric, prompt: PromptShape) -> Iterator[RenderableType]:
    yield _title(f"PROMPT {prompt.number} {prompt.id}", prompt.question)
    yield from _texts("Why it matters", [prompt.why])
    yield _heading("Levels", f": the {'best' if prompt.take == 'best' else 'worst handled'} place counts")
    for rung in prompt.ladder:
        yield rows([(str(rung.level), rung.means)], width=MORE_INDENT - INDENT - 1)
        yield rows(_rung(rung), indent=MORE_INDENT)
    yield from _listens_to(rubric, prompt.listens_to, prompt.reading)
    yield from _texts("Source", [prompt.source])


def _rung(rung: LevelShape) -> Iterator[tuple[str, str]]:
    if rung.when:
        yield "when", condition_in_words(rung.when)
    if rung.missing:
        yield "missing", rung.missing
    if rung.coach:
        yield "coach", rung.coach


def condition_in_words(condition: Condition) -> str:
    """A condition over facts, as a manager reads it.

    >>> condition_in_words(Condition(all=["two_named"], none=["four_or_more"]))
    'two_named, without four_or_more'
    >>> condition_in_words(Condition(at_least=2, of=["probe", "prove", "confirm"]))
    'at least 2 of probe, prove, confirm'
    """
    parts = [" and ".join(condition.all), " or ".join(condition.any)]
    parts.append(f"at least {condition.at_least} of {', '.join(condition.of)}" if condition.of else "")
    parts.append(f"without {' or '.join(condition.none)}" if condition.none else "")
    return ", ".join(filter(None, parts))


def _violation(rubric: Rubric, violation: ViolationShape) -> Iterator[RenderableType]:
    yield _title(f"VIOLATION {violation.id} ({violation.severity})", violation.title)
    yield from _texts("Why it matters", [violation.why])
    yield from _texts("Say instead", [violation.instead])
    yield from _listens_to(rubric, [*violation.signals, *violation.listens_to], violation.reading)
    yield from _texts("Source", [violation.source])


def _indicator(rubric: Rubric, indicator: IndicatorShape) -> Iterator[RenderableType]:
    yield _title(f"INDICATOR {indicator.id} (counts {indicator.fact or indicator.counts})", indicator.title)
    yield from _texts("Why it matters", [indicator.why])
    yield from _listens_to(rubric, [*indicator.signals, *indicator.listens_to], indicator.reading)
    yield from _texts("Source", [indicator.source])


def _listens_to(rubric: Rubric, names: Collection[str], reading: str | None) -> Iterator[RenderableType]:
    titles = {s.id: s.file.title for s in rubric.signals.values()}
    titles |= {c.id: c.shape.title for c in rubric.combinations.values()}
    yield _heading("Listens to", f": weighed by the reading {reading}" if reading else "")
    yield rows([(name, titles[name]) for name in names], width=max(map(len, names), default=0) + 1)


def _signal(rubric: Rubric, signal: Signal) -> Iterator[RenderableType]:
    file = signal.file
    yield _title(f"SIGNAL {signal.id}", file.title)
    yield from _texts("Why it matters", [file.why])
    yield from _texts("Says", [phrase.text for phrase in signal.phrases], f": {file.side}")
    yield from _texts("Says, as raw patterns", [", ".join(map(str, raw.pattern)) for raw in signal.tokens])
    yield from _texts("Looks like it, and is not", [phrase.text for phrase in signal.but_not])
    contexts = [f"{name}: {rubric.contexts[name].shape.title}" for name in file.cancelled_by]
    yield from _texts("Does not count where", contexts)
    yield from _texts("Finds", map(_shown, file.finds))
    yield from _texts("Ignores", [f"{_shown(example.text)}  [{example.because}]" for example in file.ignores])
    yield from _texts("Known misses", map(_shown, file.known_misses))
    yield from _texts("Known false alarms", map(_shown, file.known_false_alarms))
    yield from _texts("Source", [file.source])
    yield from _texts("Rule", [signal.place.path])


def _combination(combination: Combination) -> Iterator[RenderableType]:
    shape = combination.shape
    yield _title(f"COMBINATION {combination.id}", shape.title)
    yield from _texts("Why it matters", [shape.why])
    order = ", in this order" if shape.in_order else ""
    says = [" + ".join(shape.all_of), f"within {shape.within_turns} turns, same {shape.same}{order}"]
    yield from _texts("Says", says)
    yield from _texts("Without", shape.none_of)
    yield from _texts("Finds", map(_shown, shape.finds))
    yield from _texts("Ignores", [f"{_shown(example.text)}  [{example.because}]" for example in shape.ignores])
    yield from _texts("Rule", [str(combination.place)])


def _title(rule: str, told: str) -> Text:
    return Text.assemble((rule, "bold"), f": {told}")


def _heading(text: str, more: str = "") -> Text:
    return Text.assemble("\n", (text, "bold"), more)


def _texts(heading: str, texts: Iterable[str], more: str = "") -> Iterator[RenderableType]:
    """A heading and texts, as a list where there are several; nothing where there are none."""
    lines = list(texts)
    if lines:
        yield _heading(heading, more)
    if len(lines) == 1:
        yield Padding(Text(lines[0]), (0, 0, 0, INDENT))
    elif lines:
        yield rows([("-", line) for line in lines], width=1)


def _shown(example: Dialogue) -> str:
    return example if isinstance(example, str) else " / ".join(example)
