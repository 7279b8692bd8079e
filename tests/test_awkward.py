"""Legal files that other readers get wrong: what they give away is found wherever it stands."""

from __future__ import annotations

import pytest

from exposure.model import Facts, Photo
from exposure.reading import read
from tests.make import heif, png, webp
from tests.make.jpeg import body, comment, exif, icc, jfif, jpeg, progressive_jpeg, segment, xmp_app1
from tests.make.tiff import tiff
from tests.sources import memory_source

PLACE = (48.137222, 11.5755)
HERE = tiff(
    position=PLACE,
    Make="Acme",
    Artist="Ann Example",
    BodySerialNumber="6784213",
    DateTimeOriginal="2024:05:03 18:00:00",
)
EXIF = exif(HERE)
QUANTISATION = body()[: 4 + int.from_bytes(body()[2:4], "big") - 2]
HUAWEI = b"".join(segment(0xE0 + n, b"HUAWEI\0\0" + bytes(900)) for n in (7, 8, 9))
PACKET = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"/>'

AWKWARD = {
    "behind 300 kB of APP2 segments": jpeg(icc(bytes(300_000)), EXIF),
    "behind a quantisation table": jpeg(QUANTISATION, EXIF),
    "behind fill bytes": jpeg(EXIF, fill=1),
    "behind Huawei's APP7 to APP9": jpeg(HUAWEI, EXIF),
    "behind JFIF, XMP and a comment": jpeg(jfif(), xmp_app1(PACKET), comment("hi"), EXIF),
    "in the second EXIF segment": jpeg(exif(tiff(Software="v1")), EXIF),
    "after the frame header": b"\xff\xd8" + body().replace(b"\xff\xda", EXIF + b"\xff\xda", 1),
    "between two scans": EXIF.join(progressive_jpeg().rsplit(b"\xff\xda", 1)).replace(
        EXIF, EXIF + b"\xff\xda", 1
    ),
    "cut over two segments": jpeg(exif(HERE[:90]), exif(HERE[90:])),
    "WebP without the prefix": webp.webp(webp.extended(8), webp.LOSSLESS, webp.chunk(b"EXIF", HERE)),
    "WebP with the prefix": webp.webp(
        webp.extended(8), webp.LOSSLESS, webp.chunk(b"EXIF", b"Exif\0\0" + HERE)
    ),
    "ImageMagick's raw profile": png.png(
        png.text("Raw profile type exif", png.raw_profile("exif", b"Exif\0\0" + HERE))
    ),
    **{
        f"HEIC brand {brand.decode()}": heif.heif(heif.picture(), heif.exif(HERE), brands=(brand, b"mif1"))
        for brand in (
            b"heic",
            b"heix",
            b"hevc",
            b"hevx",
            b"heim",
            b"heis",
            b"mif1",
            b"msf1",
            b"avif",
            b"avis",
        )
    },
    "HEIC with a prefix in its item": heif.heif(heif.picture(), heif.exif(HERE, prefix=b"Exif\0\0")),
    "HEIC with its EXIF in idat": heif.heif(heif.picture(), heif.exif(HERE, method=heif.IDAT)),
}


def facts(data: bytes) -> Facts:
    photo = read(memory_source(data))
    assert isinstance(photo, Photo)
    return photo.facts


@pytest.mark.parametrize("data", AWKWARD.values(), ids=AWKWARD.keys())
def test_every_fact_is_found(data: bytes) -> None:
    found = facts(data)
    (place,) = found.places
    assert (place.latitude, place.longitude) == pytest.approx(PLACE, abs=1e-6)
    assert [i.value for i in found.identifiers] == ["6784213"]
    assert [p.name for p in found.people] == ["Ann Example"]
    assert [t.local for t in found.times] == ["2024-05-03T18:00:00"]
    assert "Acme" in [d.make for d in found.devices]


def test_two_heics_in_one_process_do_not_mix_in_either_order() -> None:
    one = heif.heif(heif.picture(), heif.exif(HERE))
    two = heif.heif(heif.picture(number=1), brands=(b"mif1", b"heic"))
    alone = facts(two)
    assert alone.places == ()
    for order in ((one, two), (two, one), (one, one, two)):
        assert [len(facts(data).places) for data in order] == [int(data is one) for data in order]
    assert facts(two) == alone
