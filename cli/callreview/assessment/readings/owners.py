"""Reading for the prompt `owners`: what will be tested, checked or decided, by whom and by when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from callreview.assessment.readings import reading
from callreview.assessment.review import Finding
from callreview.conversation import Side
from callreview.detection.hearing import Hearing, Quantity, Sighting

# Steps are agreed towards the end; earlier ones count only where somebody takes them on with a date.
LAST_PART = 0.66
DATED_PART = 0.35
_OTHER = {Side.SELLER: Side.BUYER, Side.BUYER: Side.SELLER, Side.UNKNOWN: Side.UNKNOWN}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something to be done before the purchase is decided; `owner` and `date` are None where nobody says them."""

    owner: str | None
    side: Side
    act: str
    date: Quantity | None
    sightings: tuple[Sighting, ...]

    @property
    def complete(self) -> bool:
        """True where it is said who does it and by when."""
        return self.owner is not None and self.date is not None


@reading
def owners(hearing: Hearing) -> Iterator[Finding]:
    """One finding over all steps of the call."""
    found = steps(hearing)
    if found:
        yield Finding(facts=_facts(found), evidence=tuple(s for step in found for s in step.sightings))


def steps(hearing: Hearing) -> tuple[Step, ...]:
    """The validation steps of a call, in its order; mentions of one step in neighbouring turns are merged."""
    found: list[Step] = []
    length = len(hearing.call.turns)
    for turn in sorted({s.turn for s in hearing.of("step_validation")}):
        step = _step(hearing, turn)
        part = turn / length
        if part < (DATED_PART if step.complete else LAST_PART):
            continue
        if found and _same(hearing, found[-1], step):
            found[-1] = _merged(found[-1], step)
        else:
            found.append(step)
    return tuple(found)


def _step(hearing: Hearing, turn: int) -> Step:
    act = hearing.in_turn(turn, "step_validation")[0]
    owner = next(iter(hearing.in_turn(turn, "step_owner")), None) or _answering_owner(hearing, turn)
    return Step(
        owner=hearing.call.quote(owner.passage) if owner else None,
        side=_side(hearing, owner) if owner else Side.UNKNOWN,
        act=hearing.call.quote(act.passage),
        date=_date(hearing, turn),
        sightings=(act,),
    )


def _answering_owner(hearing: Hearing, turn: int) -> Sighting | None:
    """The other side takes the step on in its next words."""
    answer = turn + 1
    if answer > len(hearing.call.turns) or hearing.side(answer) is hearing.side(turn):
        return None
    if hearing.has(answer, "step_validation"):
        return None
    return next(iter(hearing.in_turn(answer, "step_owner")), None)


def _date(hearing: Hearing, turn: int) -> Quantity | None:
    """A date in the turn, or in the other side's short answer to it."""
    here = hearing.quantities_in(turn, "date")
    answer = turn + 1
    if not here and answer <= len(hearing.call.turns) and not hearing.has(answer, "step_validation"):
        here = hearing.quantities_in(answer, "date")
    return here[0] if here else None


def _side(hearing: Hearing, owner: Sighting) -> Side:
    """Whose side the owner is on: the speaker's, unless the words point across the table."""
    speaker = hearing.side(owner.turn)
    words = hearing.call.quote(owner.passage).lower().split()
    for person in hearing.call.speakers:
        if person.name.split()[0].lower() in words:
            return person.side
    return _OTHER[speaker] if words and words[0] in {"you", "your"} else speaker


def _same(hearing: Hearing, one: Step, other: Step) -> bool:
    """Two mentions in neighbouring turns: the same act, or a question and the answer that takes it on."""
    asked = one.sightings[-1]
    if other.sightings[0].turn - asked.turn > 1:
        return False
    sentence = hearing.sentence_at(asked.passage)
    question = sentence is not None and sentence.is_question and not one.complete
    return question or one.act.split()[-1].lower() == other.act.split()[-1].lower()


def _merged(one: Step, other: Step) -> Step:
    first = one if one.owner else other
    sightings = (*one.sightings, *other.sightings)
    return replace(one, owner=first.owner, side=first.side, date=one.date or other.date, sightings=sightings)


def _facts(found: Iterable[Step]) -> frozenset[str]:
    every = list(found)
    facts = {"step"}
    if any(step.complete for step in every):
        facts.add("complete")
    if all(step.complete for step in every):
        facts.add("all_complete")
    if len(every) > 1:
        facts.add("two_steps")
    if any(step.side is Side.BUYER for step in every):
        facts.add("buyer_owner")
    return frozenset(facts)
