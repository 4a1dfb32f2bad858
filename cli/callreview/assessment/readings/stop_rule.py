"""Reading for the prompt `stop_rule`: a condition, a measure, a time and what is ended or reversed."""

from __future__ import annotations

from collections.abc import Iterator

from callreview.assessment.readings import reading
from callreview.assessment.review import Finding
from callreview.conversation import Side
from callreview.detection.hearing import Hearing, Sighting

# A condition and what happens then belong together over so many characters of one turn.
ONE_BREATH = 320
# A rule may be spread over the seller's turn, the buyer's echo and the seller's next turn.
SPREAD = 2
# Only spans of days or more bound a test; "under five seconds" is a measure.
BOUNDING = frozenset({"day", "night", "week", "weekend", "fortnight", "month", "quarter", "year"})


@reading
def stop_rule(hearing: Hearing) -> Iterator[Finding]:
    """One finding for each rule, right to go back, or vague exit."""
    told: set[int] = set()
    for turn in hearing.turns_of(Side.SELLER):
        found = _rule(hearing, turn) or _right_back(hearing, turn)
        if found:
            told |= {s.turn for s in found.evidence}
            yield found
    for vague in hearing.of("exit_vague"):
        if vague.turn not in told:
            yield Finding(facts=frozenset({"vague"}), evidence=(vague,))


def _rule(hearing: Hearing, turn: int) -> Finding | None:
    """A condition in this turn, with its consequence here or in the seller's next words."""
    conditions = hearing.in_turn(turn, "exit_condition")
    for condition in conditions:
        for action in hearing.in_turn(turn, "exit_action", "exit_right_back"):
            if not _overlap(condition, action) and _near(condition, action):
                return _told(hearing, (condition, action))
    if conditions and hearing.has(turn, "exit_measure"):
        later = hearing.of("exit_action", "exit_right_back", turns=range(turn + 1, turn + SPREAD + 1))
        if later:
            return _told(hearing, (conditions[0], later[0]))
    return None


def _near(one: Sighting, other: Sighting) -> bool:
    """True where two sightings of one turn are said in one breath."""
    return max(one.passage.start, other.passage.start) - min(one.passage.end, other.passage.end) <= ONE_BREATH


def _overlap(condition: Sighting, action: Sighting) -> bool:
    """True where what is heard as the consequence stands within the condition itself."""
    return condition.passage.start <= action.passage.start and action.passage.end <= condition.passage.end


def _right_back(hearing: Hearing, turn: int) -> Finding | None:
    """A right to go back to a named smaller option, with its terms in the same turn."""
    rights = hearing.in_turn(turn, "exit_right_back")
    terms = hearing.in_turn(turn, "exit_terms")
    if rights and terms:
        return Finding(facts=frozenset({"rule", "action"}), evidence=(rights[0], terms[0]))
    return None


def _told(hearing: Hearing, parts: tuple[Sighting, ...]) -> Finding:
    turns = range(parts[0].turn, parts[-1].turn + 1)
    measures = hearing.of("exit_measure", turns=turns)
    facts = {"rule", "action"}
    if measures:
        facts.add("measurable")
    if any(_time_box(hearing, turn) for turn in turns):
        facts.add("time_box")
    return Finding(facts=frozenset(facts), evidence=(*parts, *measures[:1]))


def _time_box(hearing: Hearing, turn: int) -> bool:
    """A date, or a span of days or more that is no period of notice."""
    text = hearing.call.turn(turn).text
    for quantity in hearing.quantities_in(turn, "date", "duration"):
        notice = "notice" in text[quantity.passage.end : quantity.passage.end + 20].lower()
        if not notice and (quantity.kind == "date" or quantity.unit in BOUNDING):
            return True
    return False
