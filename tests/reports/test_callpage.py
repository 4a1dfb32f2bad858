import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from callreview import shipped
from callreview.assessment.review import Review
from callreview.assessment.reviewer import Reviewer
from callreview.ingest import ReadOptions, read_call
from callreview.reports.callpage import call_page
from callreview.reports.redaction import Redaction
from tests.browser import Browser, Opened
from tests.conftest import call_of

SAMPLES = sorted(p for p in shipped.transcripts().rglob("*") if p.suffix in {".txt", ".vtt", ".srt"})
PUSHY = (
    "buyer: We lose about nine hours a week to retyping orders, and I want that gone by spring.",
    "seller: Then I'd look at the Plus plan, it reads the orders in by itself.",
    "buyer: No, we'll stay on the <small> one & that's it.",
    "seller: That price is gone tonight. There are only two slots left and they're going fast.",
    "seller: I can only hold this rate until five o'clock today.",
)


class Page(HTMLParser):
    """A page's text, the turns' own words, all ids and all links within it."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._in_said = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.tags.append((tag, values))
        if values.get("id"):
            self.ids.append(str(values["id"]))
        if tag == "a":
            self.links.append(str(values["href"]))
        if tag == "p":
            self._in_said = values.get("class") == "said"
            self.said += [""] if self._in_said else []

    def handle_endtag(self, tag: str) -> None:
        self._in_said = self._in_said and tag != "p"

    def handle_data(self, data: str) -> None:
        if self._in_said:
            self.said[-1] += data


@pytest.fixture(scope="module")
def reviews(reviewer: Reviewer) -> list[Review]:
    calls = [read_call(sample, options=ReadOptions()) for sample in SAMPLES]
    found = [reviewer.review(call) for call in (*calls, call_of("seller: Hi."), call_of(*PUSHY))]
    return [*found, Redaction(found[0].call).review(found[0])]


def test_the_transcript_is_on_the_page_to_the_letter(reviews: list[Review]) -> None:
    for review in reviews:
        assert Page(call_page(review)).said == [turn.text for turn in review.call.turns]


def test_every_quote_leads_to_its_place_and_ids_stand_once(reviews: list[Review]) -> None:
    for review in reviews:
        page = Page(call_page(review))
        assert len(page.ids) == len(set(page.ids))
        assert {link[1:] for link in page.links} <= set(page.ids)
        quoted = {s.sentence for a in review.answers for s in a.evidence} | {
            v.sighting.sentence for v in review.violations
        }
        assert {f"quote-{p.turn}-{p.start}-{p.end}" for p in quoted} <= set(page.ids)
        assert {f"turn-{turn.number}" for turn in review.call.turns} <= set(page.ids)


def test_nothing_is_loaded_and_no_handler_or_style_stands_in_a_tag(reviews: list[Review]) -> None:
    html = call_page(reviews[0])
    for tag, values in Page(html).tags:
        assert tag not in {"img", "link", "iframe", "object", "base"}
        assert not {name for name in values if name.startswith("on") or name in {"style", "src", "action"}}
    assert re.search(r"default-src 'none'; style-src 'sha256-[\w+/=]+'; script-src 'sha256-[\w+/=]+';", html)
    assert "http://" not in html and "https://" not in html


def test_a_redacted_page_names_nobody(reviews: list[Review]) -> None:
    html = call_page(reviews[-1])
    assert "Seller 1" in html
    assert [name for name in ("Maya", "Okonkwo", "Luis", "Ferreira", "Priya", "Helen") if name in html] == []


def test_the_page_of_a_pushy_call(reviews: list[Review], snapshot: SnapshotAssertion) -> None:
    html = call_page(reviews[-2])
    assert (
        re.sub(r"(<style>|<script>|content=\"default).*?(</style>|</script>|>\n)", "", html, flags=re.DOTALL)
        == snapshot
    )


# --- in a browser ---------------------------------------------------------------------------------


@pytest.fixture
def pushy(reviews: list[Review], browser: Browser, tmp_path: Path) -> Opened:
    file = tmp_path / "call.html"
    file.write_text(call_page(reviews[-2]), encoding="utf-8")
    return browser.open(file)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("which", [0, -2], ids=["calm", "pushy"])
def test_no_complaint_no_request_no_barrier(
    reviews: list[Review], browser: Browser, tmp_path: Path, which: int, dark: bool
) -> None:
    file = tmp_path / "call.html"
    file.write_text(call_page(reviews[which]), encoding="utf-8")
    opened = browser.open(file, dark=dark)
    assert opened.barriers() == []
    assert opened.complaints == []
    assert opened.requests == []


def test_tab_reaches_every_link_and_field(pushy: Opened) -> None:
    there = pushy.page.locator("a, input, summary").count()
    assert len(pushy.tabbed()) == there > 20


def test_search_and_filters(pushy: Opened) -> None:
    page = pushy.page
    page.get_by_label("Search", exact=True).fill("small> one")
    assert page.locator(".turn:visible").count() == 1
    assert page.locator("output").inner_text() == "1 of 5 turns"
    page.get_by_label("Search", exact=True).fill("")
    page.get_by_label("seller").uncheck()
    assert page.locator(".turn:visible").count() == 2
    page.locator(".violation a").first.click()
    page.wait_for_function("[...document.querySelectorAll('.turn')].every(turn => turn.offsetParent)")
    assert page.locator(".turn:visible").count() == 5, "a link to what is filtered away shows all again"
    assert pushy.complaints == []


def test_j_and_k_go_from_turn_to_turn(pushy: Opened) -> None:
    page = pushy.page
    focused = "document.activeElement.getAttribute('href')"
    page.locator(".turn .at").first.focus()
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.evaluate(focused) == "#turn-3"
    page.keyboard.press("k")
    assert page.evaluate(focused) == "#turn-2"


@pytest.mark.parametrize("width", [320, 1400])
def test_no_page_is_wider_than_its_window(reviews: list[Review], browser: Browser, tmp_path: Path, width: int) -> None:
    file = tmp_path / "call.html"
    file.write_text(call_page(reviews[0]), encoding="utf-8")
    page = browser.open(file, width=width).page
    assert page.evaluate("document.documentElement.scrollWidth") <= width
