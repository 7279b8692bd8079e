from __future__ import annotations

from exposure.metadata.unknown import UNKNOWN
from exposure.model import Field, Kind
from tests.make import block


def test_data_and_padding_are_told_apart() -> None:
    for data, name in ((b"private", "Data"), (bytes(90), "Padding"), (b"\0\xff", "Data")):
        (field,) = UNKNOWN.decode(block(Kind.UNKNOWN, data, "APP7"))
        assert isinstance(field, Field)
        assert (field.path, field.value) == (f"Unknown:APP7:{name}", len(data))


def test_nothing_is_nothing() -> None:
    assert not list(UNKNOWN.decode(block(Kind.UNKNOWN, b"")))
