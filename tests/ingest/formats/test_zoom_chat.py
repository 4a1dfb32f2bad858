import pytest

from callreview.errors import InputError
from callreview.ingest.formats import zoom_chat

from ..helpers import FIXTURES, call_of, fixture, sure


@pytest.mark.parametrize("name", ["ordinary.txt", "odd.txt"])
def test_a_chat_is_refused(name):
    with pytest.raises(InputError, match="this is a Zoom chat: what people wrote, not what they said") as caught:
        call_of((FIXTURES / "zoom_chat" / name).read_bytes(), path="calls/chat.txt")
    assert "Audio transcript" in str(caught.value)


def test_saved_captions_are_speech():
    assert sure(zoom_chat, fixture("captions.txt")) == 0.0
    assert sure(zoom_chat, "00:01:23\tDana: hi\n00:01:30\tSam: ho\n") == 0.0
    assert sure(zoom_chat, "") == 0.0
