"""Times and dates as transcripts write them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

CLOCK = r"(?:(\d{1,4}):)?(\d{1,3}):(\d{1,2})(?:[.,](\d{1,3}))?"
"""Four groups: hours, minutes, seconds, fraction; see `seconds`."""

_CLOCK = re.compile(CLOCK, re.ASCII)
_ISO_DURATION = re.compile(r"PT(?:(\d{1,4})H)?(?:(\d{1,6})M)?(?:(\d{1,9}(?:\.\d{1,9})?)S)?", re.ASCII)
_SECONDS_FROM = 631_152_000.0
"""The year 1990 in seconds since 1970: a smaller number is no date."""
_MILLISECONDS_FROM = 1e11

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


def clock(text: str) -> float | None:
    """Seconds of a time written as `1:02:03.5` or `02:03`; None for any other text.

    >>> clock("00:05:32"), clock("5:32"), clock("soon")
    (332.0, 332.0, None)
    """
    found = _CLOCK.fullmatch(text.strip())
    return seconds(found[1], found[2], found[3], found[4]) if found else None


def iso_duration(text: str) -> float | None:
    """Seconds of an ISO 8601 duration without days; None for any other text.

    >>> iso_duration("PT1M7.5S"), iso_duration("PT0.04S"), iso_duration("7.5")
    (67.5, 0.04, None)
    """
    found = _ISO_DURATION.fullmatch(text.strip())
    if not found or not any(found.groups()):
        return None
    hours, minutes, secs = (float(part or 0) for part in found.groups())
    return round(hours * 3600 + minutes * 60 + secs, 3)


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


def moment(text: str) -> datetime | None:
    """The point in time that RFC 3339 or ISO 8601 text names; UTC where it tells no zone.

    >>> moment("2026-09-21T15:51:07.25Z"), moment("15:51")
    (datetime.datetime(2026, 9, 21, 15, 51, 7, 250000, tzinfo=datetime.timezone.utc), None)
    """
    if "-" not in text:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def day(value: object) -> date | None:
    """The day of a date as exports tell it: written out, or seconds or milliseconds since 1970 (then in UTC).

    >>> day("2026-09-21T23:30:00+02:00"), day(1789948800000), day("1789948800"), day(None)
    (datetime.date(2026, 9, 21), datetime.date(2026, 9, 21), datetime.date(2026, 9, 21), None)
    """
    try:
        since_1970 = float(value) if isinstance(value, (int, float, str)) else 0.0
    except (ValueError, OverflowError):
        return find_date(str(value))
    if since_1970 >= _MILLISECONDS_FROM:
        since_1970 /= 1000
    if not _SECONDS_FROM <= since_1970 < _MILLISECONDS_FROM:
        return None
    return datetime.fromtimestamp(since_1970, UTC).date()
