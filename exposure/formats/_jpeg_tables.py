"""The coded picture of a JPEG: its tables, frame and scans as they are, each as long as what it says.

What shows nothing could hold anything, so it is left out: a table that no scan asks for, or that another one replaces
before a scan does. A file whose scans code the same thing twice has no copy. What stands in the rest is the picture;
its lengths are checked, as decoders do, so that nothing can stand behind it.

Specification: ITU-T T.81, sections B.2.2 (frames), B.2.3 (scans), B.2.4 (tables), B.2.5 (lines) and G.1.1 (progression).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from exposure.errors import CannotClean, MalformedFile
from exposure.model import Part, Role
from exposure.plugins import Piece
from exposure.source import Range, Window

_HIERARCHICAL = frozenset(("DE", "DF", "SOF5", "SOF6", "SOF7", "SOF13", "SOF14", "SOF15"))
_PROGRESSIVE = frozenset(("SOF2", "SOF10"))
_ARITHMETIC = frozenset(("SOF9", "SOF10", "SOF11"))
_DQT, _DHT, _DRI, _DAC, _DNL = "DQT", "DHT", "DRI", "CC", "DC"
_MARKERS = {_DQT: b"\xff\xdb", _DHT: b"\xff\xc4", _DAC: b"\xff\xcc"}
_MOST_IN_A_SCAN = 4
_MOST_IN_A_SEGMENT = 32
"""More tables than there are names for."""

_Name = tuple[str, int]
"""Of a table: its kind, and its number, with its class where it has one."""
_Place = tuple[int, int]
"""Of a table: in which part it stands, and as the how manyth there."""


class _Frame(NamedTuple):
    """What a frame says."""

    where: str
    lines: int
    """0 when a DNL segment says how many."""
    quantisation: dict[int, set[int]]
    """By component, the number of its table; some writers call all their components the same."""


class _Scan(NamedTuple):
    """What a scan says: the component and the tables of each of its columns, and which coefficients it codes."""

    columns: list[tuple[int, int]]
    first: int
    last: int
    before: int
    after: int
    """How many low bits were still to come before it, and are after it; 0 before the first."""


def coded(window: Window, parts: Sequence[Part]) -> Iterator[Piece]:
    """The picture parts, in order. MalformedFile when one is longer or shorter than what it says; CannotClean when
    they are not one picture.
    """
    pictures = [part for part in parts if part.role is Role.PICTURE]
    frame = _frame(window, pictures)
    used = _used(window, pictures, frame)
    lines = frame.lines
    for number, part in enumerate(pictures):
        if part.where in _MARKERS:
            tables = _tables(window, part)
            yield from _kept(part, tables, [t for n, t in enumerate(tables) if (number, n) in used])
        elif part.where == _DNL:
            if not lines:
                yield Range(part.offset, part.length)
            lines = 1  # now it is said
        elif part.where != _DRI or (number, 0) in used:
            yield Range(part.offset, part.length)


def _frame(window: Window, pictures: Sequence[Part]) -> _Frame:
    """The one frame. CannotClean when there is none, or more, which no program shows."""
    frames = [part for part in pictures if part.where.startswith("SOF")]
    if not frames or not any(part.where.startswith("SOS") for part in pictures):
        raise CannotClean("there is no picture in it")
    if len(frames) > 1 or not _HIERARCHICAL.isdisjoint(part.where for part in pictures):
        raise CannotClean("it is a JPEG of a kind that programs do not show")
    (part,) = frames
    head = window.read(part.offset, part.length)
    count = head[9] if len(head) > 9 else 0
    if not count or len(head) != 10 + 3 * count:
        raise _wrong(part)
    found: dict[int, set[int]] = {}
    for n in range(count):
        found.setdefault(head[10 + 3 * n], set()).add(head[12 + 3 * n])
    return _Frame(part.where, head[5] << 8 | head[6], found)


def _used(window: Window, pictures: Sequence[Part], frame: _Frame) -> set[_Place]:
    """The tables that scans ask for, each as it stands when they do."""
    defined: dict[_Name, _Place] = {}
    used: set[_Place] = set()
    known: dict[tuple[int, int], int] = {}
    for number, part in enumerate(pictures):
        if part.where.startswith("SOS"):
            scan = _scan(window, part)
            _follow(scan, frame, known, part)
            used.update(defined[name] for name in _asked(scan, frame) if name in defined)
        elif part.where == _DRI:
            if part.length != 6:
                raise _wrong(part)
            defined[_DRI, 0] = number, 0
        elif part.where in _MARKERS:
            for n, table in enumerate(_tables(window, part)):
                defined[part.where, table[0] & 15 if part.where == _DQT else table[0]] = number, n
    return used


def _scan(window: Window, part: Part) -> _Scan:
    head = window.read(part.offset, min(part.length, 8 + 2 * _MOST_IN_A_SCAN))
    count = head[4] if len(head) > 4 else 0
    if (
        not 0 < count <= _MOST_IN_A_SCAN
        or head[2] << 8 | head[3] != 6 + 2 * count
        or len(head) < 8 + 2 * count
    ):
        raise _wrong(part)
    columns = [(head[5 + 2 * n], head[6 + 2 * n]) for n in range(count)]
    first, last, bits = head[5 + 2 * count : 8 + 2 * count]
    return _Scan(columns, first, last, bits >> 4, bits & 15)


def _follow(scan: _Scan, frame: _Frame, known: dict[tuple[int, int], int], part: Part) -> None:
    """Note what a scan codes: each coefficient once, and then only more exactly. CannotClean when it replaces another,
    which then is never shown, or is never shown itself.
    """
    progressive = frame.where in _PROGRESSIVE
    if progressive and not scan.first <= scan.last <= 63:
        raise _wrong(part)
    for component in dict(scan.columns):
        if component not in frame.quantisation:
            raise _wrong(part)
        for n in range(scan.first, scan.last + 1) if progressive else (0,):
            told = known.get((component, n))
            finer = progressive and told == scan.before == scan.after + 1
            if told is not None and not finer:
                raise CannotClean(
                    "it holds a part of its picture twice, and programs show only one of the two"
                )
            known[component, n] = scan.after


def _asked(scan: _Scan, frame: _Frame) -> Iterator[_Name]:
    """The names of the tables that a scan needs."""
    yield _DRI, 0
    kind = _DAC if frame.where in _ARITHMETIC else _DHT
    for component, tables in scan.columns:
        yield from ((_DQT, number & 15) for number in frame.quantisation[component])
        yield kind, tables >> 4
        yield kind, 1 << 4 | tables & 15


def _tables(window: Window, part: Part) -> list[bytes]:
    """The tables in one segment, which they fill."""
    data, at = window.read(part.offset + 4, part.length - 4), 0
    found: list[bytes] = []
    while at < len(data):
        end = at + _length(part.where, data, at)
        if end > len(data) or len(found) == _MOST_IN_A_SEGMENT:
            raise _wrong(part)
        found.append(data[at:end])
        at = end
    return found


def _length(where: str, data: bytes, at: int) -> int:
    """How long the table at `at` is: 64 numbers of one or two bytes (B.2.4.1); how many codes there are of each length,
    then their values (B.2.4.2); one number (B.2.4.3).
    """
    if where == _DQT:
        return 1 + 64 * (2 if data[at] >> 4 else 1)
    return 17 + sum(data[at + 1 : at + 17]) if where == _DHT else 2


def _kept(part: Part, tables: Sequence[bytes], wanted: Sequence[bytes]) -> Iterator[Piece]:
    """The segment as it is, or with the tables alone that are wanted."""
    if len(wanted) == len(tables):
        yield Range(part.offset, part.length)
    elif wanted:
        data = b"".join(wanted)
        yield _MARKERS[part.where] + (len(data) + 2).to_bytes(2, "big") + data


def _wrong(part: Part) -> MalformedFile:
    return MalformedFile(f"the {part.where.split()[0]} segment has a wrong length", part.offset)
