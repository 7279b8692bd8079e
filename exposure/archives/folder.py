"""A plain folder, a single file, or a zip of photos that no service made."""

from __future__ import annotations

from exposure.plugins import Archive
from exposure.stores import Store


def recognise(store: Store) -> bool:
    return True


FOLDER = Archive("folder", "a folder", recognise, lambda store: store.walk(), rank=-2)
