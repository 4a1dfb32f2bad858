"""Labels to people: `Dana (AE, Northwind)` is Dana, sells, and works for Northwind.

Also here: how a name, an e-mail address, a domain or a company, as people type it, is matched.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from callreview.conversation import Side
from callreview.ingest.names import is_telephone, split_bracket, who_share
from callreview.ingest.roles import is_doubtful_role, is_job, is_role, role_side, split_role
from callreview.ingest.text import shortened
from callreview.ingest.transcript import Told, Utterance

_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")
_DOMAIN = re.compile(r"^@?[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}$")
_BOT = re.compile(
    r"notetaker|note taker|['’]s (?:presentation|screen)$|^presentation \(|\bscreen share\b|^otter\.ai$|\botterpilot\b"
    r"|^fireflies\.ai\b|^read(?:\.ai| ai)\b|\b(?:meeting|call|ai) (?:recorder|assistant|bot|notes)$"
    r"|^(?:gong|chorus|grain|fathom|avoma|clari|tl;?dv|recall)(?:\.\w+)? (?:recorder|assistant|recording|bot)\b",
    re.I,
)
_NOBODY = re.compile(r"^unknown(?: speaker| participant)?(?: \d+)?$|^\(?unidentified\)?$", re.I)
_LEGAL = re.compile(r"[,.]?\s+(?:inc|ltd|llc|gmbh|corp|co|plc|ag|sa|bv|pty|limited|company|corporation)\.?$", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bracket:
    """What stands in brackets behind a name."""

    side: Side = Side.UNKNOWN
    company: str | None = None
    doubtful_seller: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One speaker before the sides are settled.

    `label_side` comes from a role label, `told_side` from the export. `doubtful_seller` marks a role
    such as `Agent`. `words` counts all that they say.
    """

    name: str
    words: int
    labels: tuple[str, ...] = ()
    told_side: Side = Side.UNKNOWN
    label_side: Side = Side.UNKNOWN
    doubtful_seller: bool = False
    email: str | None = None
    company: str | None = None

    @property
    def is_somebody(self) -> bool:
        """False for unknown speakers, notetakers and shared screens: they are on no side."""
        return not (_NOBODY.match(self.name) or self.is_machine)

    @property
    def is_machine(self) -> bool:
        """Whether this is a notetaker or a shared screen."""
        return all(_BOT.search(label) for label in self.labels or (self.name,))


def read_bracket(text: str) -> Bracket:
    """Role and company of a bracket's text.

    >>> read_bracket("VP of Sales, CloudTech Solutions").company
    'CloudTech Solutions'
    >>> read_bracket("TribeAI Sales Rep").side, read_bracket("AE").company
    (<Side.SELLER: 'seller'>, None)
    """
    side, doubtful = Side.UNKNOWN, False
    companies: list[str] = []
    for part in (part.strip() for part in re.split(r"[,;|/]|\s[-–—]\s", text)):
        before, role = split_role(part)
        side = side if side is not Side.UNKNOWN else role if role is not Side.UNKNOWN else role_side(part)
        doubtful = doubtful or is_doubtful_role(part)
        if part and not is_role(part) and not is_job(part) and not _EMAIL.search(part):
            companies.append(before)
    return Bracket(side=side, company=companies[-1] if companies else None, doubtful_seller=doubtful)


def display_names(labels: Iterable[str]) -> dict[str, str]:
    """The speaker name of each label: without its bracket, unless that would make two people one.

    Labels that differ only in case are one speaker, by the first spelling.

    >>> display_names(["Dana (Northwind)", "Sam", "dana", "Alex (A)", "Alex (B)"])
    {'Dana (Northwind)': 'Dana', 'Sam': 'Sam', 'dana': 'Dana', 'Alex (A)': 'Alex (A)', 'Alex (B)': 'Alex (B)'}
    """
    ordered = list(dict.fromkeys(labels))
    spelled: dict[str, str] = {}
    brackets: dict[str, set[str]] = {}
    for label in ordered:
        name, bracket = split_bracket(label)
        spelled.setdefault(name.casefold(), name)
        spelled.setdefault(label.casefold(), label)
        brackets.setdefault(name.casefold(), set()).update([bracket.casefold()] if bracket else [])

    def display(label: str) -> str:
        bare = split_bracket(label)[0].casefold()
        return spelled[bare] if len(brackets[bare]) < 2 else spelled[label.casefold()]

    return {label: display(label) for label in ordered}


def people_of(
    utterances: Sequence[Utterance], names: Mapping[str, str], told: Mapping[str, Told], spoken_words: Mapping[str, int]
) -> list[Person]:
    """Everybody who speaks, in the order of their first words.

    `names` maps labels to speaker names, `spoken_words` counts words by speaker name (it also holds
    speakers without label).
    """
    labels: dict[str, list[str]] = {name: [] for name in spoken_words}
    for label in dict.fromkeys(u.speaker for u in utterances if u.speaker is not None):
        labels.setdefault(names[label], []).append(label)
    return [_person(name, spoken_words.get(name, 0), of, told) for name, of in labels.items()]


def _person(name: str, words: int, labels: Sequence[str], told: Mapping[str, Told]) -> Person:
    brackets = [read_bracket(bracket) for label in labels if (bracket := split_bracket(label)[1])]
    exports = [told[label] for label in labels if label in told]
    emails = [export.email for export in exports if export.email]
    emails += [found[0] for label in labels if (found := _EMAIL.search(label))]
    companies = [e.company for e in exports if e.company] + [b.company for b in brackets if b.company]
    person = Person(
        name=name,
        words=words,
        labels=tuple(labels),
        told_side=_first_side([e.side for e in exports]),
        label_side=_first_side([role_side(name), *(b.side for b in brackets)]),
        doubtful_seller=is_doubtful_role(name) or any(b.doubtful_seller for b in brackets),
        email=emails[0].casefold() if emails else None,
        company=companies[0] if companies else None,
    )
    return replace(person, told_side=Side.UNKNOWN, label_side=Side.UNKNOWN) if person.is_machine else person


def remarks(people: Iterable[Person]) -> Iterator[str]:
    """What a reader of a review is to know of speakers who are not one person with a name."""
    for person in people:
        if together := who_share(person.name):
            yield (
                f"{shortened(person.name)} is one login of {len(together)} people ({', '.join(together)}): "
                "who of them speaks cannot be told, so they count as one speaker"
            )
        elif is_telephone(person.name):
            yield f"{person.name} is a telephone number: somebody dialled in, whom the transcript does not name"


def _first_side(sides: Iterable[Side]) -> Side:
    return next((side for side in sides if side is not Side.UNKNOWN), Side.UNKNOWN)


def match(entry: str, people: Sequence[Person], *, fuller: bool = False) -> list[Person]:
    """The people that an entry means; several for a domain, a company or an ambiguous first name.

    Tried in this order, the first that fits wins: the whole name or label, the e-mail address, the
    domain, the company, words of the name (`dana`, `whit`). With `fuller` an entry may also say more
    than the transcript does (`Dana Whitfield` in a roster for the speaker `Dana`). A person goes before
    their notetaker and the screen that they share.
    """
    key = " ".join(entry.split()).casefold()
    if not key:
        return []
    tests: list[Callable[[str, Person], bool]] = [_is_name, _is_email, _is_domain, _is_company, _is_part]
    if fuller:
        tests.append(_says_more)
    found = ([person for person in people if test(key, person)] for test in tests)
    meant = next((those for those in found if those), [])
    return [person for person in meant if person.is_somebody] or meant


def _says_more(key: str, person: Person) -> bool:
    return _is_part(person.name.casefold(), _named(key))


def _named(name: str) -> Person:
    return Person(name=name, words=0)


def _is_name(key: str, person: Person) -> bool:
    return key in {person.name.casefold(), *(label.casefold() for label in person.labels)}


def _is_email(key: str, person: Person) -> bool:
    if not _EMAIL.fullmatch(key):
        return False
    return person.email == key or _name_words(key.partition("@")[0]) == _name_words(person.name)


def _is_domain(key: str, person: Person) -> bool:
    if not _DOMAIN.match(key):
        return False
    domain = key.removeprefix("@")
    theirs = (person.email or "").rpartition("@")[2]
    if theirs == domain or theirs.endswith("." + domain):
        return True
    return person.company is not None and squeezed(person.company) == squeezed(domain.partition(".")[0])


def _is_company(key: str, person: Person) -> bool:
    return person.company is not None and squeezed(person.company) == squeezed(key)


def _is_part(key: str, person: Person) -> bool:
    """Whether each word of the key starts a word of the name."""
    asked, theirs = _name_words(key), _name_words(person.name)
    return bool(asked) and all(any(word.startswith(part) for word in theirs) for part in asked)


def _name_words(name: str) -> list[str]:
    return [word for word in re.split(r"[\W_]+", name.casefold()) if word]


def squeezed(company: str) -> str:
    """A company's name for comparison: no case, no spaces, no legal form.

    >>> squeezed("North Wind Ltd.") == squeezed("northwind")
    True
    """
    return re.sub(r"[\W_]+", "", _LEGAL.sub("", company.strip()).casefold())
