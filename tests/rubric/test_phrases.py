import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callreview.rubric.phrases import (
    Choice,
    Edge,
    Gap,
    ListRef,
    Maybe,
    PhraseSyntaxError,
    Sequence,
    Word,
    list_refs,
    parse,
)


def test_a_phrase_becomes_a_tree() -> None:
    tree = parse("^ (we|you all) can? ~revert ...6 no <penalty> $")
    assert tree.nodes == (
        Edge(True),
        Choice((Sequence((Word("we"),)), Sequence((Word("you"), Word("all"))))),
        Maybe(Word("can")),
        Word("revert", inflected=True),
        Gap(6),
        Word("no"),
        ListRef("penalty", 36),
        Edge(False),
    )


def test_a_group_is_inflected_word_by_word() -> None:
    assert parse("~(fall over|stop)").nodes == (
        Choice((Sequence((Word("fall", inflected=True), Word("over"))), Sequence((Word("stop", inflected=True),)))),
    )


@pytest.mark.parametrize(
    ("phrase", "offset", "says"),
    [
        ("we (can|could", 3, "never closed"),
        ("we can)", 6, "without its '('"),
        ("()", 1, "something is missing"),
        ("we ... revert", 3, "how many words"),
        ("we ...0 revert", 3, "1 to 25"),
        ("we ...99 revert", 3, "1 to 25"),
        ("~ revert (", 10, "something is missing"),
        ("~<a>", 1, "needs a word"),
        ("? we", 0, "nothing before it"),
        ("we <Team>", 3, "cannot read"),
        ("we can; go", 6, "cannot read"),
        ("(we|you)? ...3", 0, "match nothing"),
        ("", 0, "something is missing"),
        ("a^ b", 1, "words stand before"),
        ("a ($|b) c", 3, "words follow"),
        ("(a|b ^) c", 5, "words stand before"),
        ("...99999999999999999999 a", 0, "1 to 25"),
        ("(((((((((a)))))))))", 8, "groups in groups"),
    ],
)
def test_a_mistake_has_its_place_and_says_what_is_wrong(phrase: str, offset: int, says: str) -> None:
    with pytest.raises(PhraseSyntaxError, match=re.escape(says)) as caught:
        parse(phrase)
    assert caught.value.offset == offset


@pytest.mark.parametrize("phrase", ["^ a $", "(^|so) a", "a (now|$)", "(a $|b) ...2", "so? ^ a"])
def test_edges_stand_where_they_can_match(phrase: str) -> None:
    assert parse(phrase).nodes


def test_lists_are_found_wherever_they_stand() -> None:
    assert [r.name for r in list_refs(parse("<a> (b|<c> d?) <e>? ...2 f"))] == ["a", "c", "e"]


@given(st.text(alphabet="ab ~()|?.<>^$123", max_size=30))
def test_any_text_is_a_phrase_or_a_mistake_with_a_place(text: str) -> None:
    try:
        assert parse(text).nodes
    except PhraseSyntaxError as error:
        assert 0 <= error.offset <= len(text)
