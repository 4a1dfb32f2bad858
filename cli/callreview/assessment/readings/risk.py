"""Reading for the prompt `risk`: a bad consequence of staying with the smaller scope, and whose number it has.

A consequence is composed: staying (or the smaller scope by name), and something bad or a trouble that goes on, near
each other in one turn of the seller. Its number is one that stands by the consequence; it is the buyer's where the
buyer said it before (or said its factors), or confirms it afterwards.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from callreview.assessment.readings import reading
from callreview.assessment.review import Finding
from callreview.conversation import Side
from callreview.detection.hearing import Hearing, Quantity, QuantityKind, Sighting

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
FIGURES: tuple[QuantityKind, ...] = ("number", "money", "percent", "duration")
# A sum worked out aloud is rounded, a small one is not.
ROUNDING = 0.035
ROUNDED = 100
# Small counts are said by everybody about everything; larger bare ones too, unless of the same thing.
TELLING_COUNT = 5
TELLING_NUMBER = 100
UNMISTAKABLE = 1000
# Words that a figure comes again with, and how near to it they stand, in characters.
AGAIN = frozenset("again every each same still".split())
BESIDE = 24
TAKES_UP = AGAIN | {"those", "that"}
# A name with one of these says by itself that it is not enough.
LIMITS = frozenset("only just alone without lacking but".split())
YES = frozenset(("yes", "right", "true", "correct", "exactly", "indeed", "ja", "si", "oui", "sure"))
# What may stand between a staying and the number that only names its scope.
SCOPE_WORDS = frozenset("a at just on only or our that the these this those to with your".split())
# After these a small number is a time of day, or tells which one is meant.
BEFORE_HOUR = frozenset("at after by before until till from past since week day room route line floor number".split())
# Two numbers that belong to one reckoning stand near each other.
RECKONING_TURNS = 6


@reading("consequence", "quantified", "buyer_number")
def risk(hearing: Hearing) -> Iterator[Finding]:
    """One finding for each seller turn that names a consequence of the smaller scope."""
    told = -ANSWER_TURNS - 1
    for turn in hearing.turns_of(Side.SELLER):
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
    names = [s.passage.end for s in harms if s.signal == "risk_small_scope"]
    own = [
        q
        for q in hearing.quantities_in(turn, *FIGURES)
        if _is_measured(q)
        and (signs or _is_again(hearing, q) or any(0 < q.passage.start - end <= AFTER_NAME for end in names))
    ]
    is_taken_up = any(turn - q.passage.turn <= ECHO_TURNS for q in _given_by_buyer(hearing, turn, tuple(own)))
    return ((signs + harms)[0],) * 2 if is_taken_up and signs + harms else ()


def _is_again(hearing: Hearing, quantity: Quantity) -> bool:
    """ "The same five will go", "that again, three thousand": a word of coming again stands beside the figure."""
    text, at = hearing.call.turn(quantity.passage.turn).text.lower(), quantity.passage
    beside = text[max(at.start - BESIDE, 0) : at.start] + text[at.end : at.end + BESIDE]
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
        if _is_measured(q) and 0 < q.passage.start - staying.passage.end <= GOOD_WORD
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
        if _is_measured(q)
        and not _is_part(hearing, q)
        and not _is_hour(hearing, q)
        and (staying is harm or not _names_scope(hearing, q, staying))
        and -BEFORE_HARM <= q.passage.start - harm.passage.start <= AFTER_HARM
    ]
    after = [q for q in near if q.passage.start >= staying.passage.start]
    return tuple(after) or tuple(q for q in near if not _names_thing(hearing, q))


def _names_thing(hearing: Hearing, quantity: Quantity) -> bool:
    """ "The sixty-horse one", "two bays": the number tells which thing is meant."""
    is_compound = hearing.call.turn(quantity.passage.turn).text[quantity.passage.end :].startswith("-")
    return is_compound or _is_few(quantity)


def _is_few(quantity: Quantity) -> bool:
    return quantity.kind == "number" and max(quantity.values) < TELLING_COUNT


def _is_part(hearing: Hearing, quantity: Quantity) -> bool:
    """ "Two of your lot": no measure of anything."""
    after = hearing.call.turn(quantity.passage.turn).text[quantity.passage.end :]
    return _is_few(quantity) and after.startswith((" of your", " of the", " of them", " of you", " of us"))


def _names_scope(hearing: Hearing, quantity: Quantity, staying: Sighting) -> bool:
    """ "Stay on the two washes": the number belongs to the name of the scope."""
    between = hearing.call.turn(quantity.passage.turn).text[staying.passage.end : quantity.passage.start]
    is_led_to = SCOPE_WORDS.issuperset(between.lower().split())
    return staying.passage.start - 1 <= quantity.passage.start and is_led_to


def _is_measured(quantity: Quantity) -> bool:
    """A figure, not the "a week", "half" or "one" of plain talk."""
    return max(quantity.values, default=0) > 1


def _is_hour(hearing: Hearing, quantity: Quantity) -> bool:
    """A bare "after six" or "at two" is a time of day."""
    before = hearing.call.turn(quantity.passage.turn).text[: quantity.passage.start].lower().split()
    return quantity.kind == "number" and max(quantity.values) < 13 and before[-1:] != [] and before[-1] in BEFORE_HOUR


def _given_by_buyer(hearing: Hearing, turn: int, numbers: tuple[Quantity, ...]) -> tuple[Quantity, ...]:
    """The buyer's earlier figures that are the same, or else the two numbers whose product one of them is."""
    earlier = list(_first_said_by_buyer(hearing, turn))
    # The latest place where each figure was said; figures said in one turn are one piece of evidence.
    latest = [same[-1] for n in numbers if (same := [q for q in earlier if _is_taken_from(hearing, q, n)])]
    if latest:
        return tuple({q.passage.turn: q for q in latest}.values())
    # Of "two times eighteen thousand" the eighteen thousand tells whose number it is.
    telling = [q for q in _factors(hearing, turn, numbers) if max(q.values) >= TELLING_COUNT]
    return tuple({q.passage.turn: q for q in telling}.values())


def _first_said_by_buyer(hearing: Hearing, turn: int) -> Iterator[Quantity]:
    """The buyer's figures before a turn, but for those that only repeat one of the seller's, such as a price."""
    sellers: list[Quantity] = []
    for t in range(1, turn):
        figures = [q for q in hearing.quantities_in(t, *FIGURES) if _is_measured(q)]
        if hearing.side(t) is Side.SELLER:
            sellers += figures
        elif hearing.side(t) is Side.BUYER:
            agrees = not YES.isdisjoint(hearing.words_in(t))
            yield from (q for q in figures if agrees or not any(_same_figure(s, q) for s in sellers))


def _is_taken_from(hearing: Hearing, said: Quantity, used: Quantity) -> bool:
    """The same figure. A bare count is said of many things: of the same thing, or else shortly before."""
    if not _same_figure(said, used):
        return False
    is_bare = used.kind == "number" and max(used.values) < TELLING_NUMBER
    is_near = used.passage.turn - said.passage.turn <= RECKONING_TURNS
    return not is_bare or is_near or _thing(hearing, said) == _thing(hearing, used) != ""


def _thing(hearing: Hearing, quantity: Quantity) -> str:
    """The word after a number, without its plural."""
    after = hearing.call.turn(quantity.passage.turn).text[quantity.passage.end :].lower()
    words = after.replace("-", " ").split(maxsplit=1) if after[:1] in (" ", "-") else []
    return words[0].strip(".,;?!").removesuffix("s") if words else ""


def _is_own(hearing: Hearing, turn: int, numbers: tuple[Quantity, ...]) -> bool:
    """The seller says near a figure that it is the buyer's."""
    told = hearing.in_turn(turn, "risk_own_figure")
    return any(abs(s.passage.start - q.passage.start) <= OWN_FIGURE for s in told for q in numbers)


def _earlier(hearing: Hearing, turn: int) -> Iterator[Quantity]:
    """The buyer's figures before a turn, the latest first."""
    buyers = hearing.turns_of(Side.BUYER)
    for t in reversed(buyers[: bisect_left(buyers, turn)]):
        yield from (q for q in reversed(hearing.quantities_in(t, *FIGURES)) if _is_measured(q))


def _factors(hearing: Hearing, turn: int, numbers: tuple[Quantity, ...]) -> tuple[Quantity, ...]:
    """The latest two figures of the buyer whose product is one of the numbers, or nothing."""
    later: list[Quantity] = []
    for a in _earlier(hearing, turn) if numbers else ():
        later = [b for b in later if b.passage.turn - a.passage.turn <= RECKONING_TURNS]
        if b := next((b for b in later for n in numbers if _worked_out(a, b, n)), None):
            return a, b
        later.append(a)
    return ()


def _taken_up(hearing: Hearing, turn: int) -> tuple[Quantity, ...]:
    """The figure that the buyer gave just before, on being asked, and to which "again" points back."""
    if TAKES_UP.isdisjoint(hearing.words_in(turn)) or hearing.side(turn - 1) is not Side.BUYER:
        return ()
    asked = turn > 2 and any(s.is_question for s in hearing.sentences_in(turn - 2))
    given = [q for q in hearing.quantities_in(turn - 1, *FIGURES) if _is_measured(q)]
    return tuple(given[-1:]) if asked else ()


def _said(hearing: Hearing, quantity: Quantity, signal: str) -> Sighting:
    """A figure as evidence, quoted with its sentence."""
    sentence = hearing.sentence_at(quantity.passage)
    quoted = sentence.passage if sentence else quantity.passage
    return Sighting(signal=signal, passage=quantity.passage, sentence=quoted, rule="reading:risk")


def _same_figure(said: Quantity, used: Quantity) -> bool:
    """The same value, of the same unit or large enough to be told apart from other talk."""
    same_unit = said.kind == used.kind != "number" and said.unit == used.unit
    if any(_close(a, b) for a in said.values for b in used.values if b >= UNMISTAKABLE):
        return True
    if not same_unit and said.kind != used.kind and "number" not in (said.kind, used.kind):
        return False
    least = 2 if same_unit else TELLING_COUNT
    return any(_close(a, b) for a in said.values for b in used.values if b >= least)


def _worked_out(a: Quantity, b: Quantity, used: Quantity) -> bool:
    """The product of two numbers of one reckoning, such as nine mistakes of three quarters of an hour each."""
    products = {x * y for x in a.values for y in b.values if 1 not in (x, y)}
    return any(_close(p, u) for p in products for u in used.values if u >= 2 * TELLING_COUNT)


def _close(a: float, b: float) -> bool:
    return a == b or (min(a, b) >= ROUNDED and abs(a - b) <= ROUNDING * max(abs(a), abs(b)))


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
        said = [q for q in hearing.quantities_in(t) if any(_same_figure(q, n) for n in numbers)] if agrees else []
        told = hearing.quantities_in(t, *FIGURES) if agrees or asked else ()
        said += [q for q in told if q.kind != "number" or max(q.values, default=0) >= TELLING_COUNT]
        return [_said(hearing, q, "risk_number_confirmed") for q in said[:1]]
    return []
