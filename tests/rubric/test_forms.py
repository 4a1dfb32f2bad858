import pytest

from callreview.rubric import forms as table
from callreview.rubric.forms import forms


@pytest.mark.parametrize(
    ("word", "others"),
    [
        ("stop", {"stops", "stopped", "stopping"}),
        ("go", {"goes", "went", "gone", "going"}),
        ("try", {"tries", "tried", "trying"}),
        ("save", {"saves", "saved", "saving"}),
        ("agree", {"agrees", "agreed", "agreeing"}),
        ("tie", {"ties", "tied", "tying"}),
        ("play", {"plays", "played", "playing"}),
        ("pass", {"passes", "passed", "passing"}),
        ("be", {"is", "are", "was", "were", "been", "being", "am"}),
        ("outage", {"outages"}),
    ],
)
def test_forms_of_a_word(word: str, others: set[str]) -> None:
    assert forms(word) >= others | {word}


def test_no_irregular_word_stands_in_the_table_twice() -> None:
    bases = [row.split()[0] for row in table._IRREGULAR.strip().splitlines()]
    assert sorted(set(bases)) == sorted(bases)
