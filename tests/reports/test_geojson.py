"""The map is GeoJSON as RFC 7946 has it, longitude first, rounded unless revealed."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exposure.model import Address, Examination, Examined, Fact, Place, Time
from exposure.post import ACCOUNT_DATA
from exposure.reports.geojson import GEOJSON
from tests.make.examinations import (
    EVERY_FACT,
    POSITION,
    at,
    examination,
    finding,
    heading,
    home,
    other,
    video,
    written,
)
from tests.make.posts import SHOWN, home_words, judged, post

PIN = Place(48.137222, 11.5755, 5.0, None, POSITION)


def report(*photos: Examination, **options: Any) -> Any:
    return json.loads(written(GEOJSON, *photos, **options), parse_constant=pytest.fail)


def placed(latitude: float | None, longitude: float | None, **more: Any) -> Examination:
    return examination("a.jpg", facts=(Place(latitude, longitude, None, None, POSITION, **more),))


def test_a_photo_is_a_point_longitude_first() -> None:
    top = report(examination("a b.jpg", finding(), facts=EVERY_FACT), reveal=True)
    assert (top["type"], top["masked"], top["photos"]) == ("FeatureCollection", False, 1)
    (feature,) = top["features"]
    assert feature == {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [11.5755, 48.137222]},
        "properties": {
            "kind": "photo",
            "path": "a b.jpg",
            "time": "2024-05-03T18:00:00+02:00",
            "accuracy_m": 5.0,
            "level": "high",
            "rules": ["gps-position"],
            "field": "EXIF:GPS IFD:GPSLatitude",
            "place_name": "Marienplatz 1",
        },
    }


def test_a_post_that_shows_a_place_is_a_point() -> None:
    posts = [
        judged(post("51", *SHOWN), home_words(), action="setting"),
        judged(post("52", stored=SHOWN)),
        judged(post("53")),
    ]
    top = report(posts=posts, reveal=True)
    assert (top["photos"], top["posts"]) == (0, 3)
    (feature,) = top["features"]
    assert feature == {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [11.5755, 48.137222]},
        "properties": {
            "kind": "post",
            "post": "flickr:51",
            "service": "flickr",
            "time": "2024-05-04T10:11:12Z",
            "visibility": "public",
            "seen_by": "public",
            "accuracy_m": None,
            "level": "high",
            "rules": ["invented-home"],
            "action": "setting",
            "field": "Flickr:photo_51.json:geo",
            "place_name": "Marienplatz 1",
        },
    }
    (masked,) = report(posts=posts)["features"]
    assert masked["geometry"]["coordinates"] == [11.6, 48.1] and masked["properties"]["masked"] is True


def test_a_list_of_an_archive_that_could_not_be_read_is_no_photo() -> None:
    top = report(examination("photo_1.json", media=ACCOUNT_DATA, examined=Examined.NONE))
    assert (top["photos"], top["photos_not_read_whole"], top["lists_not_read"]) == (0, 0, 1)


def test_positions_are_rounded_without_reveal_and_say_so() -> None:
    top = report(examination("a.jpg", facts=EVERY_FACT), collection=(home(),))
    photo, together = top["features"]
    assert top["masked"] is True
    for feature in (photo, together):
        assert feature["geometry"]["coordinates"] == [11.6, 48.1]
        assert feature["properties"]["masked"] is True
    assert photo["properties"]["place_name"] == "13 characters"


def test_a_place_of_many_photos_has_its_radius() -> None:
    (feature,) = report(collection=(home(photos=34), home(place=None)), reveal=True)["features"]
    assert feature["geometry"]["coordinates"] == [11.5755, 48.137222]
    assert feature["properties"] == {
        "kind": "collection",
        "rule": "likely-home",
        "level": "critical",
        "confidence": "firm",
        "question": "where",
        "message": "A stranger would guess that this is where you live.",
        "why": ["12 visits on 9 nights"],
        "could_be_wrong_if": ["you stayed with friends"],
        "radius_m": 90.0,
        "photos": 34,
        "place_name": "Munich",
    }


@pytest.mark.parametrize(
    ("latitude", "longitude", "rounded"),
    [
        (10.0, 180.0, [180.0, 10.0]),
        (10.0, -180.0, [-180.0, 10.0]),
        (10.0, 179.96, [180.0, 10.0]),
        (-89.99, -179.97, [-180.0, -90.0]),
        (-0.04, 0.04, [0.0, 0.0]),
    ],
)
def test_the_edges_of_the_map(latitude: float, longitude: float, rounded: list[float]) -> None:
    for reveal, degrees in ((True, [longitude, latitude]), (False, rounded)):
        (feature,) = report(placed(latitude, longitude), reveal=reveal)["features"]
        assert feature["geometry"] == {"type": "Point", "coordinates": degrees}


@pytest.mark.parametrize(
    "degrees", [(0.0, 0.0), (91.0, 1.0), (1.0, 180.1), (float("nan"), 1.0), (None, None)]
)
def test_what_is_no_position_is_no_point(degrees: tuple[float | None, float | None]) -> None:
    assert report(placed(*degrees))["features"] == []
    if degrees != (0.0, 0.0):
        found = home(place=Place(*degrees, None, None, POSITION), radius_m=float("inf"))
        (feature,) = report(collection=(found,))["features"]
        assert feature["geometry"] is None and feature["properties"]["radius_m"] is None


def test_a_place_that_is_only_named_has_no_geometry() -> None:
    photo = examination("a.jpg", facts=(Place(None, None, None, "Hauptstr. 3", POSITION, "named"),))
    (feature,) = report(photo, reveal=True)["features"]
    assert feature["geometry"] is None and feature["properties"]["place_name"] == "Hauptstr. 3"
    (feature,) = report(photo)["features"]
    assert feature["properties"]["place_name"] == "11 characters"


def test_a_position_counts_before_a_name_or_a_destination() -> None:
    facts = (
        Place(1.0, 2.0, None, None, POSITION, "destination"),
        Place(None, None, None, "Hauptstr. 3", POSITION, "named"),
        PIN,
    )
    (feature,) = report(examination("a.jpg", facts=facts), reveal=True)["features"]
    assert feature["geometry"]["coordinates"] == [11.5755, 48.137222]


@pytest.mark.parametrize(
    ("times", "told"),
    [
        ([("gps", "2024-05-03T16:00:00", None)], "2024-05-03T16:00:00Z"),
        (
            [("modified", "2025-01-01T00:00:01", None), ("digitized", "2024-05-03T18:00:00", None)],
            "2024-05-03T18:00:00",
        ),
        ([("taken", "2000-01-01T00:00:00", None)], None),
        ([], None),
    ],
)
def test_when_it_was_taken(times: list[tuple[str, str, str | None]], told: str | None) -> None:
    facts: tuple[Fact, ...] = (PIN, *(Time(*time, at("EXIF:IFD0:DateTime")) for time in times))
    (feature,) = report(examination("a.jpg", facts=facts))["features"]
    assert feature["properties"]["time"] == told


def test_photos_without_a_place_are_counted_and_so_is_what_was_not_read() -> None:
    top = report(
        examination("a.jpg"), examination("b.jpg", examined=Examined.PARTIAL, facts=(PIN,)), video(), other()
    )
    assert (len(top["features"]), top["photos"], top["photos_not_read_whole"]) == (1, 3, 2)


def test_photos_are_written_as_they_come() -> None:
    out = io.StringIO()
    writing = GEOJSON.begin(out, heading())
    writing.photo(examination("a.jpg", facts=(PIN,)))
    assert json.loads(out.getvalue().splitlines()[-1])["properties"]["path"] == "a.jpg"


@settings(deadline=None)
@given(st.text(st.characters(), max_size=60), st.booleans())
def test_hostile_text_is_inert_and_comes_back_as_it_was(words: str, reveal: bool) -> None:
    photo = examination(words, facts=(Place(1.0, 2.0, None, words, Address(words)),))
    raw = written(GEOJSON, photo, collection=(home(message=words),), reveal=reveal)
    assert raw.isascii() and all(line.isprintable() for line in raw.split("\n"))
    properties = json.loads(raw)["features"][0]["properties"]
    assert properties["path"] == words and (not reveal or properties["place_name"] == words)
