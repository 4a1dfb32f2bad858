import pytest

from callreview.ingest.people import Person, match

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
