"""An archive's own files as values: JSON and CSV that may be cut off, in a wrong encoding, or of another shape.

Nothing here raises for what stands in a file: whatever is not of the shape that was asked for is None or empty, and a
file that cannot be read at all comes as a `Problem`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from exposure.archives._streaming import (
    MOST_RECORDS,
    TOO_MANY,
    Text,
    closed,
    coding,
    key_at,
    passed,
    whole,
)
from exposure.archives._tables import table
from exposure.errors import MalformedFile, reason
from exposure.model import Examination
from exposure.post import ACCOUNT_DATA
from exposure.source import FileSource
from exposure.stores import LARGEST_LIST, Store, gap

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
"""In English, as services write them whatever language the machine speaks."""
MOST_VALUES = 4_000_000
"""No file that is read as one value holds more; each may take a hundred bytes of memory and more."""
_LARGEST = 1 << 27
"""No file that is read as a whole is larger, in bytes."""
_NO_LIST = "there is no list in this file"


def loaded(store: Store, name: str) -> Any:
    """The JSON value of one file; an Examination that says why where it cannot be read."""
    text = words(store, name)
    if isinstance(text, Examination):
        return text
    if sum(map(text.count, ",[{")) > MOST_VALUES:
        return unread(store, name, "this list is longer than any real one")
    try:
        return json.loads(text, strict=False, parse_int=whole)
    except ValueError as error:
        return unread(store, name, f"this list is damaged: {_short(error)}")
    except RecursionError:
        return unread(store, name, "this list is nested deeper than any real one")


def records(store: Store, name: str) -> Iterator[Any]:
    """The entries of a file that is one long JSON list, each by itself, so that only one is in memory; of an object, the
    object. What stands before the first bracket is skipped (``window.YTD.tweets.part0 =``). The last thing may be an
    Examination that says what is wrong with the rest."""
    yield from _streamed(store, name, _records)


def _records(source: FileSource) -> Iterator[Any]:
    text = Text(source)
    sign = text.find("[{")
    if not sign:
        raise MalformedFile(_NO_LIST, 0)
    yield from _listed(text) if sign == "[" else (text.value(),)


def entries(store: Store, name: str, wanted: Callable[[str], bool], *, alone: bool = False) -> Iterator[Any]:
    """The entries of the list under the first wanted key of a file that is one object (``{"ig_stories": [...]}``); of a
    file that is a list, its own. Each comes by itself, so that only one is in memory. An object that has no such key is an
    entry itself where a list of one is written so (`alone`). What is wrong with the file comes last as an Examination."""
    yield from _streamed(store, name, partial(_entries, wanted=wanted, alone=alone))


def _entries(source: FileSource, wanted: Callable[[str], bool], alone: bool) -> Iterator[Any]:
    text = Text(source)
    sign = text.peek()
    if sign == "[":
        yield from _listed(text)
        return
    if sign != "{":
        raise MalformedFile(_NO_LIST, 0)
    text.skip()
    is_empty = True
    while not closed(text):
        is_empty = False
        if wanted(key_at(text)) and (sign := text.peek()) in ("[", "{"):
            yield from _listed(text) if sign == "[" else (text.value(),)
            return
        passed(text)
    if alone:
        yield Text(source).value()
    elif not is_empty:
        raise MalformedFile("what this file holds is none of the lists that exposure knows", 0)


def _listed(text: Text) -> Iterator[Any]:
    """The entries of the list that begins here."""
    text.skip()
    for _ in range(MOST_RECORDS):
        if closed(text):
            return
        yield text.value()
    raise MalformedFile(TOO_MANY, text.read)


def _streamed(store: Store, name: str, read: Callable[[FileSource], Iterator[Any]]) -> Iterator[Any]:
    """What is read from a file, and last what is wrong with it."""
    cannot = "this file cannot be read: "
    try:
        with store.source(name) as source:
            if source.size > LARGEST_LIST:
                raise MalformedFile("it is larger than any list of an archive", source.size)
            cannot = ""
            yield from read(source)
    except MalformedFile as error:
        yield unread(store, name, f"{cannot}{error.message}")
    except OSError as error:
        yield unread(store, name, f"this file cannot be opened: {reason(error)}")


def rows(store: Store, name: str) -> Iterator[dict[str, str] | Examination]:
    """The lines of a CSV file by the names of their columns; of a name that comes twice, the later column gets a 2."""
    yield from _streamed(store, name, table)


def words(store: Store, name: str) -> str | Examination:
    """A file of text: UTF-8, with or without a mark, or UTF-16 with one; what is neither keeps its odd signs."""
    try:
        data = store.read(name, _LARGEST)
    except MalformedFile as error:
        return unread(store, name, f"this file cannot be read: {error.message}")
    except OSError as error:
        return unread(store, name, f"this file cannot be opened: {reason(error)}")
    return data.decode(coding(data), "replace")


def unread(store: Store, name: str, why: str) -> Examination:
    """A file of the archive's own that could not be read, or not to its end."""
    return gap(f"{store.path}/{name}", why, ACCOUNT_DATA)


def _short(error: Exception) -> str:
    return str(error).partition("\n")[0][:100]


def get(value: Any, *path: str | int) -> Any:
    """What lies at the end of that path of keys and numbers; None where there is nothing. Of an object that should be a
    list of one, or the other way round, the number 0 is that object."""
    for key in path:
        if isinstance(value, dict):
            value = value if key == 0 else value.get(key)
        elif isinstance(key, int) and isinstance(value, list) and -len(value) <= key < len(value):
            value = value[key]
        else:
            return None
    return value


def listed(value: Any) -> list[Any]:
    """A list as it is, nothing as none, and anything else as a list of it alone."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def text(value: Any) -> str:
    """Words as they are; numbers as they are written; anything else as none."""
    if isinstance(value, str):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    return ""


def number(value: Any) -> float | None:
    """A number, or words that are one."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        found = float(value)
    except (ValueError, OverflowError):
        return None
    return found if math.isfinite(found) else None


def position(latitude: Any, longitude: Any) -> tuple[float, float] | None:
    """Degrees; None for what is no place, and for 0, 0, which services write for none."""
    north, east = number(latitude), number(longitude)
    if north is None or east is None or (north == 0 and east == 0):
        return None
    return (north, east) if abs(north) <= 90 and abs(east) <= 180 else None


def unmangled(words: str) -> str:
    """Words whose UTF-8 was written out as if it were Latin-1, as Meta does, put right; others as they are."""
    try:
        return words.encode("latin-1").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return words


def seconds(value: Any, scale: float = 1.0, earliest: int = 1990) -> str:
    """A time in seconds since 1970 (or in `scale` of a second) as ISO 8601 in UTC; empty for none, 0 and nonsense, such
    as a year before `earliest`."""
    found = number(value)
    if found is None or found == 0:
        return ""
    try:
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=found * scale)
    except (ValueError, OverflowError):
        return ""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if earliest <= moment.year <= 2200 else ""


def moment(value: Any, *formats: str) -> str:
    """A written time as ISO 8601 in UTC, by the first of these `strptime` formats that fits, or by ISO 8601; empty when
    none does. A time without a zone is taken for UTC, so only give this what services write in UTC."""
    found = parsed(value, *formats)
    if (
        found is None or not 1990 <= found.year <= 2200
    ):  # in the first of all years no other zone can be reckoned
        return ""
    utc = found.astimezone(UTC) if found.tzinfo else found
    return utc.strftime("%Y-%m-%dT%H:%M:%SZ")


def parsed(value: Any, *formats: str) -> datetime | None:
    """A written time, with its zone if it has one."""
    written = text(value).strip()
    for each in formats:
        try:
            return datetime.strptime(written, each)
        except ValueError:
            continue
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        return None
