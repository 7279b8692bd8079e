"""An archive's own files as values: JSON and CSV that may be cut off, in a wrong encoding, or of another shape.

Nothing here raises for what stands in a file: whatever is not of the shape that was asked for is None or empty, and a
file that cannot be read at all comes as a `Problem`.
"""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from exposure.errors import MalformedFile, reason
from exposure.model import Examination
from exposure.post import ACCOUNT_DATA
from exposure.stores import Store, gap

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
"""In English, as services write them whatever language the machine speaks."""
MOST_RECORDS = 5_000_000
"""No list is followed beyond this many entries."""
_LONGEST_CELL = 1 << 24
_BLANKS = " \t\r\n"


def loaded(store: Store, name: str) -> Any:
    """The JSON value of one file; an Examination that says why where it cannot be read."""
    text = words(store, name)
    if isinstance(text, Examination):
        return text
    try:
        return json.loads(text)
    except ValueError as error:
        return unread(store, name, f"this list is damaged: {_short(error)}")
    except RecursionError:
        return unread(store, name, "this list is nested deeper than any real one")


def records(store: Store, name: str) -> Iterator[Any]:
    """The entries of a file that is one long JSON list, each by itself, so that only one is in memory; of an object, the
    object. What stands before the first bracket is skipped (``window.YTD.tweets.part0 =``). The last thing may be an
    Examination that says what is wrong with the rest."""
    text = words(store, name)
    if isinstance(text, Examination):
        yield text
        return
    start = min((at for sign in "[{" if (at := text.find(sign)) >= 0), default=-1)
    if start < 0:
        yield unread(store, name, "there is no list in this file")
    elif text[start] == "{":
        yield from _values(store, name, text, start, one=True)
    else:
        yield from _values(store, name, text, start + 1, one=False)


def entries(store: Store, name: str, wanted: Callable[[str], bool], *, alone: bool = False) -> Iterator[Any]:
    """The entries of the list under the first wanted key of a file that is one object (``{"ig_stories": [...]}``); of a
    file that is a list, its own. Each comes by itself, so that only one is in memory. An object that has no such key is an
    entry itself where a list of one is written so (`alone`). What is wrong with the file comes last as an Examination."""
    text = words(store, name)
    if isinstance(text, Examination):
        yield text
        return
    at = _past(text, 0, _BLANKS)
    if text[at : at + 1] == "[":
        yield from _values(store, name, text, at + 1, one=False)
        return
    if text[at : at + 1] != "{":
        yield unread(store, name, "there is no list in this file")
        return
    try:
        start, is_list = _under(text, at + 1, wanted)
    except ValueError as error:
        yield unread(store, name, f"this list is damaged: {_short(error)}")
    except RecursionError:
        yield unread(store, name, "this list is nested deeper than any real one")
    else:
        if start:
            yield from _values(store, name, text, start, one=not is_list)
        elif alone:
            yield from _values(store, name, text, at, one=True)
        elif not text.startswith("}", _past(text, at + 1, _BLANKS)):
            yield unread(store, name, "what this file holds is none of the lists that exposure knows")


def _under(text: str, at: int, wanted: Callable[[str], bool]) -> tuple[int, bool]:
    """Where what lies under the first wanted key begins, and whether that is a list's first entry; 0 when there is none.
    `at` is behind the object's bracket. ValueError and RecursionError where it is damaged."""
    decode = json.JSONDecoder().raw_decode
    for _ in range(MOST_RECORDS):
        at = _past(text, at, _BLANKS + ",")
        if text[at : at + 1] == "}":
            break
        key, at = decode(text, at)
        at = _past(text, at, _BLANKS + ":")
        if isinstance(key, str) and wanted(key) and text[at : at + 1] in ("[", "{"):
            is_list = text[at] == "["
            return at + is_list, is_list
        _, at = decode(text, at)
    return 0, False


def _values(store: Store, name: str, text: str, at: int, *, one: bool) -> Iterator[Any]:
    decode = json.JSONDecoder().raw_decode
    for _ in range(MOST_RECORDS):
        at = _past(text, at, _BLANKS + ",")
        if text[at : at + 1] in ("]", "") and not one:
            if at >= len(text):
                yield unread(store, name, "this list breaks off; what stands before the break was read")
            return
        try:
            value, at = decode(text, at)
        except ValueError as error:
            yield unread(store, name, f"this list is damaged, and was read up to the damage: {_short(error)}")
            return
        except RecursionError:
            yield unread(store, name, "this list is nested deeper than any real one")
            return
        yield value
        if one:
            return


def _past(text: str, at: int, blanks: str) -> int:
    while at < len(text) and text[at] in blanks:
        at += 1
    return at


def rows(store: Store, name: str) -> Iterator[dict[str, str] | Examination]:
    """The lines of a CSV file by the names of their columns; of a name that comes twice, the later column gets a 2."""
    text = words(store, name)
    if isinstance(text, Examination):
        yield text
        return
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        head = _headed(next(reader, []))
        for row in reader:
            yield dict(zip(head, row, strict=False))
    except csv.Error as error:
        yield unread(store, name, f"this table is damaged, and was read up to the damage: {_short(error)}")


def _headed(names: Sequence[str]) -> list[str]:
    seen: dict[str, int] = {}
    found = []
    for name in names:
        plain = name.strip()
        seen[plain] = seen.get(plain, 0) + 1
        found.append(plain if seen[plain] == 1 else f"{plain} {seen[plain]}")
    return found


def words(store: Store, name: str) -> str | Examination:
    """A file of text: UTF-8, with or without a mark, or UTF-16 with one; what is neither keeps its odd signs."""
    try:
        data = store.read(name)
    except MalformedFile as error:
        return unread(store, name, f"this file cannot be read: {error.message}")
    except OSError as error:
        return unread(store, name, f"this file cannot be opened: {reason(error)}")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    return data.decode("utf-8-sig", "replace")


def unread(store: Store, name: str, why: str) -> Examination:
    """A file of the archive's own that could not be read, or not to its end."""
    return gap(f"{store.path}/{name}", why, ACCOUNT_DATA)


def _short(error: Exception) -> str:
    return str(error).partition("\n")[0][:100]


def get(value: Any, *path: str | int) -> Any:
    """What lies at the end of that path of keys and numbers; None where there is nothing. Of an object that should be a
    list of one, or the other way round, the number 0 is that object."""
    for key in path:
        if isinstance(key, int):
            if isinstance(value, Mapping) and key == 0:
                continue
            if not isinstance(value, list) or not -len(value) <= key < len(value):
                return None
            value = value[key]
        elif isinstance(value, Mapping):
            value = value.get(key)
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
    if found is None:
        return ""
    utc = found.astimezone(UTC) if found.tzinfo else found
    return utc.strftime("%Y-%m-%dT%H:%M:%SZ") if 1990 <= utc.year <= 2200 else ""


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
