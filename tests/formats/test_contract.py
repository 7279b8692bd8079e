"""What every format owes, checked on the SAMPLES of every format's own test module."""

from __future__ import annotations

import importlib
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exposure.errors import MalformedFile
from exposure.model import Depth, Examined, Photo, Role
from exposure.plugins import Format, discover, modules
from exposure.reading import identify, read
from exposure.source import FileSource
from tests.make import window
from tests.sources import memory_source

FORMATS = discover("formats", Format)
CASES = [
    pytest.param(data, id=f"{module}-{name}")
    for module in modules("formats")
    for name, data in importlib.import_module(f"tests.formats.test_{module}").SAMPLES.items()
]
each_sample = pytest.mark.parametrize("data", CASES)
each_depth = pytest.mark.parametrize("depth", Depth)


@each_sample
def test_one_format_alone_recognises_it(data: bytes) -> None:
    assert len([f for f in FORMATS if f.sniff(data[:4096])]) == 1


@each_depth
@each_sample
def test_parts_tile_the_file(data: bytes, depth: Depth) -> None:
    format_, at = identify(data[:4096]), 0
    assert format_ is not None
    for part in format_.parts(window(data), depth):
        assert part.offset == at and part.length > 0
        assert (part.kind is None) or part.role is Role.METADATA
        if part.payload is not None:
            assert part.offset <= part.payload.offset <= part.payload.offset + part.payload.length <= part.end
        at = part.end
    assert at == len(data)


@each_sample
def test_a_deep_look_searches_every_byte(data: bytes) -> None:
    format_ = identify(data[:4096])
    assert format_ is not None
    assert all(part.searched for part in format_.parts(window(data), Depth.DEEP))


@each_sample
def test_a_sound_file_is_read_whole_twice_alike(data: bytes) -> None:
    """What is inside its blocks may be nonsense; the file itself has no problem."""
    first, second = (read(memory_source(data)) for _ in range(2))
    assert isinstance(first, Photo) and isinstance(second, Photo)
    assert not [p for p in first.problems if p.where == first.format]
    assert first.examined is (Examined.PARTIAL if first.problems else Examined.COMPLETE)
    assert (first.facts, [f.path for f in first.fields]) == (second.facts, [f.path for f in second.fields])


@each_sample
def test_every_field_and_fact_lies_in_the_file(data: bytes) -> None:
    photo = read(memory_source(data))
    assert isinstance(photo, Photo)
    for offset, length in (r for f in photo.fields for r in f.address.ranges):
        assert 0 <= offset <= offset + length <= len(data)
    for picture in photo.facts.pictures:
        assert 0 <= picture.offset < len(data)


@pytest.mark.parametrize("module", modules("formats"))
@settings(deadline=None, max_examples=120)
@given(draw=st.data())
def test_damage_is_a_problem_never_a_crash(module: str, draw: st.DataObject) -> None:
    samples = importlib.import_module(f"tests.formats.test_{module}").SAMPLES
    data = damaged(samples[draw.draw(st.sampled_from(sorted(samples)))], draw)
    survives(data)


def damaged(sample: bytes, draw: st.DataObject) -> bytes:
    """A sample with some bytes changed, a stretch moved, and its end cut off."""
    data = bytearray(sample)
    for _ in range(draw.draw(st.integers(0, 6))):
        at = draw.draw(st.integers(0, len(data) - 1))
        data[at : at + 1] = draw.draw(st.binary(min_size=0, max_size=4))
        if not data:
            return b""
    return bytes(data[: draw.draw(st.integers(1, len(data)))])


def survives(data: bytes) -> None:
    """Read it; only good sense may come out: parts that tile, and no exception but MalformedFile below."""
    started = time.perf_counter()
    source = memory_source(data)
    format_ = identify(data[:4096])
    if format_ is not None:
        at = 0
        try:
            for part in format_.parts(window(data), Depth.DEEP):
                assert part.offset == at and part.length > 0
                at = part.end
            assert at == len(data)
        except MalformedFile:
            assert at <= len(data)
    photo = read(source)
    if isinstance(photo, Photo):
        assert sum(p.length for p in photo.parts) == len(data)
        assert (photo.examined is Examined.PARTIAL) == bool(photo.problems)
    assert time.perf_counter() - started < 2


def test_sources_are_what_read_takes() -> None:
    assert isinstance(memory_source(b""), FileSource)
