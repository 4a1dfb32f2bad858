"""Reading for the prompt `owners`: what will be tested, checked or decided, by whom and by when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from callreview.assessment.readings import reading
from callreview.assessment.review import Finding
from callreview.conversation import Side
from callreview.detection.hearing import Hearing, Sighting

# Steps are agreed towards the end; earlier ones count only where somebody takes them on with a date.
LAST_PART = 0.66
DATED_PART = 0.55
# A talk as short as this is all about what it is about.
SHORT_TALK = 12
# Characters between an act told in the present tense and its date.
DATE_APART = 120
# A short answer can give a step its date.
ANSWER = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something to be done before the purchase is decided."""

    owned: bool
    dated: bool
    by_buyer: bool
    asked: bool
    sightings: tuple[Sighting, ...]

    @property
    def complete(self) -> bool:
        """True where it is said who does it and by when."""
        return self.owned and self.dated


@reading("step", "complete", "all_complete", "two_steps", "buyer_owner")
def owners(hearing: Hearing) -> Iterator[Finding]:
    """One finding over all steps of the call; the complete ones first, and of these the buyer's."""
    found = steps(hearing)
    if found:
        best = sorted(found, key=lambda step: (not step.complete, not step.by_buyer))
        yield Finding(facts=_facts(found), evidence=tuple(s for step in best for s in step.sightings))


@reading("step", "complete")
def plan_steps(hearing: Hearing) -> Iterator[Finding]:
    """One finding a step."""
    for step in steps(hearing):
        yield Finding(facts=frozenset({"step", "complete"} if step.complete else {"step"}), evidence=step.sightings)


def steps(hearing: Hearing) -> tuple[Step, ...]:
    """The validation steps of a call, in its order; a question and the answer that takes it on are merged."""
    found: list[Step] = []
    length = len(hearing.call.turns)
    for turn in hearing.turns_with("step_validation", "step_planned"):
        for step in _steps_in(hearing, turn):
            if length > SHORT_TALK and turn / length < (DATED_PART if step.complete else LAST_PART):
                continue
            if found and found[-1].asked and turn - found[-1].sightings[-1].turn == 1:
                found[-1] = _merged(found[-1], step)
            else:
                found.append(step)
    return tuple(found)


def _steps_in(hearing: Hearing, turn: int) -> Iterator[Step]:
    """What somebody is to do in a turn, and what nobody takes on; a step told in the present tense needs its date."""
    acts = hearing.in_turn(turn, "step_validation")
    dated = _dated(hearing, turn)
    if dated:
        acts += tuple(s for s in hearing.in_turn(turn, "step_planned") if _near_date(hearing, s))
    impersonal = {s.sentence for s in hearing.in_turn(turn, "step_unowned")}
    taken = [act for act in acts if act.sentence not in impersonal]
    left = [act for act in acts if act.sentence in impersonal]
    by_buyer = hearing.side(turn) is Side.BUYER or _across(hearing, turn)
    if taken:
        asked = all(_is_question(hearing, act) for act in taken)
        yield Step(owned=True, dated=dated, by_buyer=by_buyer, asked=asked, sightings=(taken[0],))
    if left:
        yield Step(owned=False, dated=dated and not taken, by_buyer=by_buyer, asked=True, sightings=(left[0],))


def _dated(hearing: Hearing, turn: int) -> bool:
    """A date in the turn, or in the other side's short answer to it."""
    if hearing.quantities_in(turn, "date"):
        return True
    answer = turn + 1
    return (
        answer <= len(hearing.call.turns)
        and hearing.side(answer) is not hearing.side(turn)
        and len(hearing.words_in(answer)) <= ANSWER
        and not hearing.has(answer, "step_validation")
        and bool(hearing.quantities_in(answer, "date"))
    )


def _near_date(hearing: Hearing, act: Sighting) -> bool:
    """A date shortly before or after the act."""
    dates = hearing.quantities_in(act.turn, "date")
    return any(abs(d.passage.start - act.passage.start) <= DATE_APART for d in dates)


def _across(hearing: Hearing, turn: int) -> bool:
    """The seller names somebody on the buyer's side as the one who does it."""
    return not hearing.once(_buyers_names).isdisjoint(hearing.words_in(turn))


def _buyers_names(hearing: Hearing) -> frozenset[str]:
    return frozenset(["your", *(s.name.split()[0].lower() for s in hearing.call.speakers if s.side is Side.BUYER)])


def _is_question(hearing: Hearing, act: Sighting) -> bool:
    sentence = hearing.sentence_at(act.passage)
    return sentence is not None and sentence.is_question


def _merged(one: Step, other: Step) -> Step:
    """The answer decides who and when."""
    return replace(
        other,
        dated=one.dated or other.dated,
        by_buyer=one.by_buyer or other.by_buyer,
        sightings=(*one.sightings, *other.sightings),
    )


def _facts(found: Iterable[Step]) -> frozenset[str]:
    every = list(found)
    facts = {"step"}
    if any(step.complete for step in every):
        facts.add("complete")
    if all(step.complete for step in every):
        facts.add("all_complete")
    if len(every) > 1:
        facts.add("two_steps")
    if any(step.by_buyer for step in every):
        facts.add("buyer_owner")
    return frozenset(facts)
