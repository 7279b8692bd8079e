from __future__ import annotations

from pathlib import Path

import pytest

from exposure.archives import sources
from exposure.errors import MalformedFile
from exposure.examining import examine
from exposure.formats.apple_double import MAC_SIDE_FILE
from exposure.media import SIDE_FILE
from exposure.model import Depth, Examination, Examined, Settings
from exposure.reading import read
from tests.make import window
from tests.make.mac import apple_double
from tests.sources import memory_source

SAMPLES = {  # the contract tests run on every one of these
    "an address": apple_double(WhereFroms=["https://example.org/private/a.jpg"]),
    "tags": apple_double(UserTags=["Grandma\n6"]),
    "a resource fork": apple_double(fork=b"\0\1" * 200),
}

PLAIN = {
    "nothing": apple_double(),
    "quarantine": apple_double({"com.apple.quarantine": b"0083;5f3c0000;Safari;"}),
    "a screenshot": apple_double(IsScreenCapture=True, ScreenCaptureType="window"),
}


def looked_at(data: bytes, folder: Path) -> Examination:
    path = folder / "._photo.jpg"
    path.write_bytes(data)
    (source,) = sources([path])
    return examine(source, Settings())


@pytest.mark.parametrize("name", PLAIN)
def test_one_that_tells_nothing_troubles_nobody(name: str, tmp_path: Path) -> None:
    data = PLAIN[name]
    assert not MAC_SIDE_FILE.sniff(data)
    assert read(memory_source(data, "._photo.jpg")) == SIDE_FILE
    seen = looked_at(data, tmp_path)
    assert (seen.media, seen.examined, seen.problems, seen.findings) == ("other", Examined.NONE, (), ())
    with pytest.raises(MalformedFile):
        list(MAC_SIDE_FILE.parts(window(data), Depth.DEEP))


def test_a_fork_that_nobody_can_read_is_said(tmp_path: Path) -> None:
    seen = looked_at(SAMPLES["a resource fork"], tmp_path)
    assert [f.rule for f in seen.findings] == ["unknown-data"]
