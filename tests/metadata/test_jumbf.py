from __future__ import annotations

import struct
import time
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exposure.cbor import DEEPEST, MOST_VALUES
from exposure.cbor import decode as decode_cbor
from exposure.errors import MalformedFile
from exposure.metadata.jumbf import JUMBF
from exposure.model import Embedded, Fact, Field, Kind, Person, Place, Problem, Software, Text, Time
from tests.make import block
from tests.make.cbor import cbor
from tests.make.jumbf import (
    assertion,
    box,
    claim,
    json_assertion,
    manifest_store,
    signed_identity,
    superbox,
    thumbnail_assertion,
)

AUTHOR = json_assertion(
    "stds.schema-org.CreativeWork",
    {
        "@type": "CreativeWork",
        "author": [{"@type": "Person", "name": "Anna Muster", "identifier": "https://a.example/anna"}],
    },
)
ACTIONS = assertion(
    "c2pa.actions.v2",
    {
        "actions": [
            {
                "action": "c2pa.created",
                "when": "2024-05-03T18:00:00+02:00",
                "softwareAgent": {"name": "Editor", "version": "2"},
            },
            {"action": "c2pa.edited", "softwareAgent": "Old Editor"},
        ]
    },
)
STORE = manifest_store(
    claim("Acme/1.0", **{"dc:title": "beach.jpg"}), AUTHOR, ACTIONS, thumbnail_assertion(b"\xff\xd8\xff")
)


def things(data: bytes) -> list[object]:
    return list(JUMBF.decode(block(Kind.JUMBF, data)))


def fields(data: bytes) -> list[Field]:
    return [x for x in things(data) if isinstance(x, Field)]


def values(data: bytes, name: str) -> list[object]:
    return [f.value for f in fields(data) if f.name == name]


def facts(data: bytes) -> list[Fact]:
    return list(JUMBF.facts(fields(data)))


def test_every_superbox_gives_its_label() -> None:
    assert values(STORE, "Label") == [
        "c2pa",
        "urn:c2pa:1234",
        "c2pa.assertions",
        "stds.schema-org.CreativeWork",
        "c2pa.actions.v2",
        "c2pa.thumbnail.claim",
        "c2pa.claim",
    ]
    label = next(f for f in fields(STORE) if f.value == "c2pa.actions.v2")
    assert label.path == "JUMBF:C2PA:Label"
    assert label.window.read(label.offset, label.length) == b"c2pa.actions.v2"


def test_the_claim_names_the_program_in_old_and_new_ways() -> None:
    assert values(STORE, "ClaimGenerator") == ["Acme/1.0"]
    newer = manifest_store(claim("a", claim_generator_info={"name": "Camera", "version": "3"}))
    assert values(newer, "ClaimGeneratorInfo") == ["Camera 3"]
    older = manifest_store(claim("a", claim_generator_info=[{"name": "Camera"}, {"name": "Phone"}]))
    assert values(older, "ClaimGeneratorInfo") == ["Camera", "Phone"]


def test_facts_tell_programs_people_times_and_titles() -> None:
    found = facts(STORE)
    assert {x.name for x in found if isinstance(x, Software)} == {"Acme/1.0", "Editor 2", "Old Editor"}
    assert [(x.role, x.name) for x in found if isinstance(x, Person)] == [
        ("creator", "Anna Muster"),
        ("creator", "https://a.example/anna"),
    ]
    assert [(x.kind, x.local, x.utc_offset) for x in found if isinstance(x, Time)] == [
        ("edited", "2024-05-03T18:00:00", "+02:00")
    ]
    assert [x.value for x in found if isinstance(x, Text)] == ["beach.jpg"]


def test_a_social_account_in_a_signed_identity_is_a_person() -> None:
    store = manifest_store(
        claim("a"),
        assertion("cawg.identity", signed_identity({"type": "cawg.social_media", "username": "anna_m"})),
    )
    assert "cawg.identity" in values(store, "Label")
    assert values(store, "VerifiedUsername") == ["anna_m"]
    assert [x.name for x in facts(store) if isinstance(x, Person)] == ["anna_m"]


@pytest.mark.parametrize(
    "signature", [b"", b"\xd2\x80", b"\x84\x40\xa0\x40\x40", b"\x84\x40\xa0\xf6\x40", cbor("no")]
)
def test_an_identity_signed_otherwise_still_has_its_label(signature: bytes) -> None:
    store = manifest_store(claim("a"), assertion("cawg.identity", {"signature": signature}))
    assert "cawg.identity" in values(store, "Label")
    assert not [x for x in things(store) if isinstance(x, Problem)]


def test_a_position_in_an_exif_assertion_is_a_place() -> None:
    exif = {
        "@context": {"exif": "http://x"},
        "exif:GPSLatitude": "48,8.25N",
        "exif:GPSLongitude": "11,34,30W",
    }
    (place,) = (
        x
        for x in facts(manifest_store(claim("a"), json_assertion("stds.exif", exif)))
        if isinstance(x, Place)
    )
    assert place.latitude == pytest.approx(48.1375)
    assert place.longitude == pytest.approx(-11.575)


@pytest.mark.parametrize("latitude", ["", "48", "999,0N", "48,8.25X", "0,0N"])
def test_a_position_that_is_none_is_no_place(latitude: str) -> None:
    exif = {"exif:GPSLatitude": latitude, "exif:GPSLongitude": "0,0E"}
    assert not [
        x
        for x in facts(manifest_store(claim("a"), json_assertion("stds.exif", exif)))
        if isinstance(x, Place)
    ]


def test_thumbnails_are_embedded_pictures_and_other_files_are_named() -> None:
    (picture,) = (x for x in things(STORE) if isinstance(x, Embedded))
    assert (picture.kind, picture.where) == ("thumbnail", "JUMBF:C2PA:c2pa.thumbnail.claim")
    assert picture.window.load() == b"\xff\xd8\xff"
    other = manifest_store(claim("a"), thumbnail_assertion(b"text", "c2pa.data", "text/plain"))
    assert values(other, "EmbeddedFile") == ["text/plain"]
    assert not [x for x in things(other) if isinstance(x, Embedded)]


def test_what_an_ingredient_was_called_is_told() -> None:
    store = manifest_store(claim("a"), assertion("c2pa.ingredient.v3", {"dc:title": "Anna in Rome.jpg"}))
    assert values(store, "IngredientTitle") == ["Anna in Rome.jpg"]


def test_a_box_that_is_no_manifest_is_a_problem() -> None:
    assert [type(x) for x in things(b"something else")] == [Problem]
    assert [type(x) for x in things(b"")] == [Problem]


def test_content_that_cannot_be_read_is_a_problem_and_the_rest_is_read() -> None:
    for broken in (
        superbox("c2pa.actions", box(b"cbor", b"\x9f")),
        superbox("stds.exif", box(b"json", b"{")),
        superbox("stds.exif", box(b"json", b"[" * 100_000)),
        superbox("c2pa.manifest", box(b"brob", b"packed")),
    ):
        store = manifest_store(claim("Acme"), broken)
        assert len([x for x in things(store) if isinstance(x, Problem)]) == 1
        assert values(store, "ClaimGenerator") == ["Acme"]


def test_boxes_that_run_past_their_end_are_malformed() -> None:
    with pytest.raises(MalformedFile):
        things(STORE[:-1])
    with pytest.raises(MalformedFile):
        things(b"\0\0\xff\xffjumb" + STORE)


def test_depth_and_number_of_boxes_have_limits() -> None:
    deep = superbox("x")
    for _ in range(40):
        deep = superbox("x", deep)
    with pytest.raises(MalformedFile):
        things(deep)
    with pytest.raises(MalformedFile):
        things(superbox("x", box(b"free", b"") * 5_000))


def test_much_content_does_not_take_long() -> None:
    list_of_ones = b"\x99" + struct.pack(">H", 15_000) + b"\x01" * 15_000
    store = superbox("c2pa", *(superbox("c2pa.actions", box(b"cbor", list_of_ones)) for _ in range(200)))
    started = time.process_time()
    found = things(store)
    assert time.process_time() - started < 2
    assert any(isinstance(x, Problem) for x in found)


plain_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**64), 2**64 - 1)
    | st.floats(allow_nan=False)
    | st.text()
    | st.binary(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@settings(deadline=None)
@given(plain_values)
def test_cbor_is_read_as_it_was_written(value: object) -> None:
    assert decode_cbor(cbor(value))[0] == value


@pytest.mark.parametrize(
    ("encoded", "value"),
    [
        (b"\xf9\x3c\x00", 1.0),
        (b"\xfa\x3f\x80\x00\x00", 1.0),
        (b"\xc1\x1a\x00\x00\x00\x01", 1),
        (b"\x9f\x01\x02\xff", [1, 2]),
        (b"\xbf\x61a\x01\xff", {"a": 1}),
        (b"\x7f\x61a\x61b\xff", "ab"),
        (b"\x5f\x41a\x41b\xff", b"ab"),
        (b"\xf8\x20", None),
        (b"\xf7", None),
    ],
)
def test_cbor_of_rarer_kinds(encoded: bytes, value: object) -> None:
    assert decode_cbor(encoded)[0] == value


@pytest.mark.parametrize(
    "encoded",
    [
        b"",
        b"\xff",
        b"\x1c",
        b"\x1f",
        b"\xfc",
        b"\x82\x01",
        b"\x82\x01\xff",
        b"\xa1\x01\xff",
        b"\xa1\x80\x01",
        b"\xbf\x01\xff",
        b"\xc1\xff",
        b"\x7f\x41a\xff",
        b"\x7f\x7f\xff\xff",
        b"\x7b" + b"\xff" * 8,
        b"\x9b" + b"\xff" * 8 + b"\1" * 40_000,
        b"\x81" * (DEEPEST + 2) + b"\1",
        b"\xc1" * 100_000,
        b"\x9f" + b"\1" * MOST_VALUES + b"\xff",
    ],
)
def test_cbor_that_breaks_its_rules_is_malformed(encoded: bytes) -> None:
    with pytest.raises(MalformedFile):
        decode_cbor(encoded)


@settings(deadline=None, max_examples=300)
@given(st.data())
def test_damage_is_malformed_and_nothing_else(draw: st.DataObject) -> None:
    data = bytearray(STORE)
    for _ in range(draw.draw(st.integers(0, 5))):
        data[draw.draw(st.integers(0, len(data) - 1))] = draw.draw(st.integers(0, 255))
    found: list[Field] = []
    store = block(Kind.JUMBF, bytes(data[: draw.draw(st.integers(0, len(data)))]))
    with suppress(MalformedFile):
        found.extend(x for x in JUMBF.decode(store) if isinstance(x, Field))
    assert all(0 <= f.offset <= f.offset + f.length <= f.window.size for f in found)
    list(JUMBF.facts(found))


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=200))
def test_any_bytes_as_cbor_give_a_value_or_are_malformed(data: bytes) -> None:
    try:
        _, count = decode_cbor(data)
    except MalformedFile:
        return
    assert 0 < count <= len(data)
