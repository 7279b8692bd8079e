"""A coded picture that goes on where its decoder stops reading gets no copy, and no copy with one is proven."""

from __future__ import annotations

import io
import random
import struct
from pathlib import Path

import pytest
from PIL import Image

from exposure.cleaning import Outcome, Wishes
from exposure.cleaning._one import Task, cleaned
from exposure.cleaning.verify import verify
from exposure.source import FileSource

WORDS = b"Jane Doe, 12 Elm Street, and where she will be on Sunday afternoon, with all of her friends"


def coded(format_: str, **how: object) -> bytes:
    grain = random.Random(4)
    image = Image.frombytes("RGB", (61, 43), bytes(grain.randrange(256) for _ in range(61 * 43 * 3)))
    out = io.BytesIO()
    image.save(out, format_, **how)
    return out.getvalue()


def behind(data: bytes) -> bytes:
    """The same file with words behind its coded picture, inside the part that holds it."""
    if data[:2] == b"\xff\xd8":
        return data[:-2] + WORDS + data[-2:]
    body = data[:-1] if struct.unpack_from("<I", data, 16)[0] % 2 else data
    chunk = body[20:] + WORDS
    chunk += bytes(len(chunk) % 2)
    return b"RIFF" + struct.pack("<I", len(chunk) + 12) + body[8:16] + struct.pack("<I", len(chunk)) + chunk


PLAIN = {
    "JPEG": coded("JPEG", quality=90),
    "JPEG without subsampling": coded("JPEG", quality=100, subsampling=0),
    "JPEG with restarts": coded("JPEG", restart_marker_blocks=2),
    "WebP": coded("WebP", quality=80),
    "WebP without loss": coded("WebP", lossless=True),
}


@pytest.mark.parametrize("kind", PLAIN)
def test_a_picture_that_goes_on_is_refused_and_never_proven(kind: str, tmp_path: Path) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    before.write_bytes(PLAIN[kind])
    after.write_bytes(behind(PLAIN[kind]))
    wishes = Wishes()
    assert cleaned(Task(FileSource(before), "", wishes)).outcome is Outcome.ALREADY
    refused = cleaned(Task(FileSource(after), "", wishes))
    assert refused.outcome is Outcome.REFUSED
    assert "goes on where the picture ends" in refused.reason
    (seen,) = verify(str(before), str(after), wishes)
    assert seen.against == ("Still in it: data behind the end of its coded picture.",)
    (itself,) = verify(str(before), str(before), wishes)
    assert not itself.against


def test_a_drawing_is_no_raw_file(tmp_path: Path) -> None:
    reasons = []
    for name in ("a.svg", "a.orf"):
        (tmp_path / name).write_bytes(b"<svg/>" if name == "a.svg" else b"IIRO" + bytes(40))
        reasons.append(cleaned(Task(FileSource(tmp_path / name), "", Wishes())).reason)
    assert ["raw file" in reason for reason in reasons] == [False, True]
