from pathlib import Path

import pytest

from tests.commands.conftest import Run


def test_explain_says_what_was_heard_ignored_and_why(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "call.txt"
    file.write_text(
        "Rep: With the plan you asked for you can cancel any time.\n"
        "Buyer: My last vendor said we could cancel any time, and then we could not.\n"
        "Rep: If it is not under ten calls a week by the end of March, you drop back to Basic on the first of April.\n"
        "Buyer: Fine.\n"
    )
    result = run("explain", file, "stop_rule")
    assert result.status == 0
    headings = ("Levels", "Evidence", "Heard and ignored", "Heard, but without weight", "Looked for by its words")
    assert [result.out.find(f"\n{heading}") for heading in headings] == sorted(
        result.out.index(f"\n{heading}") for heading in headings
    )
    assert "rubrics/upselling/signals/" in result.out
    assert "drop back to Basic" in " ".join(result.out.split())
    assert "ignored: somebody else is said to have said it" in result.out


@pytest.mark.parametrize("prompt", ["5", "stop_rule", "stop-rule"])
def test_a_prompt_goes_by_number_or_name(run: Run, tmp_path: Path, prompt: str) -> None:
    file = tmp_path / "call.txt"
    file.write_text("Rep: Good morning.\nBuyer: Good morning to you.\n")
    assert "stop rule or rollback" in run("explain", file, prompt).out
