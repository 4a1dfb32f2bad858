from datetime import date
from pathlib import Path

import pytest

from callreview.errors import UsageError
from callreview.ingest import ReadOptions, read_call
from callreview.ingest.about import About, by_file_name, file_name_pattern, read_sidecar

from .helpers import sides_of

TALK = "[00:01] Dana Whitfield: hello\n[00:05] Sam Ortiz: hi\n"
SIDECAR = "date: 2026-09-14\naccount: Trestle  Homes\ntitle: Renewal\nsellers: [dana]\nbuyers: Sam Ortiz\n"


def written(name: str, text: str) -> Path:
    path = Path(name)
    path.write_text(text, encoding="utf-8")
    return path


def call(name: str = "acme.txt", **options):
    return read_call(written(name, TALK), options=ReadOptions(**options))


def test_a_sidecar_tells_what_the_transcript_does_not():
    written("acme.meta.yaml", SIDECAR)
    found = call()
    assert (found.date, found.account, found.title) == (date(2026, 9, 14), "Trestle Homes", "Renewal")
    assert sides_of(found) == {"Dana Whitfield": ("seller", "sidecar"), "Sam Ortiz": ("buyer", "sidecar")}


def test_options_are_trusted_more_and_the_roster_less():
    written("acme.meta.yaml", "sellers: [dana]\n")
    written("callreview.toml", 'buyers = ["Dana Whitfield"]\n')
    found = call()
    assert sides_of(found)["Dana Whitfield"] == ("seller", "sidecar")
    assert "Dana Whitfield counts as seller, as the sidecar says, although the roster says buyer" in found.notes
    asked = call(buyers=("dana",), sellers=("sam",))
    assert sides_of(asked)["Dana Whitfield"] == ("buyer", "option")
    assert "Dana Whitfield counts as buyer, as --buyer says, although the sidecar says seller" in asked.notes


def test_the_export_then_the_sidecar_then_the_file_name():
    written("callreview.toml", 'sellers = ["dana"]\nfile_name = "{date}_{account}_{title}"\n')
    told = "Date: 2026-01-02\n\n" + TALK
    name = "2026-03-04_Oak_Ridge_first talk"
    path = written(f"{name}.txt", told)
    written(f"{name}.meta.yaml", "date: 2026-02-03\ntitle: Second talk\n")
    found = read_call(path, options=ReadOptions())
    assert (found.date, found.account, found.title) == (date(2026, 1, 2), "Oak", "Second talk")


def test_no_sidecar():
    assert read_sidecar(Path("acme.txt")) == About()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("title: x\nsellrs: [Dana]\n", "acme.meta.yaml:2: unknown key 'sellrs' in the sidecar\n  help: did you mean 'sellers'?"),
        ("stage: won\n", "acme.meta.yaml:1: unknown key 'stage' in the sidecar\n  help: known keys: date, account, title, sellers, buyers"),
        ("title: x\ndate: soon\n", "acme.meta.yaml:2: no date can be read in 'soon'\n  help: write it as 2026-09-14"),
        ("\ntitle: [x]\n", "acme.meta.yaml:2: 'title' in the sidecar is no text\n  help: write it in quotes"),
        ("buyers: {a: b}\n", "acme.meta.yaml:1: 'buyers' in the sidecar is no list of names"),
        ("title: [x\n", "acme.meta.yaml:2:1: the sidecar is no YAML: expected"),
        ("- x\n", "acme.meta.yaml: a sidecar holds the keys 'date', 'account', 'title', 'sellers' and 'buyers'"),
    ],
)  # fmt: skip
def test_mistakes_in_a_sidecar(text, message):
    written("acme.meta.yaml", text)
    with pytest.raises(UsageError) as caught:
        call(sellers=("dana",))
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    ("pattern", "stem", "told"),
    [
        ("{date}_{account}_{title}", "2026-09-14_Trestle Homes_Renewal", (date(2026, 9, 14), "Trestle Homes", "Renewal")),
        ("{date}_{account}", "2026_09_14_oak_ridge", (date(2026, 9, 14), "oak ridge", None)),
        ("{account} - {title} ({date})", "Oak - Q3 - plan (2026-09-14)", (date(2026, 9, 14), "Oak", "Q3 - plan")),
        ("{any}-{account}-{any}", "call-oak-17", (None, "oak", None)),
        ("{account}_{title}", "nothing of the kind 2026-09-14", (date(2026, 9, 14), None, None)),
        ("{date}_{title}", "monday_Oak", (None, None, "Oak")),
    ],
)  # fmt: skip
def test_file_names(pattern, stem, told):
    found = by_file_name(stem, file_name_pattern(pattern))
    assert (found.date, found.account, found.title) == told


@pytest.mark.parametrize("pattern", ["{acount}", "{title}_{title}", "calls", "{any}", ""])
def test_patterns_that_cannot_be_meant(pattern):
    with pytest.raises(ValueError, match="pattern of file names"):
        file_name_pattern(pattern)
