from __future__ import annotations

from exposure.metadata.maker_note import MAKER_NOTE
from exposure.model import Field, Kind
from tests.make import block


def test_a_block_is_measured_and_filling_told_apart() -> None:
    for data, name in ((b"Nikon\0\2", "Block"), (bytes(90), "Padding")):
        (field,) = MAKER_NOTE.decode(block(Kind.MAKER_NOTE, data, "MakerNote"))
        assert isinstance(field, Field)
        assert (field.path, field.value) == (f"MakerNote:MakerNote:{name}", len(data))
