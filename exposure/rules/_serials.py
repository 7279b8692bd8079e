"""Serial numbers and identifiers that mean something, told from the fillers that cameras write instead."""

from __future__ import annotations

from collections.abc import Iterator

from exposure.guards import telling
from exposure.model import Evidence, Identifier, Photo, Secret

MOST = 24
"""How many identifiers a finding shows: some programs write thousands, and a few are proof enough."""


def serials(photo: Photo, *kinds: str) -> Iterator[Identifier]:
    """The identifiers of those kinds that are no fillers."""
    found = [i for i in photo.facts.identifiers if i.kind in kinds]
    if found:
        models = {d.model.strip().casefold() for d in photo.facts.devices if d.model}
        yield from (i for i in found if telling(i.value, models))


def shown_serial(identifier: Identifier) -> Evidence:
    return Evidence(identifier.address, identifier.value, Secret.SERIAL)
