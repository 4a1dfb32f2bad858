import pytest

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
