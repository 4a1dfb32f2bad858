import pytest

from callreview.conversation import Side
from callreview.ingest.people import Person, match, people_of, remarks
from callreview.ingest.transcript import Told, Utterance

from .helpers import call_of, sides_of

PEOPLE = [
    Person(
        name="Dana Whitfield",
        words=10,
        email="dana@mail.northwind.example",
        labels=("Dana Whitfield (Northwind Ltd)",),
        company="Northwind Ltd",
    ),
    Person(name="Sam Ortiz", words=10, company="Trestle"),
    Person(name="Sam Webb", words=10, company="Trestle"),
    Person(name="Zoë O'Neill", words=10),
]


@pytest.mark.parametrize(
    ("entry", "names"),
    [
        ("Dana Whitfield", ["Dana Whitfield"]),
        ("  dana   WHITFIELD ", ["Dana Whitfield"]),
        ("Dana Whitfield (Northwind Ltd)", ["Dana Whitfield"]),
        ("dana", ["Dana Whitfield"]),
        ("whit", ["Dana Whitfield"]),
        ("sam", ["Sam Ortiz", "Sam Webb"]),
        ("sam w", ["Sam Webb"]),
        ("dana@mail.northwind.example", ["Dana Whitfield"]),
        ("sam.ortiz@anywhere.example", ["Sam Ortiz"]),
        ("northwind.example", ["Dana Whitfield"]),
        ("@trestle.example", ["Sam Ortiz", "Sam Webb"]),
        ("TRESTLE", ["Sam Ortiz", "Sam Webb"]),
        ("o'neill", ["Zoë O'Neill"]),
        ("field", []),
        ("", []),
        ("---", []),
    ],
)
def test_what_an_entry_means(entry, names):
    assert [person.name for person in match(entry, PEOPLE)] == names


def test_a_roster_may_say_more_than_the_transcript():
    people = [Person(name="Dana", words=1), Person(name="Sam", words=1)]
    assert match("Dana Whitfield", people) == []
    assert [p.name for p in match("Dana Whitfield", people, fuller=True)] == ["Dana"]


@pytest.mark.parametrize(
    "name", ["Unknown speaker", "Fireflies.ai Notetaker Dana", "Bob Lee's Presentation", "Unknown Speaker 2"]
)
def test_nobody(name):
    assert not Person(name=name, words=1).is_somebody


@pytest.mark.parametrize(
    "name",
    [
        "Fireflies.ai Notetaker Ana",
        "Bob Lee’s Presentation",
        "Presentation (Bob Lee)",
        "Sam's Screen",
        "OtterPilot",
        "Read.ai meeting notes",
        "Gong Recorder",
        "tl;dv Bot",
        "Meeting assistant",
    ],
)
def test_machines_are_on_no_side(name):
    told = {name: Told(side=Side.SELLER)}
    (person,) = people_of([Utterance(text="hi", speaker=name)], {name: name}, told, {name: 1})
    assert person.is_machine
    assert not person.is_somebody
    assert person.told_side is Side.UNKNOWN


@pytest.mark.parametrize("name", ["Presley Screen", "Sam's iPhone", "Recall Jones", "+1 555 010 2233", "Reade Bot"])
def test_people_are_no_machines(name):
    assert Person(name=name, words=1).is_somebody


def test_somebody_with_a_notetaker_is_still_somebody():
    assert Person(name="Ana", words=1, labels=("Ana", "Ana (Fireflies Notetaker)")).is_somebody
    assert Person(name="Ana", words=1, labels=("Ana (Fireflies Notetaker)",)).is_machine


def test_a_person_goes_before_their_screen():
    people = [Person(name=name, words=1) for name in ("Bob Lee", "Bob Lee's Presentation", "Ana's Notetaker")]
    assert [person.name for person in match("bob", people)] == ["Bob Lee"]
    assert [person.name for person in match("bob lee's presentation", people)] == ["Bob Lee's Presentation"]
    assert [person.name for person in match("ana", people)] == ["Ana's Notetaker"]


def test_what_is_remarked():
    names = [
        "Barnabé + Francesco 🚗",
        "Dana Whitfield & Lee",
        "+1 555 010 2233",
        "1555***22",
        "Sam",
        "Smith & Sons Ltd of Kent",
    ]
    assert list(remarks(Person(name=name, words=1) for name in names)) == [
        "Barnabé + Francesco 🚗 is one login of 2 people (Barnabé, Francesco): who of them speaks cannot be told, so they count as one speaker",
        "Dana Whitfield & Lee is one login of 2 people (Dana Whitfield, Lee): who of them speaks cannot be told, so they count as one speaker",
        "+1 555 010 2233 is a telephone number: somebody dialled in, whom the transcript does not name",
        "1555***22 is a telephone number: somebody dialled in, whom the transcript does not name",
    ]


@pytest.mark.parametrize("start", ["WEBVTT\n\n", ""])
def test_odd_speakers_in_a_call(start):
    said = [
        "Bob Lee: Hello.",
        "Bob Lee's Presentation: Ping.",
        "Fireflies.ai Notetaker Ana: This call is noted.",
        "+1 555 010 2233: I dialled in.",
        "1555***7788: So did I.",
        "Barnabé + Francesco: We are two.",
        "Bob Lee: All right.",
    ]
    cues = [f"00:00:{n:02}.000 --> 00:00:{n + 1:02}.000\n{line}\n" if start else line for n, line in enumerate(said, 1)]
    call = call_of(start + "\n".join(cues), sellers=("bob",))
    assert [turn.speaker for turn in call.turns] == [line.partition(": ")[0] for line in said]
    assert sides_of(call) == {
        "Bob Lee": ("seller", "option"),
        "Bob Lee's Presentation": ("unknown", "none"),
        "Fireflies.ai Notetaker Ana": ("unknown", "none"),
        "+1 555 010 2233": ("buyer", "option"),
        "1555***7788": ("buyer", "option"),
        "Barnabé + Francesco": ("buyer", "option"),
    }
    assert sum("one login of 2 people" in note for note in call.notes) == 1
    assert sum("is a telephone number" in note for note in call.notes) == 2
