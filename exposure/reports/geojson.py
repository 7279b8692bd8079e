"""A map for programs (GeoJSON, RFC 7946): one point for each photo with a position, written as the photos come.

Between them one for each post that shows a place; what only the service and the owner see of a post is no point here.
Then one for each place that the photos give away together, such as a home, with ``radius_m``. Longitude comes first,
WGS 84 (3.1.1, 4). A photo whose place is only named has the geometry null (3.2). Without ``--reveal`` positions are
rounded to 0.1 degree and ``"masked": true`` stands beside each, and over all. A photo without a place is only counted.
Everything outside ASCII is escaped.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from json import JSONEncoder
from typing import Any, TextIO

from exposure.guards import credible, usable
from exposure.model import CollectionFinding, Examination, Examined, Place, Time
from exposure.plugins import Heading, Writer, Writing
from exposure.post import ACCOUNT_DATA, Inventory, PostExamination
from exposure.reports._posts import name
from exposure.text import length, rounded

_encode = JSONEncoder(ensure_ascii=True, allow_nan=False, separators=(",", ":"), check_circular=False).encode

_TAKEN = ("taken", "digitized", "utc", "gps")
"""Kinds of time, the best first."""


class _Map:
    """The map as far as it is written: only counts are kept."""

    __slots__ = ("_features", "_lists", "_out", "_photos", "_posts", "_reveal", "_unread")

    def __init__(self, out: TextIO, heading: Heading) -> None:
        self._out, self._reveal = out, heading.reveal
        self._features = self._photos = self._posts = self._unread = self._lists = 0
        top = {
            "type": "FeatureCollection",
            "generator": f"exposure {heading.version}",
            "masked": not heading.reveal,
        }
        out.write(_encode(top)[:-1] + ',\n"features":[')

    def photo(self, examination: Examination) -> None:
        if examination.media == "other":
            return
        if examination.media == ACCOUNT_DATA:
            self._lists += 1
            return
        self._photos += 1
        self._unread += examination.examined in (Examined.PARTIAL, Examined.NONE)
        place = _best(examination.facts.places)
        if place is not None:
            self._write(place, _photo(examination, place, self._reveal))

    def post(self, examination: PostExamination) -> None:
        self._posts += 1
        place = _best(examination.post.facts.places)
        if place is not None:
            self._write(place, _post(examination, place))

    def end(self, collection: Sequence[CollectionFinding], archives: Sequence[Inventory] = ()) -> None:
        for found in collection:
            if found.place is not None:
                self._write(found.place, _together(found, self._reveal))
        counts = {
            "photos": self._photos,
            "photos_not_read_whole": self._unread,
            "posts": self._posts,
            "lists_not_read": self._lists,
        }
        self._out.write(f"\n],{_encode(counts)[1:]}\n")

    def _write(self, place: Place, properties: dict[str, Any]) -> None:
        name = place.name if self._reveal or place.name is None else length(place.name)
        properties["place_name"] = name
        if not self._reveal:
            properties["masked"] = True
        feature = {"type": "Feature", "geometry": _point(place, self._reveal), "properties": properties}
        self._out.write((",\n" if self._features else "\n") + _encode(feature))
        self._features += 1


def _begin(out: TextIO, heading: Heading) -> Writing:
    return _Map(out, heading)


GEOJSON = Writer("geojson", _begin, ('"generator":"exposure ',))


def _best(places: Sequence[Place]) -> Place | None:
    """The first that a map can show, else the first that is named; None for a photo that tells no place."""
    return next(filter(usable, places), None) or next((place for place in places if place.name), None)


def _point(place: Place, reveal: bool) -> dict[str, Any] | None:
    latitude, longitude = place.latitude, place.longitude
    if latitude is None or longitude is None or not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return None
    degrees = (longitude, latitude) if reveal else (rounded(longitude), rounded(latitude))
    return {"type": "Point", "coordinates": degrees}


def _photo(examination: Examination, place: Place, reveal: bool) -> dict[str, Any]:
    worst = examination.worst
    return {
        "kind": "photo",
        "path": examination.name,
        "time": _time(examination.facts.times),
        "accuracy_m": _metres(place.accuracy_m),
        "level": None if worst is None else worst.word,
        "rules": list(dict.fromkeys(finding.rule for finding in examination.findings)),
        "field": place.address.path,
    }


def _post(examination: PostExamination, place: Place) -> dict[str, Any]:
    post, worst = examination.post, examination.worst
    return {
        "kind": "post",
        "post": name(post),
        "service": post.service,
        "time": post.posted or None,
        "visibility": post.visibility.value,
        "seen_by": post.seen_by,
        "accuracy_m": _metres(place.accuracy_m),
        "level": None if worst is None else worst.word,
        "rules": list(dict.fromkeys(finding.rule for finding in examination.findings)),
        "action": examination.action,
        "field": place.address.path,
    }


def _time(times: Sequence[Time]) -> str | None:
    """When it was taken, ISO 8601, with the offset from UTC where that is known."""
    found = [time for kind in _TAKEN for time in times if time.kind == kind and credible(time.local)]
    if not found:
        return None
    best = found[0]
    return best.local + (best.utc_offset or ("Z" if best.kind in ("utc", "gps") else ""))


def _together(found: CollectionFinding, reveal: bool) -> dict[str, Any]:
    return {
        "kind": "collection",
        "rule": found.rule,
        "level": found.level.word,
        "confidence": found.confidence.word,
        "question": found.question.value,
        "message": found.message,
        "why": found.why,
        "could_be_wrong_if": found.could_be_wrong_if,
        "radius_m": _metres(found.radius_m),
        "photos": found.photos or len(found.evidence),
    }


def _metres(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None
