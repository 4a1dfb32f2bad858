"""What is forgotten is gone for good, from the bytes of the database too, and does not come back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from callreview.conversation import Side, SideSource
from callreview.errors import StoreError, UsageError
from callreview.store.forgetting import Erased
from callreview.store.ledger import Ledger, open_ledger
from callreview.store.records import (
    AnswerRecord,
    CallRecord,
    Failure,
    FileOutcome,
    QuoteRecord,
    ReviewRecord,
    SpeakerRecord,
    Written,
)
from tests.store.conftest import a_verdict_of, an_outcome_of, outcome_of

SELLER, BUYER = "Oluwaseun Whitfield", "Marisela Ortiz"


def quote(speaker: str, text: str) -> QuoteRecord:
    side = Side.SELLER if speaker == SELLER else Side.BUYER
    return QuoteRecord(
        signal="outcome_wish", turn=2, speaker=speaker, side=side, start_s=4.5, quote=text,
        sentence=(0, len(text)), match=(0, 3), rule="outcome_wish.yaml:9",
    )  # fmt: skip


@pytest.fixture
def review(records: tuple[ReviewRecord, ...]) -> ReviewRecord:
    """A call of two people, told with names wherever a name can stand."""
    evidence = (
        quote(BUYER, "We want peculiar tickets under four hours."),
        quote(SELLER, "Then we shall measure the tickets."),
        quote(SELLER, "Thank you, Marisela, for the numbers."),
    )
    answer = AnswerRecord(
        prompt="outcome", number=1, level=2, max_level=3, why=f"{BUYER} said it", missing=None, coach=None,
        evidence=evidence,
    )  # fmt: skip
    speakers = (
        SpeakerRecord(name=SELLER, side=Side.SELLER, side_from=SideSource.OPTION, words=900),
        SpeakerRecord(name=BUYER, side=Side.BUYER, side_from=SideSource.OPTION, words=800),
    )
    call = CallRecord(
        id="00112233445566aa", title=f"Renewal with {BUYER}", format="plain", path="/calls/marisela-ortiz.txt",
        date=None, account="Trestle Homes", duration_s=None, turns=9, words=1700, speakers=speakers,
    )  # fmt: skip
    return replace(
        records[0], call=call, answers=(answer,), violations=(), autonomy=(), consent=(), notes=(f"asked {BUYER}",)
    )


@pytest.fixture
def full(ledger: Ledger, review: ReviewRecord, records: tuple[ReviewRecord, ...]) -> Ledger:
    """A ledger with the review, its text, what people say of it, another call, and a file that failed."""
    ledger.write("first", [with_text(review), *map(outcome_of, records)])
    failure = Failure(kind="sides-unknown", reason=f"speakers are {BUYER} and Sam")
    ledger.write("first", [FileOutcome(path="/x.txt", size=1, mtime_ns=1, content_hash="x", failure=failure)])
    ledger.add_verdict(a_verdict_of(review.call.id, note="Marisela was clear"))
    ledger.add_outcome(an_outcome_of(review.call.id))
    return ledger


def with_text(review: ReviewRecord) -> FileOutcome:
    return replace(outcome_of(review), texts={review.call.id: f"{BUYER}: We want peculiar tickets."})


def stored_bytes(ledger: Ledger) -> bytes:
    """All that lies in the files of the database; what PostgreSQL holds is asked for instead."""
    path = ledger.database.path
    if path is None:
        return "\n".join(ledger.dump()).encode()
    return b"".join(file.read_bytes() for file in Path(path).parent.glob(f"{path.name}*"))


def test_a_forgotten_call_is_gone_for_good(full: Ledger, review: ReviewRecord) -> None:
    assert b"peculiar" in stored_bytes(full)
    assert full.forget_call("0011").calls == 1
    for word in (b"peculiar", b"Renewal with", b"Oluwaseun", b"00112233445566aa"):
        assert word not in stored_bytes(full)
    assert len(list(full.reviews())) == 3
    assert not list(full.verdicts()) and not list(full.outcomes())


def test_a_forgotten_call_does_not_come_back(full: Ledger, review: ReviewRecord) -> None:
    full.forget_call(review.call.id)
    before = list(full.dump())
    newer = replace(review, rubric_digest="sha256:newer")
    assert full.write("first", [with_text(review), with_text(newer)]) == Written(forgotten=2)
    assert list(full.dump()) == before
    known = full.known_files(["/calls/marisela-ortiz.txt"])["/calls/marisela-ortiz.txt"]
    assert (known.path, known.call_ids) == (None, ())


def test_a_forgotten_speaker_is_gone_for_good_and_the_call_stays(full: Ledger, review: ReviewRecord) -> None:
    erased = full.forget_speaker("marisela ortiz")
    assert (erased.calls, erased.quotes, erased.texts) == (1, 2, 1)
    for word in (b"peculiar", b"arisela", b"Thank you, "):
        assert word not in stored_bytes(full)
    left = full.review("0011")
    assert [speaker.name for speaker in left.call.speakers] == [SELLER, "[forgotten]"]
    assert left.call.title == "Renewal with [forgotten]" and left.call.path is None
    assert [q.quote for q in left.answer("outcome").evidence] == ["Then we shall measure the tickets."]
    assert left.answer("outcome").level == 2 and left.percent == review.percent
    assert next(full.verdicts()).note == "[forgotten] was clear"
    assert full.known_files(["/x.txt"])["/x.txt"].failure == Failure(
        kind="sides-unknown", reason="speakers are [forgotten] and Sam"
    )


def test_a_forgotten_speaker_does_not_come_back(full: Ledger, review: ReviewRecord) -> None:
    full.forget_speaker(BUYER)
    newer = replace(review, rubric_digest="sha256:newer")
    elsewhere = replace(
        review,
        call=replace(review.call, id="ff", title=f"About {BUYER}", path="/o.txt", speakers=review.call.speakers[:1]),
    )
    full.write("first", [with_text(newer), with_text(elsewhere)])
    assert b"Ortiz" not in stored_bytes(full) and b"peculiar" not in stored_bytes(full)
    assert full.review("ff").call.title == "About [forgotten]"


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_bytes_that_another_program_keeps_are_told_and_go_the_next_time(
    full: Ledger, review: ReviewRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("callreview.store.connection.BUSY_S", 0.1)
    with open_ledger(str(full.database.path)) as impatient:
        reading = full.reviews()
        next(reading)
        with pytest.raises(StoreError, match="all is deleted, but another program still reads the ledger"):
            impatient.forget_call(review.call.id)
        reading.close()
        assert impatient.forget_call(review.call.id) == Erased()
    assert b"peculiar" not in stored_bytes(full)


def test_nobody_else_is_touched(full: Ledger, records: tuple[ReviewRecord, ...]) -> None:
    full.forget_speaker(BUYER)
    ids = {record.call.id for record in records}
    assert {r.call.id: r for r in full.reviews() if r.call.id in ids} == {r.call.id: r for r in records}


def test_a_mistyped_name_erases_nothing(full: Ledger) -> None:
    before = list(full.dump())
    with pytest.raises(UsageError, match="did you mean 'Marisela Ortiz'"):
        full.forget_speaker("Marisela Ortis")
    with pytest.raises(UsageError, match="no call 'zz' in the ledger"):
        full.forget_call("zz")
    assert list(full.dump()) == before
