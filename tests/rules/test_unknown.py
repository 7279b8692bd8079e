"""Words where no standard puts any, and bytes that only have a number."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from exposure.metadata._values import BEHIND
from exposure.model import Kind, Level, Photo, Secret
from exposure.reading import read
from exposure.rules.authors import owner_name
from exposure.rules.integrity import unknown_data
from exposure.rules.location import gps_position
from exposure.rules.trailers import data_after_end
from exposure.rules.unknown import unknown_words
from tests.make import icc, jpeg, png, tiff
from tests.make.iptc import dataset, resource
from tests.make.tiff import Entry, rgb_picture, stream
from tests.make.xmp import rdf, wrapped, xmp
from tests.rules.photos import field, photo
from tests.sources import memory_source

WORDS = "Jane Doe, 12 Elm Street"
PACKET = wrapped(xmp(exif_GPSLatitude="48,8.2N", exif_GPSLongitude="11,30.5E"))


def seen(data: bytes, name: str = "photo.jpg") -> Photo:
    found = read(memory_source(data, name))
    assert isinstance(found, Photo)
    assert not found.problems
    return found


def entry(tag: int, type_: int, value: str | bytes) -> Entry:
    return tag, type_, None, value


def exif(*entries: Entry) -> bytes:
    return jpeg.jpeg(jpeg.exif(stream([entries])))


HIDDEN = {
    "a private tag": exif(entry(0xBEEF, 2, WORDS)),
    "a private tag of bytes": exif(entry(0xBEEF, 7, WORDS.encode())),
    "behind the end of a caption": exif(entry(0x010E, 2, f"\0{WORDS}")),
    "a namespace of its own": jpeg.jpeg(
        jpeg.xmp_app1(rdf(f'<my:note xmlns:my="http://my.example/">{WORDS}</my:note>').encode())
    ),
    "a property that its namespace does not have": jpeg.jpeg(jpeg.xmp_app1(xmp(dc_myNote=WORDS))),
    "the name of the toolkit": jpeg.jpeg(
        jpeg.xmp_app1(xmp().replace(b"<x:xmpmeta", f'<x:xmpmeta x:xmptk="{WORDS}"'.encode()))
    ),
    "an instruction": jpeg.jpeg(
        jpeg.xmp_app1(xmp().replace(b"<rdf:RDF", f"<?note {WORDS}?><rdf:RDF".encode()))
    ),
    "a segment of its own": jpeg.jpeg(jpeg.segment(0xE7, b"ACME\0" + WORDS.encode())),
    "after the end": jpeg.jpeg(trailer=WORDS.encode()),
    "a dataset of its own": jpeg.jpeg(jpeg.photoshop(resource(0x0404, dataset(9, 9, WORDS.encode())))),
    "a keyword of its own": png.png(png.text("Secret", WORDS)),
}


@pytest.mark.parametrize("where", HIDDEN)
def test_words_in_places_that_nobody_knows_are_said(where: str) -> None:
    found = unknown_words.check(seen(HIDDEN[where]))
    assert found is not None
    (evidence,) = found.evidence
    assert evidence.value.removeprefix("note ") == WORDS
    assert evidence.secret is Secret.TEXT


@pytest.mark.parametrize(
    "data",
    [
        exif(entry(0xBEEF, 2, "12")),
        exif(entry(0x010E, 2, WORDS)),
        jpeg.jpeg(
            jpeg.xmp_app1(
                rdf(f'<dc:source xmlns:dc="http://purl.org/dc/elements/1.1/">{WORDS}</dc:source>').encode()
            )
        ),
        png.png(png.text("exif:FNumber", "220/100"), png.text("Comment", WORDS)),
        jpeg.jpeg(
            jpeg.xmp_app1(wrapped(xmp(dc_Title=WORDS, xmp_CreatorTool=WORDS, photoshop_TextLayers="x y z")))
        ),
        *(
            jpeg.jpeg(jpeg.xmp_app1(xmp().replace(b"<x:xmpmeta", f'<x:xmpmeta x:xmptk="{name}"'.encode())))
            for name in (
                "Adobe XMP Core 4.1-c036 46.276720, Mon Feb 19 2007 22:13:43        ",
                "XMP toolkit 3.0-28, framework 1.6",
                "Image::ExifTool 12.30",
                "Exempi + XMP Core 5.1.2",
            )
        ),
    ],
)
def test_numbers_and_places_that_others_read_are_not(data: bytes) -> None:
    assert unknown_words.check(seen(data)) is None


def test_the_editors_copyright_is_a_name_too() -> None:
    found = owner_name.check(seen(exif(entry(0x8298, 2, f" \0{WORDS[:8]}"))))
    assert found is not None
    assert found.evidence[0].address.path == f"EXIF:IFD0:Copyright{BEHIND}"


@pytest.mark.parametrize(
    "data",
    [
        exif(entry(0xBEEF, 7, bytes(range(1, 30)))),
        jpeg.jpeg(jpeg.photoshop(resource(0x1234, WORDS.encode()))),
        jpeg.jpeg(jpeg.comment(bytes(range(32)))),
        jpeg.jpeg(jpeg.icc(icc.profile() + WORDS.encode())),
    ],
    ids=["tag", "resource", "comment", "profile"],
)
def test_bytes_that_nobody_knows_are_said(data: bytes) -> None:
    found = unknown_data.check(seen(data))
    assert found is not None
    assert found.evidence[0].value.endswith(" bytes")


@pytest.mark.parametrize("value", [bytes(40), 7])
def test_blank_bytes_and_numbers_are_not(value: object) -> None:
    assert unknown_data.check(photo(fields=(field("EXIF:IFD0:Tag0xBEEF", value),))) is None


def test_exif_in_a_comment_is_read_as_exif() -> None:
    hidden = jpeg.jpeg(jpeg.comment(b"Exif\0\0" + tiff.tiff(position=(48.1, 11.5))))
    found = seen(hidden)
    assert gps_position.check(found) is not None
    assert {b.kind for b in found.blocks} == {Kind.COMMENT, Kind.EXIF}


@pytest.mark.parametrize(
    "segment",
    [
        jpeg.segment(0xE0, b"Exif\0\0" + tiff.tiff(position=(48.1, 11.5))),
        jpeg.segment(0xE1, b"EXIF\0\0" + tiff.tiff(position=(48.1, 11.5))),
        jpeg.segment(0xE1, b"Exif\0" + tiff.tiff(position=(48.1, 11.5))),
        jpeg.segment(0xE4, b"\0\1\2\3Exif\0\0" + tiff.tiff(position=(48.1, 11.5))),
    ],
    ids=["APP0", "capitals", "one NUL", "with bytes before it"],
)
def test_exif_where_it_does_not_belong_is_read(segment: bytes) -> None:
    assert gps_position.check(seen(jpeg.jpeg(segment))) is not None


@pytest.mark.parametrize(
    "segment",
    [
        jpeg.segment(0xE1, b"XMP\0://ns.adobe.com/xap/1.0/\0" + PACKET),
        jpeg.segment(0xE4, b"\0\1\2\3Acme\0" + PACKET),
        jpeg.comment(PACKET),
    ],
    ids=["a broken address", "another segment", "a comment"],
)
def test_xmp_where_it_does_not_belong_is_read(segment: bytes) -> None:
    assert gps_position.check(seen(jpeg.jpeg(segment))) is not None


@pytest.mark.parametrize("charset", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_comment_in_utf16_is_words(charset: str) -> None:
    (text,) = seen(jpeg.jpeg(jpeg.comment(WORDS.encode(charset)))).facts.texts
    assert text.value == WORDS


@pytest.mark.parametrize("note", [(), ((0x927C, 7, None, b"a maker note of its own"),)])
def test_what_nothing_in_an_exif_block_points_at_is_said_unless_a_maker_note_may(
    note: tuple[Entry, ...],
) -> None:
    left = stream([[(0x010F, 2, None, "Acme!"), *note]]) + WORDS.encode()
    found = unknown_data.check(seen(jpeg.jpeg(jpeg.exif(left))))
    assert (found is None) is bool(note)
    assert found is None or found.evidence[0].value == f"{len(WORDS)} bytes"


def test_what_stands_behind_a_jfif_header_is_said() -> None:
    header = jpeg.jfif()
    longer = header[:2] + (len(header) - 2 + len(WORDS)).to_bytes(2, "big") + header[4:] + WORDS.encode()
    found = unknown_data.check(seen(jpeg.jpeg(longer)))
    assert found is not None
    assert found.evidence[0].value == f"{len(WORDS)} bytes"
    assert unknown_data.check(seen(jpeg.jpeg(header))) is None


def picture(format_: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, format_)
    return out.getvalue()


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "GIF", "WebP", "AVIF"])
@pytest.mark.parametrize("before", [jpeg.jpeg(), stream([rgb_picture()])], ids=["JPEG", "TIFF"])
def test_a_whole_picture_behind_another_is_said_whatever_it_is(before: bytes, format_: str) -> None:
    found = data_after_end.check(seen(before + picture(format_)))
    assert found is not None
    assert found.level is Level.CRITICAL


def test_words_behind_a_tiff_are_said() -> None:
    found = data_after_end.check(seen(stream([rgb_picture()]) + WORDS.encode()))
    assert found is not None
    assert found.evidence[0].value == f"{len(WORDS)} bytes"
    assert data_after_end.check(seen(stream([rgb_picture()]))) is None
