"""The one door through which text from a file reaches a person.

Whatever a file says is hostile: a camera's name can hold a terminal escape, console markup or characters that
turn a line around. Values stay raw everywhere else; what is shown goes through `plain`, and what is masked
through `masked` first. Categories are those of the Unicode Character Database (UAX #44, 5.7.1).
"""

from __future__ import annotations

import unicodedata

from exposure.model import Secret

_HIDDEN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
_BLANK = frozenset(
    map(
        chr,
        (
            0x034F,  # marks and fillers that draw nothing, though Unicode files them under letters and marks
            0x115F,
            0x1160,
            0x17B4,
            0x17B5,
            0x2800,
            0x3164,
            0xFFA0,
            *range(0x180B, 0x1810),
            *range(0xFE00, 0xFE0E),
            *range(0xE0100, 0xE01F0),
        ),
    )
)
_MOST_MARKS = 4
"""More accents than this on one letter are a drawing over the neighbouring lines, not a language."""

_MOST_ITEMS = 16
_MOST_INITIALS = 4
_LONGEST_NAME = 200
_LONGEST_POSITION = 64
_LONGEST_NUMBER_BITS = 4096


def plain(value: object, limit: int = 120) -> str:
    """`value` on one line with nothing invisible in it, at most `limit` (at least 1) characters long.

    Control, format, surrogate, private and unassigned characters are written out: ``\\x1b``, ``\\u202e``; every
    kind of blank is a space.
    """
    text = _words(value, limit)
    if len(text) <= limit and text.isascii() and text.isprintable():
        return text
    shown: list[str] = []
    room, marks = limit, 0
    for character in text[: limit + 1]:
        marks = marks + 1 if unicodedata.combining(character) else 0
        piece = _visible(character, marks)
        shown.append(piece)
        room -= len(piece)
        if room < 0:
            break
    if room >= 0:
        return "".join(shown)
    while room < 1:
        room += len(shown.pop())
    return "".join(shown) + "…"


def masked(value: str, secret: Secret) -> str:
    """What may be shown of `value` to somebody who did not ask for the values themselves."""
    return _MASKS[secret](value)


def length(value: str | bytes) -> str:
    """How much a value holds, in words: ``34 characters``, ``1 byte``."""
    unit = "byte" if isinstance(value, bytes) else "character"
    return f"1 {unit}" if len(value) == 1 else f"{len(value):,} {unit}s"


def rounded(degrees: float | None) -> float | None:
    """Degrees to the nearest 0.1, about the size of a town; None when they are no number."""
    if degrees is None or not -360 <= degrees <= 360:
        return None
    return round(degrees, 1) + 0.0  # the sum turns -0.0 into 0.0


def _words(value: object, limit: int) -> str:
    """No more of `value` as text than is needed to show `limit` characters of it."""
    match value:
        case str():
            return value[: limit + 1]
        case bytes():
            return value[: 4 * limit + 4].decode("utf-8", "replace")
        case int() if value.bit_length() > _LONGEST_NUMBER_BITS:
            return f"a number of {value.bit_length():,} bits"
        case tuple():
            more = ", …" if len(value) > _MOST_ITEMS else ""
            return ", ".join(_words(each, limit) for each in value[:_MOST_ITEMS]) + more
    return str(value)


def _visible(character: str, marks: int) -> str:
    category = unicodedata.category(character)
    if category == "Zs":
        return " "
    if category not in _HIDDEN and character not in _BLANK and marks <= _MOST_MARKS:
        return character
    number = ord(character)
    if number < 0x100:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def _as_it_is(value: str) -> str:
    return value


def _area(value: str) -> str:
    """``48.137222, 11.575500`` to 0.1 degree; of a place that is only named, how long its name is."""
    north, _, east = value[:_LONGEST_POSITION].partition(",")
    try:
        latitude, longitude = float(north), float(east)
    except ValueError:
        return length(value)
    if -90 <= latitude <= 90 and -180 <= longitude <= 180:
        return f"{round(latitude, 1) + 0.0}, {round(longitude, 1) + 0.0}"
    return length(value)


def _initials(value: str) -> str:
    found = []
    for word in value[:_LONGEST_NAME].split()[: 2 * _MOST_INITIALS]:
        for character in word:
            if character.isalnum():
                found.append(character.upper()[0] + ".")
                break
    return " ".join(found[:_MOST_INITIALS]) or "…"


def _last_four(value: str) -> str:
    """Never more than half of it."""
    return "…" + value[-4:] if len(value) >= 8 else "…" + value[len(value) - len(value) // 2 :]


_MASKS = {
    Secret.NONE: _as_it_is,
    Secret.PLACE: _area,
    Secret.NAME: _initials,
    Secret.SERIAL: _last_four,
    Secret.TEXT: length,
}
