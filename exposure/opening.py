"""Pillow's door: a window opened as a picture, without a word on the terminal and without guessing what it is."""

from __future__ import annotations

import importlib
import io
import logging
import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from typing import TYPE_CHECKING

from exposure.source import Window

if TYPE_CHECKING:
    from PIL.Image import Image

_READ = 1 << 20
"""At most so many bytes are read at once."""

_PLUGINS = {
    "JPEG": ("JPEG", "JpegImagePlugin"),
    "PNG": ("PNG", "PngImagePlugin"),
    "WebP": ("WEBP", "WebPImagePlugin"),
    "GIF": ("GIF", "GifImagePlugin"),
    "AVIF": ("AVIF", "AvifImagePlugin"),
    "TIFF": ("TIFF", "TiffImagePlugin"),
}
"""Pillow's names for the formats it may draw; it is never left to guess what a file is."""


class Stream(io.RawIOBase):
    """A window as the kind of file that Pillow reads from, piece by piece."""

    def __init__(self, window: Window) -> None:
        self._window, self._at = window, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._window.size}[whence]
        self._at = max(0, offset + start)
        return self._at

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # typeshed wants any buffer
        length = max(0, min(len(buffer), self._window.size - self._at, _READ))
        buffer[:length] = self._window.read(self._at, length) if length else b""
        self._at += length
        return length


@contextmanager
def opened(window: Window, format_: str) -> Iterator[Image]:
    """The file opened by Pillow as this format and no other; it is decoded only when it is loaded.

    Whatever decoders raise goes through, LookupError for a format that they do not know; nothing of what they say
    reaches the terminal.
    """
    stream = io.BufferedReader(Stream(window), 1 << 16)
    with _silence(format_ == "TIFF"):
        if format_ == "HEIF":
            from pillow_heif import HeifImageFile  # the extra [heif]

            image: Image = HeifImageFile(stream)  # type: ignore[no-untyped-call]
        else:
            from PIL import Image as Pillow

            name, plugin = _PLUGINS[format_]
            importlib.import_module(f"PIL.{plugin}")
            image = Pillow.open(stream, formats=(name,))
        with image:
            yield image


@contextmanager
def _silence(libtiff: bool) -> Iterator[None]:
    """No warning, no log line; and nothing from libtiff, which writes to the terminal past Python."""
    log = logging.getLogger("PIL")
    level = log.level
    with warnings.catch_warnings(), _muted() if libtiff else nullcontext():
        warnings.simplefilter("ignore")  # what is odd about the file, its own reader has said
        log.setLevel(logging.CRITICAL + 1)
        try:
            yield
        finally:
            log.setLevel(level)


@contextmanager
def _muted() -> Iterator[None]:
    """File descriptor 2 led to nowhere, for as long as it takes; one thread at a time."""
    with suppress(OSError, ValueError, AttributeError):  # there may be no stderr
        sys.stderr.flush()
    try:
        kept = os.dup(2)
    except OSError:
        kept = -1
    try:
        if kept >= 0:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, 2)
            os.close(nowhere)
        yield
    finally:
        if kept >= 0:
            os.dup2(kept, 2)
            os.close(kept)


@contextmanager
def large(most: int) -> Iterator[None]:
    """Let Pillow open pictures of so many pixels: it raises at twice its own limit, and phones make larger ones."""
    from PIL import Image as Pillow

    kept, Pillow.MAX_IMAGE_PIXELS = Pillow.MAX_IMAGE_PIXELS, most // 2
    try:
        yield
    finally:
        Pillow.MAX_IMAGE_PIXELS = kept
