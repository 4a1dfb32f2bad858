"""Drafts of what is written after a call: action plan, follow-up e-mail, CRM fields, stage-exit check.

Each sentence of a draft is a quote with its turn, or stands in a template; what was not said is an open question. The
templates lie in the playbook's folder `drafts`, so that whoever keeps the playbook can change them.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from callreview.assessment.deal import Deal
from callreview.assessment.review import Review
from callreview.conversation import Call, Passage, Side
from callreview.detection.hearing import Sighting
from callreview.errors import Mistake, Place, RubricError
from callreview.reports.quoting import QUOTES_A_PROMPT, clock
from callreview.rubric import Rubric

PLAN, EMAIL, EXIT = "plan.md", "email.txt", "exit.md"
FOLDER = "drafts"
CRM_SCHEMA = "callreview.crm/1"
# From this level on, options and a plan are good enough to leave the stage.
ENOUGH = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words of the call with their turn; as text, they are marked as a quote."""

    text: str
    turn: int
    speaker: str
    start_s: float | None

    def __str__(self) -> str:
        when = "" if self.start_s is None else f"{clock(self.start_s)}, "
        return f"“{self.text}” (turn {self.turn}, {when}{self.speaker})"


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """A step of the plan."""

    said: tuple[Quote, ...]
    owned: bool
    owner: str | None
    date: Quote | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One check at the exit of a stage: `against` are violations that make it open whatever else was said."""

    title: str
    passed: bool
    quotes: tuple[Quote, ...]
    missing: str | None = None
    against: tuple[Quote, ...] = ()

    @property
    def state(self) -> str:
        """In a word."""
        return "pass" if self.passed else "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a customer record: what was said for it, and what is still open."""

    name: str
    title: str
    quotes: tuple[Quote, ...]
    open: str | None

    @property
    def state(self) -> str:
        """In a word."""
        return "open" if not self.quotes else "partly" if self.open else "recorded"


class Drafts:
    """The drafts of one call."""

    def __init__(self, review: Review, deal: Deal) -> None:
        self._review, self._call, self._deal = review, review.call, deal

    def written(self, template: str, rubric: Rubric) -> str:
        """A draft by a template of the playbook; raises RubricError where the template has a mistake."""
        return _rendered(template, rubric, self.words())

    def words(self) -> dict[str, Any]:
        """All that a template can name."""
        deal = self._deal
        return {
            "about": _about(self._call),
            "buyers": [s.name.split()[0] for s in self._call.speakers if s.side is Side.BUYER],
            "sender": next((s.name for s in self._call.speakers if s.side is Side.SELLER), ""),
            "outcome": self._of("outcome", Side.BUYER),
            "measured": not self._short("outcome"),
            "risk": self._of("risk"),
            "proof": self._of("proof"),
            "small": self._quotes(deal.small),
            "large": self._quotes(deal.large),
            "small_trade_offs": self._quotes(deal.small_trade_offs),
            "large_trade_offs": self._quotes(deal.large_trade_offs),
            "stop_rule": self._of("stop_rule"),
            "stop_rule_is_complete": not self._short("stop_rule"),
            "steps": [
                StepView(
                    said=self._quotes(step.said),
                    owned=step.owned,
                    owner=step.owner,
                    date=self._quote(step.date) if step.date else None,
                )
                for step in deal.steps
            ],
            "buyer_owns_a_step": any(step.owned and step.by_buyer for step in deal.steps),
            "approvers": self._quotes(deal.approvers),
            "consent": self._consent(),
            "checks": self.checks(),
        }

    def checks(self) -> tuple[Check, ...]:
        """What must be there before the deal leaves its stage; a yes under pressure is none."""
        options, owners, consent = self._review.answer("options"), self._review.answer("owners"), self._consent()
        blockers = [v.sighting.sentence for v in self._review.violations if v.severity == "blocker"]
        return (
            Check(
                title="Options presented",
                passed=(options.level or 0) >= ENOUGH,
                quotes=self._of("options"),
                missing=options.missing if (options.level or 0) < ENOUGH else None,
            ),
            Check(
                title="Consent recorded",
                passed=bool(consent) and not blockers,
                quotes=consent,
                against=self._quotes(blockers) if consent else (),
            ),
            Check(
                title="Mutual plan on file",
                passed=(owners.level or 0) >= ENOUGH,
                quotes=self._of("owners"),
                missing=owners.missing if (owners.level or 0) < ENOUGH else None,
            ),
        )

    def crm(self) -> tuple[Field, ...]:
        """The five fields of the customer record."""
        return (
            _field(
                "primary_outcome",
                "Primary outcome",
                self._of("outcome", Side.BUYER),
                "Which number will show it, and by when?" if self._short("outcome") else None,
                otherwise="Which result does the buyer want, in their own words?",
            ),
            _field(
                "risk_of_under_scope",
                "Risk of under-scope",
                self._of("risk"),
                "Which figure of the buyer's own shows its size?" if self._short("risk") else None,
                otherwise="What happens with the smaller scope, how often, and what does it cost?",
            ),
            _field(
                "chosen_option_rationale",
                "Chosen option's rationale",
                self._consent(),
                "Why this one, in the buyer's own words?",
                otherwise="Which option did the buyer choose, and why?",
            ),
            _field(
                "stop_rule",
                "Stop rule recorded",
                self._of("stop_rule"),
                "Which number decides, on which day, and what happens then?" if self._short("stop_rule") else None,
                otherwise="What happens if it does not work, and how does the buyer get out?",
            ),
            _field(
                "stakeholders_validated",
                "Stakeholders validated",
                self._quotes(dict.fromkeys((*self._deal.engaged, *self._deal.approvers))),
                "Who of them has agreed?",
                otherwise="Who in security, finance and operations has to agree?",
            ),
        )

    def _short(self, prompt: str) -> bool:
        """Whether something is missing for the highest level."""
        answer = self._review.answer(prompt)
        return answer.level != answer.max_level

    def _of(self, prompt: str, side: Side | None = None) -> tuple[Quote, ...]:
        """What carried the level of a prompt most, of one side where it is named; nothing at level 0."""
        answer = self._review.answer(prompt)
        carried: Iterable[Sighting] = answer.carried_by if answer.level else ()
        said = (s.sentence for s in carried if side is None or self._call.side(s.turn) is side)
        return self._quotes(said)[:QUOTES_A_PROMPT]

    def _consent(self) -> tuple[Quote, ...]:
        return self._quotes(s.sentence for s in self._review.consent)

    def _quotes(self, passages: Iterable[Passage]) -> tuple[Quote, ...]:
        return tuple(map(self._quote, dict.fromkeys(passages)))

    def _quote(self, passage: Passage) -> Quote:
        turn = self._call.turn(passage.turn)
        return Quote(text=self._call.quote(passage), turn=turn.number, speaker=turn.speaker, start_s=turn.start)


def _field(name: str, title: str, quotes: tuple[Quote, ...], more: str | None, *, otherwise: str) -> Field:
    return Field(name=name, title=title, quotes=quotes, open=more if quotes else otherwise)


def crm_json(call: Call, fields: Sequence[Field]) -> str:
    """The fields as one JSON object."""
    return json.dumps(
        {
            "schema": CRM_SCHEMA,
            "call": {"id": call.id, "title": call.title, "date": call.date.isoformat() if call.date else None},
            "fields": [
                {
                    "field": field.name,
                    "title": field.title,
                    "state": field.state,
                    "quotes": [
                        {"quote": q.text, "turn": q.turn, "speaker": q.speaker, "start_s": q.start_s}
                        for q in field.quotes
                    ],
                    "open": field.open,
                }
                for field in fields
            ],
        },
        ensure_ascii=False,
        indent=2,
    )


def crm_csv(call: Call, fields: Sequence[Field]) -> str:
    """The fields as a table: one row a quote, and one for what is open."""
    page = io.StringIO()
    rows = csv.writer(page, lineterminator="\n")
    rows.writerow(["call", "field", "state", "quote", "turn", "speaker", "start_s", "open"])
    for field in fields:
        for q in field.quotes:
            rows.writerow([call.id, field.name, field.state, q.text, q.turn, q.speaker, q.start_s, ""])
        if field.open:
            rows.writerow([call.id, field.name, field.state, "", "", "", "", field.open])
    return page.getvalue()


def _about(call: Call) -> str:
    return f"{call.title}, {call.date}" if call.date else call.title


def _rendered(template: str, rubric: Rubric, words: dict[str, Any]) -> str:
    """The template of the playbook, or of the one that it extends, with these words; it can call nothing else."""
    from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    folders = [folder / FOLDER for folder in reversed(rubric.folders)]
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(folders), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    try:
        return environment.get_template(template).render(words)
    except TemplateSyntaxError as error:
        place, told = Place(path=error.filename or template, line=error.lineno), error.message or "it cannot be read"
    except TemplateNotFound:
        place, told = Place(path=str(folders[0] / template)), "there is no such template"
    except (TemplateError, TypeError, ValueError) as error:
        place, told = Place(path=str(folders[0] / template)), str(error)
    hint = f"a template can name {', '.join(words)}"
    raise RubricError([Mistake(place=place, message=told, hint=hint)]) from None
