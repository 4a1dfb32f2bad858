"""Shares of calls, and how sure it is that one differs from another."""

from __future__ import annotations

from dataclasses import dataclass

from callreview.errors import UsageError

LEAST = 5
"""A share of fewer calls is none."""

CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """`count` of `n` calls."""

    count: int
    n: int

    @property
    def is_too_small(self) -> bool:
        """Whether there are too few calls for a figure."""
        return self.n < LEAST

    @property
    def value(self) -> float | None:
        """Between 0 and 1; None where n is too small."""
        return None if self.is_too_small else self.count / self.n


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """How much a share is above another one, with the interval that holds the difference in 95 of 100 cases."""

    difference: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves no doubt of the direction."""
        return self.low > 0 or self.high < 0


def change(now: Share, before: Share) -> Change | None:
    """The difference of two independent shares; None where one of them is too small for a figure.

    The interval is Newcombe's hybrid score interval: method 10 of Newcombe (1998), Interval estimation for the
    difference between independent proportions, Statistics in Medicine 17, 873-890; it holds for few calls and for
    shares of none and all, where the plain one does not. Raises UsageError where statsmodels is not installed.

    >>> change(Share(count=56, n=70), Share(count=48, n=80))
    Change(difference=0.2, low=0.0524, high=0.3339)
    """
    if now.is_too_small or before.is_too_small:
        return None
    try:
        from statsmodels.stats.proportion import confint_proportions_2indep
    except ImportError:
        raise UsageError(
            "comparing weeks needs a library that is not installed", hint="pip install 'callreview[week]'"
        ) from None
    low, high = confint_proportions_2indep(
        now.count, now.n, before.count, before.n, method="newcomb", compare="diff", alpha=1 - CONFIDENCE
    )
    return Change(
        difference=round(now.count / now.n - before.count / before.n, 4),
        low=round(float(low), 4),
        high=round(float(high), 4),
    )
