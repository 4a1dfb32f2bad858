from pathlib import Path

import pytest

from tests.commands.conftest import Run

CALL = """\
Marisela Okonjo: So, Thorben, you should be on Pro. This price is gone tonight, call 212-555-0142.
Thorben Brandvold: No, Marisela, we'll stay on the small one, ask Lee Vance or write to thorben@trestle.example.
Marisela Okonjo: Don't worry about the auto-renew bit, card 4111 1111 1111 1111 is on file.
Thorben Brandvold: How long would I be tied in, and does Ingrid know?
"""
SECRETS = ["marisela", "okonjo", "thorben", "brandvold", "vance", "ingrid", "212-555", "4111", "trestle.example"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "callreview.toml").write_text(
        'sellers = ["Marisela Okonjo"]\n[teams.North]\nmembers = ["Lee Vance"]\nmanager = "Ingrid Sund"\n'
    )
    file = tmp_path / "2026-09-14 thorben_brandvold.txt"
    file.write_text(CALL)
    return file


@pytest.mark.parametrize(
    "arguments",
    [
        ["check"],
        ["check", "-q"],
        ["check", "--format", "jsonl"],
        ["check", "--format", "markdown"],
        ["explain", "pushback"],
        ["explain", "stop_rule"],
    ],
    ids=" ".join,
)
def test_nobody_is_named_on_standard_output(run: Run, file: Path, arguments: list[str]) -> None:
    command, *rest = arguments
    plain, redacted = run(command, file, *rest), run(command, file, *rest, "--redact")
    assert redacted.status == plain.status == 0
    assert any(secret in plain.out.lower() for secret in SECRETS)
    assert [secret for secret in SECRETS if secret in redacted.out.lower()] == []


def test_nobody_is_named_on_what_is_drawn(run: Run, file: Path, tmp_path: Path) -> None:
    page, picture = tmp_path / "out.html", tmp_path / "out.svg"
    assert run("card", file, "--html", page, "--svg", picture, "--redact").status == 0
    drawn = (page.read_text() + picture.read_text()).lower()
    assert [secret for secret in SECRETS if secret in drawn] == []


def test_converted_calls_are_redacted_by_the_same_roster(run: Run, file: Path) -> None:
    run("convert", file)
    (converted,) = file.parent.glob("*.callreview.json")
    out = run("check", converted, "--format", "jsonl", "--redact").out.lower()
    assert [secret for secret in SECRETS if secret in out] == []


def test_the_demo_is_redacted_too(run: Run) -> None:
    out = run("demo", "--redact").out
    assert "Seller 1" in out
    assert "Maya" not in out and "Helen" not in out


@pytest.mark.parametrize("arguments", [["check"], ["explain", "pushback"]], ids=" ".join)
@pytest.mark.parametrize("option", [[], ["--seller", "Somebody Else"]], ids=["sides-unknown", "wrong-seller"])
def test_nobody_is_named_in_errors(run: Run, file: Path, arguments: list[str], option: list[str]) -> None:
    (file.parent / "callreview.toml").unlink()
    command, *rest = arguments
    told = run(command, file, *rest, *option, "--redact").err.lower()
    assert "speaker 1" in told
    assert not [secret for secret in ("marisela", "okonjo", "thorben", "brandvold") if secret in told]
