from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from callreview.ingest.text import clean
from callreview.reports.html import environment
from callreview.reports.marks import Mark, pieces


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    """A turn's text, as it is after reading, and any marks over it: nested, crossing, the same twice, empty."""
    text = clean(draw(st.text(max_size=60)))
    places = st.integers(0, len(text))
    spans = draw(st.lists(st.tuples(places, places, st.sampled_from(["quote", "fired", "violation"])), max_size=6))
    marks = [Mark(start=min(a, b), end=max(a, b), kind=kind, id=f"m{i}") for i, (a, b, kind) in enumerate(spans)]
    return text, marks


class Seen(HTMLParser):
    """What a browser sees: the text, the text within each mark by id where it opens, and whether marks are balanced."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.open = 0
        self.starts: dict[str, int] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag == "mark"
        self.open += 1
        if name := dict(attrs).get("id"):
            assert name not in self.starts, "an id stands once"
            self.starts[name] = len(self.text)

    def handle_endtag(self, tag: str) -> None:
        self.open -= 1
        assert self.open >= 0

    def handle_data(self, data: str) -> None:
        self.text += data


def as_html(text: str, marks: list[Mark]) -> str:
    parts = environment().get_template("parts.html").module
    return str(parts.marked(pieces(text, marks)))  # type: ignore[attr-defined]


@given(marked_texts())
def test_a_marked_text_is_the_text_to_the_letter(case: tuple[str, list[Mark]]) -> None:
    text, marks = case
    seen = Seen()
    seen.feed(as_html(text, marks))
    seen.close()
    assert seen.text == text
    assert seen.open == 0
    assert seen.starts == {mark.id: mark.start for mark in marks if mark.start < mark.end}


@given(marked_texts())
def test_pieces_are_the_text_and_every_mark_covers_its_own(case: tuple[str, list[Mark]]) -> None:
    text, marks = case
    cut = pieces(text, marks)
    assert "".join(piece.text for piece in cut) == text
    assert all(piece.text for piece in cut)
    for mark in marks:
        assert "".join(piece.text for piece in cut if mark in piece.marks) == text[mark.start : mark.end]


def test_what_looks_like_html_stays_text() -> None:
    assert as_html("<b>&amp;", [Mark(start=0, end=3, kind="quote")]) == '<mark class="quote">&lt;b&gt;</mark>&amp;amp;'
