"""The lines of an exported WhatsApp chat, as messages with dates.

``[04.05.24, 10:11:12] Sam: words`` (iOS) and ``04/05/2024, 10:11 - Sam: words`` (Android), in the order, the signs and the
clock of the phone's language. Which number is the day is decided from all dates of a chat; when they fit both ways, it is
not guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise
from typing import NamedTuple

MARKS = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
"""Signs that only tell in which direction to write."""

_HEAD = re.compile(
    r"\[?(\d{1,4})[\u200e\u200f]?([./-])[\u200e\u200f]?\s?(\d{1,2})"
    r"[\u200e\u200f]?[./-][\u200e\u200f]?\s?(\d{1,4})\.?[,،]?\s+(?:([^\W\d][^\d\[\]:-]{0,7}?)\s?)?"
    r"(\d{1,2})[:.](\d\d)(?:[:.](\d\d))?(?:\s?([^\d\[\]:-]{1,14}?))?(?:\]\s|\s[-–]\s)(.*)"
)
_HALVES = {
    **dict.fromkeys(("am", "vorm", "오전", "上午", "午前", "ص"), 0),
    **dict.fromkeys(("pm", "nachm", "오후", "下午", "午後", "م"), 12),
}
"""What stands beside a clock of twelve hours, without dots and blanks, and the hours that it adds."""
_AT = frozenset({"à", "às", "alas", "alle", "alleore", "um", "om", "at", "kl", "klo", "в", "о"})
"""What some languages write between the date and the clock."""
_IN_NAME = re.compile(
    r"(?:PHOTO|VIDEO|AUDIO|GIF|STICKER)-(\d{4})-(\d\d)-(\d\d)-|(?:IMG|VID|AUD|PTT|STK|DOC)-(\d{4})(\d\d)(\d\d)-WA"
)
_ORDERS = {"day first": (0, 1), "month first": (1, 0)}


class Message(NamedTuple):
    numbers: tuple[int, int, int]
    """Of the date, in the order in which they stand there."""
    sign: str
    """What stands between them."""
    clock: str
    """10:11:12; empty when it cannot be told."""
    sender: str
    """Empty for what WhatsApp itself says."""
    words: str
    """With all marks in it."""


def messages(text: str) -> Iterator[Message]:
    """Each message; the lines before the first are left out."""
    head: re.Match[str] | None = None
    lines: list[str] = []
    for line in text.split("\n"):
        line = line.removesuffix("\r")
        found = _HEAD.match(line.lstrip(MARKS)[:500])
        if found is None:
            lines.append(line)
            continue
        if head is not None:
            yield _message(head, lines)
        head, lines = found, [line.lstrip(MARKS)[found.start(10) :]]
    if head is not None:
        yield _message(head, lines)


def _message(head: re.Match[str], lines: list[str]) -> Message:
    sender, colon, words = "\n".join(lines).partition(": ")
    is_said = bool(colon) and "\n" not in sender
    return Message(
        (int(head[1]), int(head[3]), int(head[4])),
        head[2],
        _clock(int(head[6]), head[7], head[8] or "00", _half(head[5]) or _half(head[9])),
        sender.strip(MARKS + " ~\u202f\u00a0") if is_said else "",
        (words if is_said else "\n".join(lines)).rstrip(),
    )


def _half(beside: str | None) -> str:
    word = "".join(sign for sign in (beside or "").casefold() if sign.isalpha())
    return "" if word in _AT else word


def _clock(hour: int, minute: str, second: str, word: str) -> str:
    if word:
        if word not in _HALVES or not 1 <= hour <= 12:
            return ""
        hour = hour % 12 + _HALVES[word]
    return (
        f"{hour:02}:{int(minute):02}:{int(second):02}" if hour < 24 and int(minute) < 60 > int(second) else ""
    )


def order(some: Iterable[Message]) -> str:
    """Which number is the day: day first, month first, or empty when the dates do not tell. Dates that begin with the
    year need no order. It is told by the sign (a point or a dash: day first), by numbers above 12, by dates in the names of
    files, and by the fact that messages follow one another."""
    days: list[tuple[int, int, int]] = []
    votes = dict.fromkeys(_ORDERS, 0)
    for message in some:
        if message.numbers[0] > 31 or not any(_read(message.numbers, each) for each in _ORDERS):
            continue  # begins with the year, or is no date at all
        if message.sign != "/":
            return "day first"
        if not days or days[-1] != message.numbers:
            days.append(message.numbers)
        if (named := _named(message.words)) is not None:
            for each in _ORDERS:
                votes[each] += _read(message.numbers, each) == named
    left = [each for each in _ORDERS if all(_read(numbers, each) for numbers in set(days))]
    for fits in (votes, {each: -_backward(days, each) for each in left}):
        best = [each for each in left if fits[each] == max(fits[other] for other in left)]
        if len(best) == 1:
            return best[0]
    return left[0] if left and all(numbers[0] == numbers[1] for numbers in days) else ""


def _backward(days: list[tuple[int, int, int]], order: str) -> int:
    """How often a day comes before the day above it."""
    read = [str(_read(numbers, order)) for numbers in days]
    return sum(later < earlier for earlier, later in pairwise(read))


def _named(words: str) -> date | None:
    """The date in a file's name."""
    found = _IN_NAME.search(words)
    if found is None:
        return None
    year, month, day = (int(number) for number in found.groups() if number)
    return _date(year, month, day)


def _read(numbers: tuple[int, int, int], order: str) -> date | None:
    if numbers[0] > 31:
        return _date(*numbers)
    if order not in _ORDERS:
        return None
    day, month = _ORDERS[order]
    year = numbers[2]
    return _date(year if year > 99 else 2000 + year, numbers[month], numbers[day])


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if 2009 <= year <= 2200 else None
    except ValueError:
        return None


def written(message: Message, order: str) -> str:
    """The time of a message by the clock of the phone, as ISO 8601; empty when it cannot be told."""
    day = _read(message.numbers, order)
    return f"{day}T{message.clock}" if day is not None and message.clock else ""
