"""How far the program agrees with people: levels, evidence, violations.

Exact agreement and agreement within one level count n/a as a level of its own. Quadratic weighted kappa (Cohen,
1968) is taken over the calls where both sides give a level. A turn or violation is found where the program names
one at most one turn away; each label is used once. Intervals are percentile bootstrap over calls.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from callreview.analysis.coefficients import bootstrap, quadratic_kappa
from callreview.analysis.labels import PROMPTS, Labels
from callreview.assessment.review import Review

SLACK_TURNS = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """True positives, false positives and false negatives, with the rates that follow."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 0 where nothing was found."""
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else 0.0

    @property
    def recall(self) -> float:
        """Share of what is right that was found; 0 where nothing is right."""
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __add__(self, other: Counts) -> Counts:
        return Counts(tp=self.tp + other.tp, fp=self.fp + other.fp, fn=self.fn + other.fn)


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptAgreement:
    """Agreement on one prompt over `calls` calls; kappa over the `both` calls with a level on both sides."""

    calls: int
    exact: float
    within_one: float
    na_agree: float
    both: int
    kappa: float | None
    kappa_interval: tuple[float, float] | None
    evidence: Counts
    confusion: Mapping[tuple[int | None, int | None], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Agreement over a set of labelled calls."""

    calls: int
    exact: float
    exact_interval: tuple[float, float]
    within_one: float
    mean_kappa: float | None
    mean_kappa_interval: tuple[float, float] | None
    mean_evidence_f1: float
    prompts: Mapping[str, PromptAgreement]
    violations: Counts
    violation_kinds: Mapping[str, Counts]
    clean_calls: int
    clean_calls_flagged: int
    autonomy: Counts
    moment: float
    upsell: float


Pair = tuple[Labels, Labels]


def from_review(review: Review) -> Labels:
    """A review in the shape of labels."""
    return Labels(
        levels={a.prompt: a.level for a in review.answers},
        evidence={a.prompt: tuple(s.turn for s in a.evidence) for a in review.answers},
        violations=tuple((v.kind, v.sighting.turn) for v in review.violations),
        autonomy=tuple(s.turn for s in review.autonomy),
        moment=review.moment,
        upsell=review.upsell,
    )


def compare(pairs: Sequence[Pair]) -> Agreement:
    """Agreement of (people's, program's) labels; ValueError for no calls."""
    if not pairs:
        raise ValueError("no calls to compare")
    prompts = {p: _prompt(pairs, p) for p in PROMPTS}
    kinds = _violation_kinds(pairs)
    clean = [(g, f) for g, f in pairs if not g.violations]
    return Agreement(
        calls=len(pairs),
        exact=_exact(pairs),
        exact_interval=_required(bootstrap(pairs, _exact)),
        within_one=_mean(_within(g, f, p) for g, f in pairs for p in PROMPTS),
        mean_kappa=_mean_kappa(pairs),
        mean_kappa_interval=bootstrap(pairs, _mean_kappa),
        mean_evidence_f1=_mean(p.evidence.f1 for p in prompts.values()),
        prompts=prompts,
        violations=sum(kinds.values(), Counts()),
        violation_kinds=kinds,
        clean_calls=len(clean),
        clean_calls_flagged=sum(bool(f.violations) for _, f in clean),
        autonomy=sum((matched(g.autonomy, f.autonomy) for g, f in pairs), Counts()),
        moment=_mean(g.moment == f.moment for g, f in pairs),
        upsell=_mean(g.upsell == f.upsell for g, f in pairs),
    )


def matched(gold: Iterable[int], found: Iterable[int], slack: int = SLACK_TURNS) -> Counts:
    """Greedy one-to-one matching of turns that lie at most `slack` turns apart.

    >>> matched([3, 9], [4, 20])
    Counts(tp=1, fp=1, fn=1)
    """
    wanted, given = sorted(set(gold)), sorted(set(found))
    used: set[int] = set()
    for turn in given:
        near = [g for g in wanted if g not in used and abs(g - turn) <= slack]
        if near:
            used.add(min(near, key=lambda g: abs(g - turn)))
    return Counts(tp=len(used), fp=len(given) - len(used), fn=len(wanted) - len(used))


def _prompt(pairs: Sequence[Pair], prompt: str) -> PromptAgreement:
    def kappa(sample: Sequence[Pair]) -> float | None:
        return quadratic_kappa(_both(sample, prompt))

    levels = [(g.levels[prompt], f.levels[prompt]) for g, f in pairs]
    return PromptAgreement(
        calls=len(pairs),
        exact=_mean(a == b for a, b in levels),
        within_one=_mean(_within(g, f, prompt) for g, f in pairs),
        na_agree=_mean((a is None) == (b is None) for a, b in levels),
        both=_both(pairs, prompt).total(),
        kappa=kappa(pairs),
        kappa_interval=bootstrap(pairs, kappa),
        evidence=sum((matched(g.evidence[prompt], f.evidence[prompt]) for g, f in pairs), Counts()),
        confusion=Counter(levels),
    )


def _both(pairs: Sequence[Pair], prompt: str) -> Counter[tuple[int, int]]:
    levels = ((g.levels[prompt], f.levels[prompt]) for g, f in pairs)
    return Counter((a, b) for a, b in levels if a is not None and b is not None)


def _within(gold: Labels, found: Labels, prompt: str) -> bool:
    a, b = gold.levels[prompt], found.levels[prompt]
    return a == b or (a is not None and b is not None and abs(a - b) <= 1)


def _exact(pairs: Sequence[Pair]) -> float:
    return _mean(g.levels[p] == f.levels[p] for g, f in pairs for p in PROMPTS)


def _mean_kappa(pairs: Sequence[Pair]) -> float | None:
    kappas = [k for p in PROMPTS if (k := quadratic_kappa(_both(pairs, p))) is not None]
    return _mean(kappas) if kappas else None


def _violation_kinds(pairs: Sequence[Pair]) -> dict[str, Counts]:
    kinds = sorted({kind for g, f in pairs for kind, _ in (*g.violations, *f.violations)})
    return {
        kind: sum(
            (
                matched([t for k, t in g.violations if k == kind], [t for k, t in f.violations if k == kind])
                for g, f in pairs
            ),
            Counts(),
        )
        for kind in kinds
    }


def _mean(values: Iterable[float]) -> float:
    known = list(values)
    return sum(known) / len(known)


def _required(interval: tuple[float, float] | None) -> tuple[float, float]:
    assert interval is not None
    return interval
