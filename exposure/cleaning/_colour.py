"""Which colour profile a copy gets: the file's own when it tells nothing of a device or a person."""

from __future__ import annotations

from exposure.errors import CannotClean
from exposure.model import Kind, Photo

_STANDARD = frozenset({"sRGB IEC61966-2.1", "Display P3", "Adobe RGB (1998)", "sRGB"})


def profile(photo: Photo) -> tuple[bytes, str]:
    """The profile's bytes and its name; empty when the file has none. CannotClean when it can be neither kept nor replaced."""
    for block in photo.blocks:
        if block.kind is Kind.ICC and block.file.size == photo.size:
            names = {f.value for f in photo.named("ProfileDescription") if not f.within}
            if len(names) == 1 and names <= _STANDARD:
                return block.window.load(), str(names.pop())
            raise CannotClean("its colour profile is none that exposure knows")
    return b"", ""
