"""The manager's week as a page, in a real browser."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from callreview.analysis.week import Week
from callreview.analysis.weekly import a_week
from callreview.analysis.weeks import IsoWeek
from callreview.conversation import Turn
from callreview.reports.week_html import CallView, page
from callreview.store.recalling import quoted_turns, recalled
from callreview.store.records import ReviewRecord
from tests.browser import Browser
from tests.ledgers.generator import MadeCall
from tests.ledgers.records import record

WEEK = IsoWeek.named("2026-W47")
SECONDS = 2.0


def view(made: MadeCall, *, whole: bool = True) -> CallView:
    review = record(made)
    turns = tuple(
        Turn(number=i, speaker=turn.name, text=turn.text, start=turn.start, end=turn.end)
        for i, turn in enumerate(made.turns, start=1)
    )
    return CallView(record=review, review=recalled(review, turns if whole else quoted_turns(review)), whole=whole)


@pytest.fixture(scope="module")
def views(made_quarter: tuple[MadeCall, ...]) -> list[CallView]:
    """All calls with their transcripts; the oldest one with what was quoted of it only."""
    return [view(made, whole=bool(i)) for i, made in enumerate(made_quarter)]


@pytest.fixture(scope="module")
def records(views: list[CallView]) -> list[ReviewRecord]:
    return [view.record for view in views]


@pytest.fixture(scope="module")
def week(records: list[ReviewRecord]) -> Week:
    return a_week(records, WEEK)


@pytest.fixture(scope="module")
def file(week: Week, views: list[CallView], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("week") / "week.html"
    path.write_text(page(week, views), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def small(records: list[ReviewRecord], views: list[CallView], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The calls of a single rep."""
    path = tmp_path_factory.mktemp("small") / "week.html"
    found = a_week(records, WEEK, rep="Greta Olsen")
    shown = [v for v in views if v.record in found.reviews[-8:]]
    path.write_text(page(found, shown), encoding="utf-8")
    return path


def test_six_hundred_calls_open_in_two_seconds_and_ask_for_nothing(browser: Browser, file: Path) -> None:
    begun = time.perf_counter()
    opened = browser.open(file)
    opened.page.wait_for_function("document.querySelector('#filter output').textContent")
    took = time.perf_counter() - begun
    assert opened.page.locator("#lines tr").count() >= 600
    assert (opened.complaints, opened.requests) == ([], [])
    loaded = opened.page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd") / 1000
    assert loaded <= SECONDS, f"{loaded:.2f} s, with the browser's own start {took:.2f} s"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_nothing_bars_the_way_in_the_week_or_in_a_call(browser: Browser, small: Path, dark: bool) -> None:
    opened = browser.open(small, dark=dark)
    assert opened.barriers() == []
    opened.page.locator("ol.listen a").first.click()
    opened.page.wait_for_selector("#opened .turn")
    assert opened.page.locator("#opened .turn").count() > 20
    assert opened.barriers() == []
    assert (opened.complaints, opened.requests) == ([], [])


def test_the_keyboard_reaches_everything(browser: Browser, small: Path) -> None:
    opened = browser.open(small)
    reached = opened.tabbed()
    wanted = "a[href], button, input, select, summary, [tabindex='0']"
    there = opened.page.evaluate(f"[...document.querySelectorAll(`{wanted}`)].filter(e => e.checkVisibility()).length")
    assert len(reached) == there > 30


def test_a_link_leads_to_the_quote_in_its_call_and_escape_leads_back(browser: Browser, file: Path, week: Week) -> None:
    opened = browser.open(file)
    rep = next(r for r in week.reps if r.violations)
    quote = rep.violations[0].violation.quote
    opened.page.locator(f"section.rep:has(h2:text-is('{rep.name}')) .violation a").first.press("Enter")
    at_the_quote = "text => document.activeElement.tagName === 'MARK' && document.activeElement.textContent === text"
    opened.page.wait_for_function(at_the_quote, arg=quote.quote)
    opened.page.wait_for_selector("#week", state="hidden")
    opened.page.keyboard.press("Escape")
    opened.page.wait_for_selector("#week", state="visible")
    opened.page.wait_for_function("document.activeElement.closest('.violation') !== null")


def test_the_week_is_shown_first_and_calls_are_found_by_what_is_said_in_them(
    browser: Browser, file: Path, week: Week, made_quarter: tuple[MadeCall, ...]
) -> None:
    opened = browser.open(file)
    shown = opened.page.locator("#lines tr:visible")
    assert shown.count() == week.calls
    opened.page.select_option("[name=week]", "")
    opened.page.fill("[name=text]", "it's a fair point")
    said = sum(any("it's a fair point" in turn.text.lower() for turn in call.turns) for call in made_quarter)
    assert abs(shown.count() - said) <= 1  # of one call, only quotes are there
    opened.page.fill("[name=text]", "")
    opened.page.select_option("[name=rep]", "Nell Sorley")
    opened.page.select_option("[name=prompt]", label="6 owners")
    opened.page.select_option("[name=level]", "0")
    expected = sum(c.truth.rep == "Nell Sorley" and c.truth.levels["owners"] == 0 for c in made_quarter)
    assert shown.count() == expected
    opened.page.check("[name=violations]")
    assert shown.count() < expected


def test_a_call_without_its_transcript_says_so_and_shows_what_was_quoted(
    browser: Browser, file: Path, views: list[CallView]
) -> None:
    opened = browser.open(file)
    first = views[0].record
    opened.page.evaluate(f"location.hash = 'call-{first.call.id}'")
    opened.page.wait_for_selector("#opened article")
    text = opened.page.locator("#opened").inner_text()
    assert "could not be read again" in text
    assert all(quote.quote in text for answer in first.answers for quote in answer.evidence)
    assert opened.page.locator("#opened .turn").count() < first.call.turns


def test_the_transcript_of_an_opened_call_can_be_searched(browser: Browser, file: Path, views: list[CallView]) -> None:
    opened = browser.open(file)
    opened.page.evaluate(f"location.hash = 'call-{views[-1].record.call.id}'")
    opened.page.fill("#opened [type=search]", "the")
    assert 0 < opened.page.locator("#opened .turn:visible").count() < views[-1].record.call.turns


def test_the_heat_map_says_in_words_what_it_says_in_colour(browser: Browser, file: Path, week: Week) -> None:
    opened = browser.open(file)
    rows = opened.page.locator("table.heat tbody tr")
    assert rows.count() == len(week.reps) + 1
    cells = rows.nth(1).locator("td").all_inner_texts()
    for cell, prompt in zip(cells, week.reps[0].figures.prompts, strict=True):
        value = prompt.now.sound.value
        assert ("n too small" if value is None else f"{value:.0%}") in cell
        assert f"n {prompt.now.n}" in cell


def test_print_has_no_filter_and_shows_every_rep(browser: Browser, file: Path, week: Week) -> None:
    opened = browser.open(file)
    opened.page.emulate_media(media="print")
    assert not opened.page.locator("#filter").is_visible()
    assert opened.page.locator("section.rep:visible").count() == len(week.reps)


def test_what_people_say_is_never_markup(made_quarter: tuple[MadeCall, ...], browser: Browser, tmp_path: Path) -> None:
    made = made_quarter[-1]
    evil = "</script><img src=x onerror=alert(1)>"
    whole = view(made)
    turns = tuple(
        Turn(number=t.number, speaker=t.speaker, text=t.text if t.number > 1 else evil) for t in whole.review.call.turns
    )
    shown = CallView(record=whole.record, review=recalled(whole.record, turns), whole=True)
    file = tmp_path / "week.html"
    file.write_text(page(a_week([whole.record], WEEK), [shown]), encoding="utf-8")
    opened = browser.open(file)
    opened.page.evaluate(f"location.hash = 'call-{whole.record.call.id}'")
    opened.page.wait_for_selector("#opened article")
    assert evil in opened.page.locator("#opened .turn").first.inner_text()
    assert opened.page.locator("img").count() == 0
    assert (opened.complaints, opened.requests) == ([], [])
