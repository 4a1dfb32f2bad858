"""Reading for the prompt `stop_rule`: a condition, a measure, a time and what is ended or reversed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product

from callreview.assessment.readings import reading
from callreview.assessment.review import Finding
from callreview.conversation import Side
from callreview.detection.hearing import Hearing, Sighting

# Words between a condition and what follows from it; fewer where no full stop bounds the thought.
APART = 45
APART_UNPUNCTUATED = 25
# Fewer words than these leave no room for a condition: "if you go back" sets nothing off.
CLAUSE = 3
# Only spans of days or more bound a test; "under five seconds" is a measure.
BOUNDING = frozenset({"day", "night", "week", "weekend", "fortnight", "month", "quarter", "year"})
_ENDS = ("exit_action", "exit_reversal", "exit_right_back")
# "When" tells of habits as often as of conditions.
_IFS = frozenset({"if", "unless", "should", "otherwise"})
_HABIT = frozenset({"when", "whenever", "once"})
# A condition that is met by taste, not by a missed date.
_TASTE = frozenset("happy like love want pleased feel sure satisfied suit".split())

# "Those three" counts nothing.
_POINTING = frozenset("those these the your our their all both first next last".split())


@reading("vague", "rule", "action", "measurable", "time_box")
def stop_rule(hearing: Hearing) -> Iterator[Finding]:
    """One finding for each rule, right to go back, or vague exit."""
    told: set[int] = set()
    for turn in hearing.turns_with("exit_condition", *_ENDS, side=Side.SELLER):
        found = _rule(hearing, turn) or _answered(hearing, turn) or _right_back(hearing, turn)
        if found:
            told |= {s.turn for s in found.evidence}
            yield found
    for vague in hearing.of("exit_vague"):
        if vague.turn not in told:
            yield Finding(facts=frozenset({"vague"}), evidence=(vague,))


def _rule(hearing: Hearing, turn: int) -> Finding | None:
    """The best pair of a condition and what follows, in this turn or over the buyer's echo in the seller's next."""
    conditions = hearing.in_turn(turn, "exit_condition")
    found = [
        _told(hearing, measure, end)
        for measure, end in product(hearing.in_turn(turn, "exit_measure"), hearing.in_turn(turn, *_ENDS))
        if _line_and_date(hearing, measure, end)
    ]
    found += [
        _told(hearing, condition, end)
        for condition, end in product(conditions, hearing.in_turn(turn, *_ENDS))
        if _follows(hearing, condition, end)
    ]
    if not found and conditions and turn < len(hearing.call.turns) and _short(hearing, turn + 1):
        found = _over_the_echo(hearing, turn, conditions)
    return max(found, key=lambda f: len(f.facts), default=None)


def _over_the_echo(hearing: Hearing, turn: int, conditions: tuple[Sighting, ...]) -> list[Finding]:
    """The buyer's "and then?" stands between the last condition and its consequence."""
    last = conditions[-1]
    measured = [m for m in hearing.in_turn(turn, "exit_measure") if m.passage.end > last.passage.start]
    bare = hearing.call.quote(last.passage).lower().split()[0] not in _IFS
    ends = ("exit_reversal", "exit_right_back") if bare else _ENDS
    later = hearing.of(*ends, turns=range(turn + 1, turn + 3))
    if not measured or not later or hearing.in_turn(turn, *_ENDS):
        return []
    return [_told(hearing, last, later[0])]


def _follows(hearing: Hearing, condition: Sighting, end: Sighting) -> bool:
    """True where the end is what happens when the condition holds."""
    if end.passage.end <= condition.passage.start:
        return _afterthought(hearing, condition, end)
    if end.passage.start < condition.passage.end or not _near(hearing, condition, end):
        return False
    measured = bool(_between(hearing, condition, end, "exit_measure"))
    failed = measured or bool(_between(hearing, condition, end, "exit_failure"))
    if hearing.call.quote(condition.passage).lower() in _HABIT:
        return measured
    if end.signal == "exit_action":
        vague = bool(_between(hearing, condition, end, "exit_wish")) or _told_vaguely(hearing, end)
        return measured or (failed and not vague)
    return failed or end.sentence == condition.sentence


def _line_and_date(hearing: Hearing, measure: Sighting, end: Sighting) -> bool:
    """No "if" is needed where a measure, a date and the end stand in one breath: "under ten by May, it comes off"."""
    dated = any(
        q.kind == "date" and end.sentence.start <= q.passage.start < end.sentence.end
        for q in hearing.quantities_in(end.turn, "date")
    )
    apart = len(_words(hearing, measure.passage.end, end.passage.start, end.turn))
    return (
        dated
        and measure.sentence == end.sentence
        and measure.passage.end <= end.passage.start
        and apart <= APART_UNPUNCTUATED
    )


def _near(hearing: Hearing, condition: Sighting, end: Sighting) -> bool:
    """The end stands in the condition's sentence or the next one, with room for a condition between."""
    clause = _words(hearing, condition.passage.start, end.passage.start, end.turn)
    apart = APART if len(hearing.sentences_in(end.turn)) > 1 else APART_UNPUNCTUATED
    return CLAUSE < len(clause) <= apart and _sentences_apart(hearing, condition, end) <= 1


def _told_vaguely(hearing: Hearing, end: Sighting) -> bool:
    """The way out is only a "you can always"."""
    return any(
        v.passage.start < end.passage.end and end.passage.start < v.passage.end
        for v in hearing.in_turn(end.turn, "exit_vague")
    )


def _afterthought(hearing: Hearing, condition: Sighting, end: Sighting) -> bool:
    """The consequence comes first: "we take it out if it is not"."""
    return (
        end.sentence == condition.sentence
        and len(_words(hearing, end.passage.end, condition.passage.start, end.turn)) <= 6
        and any(
            f.sentence == condition.sentence and f.passage.start >= condition.passage.start
            for f in hearing.in_turn(end.turn, "exit_measure")
        )
    )


def _between(hearing: Hearing, condition: Sighting, end: Sighting, signal: str) -> list[Sighting]:
    return [
        f
        for f in hearing.in_turn(condition.turn, signal)
        if condition.passage.start <= f.passage.start and f.passage.end <= end.passage.start
    ]


def _sentences_apart(hearing: Hearing, one: Sighting, other: Sighting) -> int:
    first, second = hearing.sentence_at(one.passage), hearing.sentence_at(other.passage)
    return second.index - first.index if first and second else 0


def _words(hearing: Hearing, start: int, end: int, turn: int) -> list[str]:
    return hearing.call.turn(turn).text[start:end].split()


def _short(hearing: Hearing, turn: int) -> bool:
    return len(hearing.words_in(turn)) <= 8


def _answered(hearing: Hearing, turn: int) -> Finding | None:
    """The buyer asks "what if it does not"; the seller says what is reversed then."""
    if turn == 1 or hearing.side(turn - 1) is not Side.BUYER:
        return None
    asked = [
        c
        for c in hearing.in_turn(turn - 1, "exit_condition")
        if any(f.passage.start >= c.passage.start for f in hearing.in_turn(turn - 1, "exit_failure"))
    ]
    ends = hearing.in_turn(turn, "exit_reversal", "exit_right_back")
    if asked and ends and len(_words(hearing, 0, ends[0].passage.start, turn)) <= APART:
        return _told(hearing, ends[0], ends[0])
    return None


def _right_back(hearing: Hearing, turn: int) -> Finding | None:
    """A right to go back to a named smaller option, with its terms in the same turn."""
    rights = hearing.in_turn(turn, "exit_right_back")
    terms = hearing.in_turn(turn, "exit_terms")
    if not rights and len(terms) > 1:
        rights = tuple(r for r in hearing.in_turn(turn, "exit_reversal") if _next_to(hearing, r, terms))
    if rights and terms:
        return Finding(
            facts=frozenset({"rule", "action"}), evidence=(rights[0], terms[0], *_terms_after(hearing, turn))
        )
    return None


def _next_to(hearing: Hearing, right: Sighting, terms: Iterable[Sighting]) -> bool:
    """The terms stand in the sentence of the right, or in the one after it."""
    return any(0 <= _sentences_apart(hearing, right, term) <= 1 for term in terms)


def _told(hearing: Hearing, condition: Sighting, end: Sighting) -> Finding:
    turns = range(condition.turn, end.turn + 1)
    spread = condition.turn != end.turn
    last = len(hearing.call.turn(end.turn).text) if spread else end.sentence.end
    measures = [m for m in hearing.of("exit_measure", turns=turns) if _sets_off(m, condition, end)]
    facts = {"rule", "action"}
    if measures or _counted(hearing, condition, end):
        facts.add("measurable")
    if any(_time_box(hearing, turn, last) for turn in turns):
        facts.add("time_box")
    return Finding(facts=frozenset(facts), evidence=(condition, end, *measures[:1], *_terms_after(hearing, end.turn)))


def _sets_off(measure: Sighting, condition: Sighting, end: Sighting) -> bool:
    """The measure belongs to the condition, not to what follows from it."""
    if end.passage.end <= condition.passage.start and end.turn == condition.turn:
        return measure.sentence == condition.sentence
    starts = (measure.turn, measure.passage.start)
    return (condition.turn, condition.sentence.start) <= starts < (end.turn, end.passage.start)


def _counted(hearing: Hearing, condition: Sighting, end: Sighting) -> bool:
    """A number, or a missed date, stands in the condition itself."""
    if condition.turn != end.turn:
        return False
    text = hearing.call.turn(condition.turn).text.lower()
    then = text.find(" then ", condition.passage.end, end.passage.start)
    until = then if then > 0 else end.passage.start
    inside = [
        q
        for q in hearing.quantities_in(condition.turn)
        if condition.passage.start <= q.passage.start and q.passage.end <= until
    ]
    counts = [q for q in inside if q.kind in {"number", "percent", "money"}]
    if any((text[: q.passage.start].split() or [""])[-1] not in _POINTING for q in counts):
        return True
    words = set(_words(hearing, condition.passage.start, end.passage.start, condition.turn))
    missed = bool(_between(hearing, condition, end, "exit_failure")) and not words & _TASTE
    return missed and any(q.kind == "date" for q in inside)


def _terms_after(hearing: Hearing, turn: int) -> tuple[Sighting, ...]:
    """The terms in the seller's next words, after the buyer has asked back or echoed."""
    if turn + 2 > len(hearing.call.turns) or hearing.side(turn + 2) is not Side.SELLER or not _short(hearing, turn + 2):
        return ()
    return hearing.in_turn(turn + 2, "exit_terms")[:1]


def _time_box(hearing: Hearing, turn: int, last: int) -> bool:
    """A date or a season, or a span of days or more that is no period of notice."""
    if hearing.has(turn, "exit_season"):
        return True
    text = hearing.call.turn(turn).text
    for quantity in hearing.quantities_in(turn, "date", "duration"):
        notice = "notice" in text[quantity.passage.end : quantity.passage.end + 20].lower()
        if not notice and quantity.passage.start <= last and (quantity.kind == "date" or quantity.unit in BOUNDING):
            return True
    return False
