import pytest
from syrupy.assertion import SnapshotAssertion

from callreview import shipped
from callreview.assessment.assess import assess
from callreview.assessment.reviewer import Reviewer
from callreview.assessment.spoiling import hearings
from callreview.ingest import ReadOptions, read_call
from callreview.reports.explanation import Case, explanation
from tests.reports.conftest import Printed

SAMPLES = sorted(p for p in shipped.transcripts().rglob("*") if p.suffix in {".txt", ".vtt", ".srt"})
PROMPTS = ["outcome", "risk", "options", "proof", "stop_rule", "owners", "delay", "pushback"]


def case(reviewer: Reviewer, sample: str, prompt: str) -> Case:
    (path,) = (p for p in SAMPLES if sample in p.name)
    hearing = reviewer.hear(read_call(path, options=ReadOptions()))
    return Case(
        answer=assess(hearing, reviewer.rubric).answer(prompt),
        hearing=hearings(hearing, reviewer.rubric)[prompt],
        prompt=next(p for p in reviewer.rubric.prompts if p.id == prompt),
        rubric=reviewer.rubric,
    )


def test_the_page(reviewer: Reviewer, printed: Printed, snapshot: SnapshotAssertion) -> None:
    assert printed(explanation(case(reviewer, "gym", "risk"))) == snapshot


@pytest.mark.parametrize("prompt", PROMPTS)
@pytest.mark.parametrize("sample", ["gym", "vet", "vans"])
def test_it_stays_readable(reviewer: Reviewer, printed: Printed, sample: str, prompt: str) -> None:
    page = printed(explanation(case(reviewer, sample, prompt)))
    assert len(page.splitlines()) <= 135
    assert max(map(len, page.splitlines())) <= 80
    assert "reading:" not in page
    assert "Looked for by its words: rules in rubrics/upselling/signals/" in page.replace("\n", " ")


def test_what_is_said_with_a_violation_is_ignored_because_of_it(reviewer: Reviewer, printed: Printed) -> None:
    page = printed(explanation(case(reviewer, "gym", "risk")), 200)
    assert "ignored: said with a violation (others' choices as a push), so it proves nothing" in page
