import csv
import io
import json
import re
from pathlib import Path

import pytest
from jinja2 import Environment
from syrupy.assertion import SnapshotAssertion

from callreview import shipped
from callreview.analysis.labels import read_folder
from callreview.assessment.assess import assess
from callreview.assessment.deal import deal_of
from callreview.assessment.reviewer import Reviewer, load_playbook
from callreview.conversation import Call
from callreview.errors import RubricError
from callreview.ingest import ReadOptions, read_call
from callreview.reports.drafts import EMAIL, EXIT, PLAN, Drafts, crm_csv, crm_json
from callreview.rubric import Rubric
from tests.conftest import call_of

TUNE = Path(__file__).parents[1] / "gold" / "tune"
SAMPLES = sorted(p for p in shipped.transcripts().rglob("*") if p.suffix in {".txt", ".vtt", ".srt"})
CALLS = 14
TEMPLATES = (PLAN, EMAIL, EXIT)
QUOTE = re.compile(r"“((?:[^“”]|“[^”]*”)*)” \(turn (\d+), (?:[\d:]+, )?([^)\n]+)\)")


@pytest.fixture(scope="module")
def calls() -> list[Call]:
    labelled = read_folder(TUNE)
    return [
        *(
            read_call(one.transcript, options=ReadOptions(sellers=one.sellers, buyers=one.buyers))
            for one in labelled[::7]
        ),
        *(read_call(sample, options=ReadOptions()) for sample in SAMPLES),
        call_of("seller: Hi.", "buyer: Hello."),
    ]


@pytest.fixture(scope="module")
def drafted(calls: list[Call], reviewer: Reviewer) -> list[tuple[Call, Drafts]]:
    hearings = [reviewer.hear(call) for call in calls]
    return [(h.call, Drafts(assess(h, reviewer.rubric), deal_of(h))) for h in hearings]


def fixed_phrases(template: str, rubric: Rubric) -> str:
    """All text that stands in a template itself."""
    source = (shipped.rubrics() / "upselling" / "drafts" / template).read_text()
    environment = Environment(trim_blocks=True, lstrip_blocks=True)
    return " ".join(" ".join(value for _, kind, value in environment.lex(source) if kind == "data").split())


def rest(call: Call, draft: str) -> list[str]:
    """A draft's lines without its quotes, each of which must be in its turn, and without facts of the call."""

    def checked(found: re.Match[str]) -> str:
        turn = call.turn(int(found[2]))
        assert found[1] in turn.text
        assert found[3] == turn.speaker
        return ""

    draft = QUOTE.sub(checked, draft)
    assert "“" not in draft and "”" not in draft
    return [" ".join(line.split()) for line in draft.splitlines()]


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_sentence_is_a_quote_or_a_fixed_phrase(
    drafted: list[tuple[Call, Drafts]], reviewer: Reviewer, template: str
) -> None:
    fixed = fixed_phrases(template, reviewer.rubric)
    missing = {rung.missing for prompt in reviewer.rubric.prompts for rung in prompt.ladder}
    missing |= {lack.missing for p in reviewer.rubric.prompts for rung in p.ladder for lack in rung.lacks.values()}
    for call, drafts in drafted:
        facts = {call.title, f"{call.title}, {call.date}", *(s.name for s in call.speakers)}
        facts |= {s.name.split()[0] for s in call.speakers}
        for line in rest(call, drafts.written(template, reviewer.rubric)):
            line = re.sub(r"^(?:\d+\. ?|- (?:Owner|By|Missing): ?|- |## (?:pass|open): |Hello)", "", line).strip(
                " ;-,."
            )
            known = line in fixed or line in facts or line in missing or line in {c.title for c in drafts.checks()}
            assert known or all(name in facts for name in line.split(", ")), line


def test_every_crm_value_is_a_quote_or_an_open_question(drafted: list[tuple[Call, Drafts]]) -> None:
    questions = set()
    for call, drafts in drafted:
        printed = json.loads(crm_json(call, drafts.crm()))
        assert [field["field"] for field in printed["fields"]] == [
            "primary_outcome", "risk_of_under_scope", "chosen_option_rationale", "stop_rule", "stakeholders_validated",
        ]  # fmt: skip
        for field in printed["fields"]:
            assert field["quotes"] or field["open"]
            assert field["state"] == ("open" if not field["quotes"] else "partly" if field["open"] else "recorded")
            questions |= {field["open"]} - {None}
            for quote in field["quotes"]:
                turn = call.turn(quote["turn"])
                assert quote["quote"] in turn.text and quote["speaker"] == turn.speaker
        rows = list(csv.DictReader(io.StringIO(crm_csv(call, drafts.crm()))))
        assert [row["quote"] for row in rows if row["quote"]] == [
            quote["quote"] for field in printed["fields"] for quote in field["quotes"]
        ]
    assert len(questions) <= 10, "questions are fixed phrases"


def test_a_yes_under_a_blocker_is_no_consent(drafted: list[tuple[Call, Drafts]]) -> None:
    for _, drafts in drafted:
        _, consent, _ = drafts.checks()
        assert not (consent.passed and consent.against)


@pytest.mark.parametrize("template", TEMPLATES)
def test_drafts_of_a_good_call(
    drafted: list[tuple[Call, Drafts]], reviewer: Reviewer, template: str, snapshot: SnapshotAssertion
) -> None:
    good = next(drafts for call, drafts in drafted if "vet-clinics" in call.title)
    assert good.written(template, reviewer.rubric) == snapshot


@pytest.mark.parametrize("template", TEMPLATES)
def test_what_was_not_said_stays_open(
    drafted: list[tuple[Call, Drafts]], reviewer: Reviewer, template: str, snapshot: SnapshotAssertion
) -> None:
    assert drafted[-1][1].written(template, reviewer.rubric) == snapshot


def test_a_manager_writes_another_template(drafted: list[tuple[Call, Drafts]], tmp_path: Path) -> None:
    own = tmp_path / "ours"
    (own / "drafts").mkdir(parents=True)
    (own / "rubric.yaml").write_text("id: ours\nversion: '1'\ntitle: t\nextends: upselling\n")
    (own / "drafts" / "plan.md").write_text("{% for quote in outcome %}{{ quote }}\n{% endfor %}")
    rubric, drafts = load_playbook(own), drafted[-2][1]
    assert drafts.written(PLAN, rubric).startswith("“")
    assert drafts.written(EMAIL, rubric).startswith("Subject:"), "the others are those of the playbook it extends"


@pytest.mark.parametrize(
    "written, told",
    [
        ("{% for quote in outcome %}\n{{ quote }}", r"plan\.md:2: Unexpected end"),
        ("{{ outcme }}", r"plan\.md: 'outcme' is undefined"),
        ("{{ about.__class__.__mro__ }}", r"plan\.md: access to attribute '__class__'"),
    ],
    ids=["syntax", "name", "unsafe"],
)
def test_mistakes_in_a_template_are_told_with_their_place(
    drafted: list[tuple[Call, Drafts]], tmp_path: Path, written: str, told: str
) -> None:
    own = tmp_path / "ours"
    (own / "drafts").mkdir(parents=True)
    (own / "rubric.yaml").write_text("id: ours\nversion: '1'\ntitle: t\nextends: upselling\n")
    (own / "drafts" / "plan.md").write_text(written)
    with pytest.raises(RubricError, match=told):
        drafted[0][1].written(PLAN, load_playbook(own))
