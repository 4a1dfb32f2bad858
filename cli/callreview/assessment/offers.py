"""What the seller puts forward: an upsell, a cross-sell, a bundle, a price increase."""

from __future__ import annotations

from callreview.detection.hearing import Hearing

KINDS = ("upsell", "cross_sell", "bundle", "price_increase")


def kinds_of_offer(hearing: Hearing) -> tuple[str, ...]:
    """The kinds of offer that the seller makes, as far as heard."""
    return tuple(kind for kind in KINDS if hearing.of(f"offer_{kind}"))
