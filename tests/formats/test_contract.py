"""What every format owes, checked on the SAMPLES of every format's own test module."""

from __future__ import annotations

import contextlib
import importlib
import json
import time
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exposure.cleaning import Wishes
from exposure.cleaning._copy import planned
from exposure.cleaning._proof import leftovers, prove
from exposure.errors import CannotClean, MalformedFile
from exposure.examining import findings
from exposure.model import Address, Depth, Examined, Kept, Kind, Photo, Role, Settings, Tag
from exposure.plugins import Format, discover, modules
from exposure.reading import identify, read
from exposure.source import FileSource
from tests.copies import copied, format_of, turned
from tests.damage import damaged
from tests.make import icc, window
from tests.sources import changing_source, memory_source

FORMATS = discover("formats", Format)
CASES = [
    pytest.param(data, id=f"{module}-{name}")
    for module in modules("formats")
    for name, data in importlib.import_module(f"tests.formats.test_{module}").SAMPLES.items()
]
each_sample = pytest.mark.parametrize("data", CASES)


def whole(module: str) -> Mapping[str, bytes]:
    """Samples that are whole files: those that a format's rewrite is tested on, where it has its own."""
    with contextlib.suppress(ModuleNotFoundError):
        tests = importlib.import_module(f"tests.formats.test_{module}_rewrite")
        if hasattr(tests, "SAMPLES"):
            return dict(tests.SAMPLES)
    return dict(importlib.import_module(f"tests.formats.test_{module}").SAMPLES)


REFUSED = {"tiff-raw with previews"}
"""Whole files of which there is no copy."""

WHOLE = {f"{module}-{name}": data for module in modules("formats") for name, data in whole(module).items()}
COPIED = [
    pytest.param(data, id=name)
    for name, data in WHOLE.items()
    if format_of(data).rewrite is not None and name not in REFUSED
]
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


KEPT = {
    "tags": (turned(6), Tag("IFD0", 0x13B, 2, "Ann")),
    "icc": icc.profile({"desc": icc.description("sRGB")}),
    "xmp": b'<x:xmpmeta xmlns:x="adobe:ns:meta/"/>',
}
"""Something of everything that may stay."""


@pytest.mark.parametrize("everything", [False, True])
@pytest.mark.parametrize("data", COPIED)
def test_a_clean_copy_is_clean_and_cleaning_it_again_changes_nothing(data: bytes, everything: bool) -> None:
    """Also when something stays: then it is the picture, that, and nothing else."""
    format_, original = format_of(data), read(memory_source(data))
    kept = Kept(**{k: v for k, v in KEPT.items() if everything and k in format_.carries})  # type: ignore[arg-type]
    copy = read(memory_source(copied(data, kept)))
    assert isinstance(copy, Photo) and isinstance(original, Photo)
    assert list(leftovers(copy, format_, kept)) == []
    assert (copy.format, copy.width, copy.height) == (original.format, original.width, original.height)


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_what_cannot_be_copied_is_refused_with_a_reason(name: str) -> None:
    with pytest.raises(CannotClean, match="raw file"):
        copied(WHOLE[name])


@pytest.mark.parametrize("module", modules("formats"))
@settings(deadline=None, max_examples=80)
@given(draw=st.data())
def test_damage_is_refused_or_copied_never_a_crash(module: str, draw: st.DataObject) -> None:
    """And what is copied is proven, or not published."""
    samples = whole(module)
    data = damaged(samples, draw)
    later = changing_source(data, damaged(samples, draw), draw.draw(st.integers(1, 60)))
    for source in (memory_source(data), later):
        with contextlib.suppress(CannotClean, MalformedFile):
            copy = planned(source, Wishes())
            if copy is not None:
                prove(copy, copy.assembled(), Wishes(pixels=False))


@pytest.mark.parametrize("module", modules("formats"))
@settings(deadline=None, max_examples=120)
@given(draw=st.data())
def test_damage_is_a_problem_never_a_crash(module: str, draw: st.DataObject) -> None:
    samples = importlib.import_module(f"tests.formats.test_{module}").SAMPLES
    data = damaged(samples, draw)
    survives(data)


@pytest.mark.parametrize("module", modules("formats"))
@settings(deadline=None, max_examples=40)
@given(draw=st.data())
def test_a_file_that_changes_while_it_is_read_is_never_a_crash(module: str, draw: st.DataObject) -> None:
    samples = importlib.import_module(f"tests.formats.test_{module}").SAMPLES
    data = samples[draw.draw(st.sampled_from(sorted(samples)))]
    source = changing_source(data, damaged(samples, draw), draw.draw(st.integers(1, 60)))
    try:
        photo = read(source)
    except MalformedFile:  # then nothing of it counts, which `examine` says
        return
    if isinstance(photo, Photo):
        assert (photo.examined is Examined.PARTIAL) == bool(photo.problems)
        findings(photo, Settings())


@each_sample
def test_a_file_that_was_cut_short_is_never_read_as_whole(data: bytes) -> None:
    """Wherever it is cut before its trailer, something that was in it is still there, or the gap is said."""
    whole = read(memory_source(data))
    assert isinstance(whole, Photo)
    if whole.problems:
        return
    end = next((part.offset for part in whole.parts if part.kind is Kind.TRAILER), len(data))
    for length in range(1, end, max(1, end // 60)):
        photo = read(memory_source(data[:length]))
        if isinstance(photo, Photo) and not photo.problems:
            assert said(photo) >= said(whole) or length in {part.offset for part in whole.parts}


def said(photo: Photo) -> set[tuple[object, ...]]:
    """The facts of a photo without where they stand."""
    facts = photo.facts
    piles = (facts.places, facts.times, facts.devices, facts.identifiers, facts.people, facts.texts)
    return {(type(f), *(v for v in f if not isinstance(v, Address))) for pile in piles for f in pile}


def survives(data: bytes) -> None:
    """Read it; only good sense may come out: parts that tile, and no exception but MalformedFile below."""
    started = time.process_time()
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
    for depth in (None, Depth.SHALLOW):
        photo = read(source, depth)
        if isinstance(photo, Photo):
            assert sum(p.length for p in photo.parts) == len(data)
            assert (photo.examined is Examined.PARTIAL) == bool(photo.problems)
            assert all(problem.message for problem in photo.problems)
            for field in photo.fields:
                assert all(0 <= r.offset <= sum(r) <= len(data) for r in field.address.ranges)
            for finding in findings(photo, Settings()):
                json.dumps([e.value for e in finding.evidence])
            for place in photo.facts.places:
                json.dumps([place.latitude, place.longitude, place.accuracy_m], allow_nan=False)
    assert time.process_time() - started < 2


def test_sources_are_what_read_takes() -> None:
    assert isinstance(memory_source(b""), FileSource)
