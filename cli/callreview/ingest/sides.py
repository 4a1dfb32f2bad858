"""Who sells and who buys, in this order: the export, `--seller` and `--buyer`, the sidecar, the roster, role labels,
companies.

Somebody of whom nothing is told is on the other side of those of whom something is, where only one
side is told. Where nothing at all is told, sides are inferred from what is said on strong evidence only,
and marked so; else the call is refused with the command that settles it.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from callreview.conversation import Side, SideSource, Speaker, Turn
from callreview.errors import InputError, Place, SidesUnknown, WrongSpeaker, did_you_mean
from callreview.ingest.about import About
from callreview.ingest.finding import STANDARD_INPUT
from callreview.ingest.inference import infer
from callreview.ingest.people import Person, match, remarks, squeezed
from callreview.ingest.roster import Roster, Team
from callreview.ingest.text import counted, shortened

_LISTED = 8
_ROSTER = 'write sellers = ["NAME", "your-domain.com"] into a callreview.toml beside them'
_TYPED = 24
"""Longest name in characters that anybody should have to type."""

_ABOUT_SIDES = re.compile(r"^sides are inferred |^side unknown, |\bcounts as (?:seller|buyer), as ")

_CORRECTED = "; if the export is wrong, correct 'side' in the file that 'callreview convert' writes, and review that"

Settled = dict[str, tuple[Side, SideSource]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """Everything that may tell sides besides the people themselves."""

    option_sellers: tuple[str, ...] = ()
    option_buyers: tuple[str, ...] = ()
    sidecar: About = field(default_factory=About)
    roster: Roster = field(default_factory=Roster)
    header_sellers: tuple[str, ...] = ()
    header_buyers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """Speakers with their sides, in the order of their first words, and what was doubtful."""

    speakers: tuple[Speaker, ...]
    notes: tuple[str, ...] = ()


def settle(people: Sequence[Person], turns: Sequence[Turn], claims: Claims, *, path: str) -> Sides:
    """The sides of a call.

    Raises WrongSpeaker for a name that nobody in the call bears or that both options claim, InputError
    where fewer than two people speak, SidesUnknown where nothing tells.
    """
    _refuse_monologue(people, path)
    settled: Settled = {}
    notes: list[str] = []
    for source, found in _told(people, claims, path):
        notes += _contradictions(settled, found, source)
        _add(settled, found, source)
    _add(settled, _doubtful(people, settled), SideSource.LABEL)
    _add(settled, _colleagues(people, settled), SideSource.COMPANY)
    if settled:
        _add_rest(settled, people)
    else:
        _infer(settled, people, turns, path)
        notes.append("sides are inferred from what is said, nothing else tells them: check them, or use --seller")
    _refuse_one_side(settled, people, notes, path)
    teams = _teams(people, claims.roster)
    speakers = tuple(_speaker(person, settled, teams.get(person.name)) for person in people)
    lost = [s.name for s in speakers if s.side is Side.UNKNOWN]
    if lost:
        notes.append(f"side unknown, so left out of what sellers and buyers do: {_names(lost)}")
    return Sides(speakers=speakers, notes=tuple(dict.fromkeys([*remarks(people), *notes])))


def _told(people: Sequence[Person], claims: Claims, path: str) -> Iterator[tuple[SideSource, dict[str, Side]]]:
    """What each source says of the people, the most trusted first."""
    yield SideSource.EXPORT, {p.name: p.told_side for p in people}
    yield SideSource.OPTION, _options(people, claims, path)
    yield SideSource.SIDECAR, _listed(people, claims.sidecar.sellers, claims.sidecar.buyers)
    yield SideSource.ROSTER, _listed(people, claims.roster.all_sellers, claims.roster.buyers)
    yield SideSource.LABEL, {p.name: p.label_side for p in people}
    yield SideSource.LABEL, _listed(people, claims.header_sellers, claims.header_buyers)


def _add(settled: Settled, found: Mapping[str, Side], source: SideSource) -> None:
    """What is settled already is never changed."""
    for name, side in found.items():
        if side is not Side.UNKNOWN and name not in settled:
            settled[name] = (side, source)


def _contradictions(settled: Settled, found: Mapping[str, Side], source: SideSource) -> list[str]:
    """What a source says against those that are trusted more: it is not followed, and that is told."""
    against = {n: s for n, s in found.items() if n in settled and s not in (settled[n][0], Side.UNKNOWN)}
    return [
        f"{shortened(name)} counts as {settled[name][0]}, as {_word_of(*settled[name])} says, "
        f"although {_word_of(side, source)} says {side}{_way_out(settled[name][1])}"
        for name, side in against.items()
    ]


def _way_out(source: SideSource) -> str:
    """What to do where what counts is wrong: nothing goes before an export but the call as one corrects it."""
    return _CORRECTED if source is SideSource.EXPORT else ""


def _word_of(side: Side, source: SideSource) -> str:
    told = {
        SideSource.EXPORT: "the export",
        SideSource.OPTION: f"--{side}",
        SideSource.SIDECAR: "the sidecar",
        SideSource.ROSTER: "the roster",
    }
    return told.get(source, "the transcript itself")


def _names(names: Sequence[str]) -> str:
    """Names in a row, cut where they are too long or too many for an error."""
    listed = ", ".join(map(shortened, names[:_LISTED]))
    return listed if len(names) <= _LISTED else f"{listed} and {len(names) - _LISTED} more"


def _speaker(person: Person, settled: Settled, team: Team | None) -> Speaker:
    side, source = settled.get(person.name, (Side.UNKNOWN, SideSource.NONE))
    if team is None or side is not Side.SELLER:
        return Speaker(name=person.name, side=side, side_from=source)
    manager = team.manager if team.manager and not match(team.manager, [person], fuller=True) else None
    return Speaker(name=person.name, side=side, side_from=source, team=team.name, manager=manager)


# --- options -------------------------------------------------------------------------------------


def _options(people: Sequence[Person], claims: Claims, path: str) -> dict[str, Side]:
    found: dict[str, Side] = {}
    for side, entries in ((Side.SELLER, claims.option_sellers), (Side.BUYER, claims.option_buyers)):
        for entry in entries:
            for person in _meant(entry, side, people, path):
                if found.setdefault(person.name, side) is not side:
                    raise WrongSpeaker(
                        f"{person.name} is named as seller and as buyer",
                        place=Place(path=path),
                        hint="name each speaker once, with --seller or with --buyer",
                    )
    return found


def _meant(entry: str, side: Side, people: Sequence[Person], path: str) -> list[Person]:
    found = match(entry, people)
    if not found:
        raise _nobody(entry, side, people, path)
    exact = {p.name.casefold() for p in found} == {entry.strip().casefold()}
    if len(found) > 1 and not exact and not _means_many(entry, found):
        raise WrongSpeaker(
            f"--{side} {shlex.quote(entry)} fits more than one speaker: {_names([p.name for p in found])}",
            place=Place(path=path),
            hint="write more of the name; --seller and --buyer may be given more than once",
        )
    return found


def _means_many(entry: str, found: Sequence[Person]) -> bool:
    """Whether an entry is a domain or a company, which may stand for several people."""
    return all(match(entry, [_only_company(person)]) for person in found)


def _only_company(person: Person) -> Person:
    return Person(name="", words=0, email=person.email, company=person.company)


def _nobody(entry: str, side: Side, people: Sequence[Person], path: str) -> WrongSpeaker:
    known = {p.name for p in people} | {word for p in people for word in p.name.split()}
    known |= {p.company for p in people if p.company} | {p.email for p in people if p.email}
    close = did_you_mean(entry, known)
    whole = next((p.name for p in people if close in p.name.split()), close)
    return WrongSpeaker(
        f"nobody in this call is called {entry!r} (--{side}); speakers are {_names([p.name for p in people])}",
        place=Place(path=path),
        hint=f"did you mean {whole!r}?" if whole else "use a speaker's name, e-mail address, domain or company",
    )


# --- roster, labels, companies -------------------------------------------------------------------


def _listed(people: Sequence[Person], sellers: Sequence[str], buyers: Sequence[str]) -> dict[str, Side]:
    """Sides by a list made for many calls: entries for nobody here, or for too many, are left alone."""
    claimed: dict[str, set[Side]] = {}
    for side, entries in ((Side.SELLER, sellers), (Side.BUYER, buyers)):
        for entry in entries:
            for person in _fitting(entry, people):
                claimed.setdefault(person.name, set()).add(side)
    return {name: next(iter(sides)) for name, sides in claimed.items() if len(sides) == 1}


def _fitting(entry: str, people: Sequence[Person]) -> list[Person]:
    """Those whom an entry made for many calls means; nobody where it could be one of several."""
    found = match(entry, people, fuller=True)
    return found if len(found) <= 1 or _means_many(entry, found) else []


def _teams(people: Sequence[Person], roster: Roster) -> dict[str, Team]:
    """The team by name; the first in the roster for somebody who is in several."""
    teams: dict[str, Team] = {}
    for team in roster.teams:
        for entry in (*team.members, *([team.manager] if team.manager else [])):
            for person in _fitting(entry, people):
                teams.setdefault(person.name, team)
    return teams


def _doubtful(people: Sequence[Person], settled: Settled) -> dict[str, Side]:
    """`Agent` sells where somebody else is called a buyer, a customer or a client."""
    buyer_role = any(settled.get(p.name, (None, None)) == (Side.BUYER, SideSource.LABEL) for p in people)
    return {p.name: Side.SELLER for p in people if p.doubtful_seller and buyer_role}


def _colleagues(people: Sequence[Person], settled: Settled) -> dict[str, Side]:
    """People of a company of which another person's side is known share it, unless it is on both sides."""
    sides: dict[str, set[Side]] = {}
    for person in people:
        if person.name in settled:
            for company in _companies(person):
                sides.setdefault(company, set()).add(settled[person.name][0])
    found = {}
    for person in people:
        theirs = set().union(*(sides.get(company, set()) for company in _companies(person)))
        if len(theirs) == 1 and person.is_somebody:
            found[person.name] = next(iter(theirs))
    return found


def _companies(person: Person) -> list[str]:
    domain = (person.email or "").rpartition("@")[2]
    return [name for name in (squeezed(person.company or ""), domain) if name]


def _add_rest(settled: Settled, people: Sequence[Person]) -> None:
    """Where only one side is told, the others are on the other one, by the least of what told it."""
    sides = {side for side, _ in settled.values()}
    if len(sides) != 1:
        return
    order = list(SideSource)
    source = max((source for _, source in settled.values()), key=order.index)
    rest = {person.name: next(iter(sides)).other for person in people if person.is_somebody}
    _add(settled, rest, source)


# --- nothing told --------------------------------------------------------------------------------


def _infer(settled: Settled, people: Sequence[Person], turns: Sequence[Turn], path: str) -> None:
    found = infer(turns, [p.name for p in people if p.is_somebody])
    if not found:
        raise _unknown(people, path)
    _add(settled, found, SideSource.INFERRED)


def _refuse_monologue(people: Sequence[Person], path: str) -> None:
    somebody = [p for p in people if p.is_somebody]
    if len(somebody) >= 2:
        return
    place = Place(path=path)
    if not somebody:
        raise InputError(
            "no speaker is named in this transcript",
            place=place,
            hint="a review needs to know who says what: export the transcript with speaker names",
        )
    raise InputError(
        f"only one speaker is named: {somebody[0].name}",
        place=place,
        hint="a review needs both sides of the call: export the transcript with all speakers",
    )


def _refuse_one_side(settled: Settled, people: Sequence[Person], notes: Sequence[str], path: str) -> None:
    sides = {side for side, _ in settled.values()}
    for side in (Side.SELLER, Side.BUYER):
        if side not in sides:
            why = "".join(f"\n    {note}" for note in notes)
            raise InputError(
                f"everybody in this call is a {side.other}: {_names([p.name for p in people])}{why}",
                place=Place(path=path),
                hint=f"say who is the {side}: --{side} NAME",
            )


def _unknown(people: Sequence[Person], path: str) -> SidesUnknown:
    listed = people[:_LISTED]
    width = max(len(shortened(p.name)) for p in listed)
    lines = ["nothing tells who sells and who buys in this call; its speakers are"]
    lines += [f"    {shortened(p.name):<{width}}  {counted(p.words, 'word')}" for p in listed]
    if len(people) > _LISTED:
        lines.append(f"    and {len(people) - _LISTED} more")
    lines.append("  say who sells with one of")
    keys = [_key(person, people) for person in listed if person.is_somebody]
    lines += [f"    {_command(path, key)}" for key in keys]
    return SidesUnknown("\n".join(lines), place=Place(path=path), hint=f"for many calls, {_ROSTER}", speakers=keys)


def is_about_sides(note: str) -> bool:
    """Whether a note came from settling sides, so that it does not hold once they are settled anew."""
    return bool(_ABOUT_SIDES.search(note))


def several_unknown(errors: Sequence[SidesUnknown]) -> InputError:
    """One error for all calls of a run of which nothing tells the sides."""
    if len(errors) == 1:
        return errors[0]
    told = [(str(error.place), error.speakers) for error in errors]
    lines = [f"nothing tells who sells and who buys in {counted(len(told), 'call')}"]
    lines += [f"    {path}: {_names(speakers)}" for path, speakers in told]
    path, speakers = told[0]
    return InputError(
        "\n".join(lines), hint=f"{_ROSTER}; or review one by one, as in\n    {_command(path, speakers[0])}"
    )


def _command(path: str, seller: str) -> str:
    file = path if path == STANDARD_INPUT or not path.startswith("-") else f"./{path}"
    return f"callreview check {shlex.quote(file)} --seller {shlex.quote(seller)}"


def _key(person: Person, people: Sequence[Person]) -> str:
    """What to type for somebody: the name, or as much of a long one as fits nobody else."""
    name = person.name
    if len(name) <= _TYPED:
        return name
    words = [name[: found.start()] for found in re.finditer(r"\s", name[: _TYPED + 1])]
    starts = [*reversed(words), *(name[:size].rstrip(" -_.") for size in (_TYPED // 2, _TYPED))]
    return next((start for start in starts if match(start, people) == [person]), name)
