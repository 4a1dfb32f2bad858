"""From a transcript file to a `Call`: find the files, read one, settle who sells.

The way of one file, a module for each step:

    finding -> decode -> formats/<name> -> turns -> people -> sides -> reading (puts it together)

A new transcript format is one new file in `formats/`; nothing else changes.
"""

from callreview.ingest.finding import find_transcripts
from callreview.ingest.options import ReadOptions
from callreview.ingest.reading import read_call, read_calls, read_turns

__all__ = ["ReadOptions", "find_transcripts", "read_call", "read_calls", "read_turns"]
