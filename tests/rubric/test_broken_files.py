"""Whatever stands in the files: a playbook loads, or every mistake is told with its place, and never in Python's words."""

import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callreview.assessment.reviewer import Reviewer, load_playbook
from callreview.errors import RubricError
from tests.conftest import call_of
from tests.rubric.conftest import RUBRICS, copy_of_small

GOOD = (RUBRICS / "small" / "signals" / "hurry.yaml").read_bytes()
ODD: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "1:1: the file is empty"),
    "only a comment": (b"# later\n", "1:1: the file is empty"),
    "one word": (b"hurry", "1:1: the file must hold keys with values, not text"),
    "a list": (b"- title: hurry\n", "1:1: the file must hold keys with values, not a list"),
    "indented with tabs": (GOOD.replace(b"  - ", b"\t- "), "indent with spaces, not with tabs"),
    "a tab in a quoted text": (GOOD.replace(b"(only|just) today", b"only\ttoday"), ""),
    "a key twice": (GOOD + b"title: again\n", "16:1: 'title' stands here twice"),
    "an anchor": (b"a: &b c\n", "1:4: '&b' is YAML's mark"),
    "an alias": (b"a: *b\n", "1:4: '*b' is YAML's mark"),
    "an alias of itself": (b"a: &b [*b]\n", "1:4: '&b' is YAML's mark"),
    "a tag": (b"a: !!python/object:os.system b\n", "is YAML's mark for a type"),
    "a merge": (GOOD + b"<<: {side: buyer}\n", "16:1: unknown key '<<'"),
    "two documents": (GOOD + b"---\n" + GOOD, "16:1: a second document begins here"),
    "a list as a key": (b"[a]: b\n", "1:1: a key must be a word"),
    "never closed": (b"title: 'hurry\n", "not YAML"),
    "brackets without end": (b"[" * 100_000, ": nested too deep"),
    "not text": (bytes(range(256)) * 8, "not text in UTF-8"),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0", "not text in UTF-8"),
    "a zero byte": (GOOD + b"\0", "16:1: the character U+0000 is no text"),
    "UTF-16": (GOOD.decode().encode("utf-16"), "not text in UTF-8"),
    "a mark of byte order": (b"\xef\xbb\xbf" + GOOD, ""),
    "Windows line ends": (GOOD.replace(b"\n", b"\r\n"), ""),
    "a huge gap": (GOOD.replace(b"...3", b"..." + b"9" * 9999), "7:20: a gap spans 1 to 25 words"),
    "groups in groups": (GOOD.replace(b"(only|just)", b"(" * 5000), "groups in groups"),
    "a long line": (GOOD.replace(b"today", b"today " * 50_000), ""),
}


@pytest.mark.parametrize("case", ODD)
def test_odd_files_are_read_or_told(playbook: Path, case: str) -> None:
    content, told = ODD[case]
    (playbook / "signals" / "hurry.yaml").write_bytes(content)
    assert told in _verdict(playbook)
    assert bool(told) == bool(_verdict(playbook))


UNREADABLE: dict[str, Callable[[Path], None]] = {
    "a folder instead of a file": lambda file: file.mkdir(),
    "a link to nowhere": lambda file: file.symlink_to("nowhere"),
    "a link to itself": lambda file: file.symlink_to(file),
}


@pytest.mark.parametrize("name", ["rubric.yaml", "signals/hurry.yaml", "lists_more.yaml", "../contexts.yaml"])
@pytest.mark.parametrize("case", UNREADABLE)
def test_files_that_cannot_be_read_are_told(playbook: Path, name: str, case: str) -> None:
    file = playbook / name
    file.unlink(missing_ok=True)
    UNREADABLE[case](file)
    assert f"{file.name}: cannot be read: " in _verdict(playbook)


def test_what_depends_on_an_unreadable_file_is_not_complained_about(playbook: Path) -> None:
    for name in ("lists.yaml", "contexts.yaml"):
        (playbook.parent / name).write_text("a: b: c")
    (playbook / "combinations.yaml").write_text("a: b: c")
    (playbook / "rubric.yaml").write_text("a: b: c")
    assert _verdict(playbook).count("not YAML") == 4
    assert "4 mistakes" in _verdict(playbook)


NAMES = ["small/rubric.yaml", "small/signals/hurry.yaml", "contexts.yaml", "lists.yaml"]
SCRAPS = (
    "\t|: |- |[|{|}|]|*x|&x|!x|'|\"|\0|é|\u2028|...|...99 |^|$|~|(|)|?|<a>|<<: |#|\n|\n  |null|0|-1|---\n|\x85".split(
        "|"
    )
)


@settings(max_examples=100, deadline=None)
@given(name=st.sampled_from(NAMES), data=st.data())
def test_a_damaged_file_is_read_or_told(name: str, data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        playbook = copy_of_small(Path(folder) / "rubrics")
        file = playbook.parent / name
        text = file.read_text()
        for _ in range(data.draw(st.integers(1, 3))):
            first = data.draw(st.integers(0, len(text)))
            after = data.draw(st.integers(first, min(first + 12, len(text))))
            text = text[:first] + data.draw(st.sampled_from(["", *SCRAPS])) + text[after:]
        file.write_text(text, newline="")
        _verdict(playbook)


def _verdict(playbook: Path) -> str:
    """What is told of a playbook; nothing where it loads, compiles and reviews a call."""
    try:
        reviewer = Reviewer(load_playbook(playbook))
    except RubricError as error:
        for mistake in error.mistakes:
            _check_place(playbook, mistake.place.path, mistake.place.line, mistake.place.column)
            assert not {"Input", "Field", "Extra", "Traceback"} & set(mistake.message.split())
        return str(error)
    reviewer.review(call_of("seller: It is only today, not tomorrow.", "buyer: It's your call."))
    return ""


def _check_place(playbook: Path, path: str, line: int | None, column: int | None) -> None:
    if line is None or column is None:
        return
    text = (playbook.parent.parent / path).read_bytes().decode("utf-8-sig")
    lines = text.splitlines() or [""]
    assert line <= len(lines)
    assert column <= len(lines[line - 1]) + 1
