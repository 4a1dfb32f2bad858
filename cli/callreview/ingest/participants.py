"""Speakers whom an export names by ids: one label for each, and what is told of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from callreview.conversation import Side
from callreview.ingest import fields
from callreview.ingest.transcript import Told


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """Somebody in an export's list of people; `name` is empty where it tells none."""

    name: str = ""
    told: Told = field(default_factory=Told)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """The label of each id that speaks, what is told by label, and who is named without speaking.

    `told` and `silent` are what `Transcript.told` and `Transcript.named` take.
    """

    labels: Mapping[str, str]
    told: Mapping[str, Told]
    silent: tuple[str, ...] = ()


def cast(spoken: Iterable[str], people: Mapping[str, Participant]) -> Cast:
    """Labels for the ids that speak, in the order of their first words; an empty id is nobody.

    Two ids with one name are two people, unless they share an e-mail address too: somebody who came back.
    Who has no name goes by the e-mail address, or else by a number.

    >>> cast(["a", "b", "c"], {"a": Participant(name="Sam"), "b": Participant(name="Sam")}).labels
    {'a': 'Sam', 'b': 'Sam #2', 'c': 'Speaker 1'}
    """
    labels: dict[str, str] = {}
    told: dict[str, Told] = {}
    known: dict[tuple[str, str], str] = {}
    taken: set[str] = set()
    bearers: Counter[str] = Counter()
    for key in dict.fromkeys(key for key in spoken if key):
        person = people.get(key, Participant())
        name = person.name or person.told.email or ""
        who = (name.casefold(), (person.told.email or key).casefold())
        if who not in known:
            known[who] = _free(name, taken, bearers)
            told[known[who]] = person.told
        labels[key] = known[who]
    return Cast(
        labels=labels,
        told={label: what for label, what in told.items() if what != Told()},
        silent=tuple(
            word
            for key, person in people.items()
            if key not in labels
            for word in (person.name, person.told.email)
            if word
        ),
    )


def known(told: Iterable[tuple[str, Participant]]) -> dict[str, Participant]:
    """Everybody by id, of whom one piece may tell the name and another one the side; what comes first counts.

    >>> known([("7", Participant()), ("7", Participant(name="Sam")), ("", Participant())])["7"].name
    'Sam'
    """
    people: dict[str, Participant] = {}
    for key, new in told:
        if key:
            old = people.get(key, Participant())
            side = old.told.side if old.told.side is not Side.UNKNOWN else new.told.side
            email, company = old.told.email or new.told.email, old.told.company or new.told.company
            people[key] = Participant(name=old.name or new.name, told=Told(side=side, email=email, company=company))
    return people


_NAMES = ("name", "displayName", "display_name", "full_name", "userName")
_ADDRESSES = ("email", "emailAddress", "email_address", "userEmail")


def listed(*lists: object) -> tuple[str, ...]:
    """Names and e-mail addresses of people in lists that hold them as objects or as text, or in one object.

    >>> listed([{"name": "Sam", "email": None}, "dana@acme.example"], None, {"email": "kim@acme.example"})
    ('Sam', 'dana@acme.example', 'kim@acme.example')
    """
    found = (item for held in lists for item in (held if isinstance(held, list) else [held]))
    told = (fields.words(one, key) for item in found for one in [_object(item)] for key in (*_NAMES, *_ADDRESSES))
    return tuple(word for word in told if word)


def _object(item: object) -> object:
    return {"name": item} if isinstance(item, str) else item


def _free(name: str, taken: set[str], bearers: Counter[str]) -> str:
    """A label that nobody has yet: the name, `name #2`, or `Speaker 1` for who has none; it is taken then.

    `bearers` counts the labels made from each name, so that many of one name are not counted again and again.
    """
    key = name.casefold()
    while True:
        bearers[key] += 1
        number = bearers[key]
        label = f"Speaker {number}" if not name else f"{name} #{number}" if number > 1 else name
        if label.casefold() not in taken:
            taken.add(label.casefold())
            return label


def side_of(word: str, *, sellers: Iterable[str], buyers: Iterable[str]) -> Side:
    """The side that an export's word means, in any case; unknown for any other word.

    >>> side_of("Internal", sellers=["internal"], buyers=["external"])
    <Side.SELLER: 'seller'>
    """
    known = word.casefold()
    return Side.SELLER if known in sellers else Side.BUYER if known in buyers else Side.UNKNOWN
