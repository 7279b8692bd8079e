"""The proof without which no copy is published, tried on copies from which one thing was not removed.

Every removal of every format is switched off, one at a time, on every sample that has a clean copy. If a removal ever
breaks, the proof must notice, and notice by what it reads in the copy: that a copy is put together in another way
than exposure would (the third statement of the proof) is the last line of defence, not the first.
"""

from __future__ import annotations

import importlib
from collections import Counter
from functools import cache

import pytest

from exposure.cleaning import Wishes
from exposure.cleaning._copy import Copy
from exposure.cleaning._proof import leftovers, prove
from exposure.cleaning._second import exifread_found, pillow_left
from exposure.drawing import drawn
from exposure.errors import CannotClean, MalformedFile
from exposure.model import Depth
from exposure.plugins import modules
from exposure.reading import read
from exposure.source import Assembled, Window
from tests.cleaning.leaks import Leak, clean_copy, leaks
from tests.make.bakeoff import fixtures
from tests.make.tiff import LONG, rgb_picture, stream

OURS, OTHERS, FORM, NONE = "our reader", "other readers", "only its form", "nothing"

BY_FORM = {
    "a name in b'infe'": "items have names that our reader does not look at",
    "property b'ispe'": "a second size is a pair of numbers, which tells nothing",
    "iCCP (ICC": "a profile that stays, twice; the name that a PNG gives it is nothing that our reader looks at",
    "the profile's name": "the same name",
}
"""What is noticed by its form alone, and why that is enough."""

SPECIAL = {
    *("the thumbnail in the JFIF header", "the profile's name", "reduced pages", "a name in b'hdlr'"),
    *("Exif IFD tag 37500", "GPS IFD tag 2", "IFD0 tag 270"),
}
"""Removals that are no parts of the file: these at least are among those that were tried."""

SAME = {"the profile's name"}
"""What may be the same in the original as in a copy, so that there is nothing to remove."""


@cache
def samples() -> dict[str, bytes]:
    found = {
        f"{module}: {name}": data
        for module in modules("formats")
        for name, data in importlib.import_module(f"tests.formats.test_{module}").SAMPLES.items()
    }
    found["a TIFF with a reduced page"] = stream(
        [rgb_picture(), [(254, LONG, None, 1), *rgb_picture(bytes(range(40, 52)))]]
    )
    return found | {f"bake-off: {fixture.name}": fixture.data for fixture in fixtures()}


@cache
def clean() -> dict[str, Copy]:
    """The samples that have a clean copy; the proof holds for it."""
    found = {}
    for name, data in samples().items():
        try:
            copy = clean_copy(data)
            prove(copy, copy.assembled(), Wishes())
        except (CannotClean, MalformedFile):
            continue
        found[name] = copy
    return found


def noticed(copy: Copy, leak: Leak) -> str:
    """Who notices that something is in the copy."""
    after, name = Assembled(copy.source, leak.pieces), copy.format.name
    photo = read(after, Depth.DEEP)
    if isinstance(photo, str) or list(leftovers(photo, copy.format, copy.kept)):
        return OURS
    drawing = drawn(Window.whole(after), name)
    if [*pillow_left(drawing, name, copy.kept), *exifread_found(photo, copy.kept).left]:
        return OTHERS
    try:
        prove(Copy(copy.source, copy.photo, copy.format, copy.keeping, leak.pieces), after, Wishes())
    except CannotClean:
        return FORM
    return NONE


def whole(source: Assembled) -> bytes:
    return source.read(0, source.size)


@cache
def told(name: str) -> Counter[str]:
    """How often who noticed, over all the removals in one sample; AssertionError where that is too little."""
    copy = clean()[name]
    proper, found = whole(copy.assembled()), Counter[str]()
    for leak in leaks(copy):
        if whole(Assembled(copy.source, leak.pieces)) == proper:
            assert leak.what in SAME, f"{leak.what}: switching this removal off changed nothing"
            continue
        by = noticed(copy, leak)
        assert by != NONE, f"{leak.what}: the proof would publish this"
        assert by != FORM or leak.what.startswith(tuple(BY_FORM)), f"{leak.what}: no reader finds it"
        found[by] += 1
    return found


@pytest.mark.parametrize("name", clean())
def test_no_removal_can_break_without_the_proof_noticing(name: str) -> None:
    told(name)


@pytest.mark.parametrize("name", clean())
def test_what_is_in_the_copy_is_refused_by_the_whole_proof(name: str) -> None:
    """The same through the one function that stands between a copy and its name."""
    copy = clean()[name]
    proper = whole(copy.assembled())
    for leak in leaks(copy):
        after = Assembled(copy.source, leak.pieces)
        if whole(after) != proper:
            leaking = Copy(copy.source, copy.photo, copy.format, copy.keeping, leak.pieces)
            with pytest.raises(CannotClean):
                prove(leaking, after, Wishes(pixels=False))


def test_enough_was_tried(capsys: pytest.CaptureFixture[str]) -> None:
    tried: dict[str, Counter[str]] = {}
    for name, copy in clean().items():
        tried.setdefault(copy.format.name, Counter()).update(told(name))
    with capsys.disabled():
        print(f"\n{sum(map(sum, (c.values() for c in tried.values())))} removals switched off, one at a time")
        for format_, found in sorted(tried.items()):
            print(f"  {format_:5} " + ", ".join(f"{by} {n}" for by, n in found.most_common()))
    switched = {leak.what for copy in clean().values() for leak in leaks(copy)}
    assert switched >= SPECIAL
    least = {"JPEG": 100, "PNG": 60, "GIF": 10, "WebP": 20, "TIFF": 80, "HEIF": 20, "AVIF": 20}
    assert {name for name, least in least.items() if sum(tried[name].values()) < least} == set()
