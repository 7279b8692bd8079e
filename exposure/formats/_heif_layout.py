"""Where the bytes of a HEIF's items lie, and what each item is to the picture.

What the primary item is made of is the picture: its tiles, and its transparency. Every other picture in the file
(thumbnails, gain maps, depth, mattes, a second view, the other shots of a burst) came along unseen.

Specification: ISO/IEC 14496-12:2022, section 8.11.3 (iloc); ISO/IEC 23008-12:2022, sections 6.4 (roles of images),
6.6 (derived images) and 6.5.8 (auxiliary images); ISO 21496-1 (gain maps: tmap).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from exposure.errors import MalformedFile
from exposure.formats._heif_items import MOST_PIECES, Location, Tables
from exposure.source import Range, Window

PICTURE = "picture"
_DEEPEST = 8
"""Items that take their bytes from items."""

_CODED = b"hvc1 hev1 lhv1 hvt1 av01 avc1 vvc1 vvt1 evc1 jpeg j2k1 unci mski msk1".split()
_DERIVED = b"grid iovl iden tmap tili".split()
_IMAGES = frozenset((*_CODED, *_DERIVED))
_ALPHA = (b"alpha", b"hevc:2015:auxid:1")
_DEPTH = (b"depth", b"disparity", b"matte", b"hevc:2015:auxid:2")
_GAIN_MAP = (b"gainmap", b"gain-map", b"gain_map")


class Pieces:
    """Finds the bytes of items in the file. It counts what it gave, so that no file can ask for too much."""

    __slots__ = ("_known", "_left", "_tables")

    def __init__(self, of: Tables) -> None:
        self._tables, self._left = of, MOST_PIECES
        self._known: dict[int, tuple[Range, ...]] = {
            item: (Range(*extents[0][1:]),)
            for item, (method, elsewhere, extents) in of.locations.items()
            if method == 0 and not elsewhere and len(extents) == 1 and extents[0][2]
        }

    def of(self, item: int, depth: int = 0) -> tuple[Range, ...]:
        """Where an item's bytes lie in the file, in order; MalformedFile when that cannot be told."""
        known = self._known.get(item)
        if known is None:
            self._known[item] = ()  # an item that holds itself is empty
            known = self._known[item] = tuple(self._found(item, depth))
            self._spend(len(known))
        return known

    def coded(self, item: int) -> tuple[Range, ...]:
        """The bytes of a picture: for one that is put together from others (grid…), all of theirs."""
        inputs = self._tables.references.get(b"dimg", {}).get(item)
        if not inputs or self._tables.items[item].type not in _DERIVED:
            return self.of(item)
        self._spend(len(inputs))
        return tuple(piece for each in inputs for piece in self.of(each))

    def _spend(self, pieces: int) -> None:
        self._left -= pieces
        if self._left < 0:
            raise MalformedFile("its pieces are more than any photo has", 0)

    def _found(self, item: int, depth: int) -> Iterable[Range]:
        location = self._tables.locations.get(item)
        if location is None:
            return ()
        if location.elsewhere:
            raise MalformedFile("it lies in another file", 0)
        if location.method == 0:
            # a length of 0 could mean the whole file (8.11.3.1); writers mean an item without bytes
            return [Range(offset, length) for _, offset, length in location.extents if length]
        return self._nested(item, location, depth)

    def _nested(self, item: int, location: Location, depth: int) -> Iterator[Range]:
        """The bytes of an item that lies in the idat box, or in other items."""
        if location.method == 1:
            idat = self._tables.boxes.get(b"idat")
            if idat is None:
                raise MalformedFile("the box that should hold it is missing", 0)
            for _, offset, length in location.extents:
                yield from _slice((idat.payload,), offset, length)
        elif location.method == 2 and depth < _DEEPEST:
            sources = self._tables.references.get(b"iloc", {}).get(item, ())
            for number, offset, length in location.extents:
                if not 1 <= (number or 1) <= len(sources):
                    raise MalformedFile("the item that should hold it is missing", 0)
                source = self.of(sources[(number or 1) - 1], depth + 1)
                self._spend(len(source))
                yield from _slice(source, offset, length)
        else:
            raise MalformedFile("it is stored in a way that nobody defined", 0)


def _slice(pieces: tuple[Range, ...], offset: int, length: int) -> Iterator[Range]:
    """A part of joined pieces, as pieces; to their end without a length."""
    whole = sum(p.length for p in pieces)
    end = offset + length if length else whole
    if end > whole:
        raise MalformedFile("it runs past the end of what holds it", 0)
    start = 0
    for piece in pieces:
        low, high = max(offset, start), min(end, start + piece.length)
        if low < high:
            yield Range(piece.offset + low - start, high - low)
        start += piece.length


def purposes(window: Window, of: Tables) -> tuple[dict[int, str], dict[int, str]]:
    """What each image item is for, and which of them are whole pictures that came along, by item number.

    A purpose is "picture", "thumbnail", "gain-map", "depth" or "second-image". A tile has the purpose of what it
    is a tile of, and "picture" wins where several share it.
    """
    items, dimg = of.items, of.references.get(b"dimg", {})
    images = [n for n, item in items.items() if item.type in _IMAGES or n == of.primary]
    found: dict[int, str] = {}
    along: dict[int, str] = {}

    def claim(item: int, purpose: str, whole: bool = True) -> None:
        if item in found or item not in items:
            return
        if whole and purpose != PICTURE:
            along[item] = purpose
        todo = {item}
        while todo:
            found.update(dict.fromkeys(todo, purpose))
            todo = {i for each in todo & dimg.keys() for i in dimg[each] if i not in found}

    auxiliaries = dict(_auxiliaries(window, of))
    if of.primary is not None and of.primary in items:
        claim(of.primary, PICTURE)
    else:
        apart = {*auxiliaries, *of.references.get(b"thmb", ()), *_gain_maps(of)}
        for item in images:
            if item not in apart:
                claim(item, PICTURE)
    for item, purpose in auxiliaries.items():
        if not purpose and any(found.get(m) == PICTURE for m in of.references[b"auxl"][item]):
            claim(item, PICTURE)
    for item in _gain_maps(of):
        claim(item, "gain-map")
    for item in images:
        if items[item].type == b"tmap":
            claim(item, "gain-map", whole=False)
    for item in of.references.get(b"thmb", ()):
        claim(item, "thumbnail")
    for item, purpose in auxiliaries.items():
        claim(item, purpose or "second-image", whole=bool(purpose))
    rest = [item for item in images if item not in found]
    inputs = {each for some in dimg.values() for each in some} if rest else set()
    for item in sorted(rest, key=inputs.__contains__):  # a tile comes after what it is a tile of
        claim(item, "second-image")
    return found, along


def _gain_maps(of: Tables) -> Iterator[int]:
    """The second input of each tone-mapped image: the first is the picture itself."""
    for item, inputs in of.references.get(b"dimg", {}).items():
        if item in of.items and of.items[item].type == b"tmap":
            yield from inputs[1:]


def _auxiliaries(window: Window, of: Tables) -> Iterator[tuple[int, str]]:
    """Auxiliary images by number and purpose; alpha has an empty one."""
    words: dict[int, bytes] = {}
    for item in of.references.get(b"auxl", ()):
        urn = b""
        for box in of.properties.of(item):
            if box.type == b"auxC":
                if box.offset not in words:
                    payload = box.payload
                    words[box.offset] = window.read(payload.offset, min(payload.length, 128))[4:]
                urn = words[box.offset].partition(b"\0")[0].lower()
        if urn.endswith(_ALPHA):
            yield item, ""
        elif any(word in urn for word in _GAIN_MAP):
            yield item, "gain-map"
        else:
            yield item, "depth" if any(word in urn for word in _DEPTH) else "second-image"


def disjoint(spans: Iterable[tuple[int, int, int]]) -> Iterator[tuple[int, int, int]]:
    """Spans (start, end, item) in order and cut so that none overlaps; what comes first keeps what is shared."""
    reached = 0
    for start, end, item in sorted(spans):
        start = max(start, reached)
        if start < end:
            yield start, end, item
            reached = end


def without(
    spans: Iterable[tuple[int, int, int]], taken: list[tuple[int, int, int]]
) -> Iterator[tuple[int, int, int]]:
    """What is left of disjoint spans outside the taken ones; both in order."""
    at = 0
    for start, end, item in spans:
        while at < len(taken) and taken[at][1] <= start:
            at += 1
        reach = at
        while start < end:
            low, high = taken[reach][:2] if reach < len(taken) else (end, end)
            if start < min(low, end):
                yield start, min(low, end), item
            start = max(high, start) if low < end else end
            reach += 1


def located(pieces: Pieces, items: Iterable[int]) -> Iterator[tuple[int, int, int]]:
    """The spans of these items; those that cannot be found have none."""
    for item in items:
        try:
            for offset, length in pieces.of(item):
                yield offset, offset + length, item
        except MalformedFile:  # `blocks` says so, for the items whose content matters
            continue


def merged(spans: Iterable[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """The same bytes with touching spans made one: tiles lie side by side."""
    runs: list[tuple[int, int, int]] = []
    for start, end, item in disjoint(spans):
        if runs and runs[-1][1] == start:
            runs[-1] = (runs[-1][0], end, runs[-1][2])
        else:
            runs.append((start, end, item))
    return runs
