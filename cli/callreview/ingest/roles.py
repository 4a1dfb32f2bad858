"""Role labels: words that say which side somebody is on, where a transcript has no names or adds a role."""

from __future__ import annotations

import re

from callreview.conversation import Side

SELLER_ROLES = frozenset(
    [
        *["ae", "se", "csm", "bdr", "sdr", "rep", "sales", "seller", "vendor", "presales", "pre-sales"],
        *["salesperson", "salesman", "saleswoman", "account executive", "account exec", "account manager"],
        *["account director", "key account manager", "sales rep", "sales representative", "sales agent"],
        *["sales executive", "sales engineer", "sales consultant", "sales team", "solution engineer"],
        *["solutions engineer", "solutions consultant", "customer success manager", "customer success"],
        *["business development representative", "sales development representative", "sales development rep"],
    ]
)
BUYER_ROLES = frozenset(["buyer", "customer", "prospect", "client", "purchaser", "shopper"])
DOUBTFUL_ROLES = frozenset(["agent", "advisor", "adviser", "consultant", "representative"])
"""They sell only where somebody else in the call bears a buyer's role."""

_JOB = re.compile(
    r"(?:ceo|cfo|cto|coo|cio|ciso|cro|cmo|s?vp|evp|heads?|director|owner|founder|co-founder|partner|president|chief"
    r"|procurement|finance|legal|security|it|ops|operations|host|co-host|guest|me|you|external|internal|organizer"
    r"|organiser|presenter|speaker|unverified|he|she|they)\b"
    r"|.*\b(?:manager|engineer|lead|assistant|analyst|officer|director|administrator|coordinator)$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"[ #-]*(?:\d{1,2}| [a-z])$")


def role_side(label: str) -> Side:
    """The side that a role label names; unknown for anything else.

    >>> role_side("AE"), role_side("Sales Rep 2"), role_side("customer")
    (<Side.SELLER: 'seller'>, <Side.SELLER: 'seller'>, <Side.BUYER: 'buyer'>)
    >>> role_side("Dana"), role_side("VP of Sales")
    (<Side.UNKNOWN: 'unknown'>, <Side.UNKNOWN: 'unknown'>)
    """
    role = _bare(label)
    if role in SELLER_ROLES:
        return Side.SELLER
    return Side.BUYER if role in BUYER_ROLES else Side.UNKNOWN


def is_doubtful_role(label: str) -> bool:
    """Whether a label is a seller's role only beside a buyer's role.

    >>> is_doubtful_role("Agent 1"), is_doubtful_role("AE")
    (True, False)
    """
    return _bare(label) in DOUBTFUL_ROLES


def is_role(label: str) -> bool:
    """Whether a label is any role at all."""
    return role_side(label) is not Side.UNKNOWN or is_doubtful_role(label)


def is_job(text: str) -> bool:
    """Whether a word in brackets is a job, a pronoun or a meeting role rather than a company.

    >>> is_job("CFO"), is_job("VP of Sales"), is_job("she/her"), is_job("Northwind Ltd")
    (True, True, True, False)
    """
    return bool(_JOB.match(text))


def split_role(text: str) -> tuple[str, Side]:
    """What stands before a seller's role of two words or more, and the role's side.

    >>> split_role("TribeAI Sales Rep")
    ('TribeAI', <Side.SELLER: 'seller'>)
    >>> split_role("Northwind")
    ('Northwind', <Side.UNKNOWN: 'unknown'>)
    """
    words = text.split()
    for size in (3, 2):
        if len(words) > size and " " in (role := _bare(" ".join(words[-size:]))) and role in SELLER_ROLES:
            return " ".join(words[:-size]), Side.SELLER
    return text, Side.UNKNOWN


def _bare(label: str) -> str:
    role = label.strip().casefold()
    if role in SELLER_ROLES or role in BUYER_ROLES:
        return role
    return _NUMBERED.sub("", role)
