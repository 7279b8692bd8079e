from __future__ import annotations

import pytest

from exposure.model import Address, Confidence, Device, Identifier, Level, Person, Picture, Place
from exposure.plugins import Rule
from exposure.rules.hidden import depth_map, preview_image, raw_preview, second_picture, stale_thumbnail
from exposure.source import Range
from tests.rules.pages import check_page, rules_of
from tests.rules.photos import field, photo


@pytest.mark.parametrize("rule", rules_of("hidden"), ids=lambda r: r.id)
def test_page(rule: Rule) -> None:
    check_page(rule)
    assert rule.check(photo()) is None


def picture(
    kind: str,
    likeness: float | None = None,
    path: str = "EXIF:IFD1:Preview",
    offset: int = 100,
    length: int = 900,
) -> Picture:
    return Picture(kind, offset, length, Address(path, (Range(offset, length),)), "JPEG", likeness)


@pytest.mark.parametrize("kind", ["thumbnail", "preview"])
@pytest.mark.parametrize(
    "likeness, level", [(-1.0, Level.CRITICAL), (0.49, Level.CRITICAL), (0.5, Level.HIGH), (0.89, Level.HIGH)]
)
def test_stale_thumbnail(kind: str, likeness: float, level: Level) -> None:
    shot = photo(picture(kind, 0.99), picture(kind, likeness))
    found = stale_thumbnail.check(shot)
    assert found is not None and found.level is level and len(found.evidence) == 1
    assert stale_thumbnail.confidence is Confidence.FIRM
    assert preview_image.check(shot) is None


@pytest.mark.parametrize(
    "shown",
    [
        picture("thumbnail", 0.9),
        picture("thumbnail"),
        picture("thumbnail", float("nan")),
        picture("second-image", 0.1),
    ],
)
def test_no_stale_thumbnail(shown: Picture) -> None:
    assert stale_thumbnail.check(photo(shown)) is None


def test_preview_image() -> None:
    alike, unknown = (
        preview_image.check(photo(picture("thumbnail", 0.97))),
        preview_image.check(photo(picture("preview"))),
    )
    assert alike is not None and alike.message is None and preview_image.level is Level.LOW
    assert unknown is not None and unknown.message is not None and "not compared" in unknown.message
    assert unknown.level is None


@pytest.mark.parametrize(
    "shown",
    [
        picture("video"),
        picture("thumbnail", path="second-image/EXIF:IFD1:Preview"),
        picture("thumbnail", length=4),
    ],
)
def test_no_preview_image(shown: Picture) -> None:
    assert preview_image.check(photo(shown)) is None


@pytest.mark.parametrize("name", ["a.nef", "A.DNG"])
def test_raw_preview(name: str) -> None:
    shot = photo(picture("preview"), format="TIFF", name=name)
    assert raw_preview.check(shot) is not None and preview_image.check(shot) is None


@pytest.mark.parametrize("format_, name", [("TIFF", "a.tif"), ("TIFF", "a.TIFF"), ("JPEG", "a.nef")])
def test_no_raw_preview(format_: str, name: str) -> None:
    shot = photo(picture("preview"), format=format_, name=name)
    assert raw_preview.check(shot) is None and preview_image.check(shot) is not None


def test_second_picture() -> None:
    found = second_picture.check(photo(picture("second-image")))
    assert found is not None and found.level is None and second_picture.level is Level.MEDIUM
    differs = second_picture.check(photo(picture("second-image", 0.2)))
    assert differs is not None and differs.level is Level.HIGH


def inside(path: str) -> Address:
    return Address(path, (Range(200, 8),))


@pytest.mark.parametrize(
    "fact",
    [
        Place(48.1, 11.6, None, None, inside("second-image/EXIF:GPS IFD:GPSLatitude")),
        Person("creator", "Jane Doe", inside("second-image/EXIF:IFD0:Artist")),
        Identifier("serial", "A1B2C3", inside("second-image/EXIF:Exif IFD:BodySerialNumber")),
    ],
)
def test_second_picture_with_traces_of_its_own(fact: Place | Person | Identifier) -> None:
    found = second_picture.check(photo(picture("second-image"), fact))
    assert found is not None and found.level is Level.HIGH and found.message is not None
    assert found.evidence[1].address == fact.address


def test_traces_of_the_picture_itself_do_not_count() -> None:
    place = Place(48.1, 11.6, None, None, inside("EXIF:GPS IFD:GPSLatitude"))
    found = second_picture.check(photo(picture("second-image"), place))
    assert found is not None and found.level is None


def test_gain_maps() -> None:
    gain_map = picture("gain-map")
    assert second_picture.check(photo(gain_map)) is None
    assert (
        second_picture.check(photo(gain_map, Device("Acme", "One", inside("gain-map/EXIF:IFD0:Model"))))
        is not None
    )
    marked = field("XMP:hdrgm:Version", "1.0")._replace(within="second-image/")
    assert second_picture.check(photo(picture("second-image", offset=0), fields=(marked,))) is None
    assert second_picture.check(photo(picture("second-image", offset=5000), fields=(marked,))) is not None


def test_pictures_after_the_end_are_told_elsewhere() -> None:
    assert second_picture.check(photo(picture("second-image", path="Trailer:Trailer:Picture"))) is None


def test_depth_map() -> None:
    assert depth_map.check(photo(picture("depth"))) is not None
    assert depth_map.check(photo(picture("second-image"), picture("thumbnail"))) is None
