"""AppleDouble: what a Mac knows of a file beside its bytes, as a file of its own, ``._photo.jpg``, in every zip it makes.

Most hold nothing that tells of anybody, and are left alone (`exposure.media`). Those are looked at whose list of
attributes has one of Spotlight's (where the file was downloaded, comments, tags), or which have a resource fork: old
programs keep previews there.

Specification: AppleSingle/AppleDouble formats (Apple, 1990), also RFC 1740 appendix A.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Sequence

from exposure.errors import MalformedFile
from exposure.media import APPLE_DOUBLE
from exposure.model import Block, Depth, Kind, Part, Role
from exposure.plugins import Format
from exposure.source import HEAD, Window

_TELLING = re.compile(rb"com\.apple\.metadata:_?kMDItem(?!IsScreenCapture|ScreenCapture)")
"""Those of screenshots say how the picture was taken, which it shows."""

_FIRST, _MOST = 26, 16
_ENTRY = struct.Struct(">3I")
"""What it is, where it begins, its length in bytes."""
_FORK = 2
_BLANK = 286
"""A resource fork without anything in it is as long as this, in bytes."""


def parts(window: Window, depth: Depth) -> Iterator[Part]:
    """The whole file is one part."""
    if not _sniff(window.head(HEAD)):
        raise MalformedFile("no AppleDouble file that tells anything", 0)
    yield Part(0, window.size, Role.METADATA, "side file", Kind.MAC)


def _sniff(head: bytes) -> bool:
    return head.startswith(APPLE_DOUBLE) and (_TELLING.search(head) is not None or bool(_forks(head)))


def _forks(head: bytes) -> list[tuple[int, int]]:
    """Where resource forks begin that hold something, and their length."""
    count = min(int.from_bytes(head[_FIRST - 2 : _FIRST], "big"), _MOST)
    table = head[_FIRST : _FIRST + count * _ENTRY.size]
    entries = _ENTRY.iter_unpack(table[: len(table) // _ENTRY.size * _ENTRY.size])
    return [(start, length) for what, start, length in entries if what == _FORK and length > _BLANK]


def blocks(window: Window, parts: Sequence[Part]) -> Iterator[Block]:
    """The attributes, and resource forks, which nobody here can read."""
    yield Block(Kind.MAC, "side file", window, window)
    for start, length in _forks(window.head(HEAD)):
        if start < window.size:
            fork = window.part(start, min(length, window.size - start))
            yield Block(Kind.UNKNOWN, "resource fork", fork, window)


MAC_SIDE_FILE = Format("Mac side file", (), _sniff, parts, blocks)
