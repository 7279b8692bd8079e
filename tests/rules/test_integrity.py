"""What could not be read, is not known, or is only filling."""

from __future__ import annotations

import pytest

from exposure.model import Examined, Field, Kind, Problem
from exposure.plugins import Decoder, Rule, discover
from exposure.rules.integrity import (
    maker_note,
    padding_after_end,
    unexamined,
    unknown_data,
    unread_metadata,
)
from tests.make import block
from tests.rules.photos import field, photo

BROKEN = Problem("APP1", "a length that runs past the end of its container (at byte 12)")


def test_what_could_not_be_read_is_said() -> None:
    found = unread_metadata.check(photo(problems=(BROKEN,), examined=Examined.PARTIAL))
    assert found is not None
    assert (found.evidence[0].address.path, found.evidence[0].value) == ("APP1", BROKEN.message)
    assert "more than is listed" in unread_metadata.message
    assert unread_metadata.check(photo()) is None


def test_a_photo_that_was_not_examined_says_so_once() -> None:
    seen = photo(problems=(BROKEN,), examined=Examined.NONE)
    assert unread_metadata.check(seen) is None
    found = unexamined.check(seen)
    assert found is not None
    assert found.evidence[0].value == BROKEN.message


def test_a_photo_that_was_not_examined_and_nobody_knows_why() -> None:
    found = unexamined.check(photo(examined=Examined.NONE))
    assert found is not None
    assert found.evidence


@pytest.mark.parametrize("examined", [Examined.COMPLETE, Examined.BOUNDED, Examined.PARTIAL])
def test_a_photo_that_was_examined_is_not_unexamined(examined: Examined) -> None:
    assert unexamined.check(photo(examined=examined)) is None


def test_unknown_data_is_said_by_its_length_and_place() -> None:
    found = unknown_data.check(photo(fields=(field("Unknown:APP4:Data", 4),)))
    assert found is not None
    (evidence,) = found.evidence
    assert (evidence.address.path, evidence.address.ranges) == ("Unknown:APP4:Data", ((0, 4),))
    assert evidence.value == "4 bytes"


def test_a_maker_note_is_said_also_of_a_second_picture() -> None:
    seen = field("MakerNote:Exif IFD:Block", 4)
    found = maker_note.check(photo(fields=(seen, seen._replace(within="second-image/"))))
    assert found is not None
    assert [e.address.path for e in found.evidence] == [
        "MakerNote:Exif IFD:Block",
        "second-image/MakerNote:Exif IFD:Block",
    ]


@pytest.mark.parametrize("path", ["Unknown:APP4:Padding", "MakerNote:Exif IFD:Padding", "EXIF:IFD0:Make"])
def test_a_blank_block_is_no_finding(path: str) -> None:
    seen = photo(fields=(field(path, 4),))
    assert maker_note.check(seen) is None
    assert unknown_data.check(seen) is None


def test_filling_after_the_end_is_said_as_such() -> None:
    filling = field("Trailer:Trailer:Padding", 4)
    assert padding_after_end.check(photo(fields=(filling,))) is not None
    assert padding_after_end.check(photo(fields=(filling._replace(within="thumbnail/"),))) is None


@pytest.mark.parametrize("path", ["Trailer:Trailer:Data", "Trailer:Trailer:LeftOver", "Unknown:IEND:Padding"])
def test_anything_else_after_the_end_is_not(path: str) -> None:
    assert padding_after_end.check(photo(fields=(field(path, 4),))) is None


@pytest.mark.parametrize(
    ("kind", "data", "each"),
    [
        (Kind.UNKNOWN, b"what?", unknown_data),
        (Kind.MAKER_NOTE, b"Acme\0\1", maker_note),
        (Kind.TRAILER, b"\0" * 40, padding_after_end),
    ],
)
def test_the_decoders_say_what_the_rules_read(kind: Kind, data: bytes, each: Rule) -> None:
    (decoder,) = (d for d in discover("metadata", Decoder) if d.kind is kind)
    fields = tuple(f for f in decoder.decode(block(kind, data)) if isinstance(f, Field))
    assert each.check(photo(fields=fields)) is not None
