from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exposure.errors import MalformedFile
from exposure.source import HEAD, FileSource, MemorySource, Range, Window

DATA = bytes(range(256)) * 4


def whole(data: bytes = DATA) -> Window:
    return Window.whole(MemorySource(data))


def test_a_file_is_read_by_offset_and_never_past_its_end(tmp_path: Path) -> None:
    path, data = tmp_path / "a", bytes(range(256)) * 1000
    path.write_bytes(data)
    with FileSource(path) as source:
        assert source.size == len(data)
        for offset, length in ((0, 4), (HEAD - 2, 4), (len(data) - 4, 4), (len(data), 0)):
            assert source.read(offset, length) == data[offset : offset + length]
        for offset, length in ((-1, 2), (0, -1), (len(data) - 1, 2), (len(data) + 1, 0)):
            with pytest.raises(MalformedFile):
                source.read(offset, length)


def test_a_file_that_shrinks_is_malformed_not_a_crash(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(bytes(HEAD * 2))
    with FileSource(path) as source:
        path.write_bytes(b"")
        with pytest.raises(MalformedFile, match="shorter"):
            source.read(HEAD, 10)


def test_only_path_and_name_travel(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(DATA)
    with FileSource(tmp_path / "a", "as given") as source:
        copy = pickle.loads(pickle.dumps(source))
    assert (copy.path, copy.name) == (tmp_path / "a", "as given")
    with copy:
        assert copy.read(0, 3) == DATA[:3]


def test_a_part_of_a_window_knows_where_it_lies() -> None:
    part = whole().part(10, 20).part(5)
    assert (part.load(), part.ranges(), part.origin) == (DATA[15:30], (Range(15, 15),), 15)


def test_joined_parts_are_one_run() -> None:
    joined = whole().joined([Range(10, 2), Range(0, 3), Range(100, 5)])
    assert joined.load() == DATA[10:12] + DATA[0:3] + DATA[100:105]
    assert joined.ranges(1, 3) == (Range(11, 1), Range(0, 2))
    assert joined.part(4, 3).load() == DATA[2:3] + DATA[100:102]


def test_packed_bytes_point_at_their_container() -> None:
    packed = Window.packed(b"inflated", [Range(40, 9)])
    assert (packed.indirect, packed.part(2, 3).load(), packed.part(2, 3).ranges()) == (
        True,
        b"fla",
        (Range(40, 9),),
    )


def test_a_window_is_a_wall() -> None:
    for window in (whole().part(10, 20), whole().joined([Range(0, 10), Range(20, 10)])):
        for offset, length in ((-1, 2), (15, 6), (21, 0), (0, 21), (3, -1)):
            with pytest.raises(MalformedFile):
                window.read(offset, length)
            with pytest.raises(MalformedFile):
                window.part(offset, length)


def test_a_piece_too_large_to_be_metadata_is_not_loaded() -> None:
    with pytest.raises(MalformedFile, match="too large"):
        whole().load(limit=10)


pieces = st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 24)).map(lambda p: Range(*p)), max_size=6)


@given(pieces, st.integers(0, 60), st.integers(0, 60))
def test_ranges_are_where_the_bytes_are(cut: list[Range], offset: int, length: int) -> None:
    window = whole().joined(cut)
    if offset + length > window.size:
        return
    seen = b"".join(DATA[o : o + n] for o, n in window.ranges(offset, length))
    assert seen == window.read(offset, length) == window.part(offset, length).load()
