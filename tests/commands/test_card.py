from pathlib import Path

from callreview import shipped
from tests.commands.conftest import Run

CALL = shipped.transcripts() / "2026-09-24-vet-clinics-reminders.txt"


def test_a_page_and_a_picture_are_drawn(run: Run, tmp_path: Path) -> None:
    page, picture = tmp_path / "a.html", tmp_path / "a.svg"
    result = run("card", CALL, "--html", page, "--svg", picture)
    assert (result.status, result.out, result.err) == (0, "", "")
    assert page.read_text().startswith("<!doctype html>")
    assert "Option C is Complete" in page.read_text()
    assert picture.read_text().startswith("<svg")


def test_it_must_be_said_where_to(run: Run, tmp_path: Path) -> None:
    result = run("card", CALL)
    assert result.status == 2
    assert "--html OUT.html" in result.err
    result = run("card", CALL, "--html", tmp_path / "no" / "a.html")
    assert result.status == 2
    assert "name a file in a folder that exists" in result.err
