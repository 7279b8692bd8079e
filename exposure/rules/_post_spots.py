"""The exact positions that come with a post, for whoever may see it."""

from __future__ import annotations

from collections.abc import Iterator

from exposure.guards import usable
from exposure.model import Evidence, Place, Secret
from exposure.post import Posted

ROUGH_M = 1_000.0
"""A position that may be this far off is no exact one (as for photos), in metres."""
MOST = 24


def exact(place: Place) -> bool:
    """Whether a place is a pin on the map."""
    return usable(place) and (place.accuracy_m is None or place.accuracy_m < ROUGH_M)


def pin(place: Place) -> Evidence:
    """An exact place, or one that is only named, as evidence."""
    if place.latitude is None or place.longitude is None:
        return Evidence(place.address, place.name or "", Secret.TEXT)
    return Evidence(place.address, f"{place.latitude:.6f}, {place.longitude:.6f}", Secret.PLACE)


def spots(posted: Posted) -> Iterator[Place]:
    """Those of the post itself, then those in the files of its photos."""
    for place in posted.post.facts.places:
        if exact(place):
            yield place
    for photo in posted.photos:
        for place in photo.facts.places:
            if exact(place):
                yield place
