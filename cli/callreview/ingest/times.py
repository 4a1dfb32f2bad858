"""Times and dates as transcripts write them."""

from __future__ import annotations

import re
from datetime import date

CLOCK = r"(?:(\d{1,4}):)?(\d{1,3}):(\d{1,2})(?:[.,](\d{1,3}))?"
"""Four groups: hours, minutes, seconds, fraction; see `seconds`."""

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})([-/._]?)(\d{2})\2(\d{2})(?!\d)")
_MONTH_FIRST = re.compile(r"\b([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b")
_DAY_FIRST = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?\.? ([A-Za-z]{3,9})\.?,? (\d{4})\b")


def seconds(hours: str | None, minutes: str, secs: str, fraction: str | None) -> float | None:
    """Seconds, rounded to milliseconds; None where minutes or seconds pass 59.

    An unpadded time (`0:8:43.50`, as Teams writes it) counts whole milliseconds after the point, a
    padded one (`00:08:43.5`) a decimal fraction.

    >>> seconds("00", "01", "23", None), seconds("0", "8", "43", "50"), seconds(None, "00", "01", "5")
    (83.0, 523.05, 1.5)
    >>> seconds(None, "75", "30", None), seconds("1", "75", "30", None)
    (4530.0, None)
    """
    if int(secs) > 59 or (hours is not None and int(minutes) > 59):
        return None
    unpadded = hours is not None and len(hours) == 1
    thousandths = int(fraction or 0) if unpadded else int((fraction or "0").ljust(3, "0"))
    whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(secs)
    return round(whole + thousandths / 1000, 3)


def find_date(text: str) -> date | None:
    """The first date in a short text that can be read in one way only.

    >>> find_date("acme-2026-09-14-renewal"), find_date("January 15, 2024"), find_date("03/04/2026")
    (datetime.date(2026, 9, 14), datetime.date(2024, 1, 15), None)
    """
    if found := _YEAR_FIRST.search(text):
        return _date(int(found[1]), int(found[3]), int(found[4]))
    if found := _MONTH_FIRST.search(text):
        return _date(int(found[3]), _month(found[1]), int(found[2]))
    if found := _DAY_FIRST.search(text):
        return _date(int(found[3]), _month(found[2]), int(found[1]))
    return None


def _month(name: str) -> int:
    short = name[:3].lower()
    return _MONTHS.index(short) + 1 if short in _MONTHS else 0


def _date(year: int, month: int, day: int) -> date | None:
    if not 1990 <= year <= 2100:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
