from __future__ import annotations

import plistlib

import pytest

from exposure.errors import MalformedFile
from exposure.metadata.mac import MAC
from exposure.model import Field, Kind, Person, Text
from tests.make import block
from tests.make.mac import apple_double


def fields(data: bytes) -> list[Field]:
    return [f for f in MAC.decode(block(Kind.MAC, data, "side file")) if isinstance(f, Field)]


def test_texts_come_by_name_and_number() -> None:
    found = fields(
        apple_double({"user.note": b"no"}, WhereFroms=["https://a.example", ""], FinderComment="x")
    )
    assert [(f.path, f.value) for f in found] == [
        ("Mac:Spotlight:WhereFroms", "https://a.example"),
        ("Mac:Spotlight:FinderComment", "x"),
    ]
    two = fields(apple_double(WhereFroms=["https://a.example", "https://b.example"]))
    assert [f.name for f in two] == ["WhereFroms[1]", "WhereFroms[2]"]


def test_what_they_mean() -> None:
    found = fields(
        apple_double(UserTags=["Grandma\n6"], FinderComment="at home", Authors=["Jane Doe"], Stars=5)
    )
    assert [(type(f), f[0], f[1]) for f in MAC.facts(found)] == [
        (Text, "keyword", "Grandma"),
        (Text, "comment", "at home"),
        (Person, "creator", "Jane Doe"),
    ]


DEEP = b"bplist00" + b"".join(b"\xa1" + bytes([n + 1]) for n in range(200)) + b"\x50"
BAD = {
    "no list": apple_double(WhereFroms="x").replace(b"ATTR", b"RTTA"),
    "no property list": apple_double({"com.apple.metadata:kMDItemWhereFroms": b"bplist00\xff"}),
    "one as XML": apple_double({"com.apple.metadata:kMDItemWhereFroms": plistlib.dumps("x")}),
    "deep": apple_double({"com.apple.metadata:kMDItemWhereFroms": DEEP}),
    "cut": apple_double(WhereFroms=["https://example.org"], fork=b"")[:-8],
    "too long": apple_double({"com.apple.metadata:kMDItemWhereFroms": bytes(70_000)}),
}


@pytest.mark.parametrize("name", BAD)
def test_damage_is_said(name: str) -> None:
    with pytest.raises(MalformedFile):
        fields(BAD[name])


def test_a_file_without_attributes_has_no_fields() -> None:
    assert not fields(apple_double(fork=b"\0\1" * 200).replace(b"ATTR", b"RTTA"))
