"""Reading for the prompt `risk`: a bad consequence of staying with the smaller scope, and whose number it has.

A consequence is composed: staying (or the smaller scope by name), and something bad or a trouble that goes on, near
each other in one turn of the seller. Its number is one that stands by the consequence; it is the buyer's where the
buyer said it before (or said its factors), or confirms it afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator

from callreview.assessment.figures import FIGURES, TELLING_COUNT, YES, BuyersFigures, is_measured, same_figure
from callreview.assessment.readings import reading
from callreview.assessment.review import Finding
from callreview.conversation import Side
from callreview.detection.hearing import Hearing, Quantity, Sighting

# How far, in characters of a turn, the parts of one thought may stand apart.
AFTER_STAYING = 300
BEFORE_STAYING = 120
AFTER_NAME = 170
BEFORE_HARM = 120
AFTER_HARM = 260
GOOD_WORD = 80
OWN_FIGURE = 60
SCOPE_NAME = 6
# A staying needs so many words after it to tell what follows; a figure so near, in characters, is its price.
LEAST_AFTER = 6
PRICE = 20
# How many turns a figure may take to follow its consequence, and a confirmation to follow the figure.
ANSWER_TURNS = 2
# How far back a figure of the buyer is that the seller takes up, in turns.
ECHO_TURNS = 4
# Words that a figure comes again with, and how near to it they stand, in characters.
AGAIN = frozenset("again every each same still".split())
BESIDE = 24
TAKES_UP = AGAIN | {"those", "that"}
# A name with one of these says by itself that it is not enough.
LIMITS = frozenset("only just alone without lacking but".split())
# What may stand between a staying and the number that only names its scope.
SCOPE_WORDS = frozenset("a at just on only or our that the these this those to with your".split())
# After these a small number is a time of day, or tells which one is meant.
BEFORE_HOUR = frozenset("at after by before until till from past since week day room route line floor number".split())
# Without one of these a turn names no consequence.
SIGNS = ("risk_staying", "risk_small_scope", "risk_would_still", "risk_goes_on", "risk_harm")
# How many characters before a figure hold the word that leads to it.
WORD_BEFORE = 40


@reading("consequence", "quantified", "buyer_number")
def risk(hearing: Hearing) -> Iterator[Finding]:
    """One finding for each seller turn that names a consequence of the smaller scope."""
    told = -ANSWER_TURNS - 1
    for turn in hearing.turns_with(*SIGNS, side=Side.SELLER):
        consequence = _consequence(hearing, turn)
        if not consequence and turn - told <= ANSWER_TURNS:
            consequence = _gone_on_with(hearing, turn)
        if consequence:
            told = turn
            yield _finding(hearing, turn, consequence)


def _consequence(hearing: Hearing, turn: int) -> tuple[Sighting, ...]:
    """The smaller scope and what follows from it, or nothing.

    The scope is told by the seller, or was put into play by the buyer just before. A good word for it takes the
    weaker signs of a consequence back.
    """
    harms = hearing.in_turn(turn, "risk_goes_on", "risk_harm")
    fine = hearing.in_turn(turn, "risk_smaller_is_fine")
    follows = () if fine else hearing.in_turn(turn, "risk_follows")
    for staying in hearing.in_turn(turn, "risk_staying"):
        if any(0 <= f.passage.start - staying.passage.end <= GOOD_WORD for f in fine):
            continue
        for harm in harms + follows:
            if _near(staying, harm):
                return staying, harm
        sums = _sums_after(hearing, staying)
        if _given_by_buyer(hearing, turn, sums) or _is_own(hearing, turn, sums) or _goes_on_from(hearing, staying):
            return staying, staying
    if named := _by_name(hearing, turn, harms):
        return named
    still = hearing.in_turn(turn, "risk_would_still")
    if still:
        return still[0], still[0]
    if hearing.has(turn - 1, "risk_small_meant") and harms and follows:
        return harms[0], harms[0]
    return _echoed(hearing, turn)


def _goes_on_from(hearing: Hearing, staying: Sighting) -> bool:
    """ "If you stay on the small one, the whole of Friday is yours to mop up": no price, but what comes of it."""
    after = hearing.call.turn(staying.turn).text[staying.passage.end :]
    sentence = hearing.sentence_at(staying.passage)
    is_asked = sentence is not None and sentence.is_question
    figures = hearing.quantities_in(staying.turn, "money", "number")
    is_priced = any(0 <= q.passage.start - staying.passage.end <= PRICE for q in figures)
    return not is_asked and not is_priced and len(after.split()) >= LEAST_AFTER


def _by_name(hearing: Hearing, turn: int, harms: tuple[Sighting, ...]) -> tuple[Sighting, ...]:
    """The smaller scope by its name, and a harm soon after it.

    "Only", "without" and "is fine, but" need no more than something that follows.
    """
    for small in hearing.in_turn(turn, "risk_small_scope"):
        is_limited = not LIMITS.isdisjoint(hearing.call.quote(small.passage).lower().split())
        for harm in harms + (hearing.in_turn(turn, "risk_follows") if is_limited else ()):
            ahead = harm.passage.start - small.passage.end
            is_near = -SCOPE_NAME <= ahead <= AFTER_NAME or (is_limited and _near(small, harm))
            if is_near and not _is_cut(hearing, small, harm):
                return small, harm
    return ()


def _echoed(hearing: Hearing, turn: int) -> tuple[Sighting, ...]:
    """The buyer's own figure of just now, taken up again: it needs no harm in words, or a harm and no staying."""
    signs = hearing.in_turn(turn, "risk_staying", "risk_goes_on")
    harms = hearing.in_turn(turn, "risk_small_scope", "risk_harm")
    if not signs + harms:
        return ()
    names = [s.passage.end for s in harms if s.signal == "risk_small_scope"]
    own = [
        q
        for q in hearing.quantities_in(turn, *FIGURES)
        if is_measured(q)
        and (signs or _is_again(hearing, q) or any(0 < q.passage.start - end <= AFTER_NAME for end in names))
    ]
    is_taken_up = any(turn - q.passage.turn <= ECHO_TURNS for q in _given_by_buyer(hearing, turn, tuple(own)))
    return ((signs + harms)[0],) * 2 if is_taken_up else ()


def _is_again(hearing: Hearing, quantity: Quantity) -> bool:
    """ "The same five will go", "that again, three thousand": a word of coming again stands beside the figure."""
    text, at = hearing.call.turn(quantity.passage.turn).text, quantity.passage
    beside = (text[max(at.start - BESIDE, 0) : at.start] + text[at.end : at.end + BESIDE]).lower()
    return not AGAIN.isdisjoint(beside.replace(",", " ").replace(".", " ").split())


def _is_cut(hearing: Hearing, small: Sighting, harm: Sighting) -> bool:
    """In between comes the larger scope, of which the harm is told then, or a price: the ways are being laid out."""
    between = hearing.in_turn(small.turn, "option_named_large", "option_price")
    return any(small.passage.end <= s.passage.start < harm.passage.start for s in between)


def _gone_on_with(hearing: Hearing, turn: int) -> tuple[Sighting, ...]:
    """A consequence just told goes on over a short turn of the buyer."""
    harms = hearing.in_turn(turn, "risk_goes_on", "risk_harm")
    goes_on = harms and hearing.has(turn, "risk_follows") and not hearing.has(turn, "option_named_large")
    return (harms[0], harms[0]) if goes_on else ()


def _sums_after(hearing: Hearing, staying: Sighting) -> tuple[Quantity, ...]:
    """The sums, times and shares that are told right after a staying."""
    return tuple(
        q
        for q in hearing.quantities_in(staying.turn, "money", "duration", "percent")
        if is_measured(q) and 0 < q.passage.start - staying.passage.end <= GOOD_WORD
    )


def _near(staying: Sighting, harm: Sighting) -> bool:
    """The harm follows the staying, or is said just before it."""
    ahead = harm.passage.start - staying.passage.end
    behind = staying.passage.start - harm.passage.end
    return -SCOPE_NAME <= ahead <= AFTER_STAYING or 0 <= behind <= BEFORE_STAYING


def _finding(hearing: Hearing, turn: int, consequence: tuple[Sighting, ...]) -> Finding:
    facts, evidence = {"consequence"}, list(consequence[-1:])
    numbers = _numbers_of(hearing, turn, consequence)
    if numbers:
        facts.add("quantified")
    givers = _given_by_buyer(hearing, turn, numbers) or _taken_up(hearing, turn)
    confirmed = _confirmed(hearing, turn, numbers)
    if givers or confirmed or _is_own(hearing, turn, numbers):
        facts.add("buyer_number")
    evidence += [_said(hearing, q, "risk_number_given") for q in givers]
    evidence += confirmed
    return Finding(facts=frozenset(facts), evidence=tuple(evidence))


def _numbers_of(hearing: Hearing, turn: int, consequence: tuple[Sighting, ...]) -> tuple[Quantity, ...]:
    """The figures by a consequence: no dates, no times of day, no number that only names the scope.

    What is reckoned follows the staying; only where nothing does, the figures before it are taken.
    """
    staying, harm = consequence
    near = [
        q
        for q in hearing.quantities_in(turn, *FIGURES)
        if is_measured(q)
        and not _is_part(hearing, q)
        and not _is_hour(hearing, q)
        and (staying is harm or not _names_scope(hearing, q, staying))
        and -BEFORE_HARM <= q.passage.start - harm.passage.start <= AFTER_HARM
    ]
    after = [q for q in near if q.passage.start >= staying.passage.start]
    return tuple(after) or tuple(q for q in near if not _names_thing(hearing, q))


def _names_thing(hearing: Hearing, quantity: Quantity) -> bool:
    """ "The sixty-horse one", "two bays": the number tells which thing is meant."""
    is_compound = hearing.call.turn(quantity.passage.turn).text.startswith("-", quantity.passage.end)
    return is_compound or _is_few(quantity)


def _is_few(quantity: Quantity) -> bool:
    return quantity.kind == "number" and max(quantity.values) < TELLING_COUNT


def _is_part(hearing: Hearing, quantity: Quantity) -> bool:
    """ "Two of your lot": no measure of anything."""
    of_all = (" of your", " of the", " of them", " of you", " of us")
    return _is_few(quantity) and hearing.call.turn(quantity.passage.turn).text.startswith(of_all, quantity.passage.end)


def _names_scope(hearing: Hearing, quantity: Quantity, staying: Sighting) -> bool:
    """ "Stay on the two washes": the number belongs to the name of the scope."""
    between = hearing.call.turn(quantity.passage.turn).text[staying.passage.end : quantity.passage.start]
    is_led_to = SCOPE_WORDS.issuperset(between.lower().split())
    return staying.passage.start - 1 <= quantity.passage.start and is_led_to


def _is_hour(hearing: Hearing, quantity: Quantity) -> bool:
    """A bare "after six" or "at two" is a time of day."""
    at = quantity.passage.start
    before = hearing.call.turn(quantity.passage.turn).text[max(at - WORD_BEFORE, 0) : at].lower().split()
    return quantity.kind == "number" and max(quantity.values) < 13 and not BEFORE_HOUR.isdisjoint(before[-1:])


def _given_by_buyer(hearing: Hearing, turn: int, numbers: tuple[Quantity, ...]) -> tuple[Quantity, ...]:
    """The buyer's earlier figures that are the same, or else the two numbers whose product one of them is."""
    if not numbers:
        return ()
    buyers = hearing.once(BuyersFigures)
    # Figures said in one turn are one piece of evidence.
    latest = [said for n in numbers if (said := buyers.taken_up(n, turn))]
    if latest:
        return tuple({q.passage.turn: q for q in latest}.values())
    # Of "two times eighteen thousand" the eighteen thousand tells whose number it is.
    telling = [q for q in buyers.factors(numbers, turn) if max(q.values) >= TELLING_COUNT]
    return tuple({q.passage.turn: q for q in telling}.values())


def _is_own(hearing: Hearing, turn: int, numbers: tuple[Quantity, ...]) -> bool:
    """The seller says near a figure that it is the buyer's."""
    told = hearing.in_turn(turn, "risk_own_figure")
    return any(abs(s.passage.start - q.passage.start) <= OWN_FIGURE for s in told for q in numbers)


def _taken_up(hearing: Hearing, turn: int) -> tuple[Quantity, ...]:
    """The figure that the buyer gave just before, on being asked, and to which "again" points back."""
    if TAKES_UP.isdisjoint(hearing.words_in(turn)) or hearing.side(turn - 1) is not Side.BUYER:
        return ()
    asked = turn > 2 and any(s.is_question for s in hearing.sentences_in(turn - 2))
    given = [q for q in hearing.quantities_in(turn - 1, *FIGURES) if is_measured(q)]
    return tuple(given[-1:]) if asked else ()


def _said(hearing: Hearing, quantity: Quantity, signal: str) -> Sighting:
    """A figure as evidence, quoted with its sentence."""
    sentence = hearing.sentence_at(quantity.passage)
    quoted = sentence.passage if sentence else quantity.passage
    return Sighting(signal=signal, passage=quantity.passage, sentence=quoted, rule="reading:risk")


def _confirmed(hearing: Hearing, turn: int, numbers: tuple[Quantity, ...]) -> list[Sighting]:
    """The buyer's answer that repeats the figure, agrees to it with substance, or gives the figure asked for."""
    asked = any(s.is_question for s in hearing.sentences_in(turn))
    last = min(turn + ANSWER_TURNS, len(hearing.call.turns))
    for t in range(turn + 1, last + 1):
        if hearing.side(t) is not Side.BUYER:
            continue
        if hearing.has(t, "risk_number_doubted"):
            return []
        if numbers and hearing.has(t, "risk_number_confirmed"):
            return [hearing.in_turn(t, "risk_number_confirmed")[0]]
        agrees = not YES.isdisjoint(hearing.words_in(t))
        said = [q for q in hearing.quantities_in(t) if any(same_figure(q, n) for n in numbers)] if agrees else []
        told = hearing.quantities_in(t, *FIGURES) if agrees or asked else ()
        said += [q for q in told if q.kind != "number" or max(q.values, default=0) >= TELLING_COUNT]
        return [_said(hearing, q, "risk_number_confirmed") for q in said[:1]]
    return []
