from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from callreview.analysis.labels import read_folder, refuse_misfits
from callreview.errors import LabelError, UsageError

GOOD = """\
call: acme
date: 2026-09-14
sellers: [Rep]
moment: demo
levels: {outcome: 1, risk: 0, options: 1, proof: na, stop_rule: 2, owners: 0, delay: 1, pushback: na}
evidence:
  outcome: [2]
  delay: [2]
  delay_response: [3]
violations:
  - {kind: urgency, turn: 1}
"""
WRONG = """\
call: acme
date: 2026-13-40
levels: {outcome: 7, risk: 0, options: 1, proof: na, stoprule: 2, owners: 0, delay: na, pushback: na}
evidence:
  outcome: [0, x]
violations:
  - {kind: urgency, turn: -3}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    labels = Path("labels")
    labels.mkdir()
    (labels / "acme.txt").write_text("Rep: hello\nBuyer: hi\n")
    return labels


def test_a_label_file(folder: Path) -> None:
    (folder / "acme.yaml").write_text(GOOD)
    (call,) = read_folder(folder)
    assert (call.name, call.transcript, call.sellers, str(call.file.date)) == (
        "acme",
        folder / "acme.txt",
        ("Rep",),
        "2026-09-14",
    )
    assert call.labels.levels["proof"] is None
    assert call.labels.evidence["delay"] == (2, 3)
    assert call.labels.violations == (("urgency", 1),)


def test_all_mistakes_of_all_files_are_told_with_their_places(folder: Path, snapshot: SnapshotAssertion) -> None:
    (folder / "acme.yaml").write_text(WRONG)
    (folder / "lonely.yaml").write_text(GOOD)
    (folder / "twice.yaml").write_text(GOOD + "call: again\n")
    (folder / "latin.yaml").write_bytes(b"call: caf\xe9\n")
    with pytest.raises(LabelError) as caught:
        read_folder(folder)
    assert str(caught.value) == snapshot


def test_labels_that_do_not_fit_the_call_or_the_rubric(folder: Path, snapshot: SnapshotAssertion) -> None:
    (folder / "acme.yaml").write_text(GOOD.replace("urgency", "urgancy").replace("moment: demo", "moment: dmeo"))
    (call,) = read_folder(folder)
    with pytest.raises(LabelError) as caught:
        refuse_misfits(call, turns=2, kinds=["urgency", "bypass"], moments=["demo", "renewal"])
    assert str(caught.value) == snapshot


def test_a_folder_without_labels(folder: Path) -> None:
    with pytest.raises(UsageError, match="labels: no labels in this folder"):
        read_folder(folder)
    with pytest.raises(UsageError, match="gone: no folder of labels: No such file"):
        read_folder(Path("gone"))
