"""Which camera took a photo, as far as its make, model and serial number tell."""

from __future__ import annotations

from collections import defaultdict

from exposure.collection import Collection


def cameras(collection: Collection) -> dict[int, int]:
    """For each device of the collection, the camera that it is.

    A program that edits a photo may drop the serial number: without it, a device is the only one of that model if
    there is only one.
    """
    by_model: dict[tuple[str, str], dict[int, int]] = defaultdict(dict)
    for number, (make, model, serial) in enumerate(collection.devices):
        by_model[make, model][serial] = number
    found = {}
    for serials in by_model.values():
        numbered = [number for serial, number in serials.items() if serial]
        for serial, number in serials.items():
            found[number] = numbered[0] if not serial and len(numbered) == 1 else number
    return found
