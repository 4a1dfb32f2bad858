"""How far two raters agree beyond chance, and how sure that is.

A coefficient is (observed - chance) / (1 - chance) over a table of pairs, the count of each (one's, other's) rating; it
is None where there is nothing to tell, as where both always give the same one. Well-kept libraries have kappa, but none
has AC1 too, and all weigh more than this program.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

RESAMPLES = 1000
SEED = 20260101
Rating = TypeVar("Rating", bound=Hashable)
Item = TypeVar("Item")


def exact(table: Mapping[tuple[Rating, Rating], int]) -> float | None:
    """The share of pairs of the same rating.

    >>> exact({(0, 0): 3, (0, 1): 1})
    0.75
    """
    total = sum(table.values())
    return sum(count for (a, b), count in table.items() if a == b) / total if total else None


def cohen_kappa(table: Mapping[tuple[Rating, Rating], int]) -> float | None:
    """Kappa (Cohen, 1960): by chance, each rater gives the ratings as often as they do here.

    >>> round(cohen_kappa({(1, 1): 20, (1, 0): 5, (0, 1): 10, (0, 0): 15}), 3)
    0.4
    """
    left, right, total = _margins(table)
    chance = sum(count * right[rating] for rating, count in left.items()) / total**2 if total else 1.0
    return _beyond(exact(table), chance)


def gwet_ac1(table: Mapping[tuple[Rating, Rating], int], ratings: int) -> float | None:
    """AC1 (Gwet, 2008) for so many `ratings` that could be given: it stands firm where nearly all get the same one.

    >>> round(gwet_ac1({(1, 1): 118, (1, 0): 5, (0, 1): 2, (0, 0): 0}, ratings=2), 2)
    0.94
    """
    left, right, total = _margins(table)
    shares = [(left[rating] + right[rating]) / (2 * total) for rating in {*left, *right}]
    return _beyond(exact(table), sum(share * (1 - share) for share in shares) / (ratings - 1))


def quadratic_kappa(table: Mapping[tuple[int, int], int]) -> float | None:
    """Kappa that weighs by the squared distance of the levels (Cohen, 1968); None for fewer than two pairs.

    >>> quadratic_kappa({(0, 0): 1, (1, 1): 1, (2, 2): 1})
    1.0
    """
    left, right, total = _margins(table)
    if total < 2:
        return None
    expected = sum((a - b) ** 2 * left[a] * right[b] / total for a in left for b in right)
    if not expected:
        return None
    return 1 - sum((a - b) ** 2 * count for (a, b), count in table.items()) / expected


def resamples(items: Sequence[Item]) -> Iterator[list[Item]]:
    """As many samples of the same size, drawn with replacement; the seed is fixed, so they are always the same."""
    chance = random.Random(SEED)
    return (chance.choices(items, k=len(items)) for _ in range(RESAMPLES))


def interval(values: Iterable[float | None]) -> tuple[float, float] | None:
    """The 95 % percentile interval of what a measure gives over resamples (Efron and Tibshirani, 1993, chapter 13).

    >>> interval([None, *range(1000)])
    (25, 975)
    """
    known = sorted(v for v in values if v is not None)
    if not known:
        return None
    return known[int(0.025 * len(known))], known[min(int(0.975 * len(known)), len(known) - 1)]


def bootstrap(items: Sequence[Item], measure: Callable[[Sequence[Item]], float | None]) -> tuple[float, float] | None:
    """The 95 % percentile bootstrap interval of a measure."""
    return interval(map(measure, resamples(items)))


def _margins(table: Mapping[tuple[Rating, Rating], int]) -> tuple[Counter[Rating], Counter[Rating], int]:
    """How often each rater gives each rating, and the number of pairs."""
    left: Counter[Rating] = Counter()
    right: Counter[Rating] = Counter()
    for (a, b), count in table.items():
        left[a] += count
        right[b] += count
    return left, right, left.total()


def _beyond(observed: float | None, chance: float) -> float | None:
    return None if observed is None or chance >= 1 else (observed - chance) / (1 - chance)
