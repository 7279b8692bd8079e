"""iCloud Photos, as privacy.apple.com hands it out.

Shapes as seen in published exports: ``Photos/`` with originals and ``Photo Details.csv``, further tables numbered;
``Recently Deleted/``, ``Albums/*.csv`` and ``Memories/*.csv``. The tables tell no place and nothing of sharing: what
cameras wrote stands in the files, and shared albums lie in a zip of their own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import PurePosixPath

from exposure.archives._icloud_shared import Shared, is_album, lists, shared
from exposure.archives._kit import LISTS, Files, Wanted, address, inventory
from exposure.archives._records import MONTHS, moment, parsed, rows, words
from exposure.model import Examination, Fact, Facts, Text, Time
from exposure.plugins import Archive, Item
from exposure.post import Post
from exposure.stores import Store

_PART = re.compile(
    r"((?=.*icloud).*?)(\d{1,4})[^\w]+[^\W\d]+[^\w]+(\d{1,4})(?: ?\(\d+\))?\.zip", re.IGNORECASE
)
_COLUMNS = {"imgName", "originalCreationDate"}
_ALBUM_COLUMNS = ("imgName", "imageName", "Images")
_DELETED = "recently deleted"
_MONTHS = {name.lower(): number for number, name in enumerate(MONTHS, 1)}
_DATE = re.compile(
    r"(?:\w+,?\s+)?([A-Za-z]{3})[a-z]*\.?\s+(\d{1,2}),?\s*(\d{4}),?\s+(?:at\s+)?(\d{1,2}):(\d\d)(?::(\d\d))?\s*([AP]M)?"
    r"\s*(?:GMT|UTC)?",
    re.IGNORECASE,
)
_LOOKED_AT = 20


@dataclass(slots=True)
class _Library:
    """The files of the export by name, and which albums name them."""

    by_name: dict[str, list[str]] = field(default_factory=dict)
    stems: dict[str, list[str]] = field(default_factory=dict)
    """By folder and name without its ending: the film of a live photo lies beside it."""
    albums: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    """Of a photo's name, titles and files of its albums."""
    tables: list[str] = field(default_factory=list)
    films: Counter[str] = field(default_factory=Counter)
    """Names of films that came with their live photo, each of which may have a line of its own."""
    lists: set[str] = field(default_factory=set)
    unread: list[Examination] = field(default_factory=list)


def recognise(store: Store) -> bool:
    """Whether one of its tables has the columns of photo details, or one of its lists is of a shared album."""
    tables = [name for name in store.names if name.lower().endswith(".csv")]
    likely = sorted(tables, key=lambda name: "detail" not in name.lower())[:_LOOKED_AT]
    if any(_columns(store, name) >= _COLUMNS for name in likely):
        return True
    return any(is_album(store, name) for name in lists(store)[:_LOOKED_AT])


def items(store: Store) -> Iterator[Item]:
    """Each line of the tables with its photo, each photo of a shared album, then the photos that no line names."""
    library = _surveyed(store)
    files, ids = Files(store), Counter[str]()
    seen, lone = set[str](), 0
    yield from library.unread
    for table in library.tables:
        for row in rows(store, table):
            if isinstance(row, Examination):
                yield row
            elif row.get("imgName"):
                names = _photos(library, table, row["imgName"], seen)
                if not names and library.films[row["imgName"]]:
                    library.films[row["imgName"]] -= 1
                    continue
                lone += not names
                yield from files.with_post(_unlike(_post(table, row, library, names), ids), names)
    albums = [name for name in lists(store) if is_album(store, name)]
    library.lists.update(albums)
    for each in (each for name in albums for each in shared(store, name, date)):
        if isinstance(each, Shared):
            seen.update(each.photos)
            yield from files.with_post(_unlike(each.post, ids), each.photos)
        else:
            yield each
    alone = sum(1 for some in library.by_name.values() for name in some if name not in seen)
    yield from files.rest()
    yield inventory(ICLOUD, store, library.lists, list(_notes(_parts(store), alone, lone, albums)))


def _columns(store: Store, name: str) -> set[str]:
    first = next(iter(rows(store, name)), None)
    if first is None and isinstance(head := words(store, name), str):  # a table with no line below its head
        return {column.strip() for column in head.split(",")}
    return set(first) if isinstance(first, dict) else set()


def _surveyed(store: Store) -> _Library:
    library = _Library()
    for name in store.names:
        path = PurePosixPath(name)
        if path.suffix.lower() == ".csv":
            columns = _columns(store, name)
            if columns >= _COLUMNS:
                library.tables.append(name)
            elif (column := next((c for c in _ALBUM_COLUMNS if c in columns), "")) and len(columns) <= 3:
                _take_album(store, name, column, library)
            else:
                continue
            library.lists.add(name)
        elif path.suffix.lower() not in LISTS:
            library.by_name.setdefault(path.name, []).append(name)
            library.stems.setdefault(f"{path.parent}/{path.stem}", []).append(name)
    return library


def _take_album(store: Store, name: str, column: str, library: _Library) -> None:
    title = PurePosixPath(name).stem
    for row in rows(store, name):
        if isinstance(row, Examination):
            library.unread.append(row)
        elif row.get(column):
            library.albums.setdefault(row[column], []).append((title, name))


def _photos(library: _Library, table: str, wanted: str, seen: set[str]) -> list[str]:
    """The photo of a line, in the folder of its table before any other, with the film of a live photo. Each once."""
    folder = str(PurePosixPath(table).parent)
    some = [name for name in library.by_name.get(wanted, ()) if name not in seen]
    if not some:
        return []
    name = next((name for name in some if str(PurePosixPath(name).parent) == folder), some[0])
    path = PurePosixPath(name)
    beside = [
        each
        for each in library.stems[f"{path.parent}/{path.stem}"]
        if each != name and each not in seen and each.lower().endswith((".mov", ".mp4", ".aae"))
    ]
    seen.update((name, *beside))
    library.films.update(PurePosixPath(each).name for each in beside)
    return [name, *beside]


def _post(table: str, row: dict[str, str], library: _Library, names: Sequence[str]) -> Post:
    wanted = Wanted("iCloud", table)
    name = row["imgName"]
    telling = f"{name} {row.get('fileChecksum', '')} {row.get('originalCreationDate', '')}"
    id = blake2b(telling.encode("utf-8", "replace"), digest_size=6).hexdigest()
    is_deleted = row.get("deleted", "").strip().lower() == "yes" or any(
        _DELETED in part.lower() for each in (*names, table) for part in each.split("/")[:-1]
    )
    return Post(
        "icloud",
        id,
        posted=date(row.get("importDate", "")),
        status="deleted" if is_deleted else "live",
        facts=Facts.sorted(
            Text("title", title, address(Wanted("iCloud", file), "title"))
            for title, file in dict(library.albums.get(name, ())).items()
        ),
        stored=Facts.sorted(_stored(wanted, row)),
    )


def _unlike(post: Post, ids: Counter[str]) -> Post:
    """With another id than those before it."""
    ids[post.id] += 1
    return post if ids[post.id] == 1 else replace(post, id=f"{post.id}-{ids[post.id]}")


def _stored(wanted: Wanted, row: dict[str, str]) -> Iterator[Fact]:
    if taken := date(row.get("originalCreationDate", "")):
        yield Time("taken", taken.removesuffix("Z"), "+00:00", address(wanted, "originalCreationDate"))
    if row.get("hidden", "").strip().lower() == "yes":
        yield Text("keyword", "hidden", address(wanted, "hidden"))


def date(written: str) -> str:
    """``Saturday June 4,2022 12:11 PM GMT`` by ISO 8601 in UTC, whatever language this system speaks; empty for what is
    no date."""
    found = _DATE.fullmatch(written.strip())
    if found is None:
        there = parsed(written)
        return moment(written) if there and there.tzinfo else ""
    month, day, year, hour, minute, second, half = found.groups()
    hours = int(hour) % 12 + 12 * (half.lower() == "pm") if half else int(hour)
    try:
        there = datetime(
            int(year),
            _MONTHS.get(month.lower(), 0),
            int(day),
            hours,
            int(minute),
            int(second or 0),
            tzinfo=UTC,
        )
    except ValueError:
        return ""
    return there.strftime("%Y-%m-%dT%H:%M:%SZ")


def part(name: str) -> str | None:
    """What ``iCloud Photos Part 1 of 3.zip`` shares with the other two; other languages write other words."""
    found = _PART.fullmatch(name)
    return f"{found[1].lower()} {int(found[3])}" if found else None


def _parts(store: Store) -> set[str]:
    """Names of the parts that are here: of the zips themselves, or of the folders that they were unpacked into."""
    folders = {part for name in store.names for part in name.split("/")[:-1][:3]}
    return {path.name for path in store.parts} | {f"{folder}.zip" for folder in folders}


def _notes(parts: Iterable[str], alone: int, lone: int, albums: Sequence[str]) -> Iterator[str]:
    numbers = [found for name in sorted(parts) if (found := _PART.fullmatch(name))]
    if numbers:
        last = min(int(numbers[0][3]), 9999)
        if missing := sorted(set(range(1, last + 1)).difference(int(found[2]) for found in numbers)):
            named = ", ".join(map(str, missing[:20])) + (" and more" if missing[20:] else "")
            yield (
                f"Of {last} parts these are missing: {named}. Ask privacy.apple.com for them again, or name them too."
            )
    if alone:
        yield f"Photos that no table of this export names: {alone:,}. They were looked at."
    if lone:
        yield (
            f"Photos that a table names and that are not here: {lone:,}. They may lie in a part that is missing, and were "
            "not looked at."
        )
    if albums:
        yield (
            "Photos of shared albums are marked as such. Who sees an album, and whether it has a public website, is not said: "
            "open Photos on your device, under Shared Albums."
        )
    else:
        yield (
            "Here nothing says which photos are in shared albums or behind links. Open Photos on your device, under Shared "
            "Albums, to see what is shared; or scan iCloud Shared Albums.zip, which comes with the export."
        )


ICLOUD = Archive("icloud", "iCloud Photos", recognise, items, part=part)
