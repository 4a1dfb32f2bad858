from callreview.conversation import Side, Turn
from callreview.ingest.inference import infer

SELLER = [
    "hi its jordan calling from swift line the reason for my call is your account with us",
    "so what we can offer you is the next one up",
    "and i'll send you over a quote, our pricing is on there",
]
BUYER = ["hello", "what would it cost", "is that in our budget"]


def turns(*spoken):
    return [Turn(number=n, speaker=speaker, text=text) for n, (speaker, text) in enumerate(spoken, 1)]


def test_plain_evidence_settles_it_whoever_starts():
    one = turns(*zip("ABABAB", [x for pair in zip(SELLER, BUYER, strict=True) for x in pair], strict=True))
    assert infer(one, ["A", "B"]) == {"A": Side.SELLER, "B": Side.BUYER}
    two = turns(*zip("BABABA", [x for pair in zip(BUYER, SELLER, strict=True) for x in pair], strict=True))
    assert infer(two, ["B", "A"]) == {"A": Side.SELLER, "B": Side.BUYER}


def test_weak_or_mixed_evidence_settles_nothing():
    assert infer(turns(("A", SELLER[0]), ("B", "hello")), ["A", "B"]) is None
    assert infer(turns(("A", " ".join(SELLER)), ("B", "hello")), ["A", "B"]) is None
    mixed = turns(*[("A", text) for text in SELLER], ("B", SELLER[0]), ("B", SELLER[1]))
    assert infer(mixed, ["A", "B"]) is None


def test_of_three_a_silent_one_stays_unknown():
    spoken = turns(*[("A", text) for text in SELLER], *[("B", text) for text in BUYER], ("C", "morning"))
    assert infer(spoken, ["A", "B", "C"]) == {"A": Side.SELLER, "B": Side.BUYER}
