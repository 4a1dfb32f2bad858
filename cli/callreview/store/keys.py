"""What rows are known by: hashes of what makes them the same."""

from __future__ import annotations

import hashlib

from callreview.store.records import OutcomeRecord, ReviewRecord, VerdictRecord


def key_of(*parts: object) -> str:
    """Thirty-two hexadecimal digits that depend on all parts and their order.

    >>> key_of("ab", "c") == key_of("a", "bc")
    False
    """
    digest = hashlib.sha256()
    for part in parts:
        text = "" if part is None else str(part)
        digest.update(f"{len(text)}:{text},".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()[:32]


def review_id(review: ReviewRecord) -> str:
    """One for each call, rubric and version of the program."""
    return key_of("review", review.call.id, review.rubric_digest, review.program_version)


def file_id(path: str) -> str:
    """One for each path; it tells nobody the path."""
    return key_of("file", path)


def verdict_id(verdict: VerdictRecord) -> str:
    """The same verdict, given by the same person at the same moment, is one."""
    v = verdict
    return key_of("verdict", v.call_id, v.by, v.at.timestamp(), v.prompt, v.level, v.violation, v.holds, v.note)


def outcome_id(outcome: OutcomeRecord) -> str:
    """The same outcome of the same day is one."""
    return key_of("outcome", outcome.call_id, outcome.outcome, outcome.on, outcome.note)


def forgotten_hash(kind: str, name: str) -> str:
    """What stays of a call or a speaker who was forgotten, so that they do not come back."""
    return key_of("forgotten", kind, " ".join(name.split()).casefold())
