"""What of an item goes into a copy: the bytes that make its picture, and the properties that it needs.

Specification: ISO/IEC 23008-12:2022, sections 6.5 and 6.6; ISO/IEC 14496-15:2022, section 8.3.2 (HEVC).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from exposure.errors import CannotClean, MalformedFile
from exposure.formats._heif_boxes import walk
from exposure.formats._heif_coded import Units
from exposure.formats._heif_copy import box
from exposure.formats._heif_items import Item, Tables
from exposure.formats._heif_layout import Pieces
from exposure.formats._heif_values import (
    ORDER,
    TURNING,
    auxiliary_use,
    colour,
    grid,
    overlay,
    tone_map,
    value,
)
from exposure.formats._isobmff import Box
from exposure.source import Range, Window

CONFIGURATION = {b"hvc1": b"hvcC", b"av01": b"av1C"}
"""The property that says how a picture is coded, for each way that is taken apart here."""
DERIVED = frozenset(b"grid iovl iden tmap".split())
"""Pictures that are made from others."""

_PLANS = {b"grid": grid, b"iovl": overlay, b"tmap": tone_map}
_LARGEST_PLAN = 1 << 18
"""What says how a picture is made from others, in bytes."""
_LARGEST_PROPERTY = 1 << 16
_MOST_TURNS = 16


Chosen = dict[int, bytes | None]
"""The items of a copy in their order, and what each is for: None for one whose colours are shown; otherwise what an
auxiliary picture is called, or nothing for the pieces of one."""


def down(of: Tables, first: int, use: bytes | None, chosen: Chosen) -> None:
    """Choose an item and everything that it is made from. CannotClean when some of that is missing."""
    inputs, todo = of.references.get(b"dimg", {}), [first]
    below = None if use is None else b""
    while todo:
        item = todo.pop()
        if item in chosen:
            continue
        if item not in of.items:
            raise CannotClean("a piece of its picture is missing")
        chosen[item] = use if item == first else below
        if of.items[item].type in DERIVED:
            todo.extend(reversed(inputs.get(item, ())))


def urn(window: Window, of: Tables, item: int) -> bytes:
    """What an auxiliary picture is called; nothing when it is not."""
    for each in of.properties.of(item):
        if each.type == b"auxC":
            return auxiliary_use(window.read(each.start, min(each.payload.length, 256)))
    return b""


@dataclass(slots=True)
class Pictures:
    """The bytes of items, as the copy has them."""

    window: Window
    tables: Tables
    units: Units = field(default_factory=Units)
    left: int = 0
    """How many bytes there may still be: no honest file has more than its size."""
    seen: set[tuple[Range, ...]] = field(default_factory=set)
    pieces: Pieces = field(init=False)
    media: tuple[Range, ...] = field(init=False)
    """Where picture data may lie (ISO/IEC 14496-12, sections 8.1.1 and 8.11.11): in boxes made for it."""

    def __post_init__(self) -> None:
        self.pieces, self.left = Pieces(self.tables), self.window.size
        idat = self.tables.boxes.get(b"idat")
        media = [box.payload for box in walk(self.window).boxes if box.type == b"mdat"]
        self.media = (*media, *([idat.payload] if idat else ()))

    def of(self, number: int, item: Item) -> tuple[tuple[Range, ...] | bytes, bool]:
        """The units of a coded picture, and whether it lost any; for a derived one, how it is made."""
        data = self.window.joined(self.pieces.of(number))
        if item.type in DERIVED:
            inputs = len(self.tables.references.get(b"dimg", {}).get(number, ()))
            if not inputs:
                raise CannotClean("a piece of its picture is missing")
            plan = _PLANS.get(item.type)
            return (b"" if plan is None else plan(data.load(_LARGEST_PLAN), inputs)), False
        if not data.size:
            raise CannotClean("a piece of its picture is missing")
        if data.pieces not in self.seen:
            self.seen.add(data.pieces)
            if not all(self._is_media(piece) for piece in data.pieces):
                raise CannotClean("its picture lies where no picture data belongs")
            self.left -= data.size
            if self.left < 0:
                raise CannotClean("its pieces overlap")
        units = self.units.av1(data) if item.type == b"av01" else self.units.hevc(data, self._width(number))
        found = tuple(_joined(data, units))
        if not found:
            raise CannotClean("a piece of its picture is empty")
        return found, sum(piece.length for piece in found) < data.size

    def _is_media(self, piece: Range) -> bool:
        end = piece.offset + piece.length
        return any(at <= piece.offset and end <= at + length for at, length in self.media)

    def _width(self, number: int) -> int:
        """How long the lengths in an HEVC picture are (ISO/IEC 14496-15, section 8.3.2.1.2)."""
        for each in self.tables.properties.of(number):
            if each.type == b"hvcC" and each.payload.length > 22:
                return (self.window.read(each.start + 21, 1)[0] & 3) + 1
        raise CannotClean("it does not say how its picture is coded")


def _joined(data: Window, units: Iterator[Range]) -> Iterator[Range]:
    """Where in the file these bytes of the window lie, with neighbours made one."""
    start = end = 0
    for at, length in units:
        if at != end:
            yield from data.ranges(start, end - start) if start < end else ()
            start = at
        end = at + length
    yield from data.ranges(start, end - start) if start < end else ()


@dataclass(slots=True)
class Properties:
    """The properties of items, as the copy has them. Tiles share theirs, which are then made once."""

    window: Window
    tables: Tables
    profile: bytes
    """The box with the colour profile; empty for none."""
    made: dict[tuple[int, bytes | None], tuple[bytes, bytes]] = field(default_factory=dict)
    """By offset and use: what a property becomes, and the word under which an item has it once."""

    def of(self, number: int, use: bytes | None, shortened: bool) -> tuple[bytes, ...]:
        """Those that describe the item in a fixed order, each once, then those that turn it, in their own.

        `use`: what an auxiliary picture is called; empty when it is none but has no colours that are shown, None
        when it has. `shortened`: its bytes are no longer all there.
        """
        found: dict[bytes, bytes] = {}
        turning: list[bytes] = []
        for each, essential in self.tables.properties.marked(number):
            written, word = self._made(each, use)
            if each.type in TURNING:
                turning.append(written)
            elif written and not (each.type == b"a1lx" and shortened):
                if each.type == b"colr" and word in found:
                    raise CannotClean("it says its colours twice, and programs do not agree on which counts")
                found.setdefault(word, written)
            elif essential and each.type not in ORDER:
                raise CannotClean(f"its picture needs something that exposure does not know ({each.word!a})")
        if len(turning) > _MOST_TURNS:
            raise CannotClean("its picture is turned more often than any")
        if CONFIGURATION.get(self.tables.items[number].type, b"ispe") not in found:
            raise CannotClean("it does not say how its picture is coded, or how large it is")
        return (*(found[word] for word in _WORDS if word in found), *turning)

    def _made(self, each: Box, use: bytes | None) -> tuple[bytes, bytes]:
        known = self.made.get((each.offset, use))
        if known is None:
            known = self.made[each.offset, use] = self._make(each, use)
        return known

    def _make(self, each: Box, use: bytes | None) -> tuple[bytes, bytes]:
        if each.type == b"auxC":
            return (box(b"auxC", bytes(4), use, b"\0") if use else b""), b"auxC"
        if each.type not in TURNING and each.type not in ORDER:
            return b"", each.type
        if each.type == b"colr":
            data = self.window.read(each.start, min(each.payload.length, 11))
            if data[:4] in (b"prof", b"rICC"):
                return self.profile if use is None else b"", b"prof"
            new = colour(data)
        elif each.payload.length > _LARGEST_PROPERTY:
            raise MalformedFile(f"the {each.word} property is larger than any photo needs", each.offset)
        else:
            new = value(each.type, self.window.read(*each.payload))
        return b"" if new is None else box(each.type, new), each.type


_WORDS = (*ORDER[:5], b"prof", *ORDER[5:])
"""The order of the properties; a picture may have its colours in numbers and as a profile too."""
