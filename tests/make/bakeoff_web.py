"""The WebP and GIF files of the bake-off: a word in every chunk and every extension."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from PIL import Image

from tests.make import gif, jumbf, webp
from tests.make.bakeoff_words import SIZE, Fixture, Words, drawn, encoded, exif, srgb, xmp

_ICC, _ALPHA, _EXIF, _XMP, _ANIMATED = 0x20, 0x10, 0x08, 0x04, 0x02


def fixtures() -> Iterator[Fixture]:
    for name, made in (("WebP", _lossy), ("WebP lossless, trailer", _lossless), ("WebP animated", _animated)):
        words = Words()
        data = made(words)
        yield Fixture(name, "WebP", ".webp", data, frozenset(words.planted), {}, srgb())
    words = Words()
    data = _gif(words)
    yield Fixture("GIF", "GIF", ".gif", data, frozenset(words.planted), {})


def _lossy(words: Words) -> bytes:
    """With transparency, whose chunk stands before the picture's."""
    picture = drawn().convert("RGBA")
    picture.putalpha(drawn().convert("L"))
    coded = [webp.chunk(t, d) for t, d in _chunks(encoded(picture, "WEBP")) if t in (b"ALPH", b"VP8 ")]
    return _extended(words, _ALPHA, b"".join(coded))


def _lossless(words: Words) -> bytes:
    coded = [webp.chunk(t, d) for t, d in _chunks(encoded(drawn(), "WEBP", lossless=True)) if t == b"VP8L"]
    return _extended(words, 0, b"".join(coded)) + words.bytes("after-RIFF")


def _animated(words: Words) -> bytes:
    second = drawn(darker=30)
    data = encoded(drawn(), "WEBP", save_all=True, append_images=[second], lossless=True, duration=[70, 90])
    made = [
        webp.chunk(t, d + webp.chunk(b"prVt", words.bytes("in-ANMF")) if t == b"ANMF" else d)
        for t, d in _chunks(data)
        if t in (b"ANIM", b"ANMF")
    ]
    between = webp.chunk(b"prVt", words.bytes("between-frames"))
    return _extended(words, _ANIMATED, between.join(made))


def _extended(words: Words, flags: int, picture: bytes) -> bytes:
    return webp.webp(
        webp.extended(flags | _ICC | _EXIF | _XMP, *SIZE),
        webp.chunk(b"ICCP", srgb()),
        webp.chunk(b"prVt", words.bytes("before-picture")),
        picture,
        webp.chunk(b"EXIF", exif(words)),
        webp.chunk(b"XMP ", xmp(words)),
        webp.chunk(b"C2PA", jumbf.manifest_store(jumbf.claim(words("C2PA")))),
        webp.chunk(b"prVt", words.bytes("unknown")),
    )


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The chunks of a WebP that Pillow wrote."""
    at = 12
    while at < len(data):
        type_, length = struct.unpack_from("<4sI", data, at)
        yield type_, data[at + 8 : at + 8 + length]
        at += 8 + length + (length & 1)


def _gif(words: Words) -> bytes:
    """Two frames with a transparent colour, and words in every extension, between frames and behind the end."""
    first, second = (drawn(darker=darker).quantize(16, dither=Image.Dither.NONE) for darker in (0, 30))
    data = encoded(
        first,
        "GIF",
        save_all=True,
        append_images=[second],
        transparency=0,
        duration=[70, 90],
        loop=0,
        disposal=2,
    )
    header, blocks = _blocks(data)
    frames = b"".join(
        block[:-1]
        + gif.sub_blocks(words.bytes("behind-the-pixels"))
        + gif.comment(words.bytes("between-frames"))
        if block[:1] == b","
        else block
        for block in blocks
        if block[:2] != b"!\xff"
    )
    opening = [
        gif.application(b"NETSCAPE2.0", b"")[:-1]
        + gif.sub_blocks(b"\1\0\0")[:-1]
        + gif.sub_blocks(words.bytes("behind-the-loop")),
        gif.comment(words.bytes("comment")),
        gif.plain_text(words.bytes("plain-text")),
        gif.application(b"ACMEPROG1.0", words.bytes("application")),
        gif.xmp(xmp(words)),
        gif.application(b"C2PA_GIF\1\0\0", jumbf.manifest_store(jumbf.claim(words("C2PA")))),
    ]
    return header + b"".join(opening) + frames + b";" + words.bytes("trailer")


def _blocks(data: bytes) -> tuple[bytes, list[bytes]]:
    """The header with its colours, and the blocks, of a GIF that Pillow wrote."""

    def table(flags: int) -> int:
        return 3 << (flags & 7) + 1 if flags & 0x80 else 0

    start = at = 13 + table(data[10])
    found = []
    while data[at] != 0x3B:
        begun = at
        at += 2 if data[at] == 0x21 else 11 + table(data[at + 9])
        while data[at]:
            at += 1 + data[at]
        at += 1
        found.append(data[begun:at])
    return data[:start], found
