"""What to talk about with a rep: one thing that goes well, and one to work on with the line to try.

Takes a rep's calls week by week, each week in the order of time, this one the last.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from callreview.analysis.listening import SEVERITIES
from callreview.analysis.standings import prompts_of, standing
from callreview.analysis.week import BEFORE, SOUND, Cited, Standing, Talk, Violated
from callreview.store.records import AnswerRecord, ReviewRecord


def going_well(weeks: Sequence[Sequence[ReviewRecord]]) -> Talk | None:
    """The prompt that is handled soundly most often, and the words of the latest call that show it best."""
    heard, count = _enough(weeks)
    standings = {p: s for p, s in _standings(heard).items() if s.sound.count}
    if not standings:
        return None
    prompt = max(standings, key=lambda p: (standings[p].sound.value or 0, standings[p].levels[-1]))
    cited = _words(heard, prompt, best=True)
    return Talk(prompt=prompt, standing=standings[prompt], weeks=count, cited=cited)


def work_on(weeks: Sequence[Sequence[ReviewRecord]], violations: Sequence[Violated], well: Talk | None) -> Talk | None:
    """The gravest violation that blocks; else the prompt that is handled soundly least often, with the line to try."""
    blocker = next((v for v in reversed(violations) if v.violation.severity == SEVERITIES[0]), None)
    if blocker:
        said = Cited(call=blocker.call, quote=blocker.violation.quote)
        return Talk(prompt=None, standing=None, weeks=1, violated=blocker, cited=said, line=blocker.violation.instead)
    heard, count = _enough(weeks)
    standings = {p: s for p, s in _standings(heard).items() if s.sound.count < s.n and not (well and p == well.prompt)}
    if not standings:
        return None
    prompt = min(standings, key=lambda p: (standings[p].sound.value or 0, -standings[p].levels[0]))
    cited = _words(heard, prompt, best=False)
    lines = Counter(a.coach for r in heard for a in r.answers if a.prompt == prompt and _is_short(a) and a.coach)
    line = max(lines, key=lambda text: lines[text], default=None)
    return Talk(prompt=prompt, standing=standings[prompt], weeks=count, cited=cited, line=line)


def _is_short(answer: AnswerRecord) -> bool:
    return answer.level is not None and answer.level < SOUND


def _enough(weeks: Sequence[Sequence[ReviewRecord]]) -> tuple[list[ReviewRecord], int]:
    """This week's calls, with those of the weeks before where one week is too little; and how many weeks it is."""
    now = list(weeks[-1])
    if _standings(now):
        return now, 1
    return [review for week in weeks[-1 - BEFORE :] for review in week], 1 + BEFORE


def _standings(reviews: Sequence[ReviewRecord]) -> Mapping[str, Standing]:
    """The prompts that apply to enough calls, in their order."""
    standings = {prompt: standing(prompt, reviews) for _, prompt in prompts_of(reviews)}
    return {prompt: s for prompt, s in standings.items() if not s.sound.is_too_small}


def _words(reviews: Sequence[ReviewRecord], prompt: str, *, best: bool) -> Cited | None:
    """The rep's own words in the call that reached the highest or the lowest level, of equals the latest."""
    found = [
        (answer.level, Cited(call=r.call, quote=quote))
        for r in reversed(reviews)
        for answer in r.answers
        if answer.prompt == prompt and answer.level is not None
        for quote in answer.evidence
        if r.call.rep and quote.speaker == r.call.rep.name
    ]
    if not found:
        return None
    choose = max if best else min
    return choose(found, key=lambda pair: pair[0])[1]
