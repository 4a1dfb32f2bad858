import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion

from callreview.assessment.assess import assess
from callreview.assessment.review import Review
from callreview.assessment.reviewer import Reviewer
from callreview.assessment.spoiling import hearings
from callreview.conversation import Call, Side, SideSource, Speaker, Turn
from callreview.masking import Masker
from callreview.reports.card import card, short_line
from callreview.reports.explanation import Case, explanation
from callreview.reports.jsonl import line
from callreview.reports.markdown import page
from callreview.reports.redaction import Redaction
from tests.reports.conftest import Printed

GIVEN = ["Oluwaseun", "Marisela", "Thorben", "Anne-Marie", "José", "Siobhán"]
LAST = ["Okonjo", "Whitlock", "O'Dowd", "Fernández", "Brandvold", "van Reijn"]
EMAILS = ["m.okonjo@tidewell.example", "front_desk+uk@harbour-vets.example"]
PHONES = ["+44 20 7946 0018", "(415) 555-2671", "212-555-0142", "020 7946 0018", "555-0142"]
CARDS = ["4111 1111 1111 1111", "5500-0000-0000-0004", "378282246310005"]

people = st.lists(
    st.tuples(st.sampled_from(GIVEN), st.sampled_from(LAST)),
    min_size=2,
    max_size=4,
    unique_by=(lambda p: p[0], lambda p: p[1]),
)
spelling: st.SearchStrategy[Callable[[str], str]] = st.sampled_from([str, str.lower, str.upper])


def call_between(names: list[str], *texts: str) -> Call:
    sides = [Side.SELLER, Side.BUYER] * 2
    return Call(
        id="test",
        title=f"{names[0]} and {names[1].lower().replace(' ', '_')}",
        format="plain",
        turns=tuple(
            Turn(number=n, speaker=names[n % len(names) - 1], text=text, start=7.0 * n)
            for n, text in enumerate(texts, 1)
        ),
        speakers=tuple(
            Speaker(name=name, side=side, side_from=SideSource.OPTION) for name, side in zip(names, sides, strict=False)
        ),
        notes=(f"side unknown, so left out of what sellers and buyers do: {names[1]}",),
    )


def texts(name: str, email: str, phone: str, card_number: str) -> list[str]:
    return [
        f"This price is gone tonight, {name}, I need a yes today, or call {phone}.",
        f"We lose nine hours a week to retyping, {name}, and I want that under two by spring, write to {email}.",
        f"If it is not under ten calls by the end of March, {name}'s team drops back to Basic, card {card_number}.",
        f"I have to ask {name} first, it is too expensive, {email} or {phone}.",
        f"It's entirely your call, {name}. You will send {card_number} by Friday.",
        f"Okay, let's do the pilot with {name}, {phone}.",
    ]


def every_report(reviewer: Reviewer, call: Call, printed: Printed) -> str:
    hearing = reviewer.hear(call)
    redaction = Redaction(call)
    review = redaction.review(assess(hearing, reviewer.rubric))
    heard = hearings(hearing, reviewer.rubric)
    cases = [
        Case(
            answer=review.answer(prompt.id),
            hearing=redaction.hearing(heard[prompt.id]),
            prompt=prompt,
            rubric=reviewer.rubric,
        )
        for prompt in reviewer.rubric.prompts
    ]
    reports = [printed(card(review), 1000), short_line(review).plain, page(review), line(review)]
    return "\n".join([*reports, *(printed(explanation(case), 1000) for case in cases)])


def judged(review: Review) -> object:
    shape = json.loads(line(review))
    for prompt in shape["prompts"]:
        prompt["evidence"] = [
            {key: value for key, value in e.items() if key not in ("quote", "speaker")} for e in prompt["evidence"]
        ]
    places = [(v["kind"], v["turn"], v["start_s"], v["match"]) for v in shape["violations"]]
    heard = [[(q["turn"], q.get("because")) for q in shape[key]] for key in ("autonomy", "consent", "ignored")]
    sides = [(s["side"], s["side_from"], s["words"]) for s in shape["call"]["speakers"]]
    call = {key: shape["call"][key] for key in ("id", "turns", "words", "moment", "upsell", "duration_s", "offers")}
    return shape["prompts"], places, heard, sides, call, shape["metrics"], shape["score"]


@settings(max_examples=25, deadline=None)
@given(people, spelling, st.sampled_from(EMAILS), st.sampled_from(PHONES), st.sampled_from(CARDS), st.data())
def test_nothing_that_tells_who_it_is_is_in_any_report_and_nothing_is_judged_otherwise(
    reviewer: Reviewer,
    who: list[tuple[str, str]],
    spell: Callable[[str], str],
    email: str,
    phone: str,
    number: str,
    data: st.DataObject,
) -> None:
    from rich.console import Console, RenderableType

    def printed(report: RenderableType, width: int = 80) -> str:
        console = Console(width=width, color_system=None, markup=False, highlight=False, emoji=False)
        with console.capture() as captured:
            console.print(report)
        return captured.get()

    names = [" ".join(name) for name in who]
    said = spell(data.draw(st.sampled_from([*names, *(first for first, _ in who), *(last for _, last in who)])))
    call = call_between(names, *texts(said, email, phone, number))
    reports = every_report(reviewer, call, printed).casefold()
    for secret in (said, *names, *(part for name in who for part in name), email, phone, number):
        assert secret.casefold() not in reports
    assert all(mask in reports for mask in ("[name]", "[email]", "[phone]", "[card]"))
    review = reviewer.review(call)
    assert judged(Redaction(call).review(review)) == judged(review)


def test_a_redacted_card(reviewer: Reviewer, printed: Printed, snapshot: SnapshotAssertion) -> None:
    call = call_between(["Marisela Okonjo", "Thorben Brandvold"], *texts("Thorben", EMAILS[0], PHONES[0], CARDS[0]))
    assert printed(card(Redaction(call).review(reviewer.review(call)))) == snapshot


def test_the_words_that_fired_are_the_same_after_a_mask(reviewer: Reviewer) -> None:
    call = call_between(
        ["Marisela Okonjo", "Thorben Brandvold"], "Marisela says that this price is gone tonight.", "No."
    )
    plain = reviewer.review(call)
    masked = Redaction(call).review(plain)
    assert plain.violations
    for before, after in zip(plain.violations, masked.violations, strict=True):
        assert masked.call.quote(after.sighting.passage) == call.quote(before.sighting.passage)
        assert masked.call.quote(after.sighting.sentence).startswith("[NAME] says that")


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Ask dana or DANA WHITFIELD's team.", "Ask [NAME] or [NAME]'s team."),
        ("We will mark it, Will.", "We will mark it, [NAME]."),
        ("Danas and abundance stay.", "Danas and abundance stay."),
        ("Jose, write to dana dot w at acme dot com.", "[NAME], write to [EMAIL]."),
        ("My name is Helen Marsh. Helen decides.", "My name is [NAME]. [NAME] decides."),
        ("We have a new finance director, Ines Roth.", "We have a new finance director, [NAME]."),
        ("Thanks, Priya. Thanks, everyone.", "Thanks, [NAME]. Thanks, everyone."),
        ("Five five five, oh one four two, extension nine.", "[PHONE], extension nine."),
        ("Ask Lee Vance in trestle homes about homes.", "Ask [NAME] in [NAME] about homes."),
        ("From 2026-09-14 it is 1,250,000 dollars at 10:30.", "From 2026-09-14 it is 1,250,000 dollars at 10:30."),
        ("Order 4111 1111 1111 1112 is no card.", "Order 4111 1111 1111 1112 is no card."),
        ("The buyer and the sales rep met on Monday.", "The buyer and the sales rep met on Monday."),
    ],
)
def test_what_is_masked_and_what_is_not(text: str, masked: str) -> None:
    speakers = ["Dana Whitfield", "Will Drummond", "José (Acme)", "Buyer", "Sales Rep 2"]
    masker = Masker(speakers, others=["Lee Vance", "Trestle Homes", "acme.example"], talk=[text])
    assert masker.mask(text).text == masked


def test_people_go_by_side_and_number(reviewer: Reviewer) -> None:
    call = call_between(["Ana Ruiz", "Bo Lind", "Cy Marsh", "Di Falk"], *["Fine."] * 5)
    redacted = Redaction(
        replace(call, speakers=(*call.speakers[:3], replace(call.speakers[3], side=Side.UNKNOWN)))
    ).call
    assert [s.name for s in redacted.speakers] == ["Seller 1", "Buyer 1", "Seller 2", "Speaker 1"]
    assert redacted.notes == ("side unknown, so left out of what sellers and buyers do: Buyer 1",)
    assert redacted.title == "[NAME] and [NAME]"
