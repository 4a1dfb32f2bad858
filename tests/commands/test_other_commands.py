import json
import shutil
from pathlib import Path

import jsonschema
import pytest
import yaml

from callreview import shipped
from tests.commands.conftest import Run

GOLD = Path(__file__).parents[1] / "gold"


def test_demo_reviews_a_shipped_call(run: Run, tmp_path: Path) -> None:
    result = run("demo", "--svg", tmp_path / "card.svg")
    assert (result.status, result.err) == (0, "")
    assert "SCORE" in result.out.splitlines()[-1]
    assert (tmp_path / "card.svg").read_text().startswith("<svg")


@pytest.mark.parametrize("name", ["rubric", "contexts", "lists", "combinations", "signal"])
def test_the_schemas_accept_the_shipped_files(run: Run, name: str) -> None:
    schema = json.loads(run("schema", name).out)
    places = {"rubric": "upselling/rubric.yaml", "signal": "upselling/signals/*.yaml"}
    files = sorted(shipped.rubrics().glob(places.get(name, f"**/{name}*.yaml")))
    assert files or name == "combinations"
    for file in files:
        data = yaml.safe_load(file.read_text())
        jsonschema.validate(data, schema)


def test_evaluate_gives_the_same_figures_in_both_formats(run: Run) -> None:
    table = run("evaluate", GOLD / "tune", "--worst", "1").out
    data = json.loads(run("evaluate", GOLD / "tune", "--format", "json").out)
    assert f"{data['calls']} calls" in table
    assert f"exact {data['exact']:.3f}" in table
    assert data["calls"] == len(list((GOLD / "tune").glob("*.yaml")))


def test_evaluate_names_the_place_of_a_wrong_label(run: Run, tmp_path: Path) -> None:
    source = sorted((GOLD / "tune").glob("*.yaml"))[0]
    (tmp_path / "a.txt").write_text("Rep: Hello.\nBuyer: Hello.\n")
    (tmp_path / "a.yaml").write_text(source.read_text().replace("outcome: ", "outcome: 7", 1))
    result = run("evaluate", tmp_path)
    assert result.status == 2
    assert "a.yaml:" in result.err


def test_a_sidecar_is_no_label(run: Run, tmp_path: Path) -> None:
    label = sorted((GOLD / "tune").glob("*.yaml"))[0]
    for file in label.parent.glob(f"{label.stem}.*"):
        shutil.copy(file, tmp_path)
    (tmp_path / f"{label.stem}.meta.yaml").write_text("title: Renewal\n")
    result = run("evaluate", tmp_path)
    assert (result.status, result.err) == (0, "")
    assert "1 call" in result.out
