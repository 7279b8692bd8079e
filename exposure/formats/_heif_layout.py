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
        self._known = dict(of.whole)

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
    images = [n for n, item in of.items.items() if item.type in _IMAGES or n == of.primary]
    auxiliaries = dict(_auxiliaries(window, of))
    gain_maps, thumbnails = set(_gain_maps(of)), of.references.get(b"thmb", {}).keys()
    if of.primary is not None and of.primary in of.items:
        found = _with_tiles(of, [of.primary], PICTURE, {})
    else:
        apart = auxiliaries.keys() | thumbnails | gain_maps
        found = _with_tiles(of, [item for item in images if item not in apart], PICTURE, {})
    alphas = [
        item
        for item, purpose in auxiliaries.items()
        if not purpose and any(found.get(master) == PICTURE for master in of.references[b"auxl"][item])
    ]
    _with_tiles(of, alphas, PICTURE, found)
    along: dict[int, str] = {}
    rest = [item for item in images if item not in found]
    inputs = {each for some in of.references.get(b"dimg", {}).values() for each in some} if rest else set()
    inputs -= gain_maps
    inputs |= {item for item in rest if of.items[item].type == b"tmap"}
    for item in sorted(rest, key=inputs.__contains__):  # a tile comes after what it is a tile of
        purpose = auxiliaries.get(item, "second-image")
        if item in gain_maps or of.items[item].type == b"tmap":
            purpose = "gain-map"
        elif item in thumbnails:
            purpose = "thumbnail"
        if item not in found:
            if purpose and of.items[item].type != b"tmap":
                along[item] = purpose
            _with_tiles(of, [item], purpose or "second-image", found)
    return found, along


def _with_tiles(of: Tables, some: Iterable[int], purpose: str, found: dict[int, str]) -> dict[int, str]:
    """Note the purpose of these items and of what they are put together from, where none is noted yet."""
    dimg = of.references.get(b"dimg", {})
    todo = {item for item in some if item not in found}
    while todo:
        found.update(dict.fromkeys(todo, purpose))
        todo = {i for each in todo & dimg.keys() for i in dimg[each] if i not in found}
    return found


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
    """The same bytes with overlapping and touching spans made one: tiles lie side by side."""
    runs: list[tuple[int, int, int]] = []
    first = last = number = -1
    for start, end, item in sorted(spans):
        if start <= last:
            last = max(last, end)
            continue
        if last >= 0:
            runs.append((first, last, number))
        first, last, number = start, end, item
    return [*runs, (first, last, number)] if last >= 0 else runs
