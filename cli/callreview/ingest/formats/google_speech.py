"""Google Cloud Speech-to-Text: the JSON of v1 and v2 responses, of finished operations and of client libraries.

Times are seconds, written `"1.200s"` or as `{"seconds": "12", "nanos": 900000000}`; v2 calls them
offsets. Words of v1 with speakers come in the last result alone, which repeats all words before:
it is read alone then. Otherwise speakers are told word by word, or by channel. Sides are not told. Two
people can be shown talking at once only where each has a channel.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from callreview.errors import InputError
from callreview.ingest.fields import Record, get, number, record, records, words
from callreview.ingest.rows import Row, collect
from callreview.ingest.runs import PAUSE_S, Word, label, runs
from callreview.ingest.source import Source
from callreview.ingest.transcript import Tells, Transcript

NAME = "google_speech"
TITLE = "Google Cloud Speech-to-Text"
ENDINGS = (".json",)
TELLS = Tells(sides=False, times="start and end", overlaps=True)

_STARTS = ("startTime", "startOffset")
_ENDS = ("endTime", "endOffset")
_RESULT_ENDS = ("resultEndTime", "resultEndOffset")
_RESULT_KEYS = (*_RESULT_ENDS, "languageCode", "channelTag")


def sniff(source: Source) -> float:
    """0.9 for a list of results with alternatives that hold a transcript, 1.0 with keys of Google's own."""
    if _pending(source.json):
        return 0.9
    results = _results(source.json)
    if "result_index" in record(source.json):
        return 0.0  # IBM Watson's results, which hold words and speakers elsewhere
    best = [alternative for result in results for alternative in records(result, "alternatives")]
    if not any("transcript" in one for one in best) and not any(_is_timed(one) for one in best):
        return 0.0
    own = any(_either(result, *_RESULT_KEYS) is not None for result in results) or any(map(_is_timed, best))
    return 1.0 if own else 0.6


def read(source: Source) -> tuple[Transcript, ...]:
    """The transcript of the results; InputError for an operation that is not done or that failed."""
    if _pending(source.json):
        why = words(source.json, "error", "message")
        raise InputError(
            f"the recognition failed: {why}" if why else "the recognition is not done",
            hint="fetch the operation again when it is done",
        )
    results = _results(source.json)
    channels = {tag for result in results if (tag := _channel(result))}
    rows = list(_of_channels(results)) if len(channels) > 1 else _of_words(results) or list(_of_texts(results))
    collected = collect(rows)
    return (
        Transcript(utterances=collected.utterances, pieces=True, can_overlap=len(channels) > 1, notes=collected.notes),
    )


# --- where the results are -----------------------------------------------------------------------


def _pending(value: object) -> bool:
    """Whether this is an operation without a response."""
    return ".cloud.speech." in words(value, "metadata", "@type") and not record(value, "response")


def _results(value: object) -> list[Record]:
    """The results of a response, of an operation, or of the first file of a batch."""
    body = record(value, "response") or record(value)
    if isinstance(get(body, "results"), list):
        return records(body, "results")
    for file in record(body, "results").values():
        for path in (("transcript",), ("inlineResult", "transcript"), ("inline_result", "transcript")):
            if found := records(file, *path, "results"):
                return found
    return []


def _is_timed(alternative: Record) -> bool:
    said = records(alternative, "words")
    return any("word" in word and _either(word, *_STARTS, *_ENDS) is not None for word in said)


# --- what they hold ------------------------------------------------------------------------------


def _best(result: Record) -> Record:
    return next(iter(records(result, "alternatives")), {})


def _channel(result: Record) -> str:
    tag = _either(result, "channelTag")
    return words({"tag": tag or None}, "tag")


def _of_channels(results: Iterable[Record]) -> Iterator[Row]:
    """Rows by channel; a result without words is one row."""
    for result in results:
        name = label(_channel(result), "Channel")
        spoken = [_word(word, name) for word in records(_best(result), "words")]
        end = _seconds(_either(result, *_RESULT_ENDS))
        yield from runs(spoken, pause=PAUSE_S) or [Row(text=words(_best(result), "transcript"), speaker=name, end=end)]


def _of_words(results: Sequence[Record]) -> list[Row]:
    spoken = [[_word(word) for word in records(_best(result), "words")] for result in results]
    spoken = [words_of_result for words_of_result in spoken if words_of_result]
    if len(spoken) > 1 and _repeats(spoken[-1], spoken[:-1]):
        spoken = spoken[-1:]
    return runs(word for words_of_result in spoken for word in words_of_result)


def _repeats(last: Sequence[Word], before: Sequence[Sequence[Word]]) -> bool:
    """Whether the last result names speakers and begins where the first one does, or is as long as all before."""
    if not any(word.speaker for word in last):
        return False
    first, again = before[0][0].start, last[0].start
    if first is not None and again is not None:
        return again <= first
    return len(last) >= sum(map(len, before))


def _of_texts(results: Iterable[Record]) -> Iterator[Row]:
    for result in results:
        end = _seconds(_either(result, *_RESULT_ENDS))
        yield Row(text=words(_best(result), "transcript"), end=end)


def _word(word: Record, channel: str | None = None) -> Word:
    return Word(
        text=words(word, "word"),
        speaker=channel or _speaker(word),
        start=_seconds(_either(word, *_STARTS)),
        end=_seconds(_either(word, *_ENDS)),
    )


def _speaker(word: Record) -> str | None:
    """A word's speaker; the number 0 stands for none."""
    told = label(_either(word, "speakerLabel")) or label(_either(word, "speakerTag"))
    return None if told == "Speaker 0" else told


def _either(value: Record, *keys: str) -> object:
    """The value under the first key that is there, also as client libraries spell it: `start_time` for `startTime`."""
    spellings = (spelling for key in keys for spelling in (key, _snake(key)))
    return next((value[key] for key in spellings if value.get(key) is not None), None)


@cache
def _snake(key: str) -> str:
    return re.sub(r"(?=[A-Z])", "_", key).lower()


def _seconds(time: object) -> float | None:
    """Seconds of `"1.200s"`, of a number, or of an object with seconds and nanos, of which either may be left out."""
    if isinstance(time, Mapping):
        whole = number(time, "seconds", "low") if isinstance(get(time, "seconds"), Mapping) else number(time, "seconds")
        return (whole or 0.0) + (number(time, "nanos") or 0.0) / 1e9
    return number({"time": time.strip().removesuffix("s") if isinstance(time, str) else time}, "time")
