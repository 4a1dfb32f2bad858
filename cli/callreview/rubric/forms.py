"""All forms of an English word, so that `~revert` hears "reverted" too.

Forms are expanded when a rubric is compiled: faster than lemmas at reading time, and it works on lower-case
speech without punctuation. Regular spelling rules plus a table of irregular verbs and nouns; a form that does
not exist in English does no harm, since nobody says it. (Libraries tried for this: `lemminflect`, without a
release for years; `inflect`, which knows no past tense.)
"""

from __future__ import annotations

from functools import cache

_IRREGULAR = """
be am is are was were been being
have has had having
do does did done doing
go goes went gone going
get gets got gotten getting
say says said saying
make makes made making
take takes took taken taking
give gives gave given giving
come comes came coming
see sees saw seen seeing
know knows knew known knowing
think thinks thought thinking
tell tells told telling
find finds found finding
leave leaves left leaving
keep keeps kept keeping
let lets letting
begin begins began begun beginning
bring brings brought bringing
build builds built building
buy buys bought buying
catch catches caught catching
choose chooses chose chosen choosing
cost costs costing costed
cut cuts cutting
deal deals dealt dealing
draw draws drew drawn drawing
drive drives drove driven driving
eat eats ate eaten eating
fall falls fell fallen falling
feel feels felt feeling
fight fights fought fighting
fit fits fitted fitting
fly flies flew flown flying
forget forgets forgot forgotten forgetting
freeze freezes froze frozen freezing
grow grows grew grown growing
hang hangs hung hanging
hear hears heard hearing
hide hides hid hidden hiding
hit hits hitting
hold holds held holding
hurt hurts hurting
lay lays laid laying
lead leads led leading
lend lends lent lending
lie lies lay lain lying
lose loses lost losing
mean means meant meaning
meet meets met meeting
overrun overruns overran overrunning
pay pays paid paying
prove proves proved proven proving
put puts putting
quit quits quitting
read reads reading
ride rides rode ridden riding
ring rings rang rung ringing
rise rises rose risen rising
run runs ran running
sell sells sold selling
send sends sent sending
set sets setting
show shows showed shown showing
shut shuts shutting
sign signs signed signing
sit sits sat sitting
sleep sleeps slept sleeping
speak speaks spoke spoken speaking
spend spends spent spending
stand stands stood standing
stick sticks stuck sticking
steal steals stole stolen stealing
swap swaps swapped swapping
swear swears swore sworn swearing
teach teaches taught teaching
tear tears tore torn tearing
throw throws threw thrown throwing
understand understands understood understanding
undo undoes undid undone undoing
wake wakes woke woken waking
wear wears wore worn wearing
win wins won winning
withdraw withdraws withdrew withdrawn withdrawing
write writes wrote written writing
man men
woman women
person people persons
child children
foot feet
half halves
"""

_DOUBLING = frozenset(
    "cap chip chop clip commit control cram crop drag drip drop equip fit flag flip grab grip hop jam jog lag log "
    "map mop nag nap net nod occur pin plan plug pop prefer refer regret rip rob rub scan scrap scrub ship shop shred "
    "skip slam slap slip slot snap spot stop strip sum swap tag tap tip top transfer travel cancel trap trim trip wrap "
    "zap dip ban bet pit rig submit permit admit omit chat sit hit run cut win let put quit shut split spin "
    "step".split()
)
_VOWELS = "aeiou"


def _irregular() -> dict[str, frozenset[str]]:
    rows = [row.split() for row in _IRREGULAR.strip().splitlines()]
    return {row[0]: frozenset(row) for row in rows}


_BY_BASE = _irregular()


@cache
def forms(word: str) -> frozenset[str]:
    """The word itself and its inflected forms, lower case.

    >>> sorted(forms("revert"))
    ['revert', 'reverted', 'reverting', 'reverts']
    >>> sorted(forms("carry"))
    ['carried', 'carries', 'carry', 'carrying']
    >>> sorted(forms("fry"))
    ['fried', 'fries', 'fry', 'frying']
    """
    word = word.lower()
    return _BY_BASE.get(word) or frozenset({word, _s_form(word), *_past_and_ing(word)})


def _s_form(word: str) -> str:
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ies"
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    return word + "s"


def _past_and_ing(word: str) -> tuple[str, ...]:
    if word in _DOUBLING:
        stem = word + word[-1]
        return stem + "ed", stem + "ing", word + "ed", word + "ing"
    if word.endswith("ie"):
        return word + "d", word[:-2] + "ying"
    if word.endswith("ee"):
        return word + "d", word + "ing"
    if word.endswith("e"):
        return word + "d", word[:-1] + "ing"
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ied", word + "ing"
    return word + "ed", word + "ing"
