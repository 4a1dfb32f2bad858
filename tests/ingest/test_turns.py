from callreview.ingest.transcript import Transcript, Utterance
from callreview.ingest.turns import call_id, join


def utterance(speaker, text, start=None, end=None):
    return Utterance(speaker=speaker, text=text, start=start, end=end)


def joined(*utterances, **told):
    names = {u.speaker: u.speaker for u in utterances if u.speaker}
    return join(Transcript(**{"utterances": utterances, "pieces": True} | told), names)


def test_captions_of_one_speaker_become_one_turn():
    got = joined(utterance("A", "one", 1.0, 2.0), utterance("A", "two", 2.0, 3.0), utterance("B", "three", 2.5, 4.0))
    assert [(t.number, t.speaker, t.text, t.start, t.end) for t in got.turns] == [
        (1, "A", "one two", 1.0, 3.0),
        (2, "B", "three", 2.5, 4.0),
    ]


def test_turns_that_the_file_separates_stay_apart():
    got = joined(utterance("A", "one"), utterance("A", "two"), pieces=False)
    assert [t.text for t in got.turns] == ["one", "two"]


def test_nobody_named():
    utterances = [utterance(None, "zero", 0.0), utterance("A", "one", 1.0), utterance(None, "two", 2.0)]
    got = joined(*utterances, unnamed="probably who spoke before")
    assert [(t.speaker, t.text) for t in got.turns] == [("Unknown speaker", "zero"), ("A", "one two")]
    assert got.notes == (
        "1 piece of which nobody is named: taken as 'Unknown speaker'",
        "1 piece without a name: taken as said by the speaker before",
    )


def test_exports_name_everybody_they_know():
    got = joined(utterance("A", "one", 1.0), utterance(None, "two", 2.0), utterance("A", "three", 3.0))
    assert [(t.speaker, t.text) for t in got.turns] == [("A", "one"), ("Unknown speaker", "two"), ("A", "three")]
    assert got.notes == ("1 piece of which nobody is named: taken as 'Unknown speaker'",)


def test_where_a_name_holds_until_the_next_one_nothing_is_assumed():
    got = joined(utterance("A", "one", 1.0), utterance(None, "two", 2.0), unnamed="who spoke before")
    assert ([t.text for t in got.turns], got.notes) == (["one two"], ())


def test_notes_on_times():
    assert joined(utterance("A", "one"), utterance("B", "two")).notes == ("the transcript holds no times",)
    back = joined(utterance("A", "one", 60.0), utterance("B", "two", 5.0))
    assert back.notes == ("times go back at 1 place",)


def test_the_id_depends_on_the_talk_alone():
    one = joined(utterance("A", "one", 1.0), utterance("B", "two", 2.0)).turns
    assert call_id(one) == call_id(joined(utterance("A", "one", 1.0, 9.0), utterance("B", "two", 2.0)).turns)
    others = [
        joined(utterance("A", "one", 1.0), utterance("B", "two", 2.5)).turns,
        joined(utterance("A", "one", 1.0), utterance("C", "two", 2.0)).turns,
        joined(utterance("A", "one!", 1.0), utterance("B", "two", 2.0)).turns,
    ]
    assert len({call_id(turns) for turns in [one, *others]}) == 4
    assert len(call_id(one)) == 16
