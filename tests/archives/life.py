"""A small life, which every service's export tells in its own way."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from tests.make.jpeg import exif, jpeg
from tests.make.tiff import tiff


class Moment(NamedTuple):
    """A photo that was taken and posted."""

    id: int
    """From 1 on; each export makes its own kind of id from it."""
    taken: str
    """By the local clock: 2024-05-03T18:00:00."""
    posted: str
    """In UTC: 2024-05-04T10:11:12Z."""
    caption: str
    latitude: float | None = None
    longitude: float | None = None
    alt: str = ""
    tags: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    is_public: bool = True

    @property
    def name(self) -> str:
        return f"moment{self.id}.jpg"


LIFE = (
    Moment(1, "2024-05-03T18:00:00", "2024-05-04T10:11:12Z", "Harbour & sea", 12.5, -38.5, "a pier", ("boat",)),
    Moment(2, "2024-05-05T09:30:00", "2024-05-05T12:00:01Z", "Café “by” the sea 🌊", 12.501234, -38.512345),
    Moment(3, "2024-06-01T07:00:00", "2024-06-02T07:00:00Z", "", people=("Person B",)),
    Moment(4, "2024-06-03T20:15:10", "2024-06-03T21:00:00Z", "No <b>place</b>, no #tag", tags=("evening", "früh")),
    Moment(5, "2024-07-09T11:00:00", "2024-07-10T08:00:00Z", "At the pier", -12.25, 100.0, is_public=False),
)  # fmt: skip


@cache
def picture(moment: Moment) -> bytes:
    """A JPEG of its own, which says nothing of the place: services that strip give no other."""
    return jpeg(exif(tiff(ImageDescription=f"moment {moment.id}")))
