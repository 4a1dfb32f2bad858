"""How far the program agrees with people, and people with each other, on calls that people judged.

A level counts as given by one person; n/a is a level of its own, but for the weighted kappa, which is taken over the
pairs with a level on both sides. Several people may judge a call, so intervals resample calls, not pairs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TypeAlias

from callreview.analysis.agreement import Counts
from callreview.analysis.coefficients import cohen_kappa, exact, gwet_ac1, interval, quadratic_kappa, resamples
from callreview.store.records import AnswerRecord, ReviewRecord, VerdictRecord

LEAST_CALLS = 5
"""Fewer calls than this are too few for a figure."""

Level: TypeAlias = int | None
Pairs: TypeAlias = Sequence[tuple[Level, Level]]
Table: TypeAlias = Counter[tuple[Level, Level]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A figure and its 95 % bootstrap interval; both None where it is undefined."""

    value: float | None
    interval: tuple[float, float] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PairAgreement:
    """Agreement of two raters over `pairs` pairs of levels of `calls` calls, `both` of them with two levels.

    The confusion counts (one's, other's) levels. Figures are None where the calls are too few.
    """

    calls: int
    pairs: int
    both: int
    confusion: Table
    exact: Estimate | None = None
    kappa: Estimate | None = None
    weighted_kappa: Estimate | None = None
    ac1: Estimate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptCalibration:
    """One prompt: people (first) against the program, and people against each other."""

    prompt: str
    program: PairAgreement
    people: PairAgreement


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelDispute:
    """A level that people see otherwise than the program: `answer` holds its reason, `verdicts` theirs."""

    review: ReviewRecord
    answer: AnswerRecord
    verdicts: tuple[VerdictRecord, ...]

    @property
    def gap(self) -> int:
        """How far apart the levels are at most; n/a counts as one below 0."""
        return max(abs(_rank(v.level) - _rank(self.answer.level)) for v in self.verdicts)


@dataclass(frozen=True, slots=True, kw_only=True)
class ViolationDispute:
    """A violation that is there for the program and not for people, or the other way round."""

    review: ReviewRecord
    kind: str
    verdicts: tuple[VerdictRecord, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """All that people's verdicts tell of the program: per prompt, per kind of violation, and what to look at.

    Of violations, those that people say hold are what is right. The disputes with the widest gap come first.
    `unknown` counts verdicts on calls, prompts or violations of which the ledger holds no review.
    """

    calls: int
    people: tuple[str, ...]
    prompts: tuple[PromptCalibration, ...]
    violations: Mapping[str, Counts]
    levels_disputed: tuple[LevelDispute, ...]
    violations_disputed: tuple[ViolationDispute, ...]
    unknown: int


def standing(verdicts: Iterable[VerdictRecord]) -> tuple[VerdictRecord, ...]:
    """The verdicts that stand: of one person on one thing the latest, in the order in which they were given."""
    latest: dict[tuple[str, str, str | None, str | None], VerdictRecord] = {}
    for verdict in sorted(verdicts, key=lambda v: v.at):
        key = (verdict.call_id, verdict.by, verdict.prompt, verdict.violation)
        latest.pop(key, None)
        latest[key] = verdict
    return tuple(latest.values())


def calibrate(reviews: Iterable[ReviewRecord], verdicts: Iterable[VerdictRecord]) -> Calibration:
    """Hold the verdicts that stand against the reviews of their calls."""
    standing_ones = standing(verdicts)
    judged = {v.call_id for v in standing_ones}
    by_call = {review.call.id: review for review in reviews if review.call.id in judged}
    known = [v for v in standing_ones if v.call_id in by_call and _is_of(v, by_call[v.call_id])]
    on_prompts = _grouped((v for v in known if v.prompt), lambda v: (v.call_id, v.prompt or ""))
    on_violations = _grouped((v for v in known if v.violation), lambda v: (v.call_id, v.violation or ""))
    return Calibration(
        calls=len({v.call_id for v in known}),
        people=tuple(sorted({v.by for v in known})),
        prompts=tuple(_prompt(prompt, by_call, on_prompts) for prompt in _prompts(by_call.values())),
        violations=_violations(by_call, on_violations),
        levels_disputed=_levels_disputed(by_call, on_prompts),
        violations_disputed=_violations_disputed(by_call, on_violations),
        unknown=len(standing_ones) - len(known),
    )


Key: TypeAlias = tuple[str, str]
Groups: TypeAlias = Mapping[Key, tuple[VerdictRecord, ...]]


def _is_of(verdict: VerdictRecord, review: ReviewRecord) -> bool:
    return verdict.prompt is None or any(answer.prompt == verdict.prompt for answer in review.answers)


def _grouped(verdicts: Iterable[VerdictRecord], key: Callable[[VerdictRecord], Key]) -> Groups:
    groups: dict[Key, list[VerdictRecord]] = {}
    for verdict in verdicts:
        groups.setdefault(key(verdict), []).append(verdict)
    return {name: tuple(sorted(group, key=lambda v: v.by)) for name, group in groups.items()}


def _prompts(reviews: Iterable[ReviewRecord]) -> list[str]:
    """All prompts by their number."""
    numbers = {answer.prompt: answer.number for review in reviews for answer in review.answers}
    return sorted(numbers, key=lambda prompt: (numbers[prompt], prompt))


def _prompt(prompt: str, reviews: Mapping[str, ReviewRecord], groups: Groups) -> PromptCalibration:
    on_it = {call_id: verdicts for (call_id, name), verdicts in groups.items() if name == prompt}
    answers = {call_id: reviews[call_id].answer(prompt) for call_id in on_it}
    ratings = 2 + max((answer.max_level for answer in answers.values()), default=0)
    program = [[(v.level, answers[call_id].level) for v in verdicts] for call_id, verdicts in on_it.items()]
    people = [[(a.level, b.level) for a, b in combinations(verdicts, 2)] for verdicts in on_it.values()]
    return PromptCalibration(
        prompt=prompt,
        program=agreement(program, ratings),
        people=agreement([pairs for pairs in people if pairs], ratings),
    )


def agreement(calls: Sequence[Pairs], ratings: int) -> PairAgreement:
    """Agreement over the pairs of levels that each call has, where so many `ratings` can be given, n/a among them."""
    confusion = _table(calls)
    found = PairAgreement(calls=len(calls), pairs=confusion.total(), both=_both(confusion).total(), confusion=confusion)
    if len(calls) < LEAST_CALLS:
        return found
    drawn = [_table(sample) for sample in resamples(calls)]

    def estimate(measure: Callable[[Table], float | None]) -> Estimate:
        value = measure(confusion)
        return Estimate(value=value, interval=None if value is None else interval(map(measure, drawn)))

    return replace(
        found,
        exact=estimate(exact),
        kappa=estimate(cohen_kappa),
        weighted_kappa=estimate(lambda table: quadratic_kappa(_both(table))),
        ac1=estimate(lambda table: gwet_ac1(table, ratings)),
    )


def _table(calls: Iterable[Pairs]) -> Table:
    return Counter(pair for pairs in calls for pair in pairs)


def _both(table: Table) -> Counter[tuple[int, int]]:
    return Counter({(a, b): n for (a, b), n in table.items() if a is not None and b is not None})


def _violations(reviews: Mapping[str, ReviewRecord], groups: Groups) -> dict[str, Counts]:
    counts: dict[str, Counts] = {}
    for (call_id, kind), verdicts in sorted(groups.items(), key=lambda group: group[0][1]):
        holding = sum(bool(verdict.holds) for verdict in verdicts)
        if _found(reviews[call_id], kind):
            one = Counts(tp=holding, fp=len(verdicts) - holding)
        else:
            one = Counts(fn=holding)
        counts[kind] = counts.get(kind, Counts()) + one
    return counts


def _found(review: ReviewRecord, kind: str) -> bool:
    return any(violation.kind == kind for violation in review.violations)


def _levels_disputed(reviews: Mapping[str, ReviewRecord], groups: Groups) -> tuple[LevelDispute, ...]:
    judged = [(reviews[call_id], prompt, verdicts) for (call_id, prompt), verdicts in groups.items()]
    all_levels = [LevelDispute(review=r, answer=r.answer(prompt), verdicts=verdicts) for r, prompt, verdicts in judged]
    disputes = [d for d in all_levels if d.gap]
    return tuple(sorted(disputes, key=lambda d: (-d.gap, -len(d.verdicts), d.review.call.id, d.answer.number)))


def _violations_disputed(reviews: Mapping[str, ReviewRecord], groups: Groups) -> tuple[ViolationDispute, ...]:
    return tuple(
        ViolationDispute(review=reviews[call_id], kind=kind, verdicts=verdicts)
        for (call_id, kind), verdicts in sorted(groups.items())
        if any(bool(v.holds) != _found(reviews[call_id], kind) for v in verdicts)
    )


def _rank(level: Level) -> int:
    return -1 if level is None else level
