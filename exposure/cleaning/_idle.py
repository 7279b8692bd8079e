"""Whether a coded picture ends where its decoder stops reading, or goes on with bytes that show nothing.

What follows the last block of a JPEG's scan, or of a WebP's bitstream, belongs to no segment or chunk of its own: only
a decoder knows that it is not needed. So the last bytes are changed, and if not one pixel changes with them, they are
no part of the picture.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from exposure.drawing import Drawing, drawn
from exposure.model import Part, Role
from exposure.source import Assembled, FileSource, Range, Window

_CHANGED = "5a39c6a7139c4eb1e26d0b94d8573a61c51e8f42b97034ad6be85213947fcd06a8d42e719b35f0c85d17e3824ab6690f"
"""As good as random to a decoder, and no marker in it: hexadecimal."""
_JPEG, _WEBP = bytes.fromhex(_CHANGED[:16]), bytes.fromhex(_CHANGED)
"""What always shows in some pixel. The last block of a WebP may lie outside of the picture."""
_SCAN = "SOS and picture data"
_BITSTREAMS = ("VP8", "VP8L", "ANMF", "ANMF data")
_SHORTEST = 10
"""A coded picture that is not so many times longer may show nothing of what was changed."""
_MOST = 12
"""Each frame costs drawing the picture once more."""
_PROGRESSIVE = frozenset({"SOF2", "SOF6", "SOF10", "SOF14"})


def idle_end(source: FileSource | Assembled, format_: str, parts: Sequence[Part], drawing: Drawing) -> bool:
    """Whether some coded picture of this file, which is drawn like that, ends with bytes that show nothing.

    Of a progressive JPEG it cannot be told: its last bits refine what others said, often too faintly for any pixel.
    """
    if drawing.problem or not drawing.frames:
        return False
    coded = list(_coded(format_, parts))[-_MOST:]
    changed = _JPEG if format_ == "JPEG" else _WEBP
    return any(
        _is_idle(source, format_, part.end, changed, drawing)
        for part in coded
        if part.length > _SHORTEST * len(changed)
    )


def _coded(format_: str, parts: Sequence[Part]) -> Iterator[Part]:
    """The parts that a decoder reads until it has enough."""
    if format_ == "WebP":
        yield from (p for p in parts if p.role is Role.PICTURE and p.where in _BITSTREAMS)
    elif format_ == "JPEG" and _PROGRESSIVE.isdisjoint(p.where for p in parts):
        yield from [p for p in parts if p.where == _SCAN][-1:]


def _is_idle(
    source: FileSource | Assembled, format_: str, end: int, changed: bytes, drawing: Drawing
) -> bool:
    start = end - len(changed)
    other = Assembled(source, (Range(0, start), changed, Range(end, source.size - end)))
    again = drawn(Window.whole(other), format_, besides=False)
    return not again.problem and again.frames == drawing.frames
