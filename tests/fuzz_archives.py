"""Fuzzing of archives: ``python -m tests.fuzz_archives --cases 5000`` damages exports and reads all that is in them.

Each case takes one of the exports in tests/archives/exports, with values of its lists changed, packed as a zip, part
zips, a tar or a tar.gz, in which bytes, numbers, headers, names and lengths are damaged. It may end in any number of
files and sentences, or in CannotRun; files may end in OSError or MalformedFile when they are read. Any other
exception, anything opened for writing, a file that unpacks to more than its limit, or a case of over 20 seconds stops
the run; ``--only`` repeats one case. The suite runs a few.
"""

from __future__ import annotations

import argparse
import faulthandler
import gzip
import os
import struct
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from exposure.archives import items
from exposure.errors import CannotRun, MalformedFile
from exposure.members import LARGEST_INFLATED, Inflated
from exposure.model import Examination
from exposure.source import FileSource
from tests.archives.damage import damaged_list
from tests.archives.exports import every, parts
from tests.damage import NUMBERS
from tests.make.zips import DEFLATED, STORED, Entry, deflated, tar_entry, tarred, zipped

SECONDS = 20.0
NAMES = (
    "/etc/a.jpg", "../a.jpg", "a/../../b.jpg", "C:\\a.jpg", "a\0b.jpg", "n" * 3000, "con.jpg", "", "/", ".", "é.jpg",
    "a.zip", "\x1b[2J.jpg", "Takeout/Google Photos/metadata.json", "data/tweets.js",
)  # fmt: skip
_PIECE = 1 << 20
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_CHANGES = (
    "os.mkdir",
    "os.rename",
    "os.remove",
    "os.rmdir",
    "os.link",
    "os.symlink",
    "os.truncate",
    "socket.connect",
)


class Seen(NamedTuple):
    """What a case came to."""

    files: int
    gaps: int
    unreadable: int
    failed: bool
    """Nothing at all could be read: CannotRun."""


def case(number: int, seed: int, at: Path) -> Seen:
    """Build one damaged export in this folder and read it."""
    rng = Random(f"{seed} {number}")
    files = dict(rng.choice(every()).files)
    for name in rng.sample(sorted(files), rng.randrange(min(len(files), 6))):
        files[name] = damaged_list(files[name], rng)
    paths = packed(files, rng, at)
    with watched():
        return read(paths)


def packed(files: dict[str, bytes], rng: Random, at: Path) -> list[Path]:
    kind = rng.choice(("zip", "zip", "zips", "tar", "tar.gz"))
    if kind == "zips":
        names = [at / f"72157700000000000_0a1b2c3d4e5f_part{n}.zip" for n in (1, 2)]
        for path, some in zip(names, parts(files, 2), strict=True):
            path.write_bytes(zip_of(some, rng))
        return names
    path = at / f"export.{kind}"
    if kind == "zip":
        path.write_bytes(zip_of(files, rng))
    else:
        data = tar_of(files, rng)
        if kind == "tar.gz":
            data = gzip.compress(data, 1, mtime=0)
            data = scattered(data, rng, rng.choice((0, 0, 1, 3)))
        path.write_bytes(data)
    return [path]


def zip_of(files: dict[str, bytes], rng: Random) -> bytes:
    entries = [_entry(name, data, rng) for name, data in files.items()]
    entries += rng.choices(entries, k=rng.randrange(3)) if entries else []
    data = zipped(
        *entries,
        before=bytes(rng.choice((0, 0, 0, 7))),
        comment=rng.choice((b"", b"", b"PK\x05\x06" * 9)),
        long=rng.random() < 0.2,
    )
    for _ in range(rng.choice((0, 1, 1, 2, 5))):
        sign = rng.choice((b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"))
        places = [n for n in range(len(data)) if data.startswith(sign, n)] if sign in data else []
        if places:
            start = rng.choice(places) + rng.randrange(60)
            width = rng.choice((1, 2, 4, 8))
            near = (len(data), start, len(data) - start, rng.randrange(1 << 16))
            number = rng.choice((*NUMBERS, *near)) % (1 << 8 * width)
            data = data[:start] + number.to_bytes(width, "little") + data[start + width :]
    return scattered(data, rng, rng.choice((0, 0, 0, 4)))


def _entry(name: str, data: bytes, rng: Random) -> Entry:
    entry = Entry(name, data, rng.choice((STORED, DEFLATED)))
    if rng.random() < 0.9:
        return entry
    lie = rng.choice((0, 1, len(data) + 1, 1000 * len(data), 0xFFFFFFF0))
    bomb = deflated(bytes(1 << 22))
    return rng.choice(
        (
            entry._replace(name=rng.choice(NAMES)),
            entry._replace(length=lie),
            entry._replace(taken=lie),
            entry._replace(start=rng.randrange(1 << 16)),
            entry._replace(flags=rng.choice((1, 8, 0x41, 0x800))),
            entry._replace(packing=DEFLATED, raw=data),
            entry._replace(packing=DEFLATED, raw=bomb),
            entry._replace(packing=DEFLATED, raw=bomb, length=1 << rng.randrange(10, 31)),
            entry._replace(packing=DEFLATED, raw=bomb, length=1 << 22),
            entry._replace(packing=rng.choice((1, 9, 12, 14, 93, 99)), raw=data),
            entry._replace(attributes=rng.choice((0o120777, 0o010644, 0o040755)) << 16),
            entry._replace(
                extra=struct.pack("<HH", rng.choice((1, 0x7075)), rng.randrange(99)) + rng.randbytes(9)
            ),
        )
    )


def tar_of(files: dict[str, bytes], rng: Random) -> bytes:
    entries = []
    for name, data in files.items():
        wanted = rng.choice(NAMES) if rng.random() < 0.03 else name
        entry = tar_entry(wanted.encode()[:100], data)
        if len(wanted.encode()) > 100:
            entry = tar_entry(b"long", wanted.encode() + b"\0", b"L") + entry
        entries.append(_retouched(entry, rng) if rng.random() < 0.08 else entry)
    data = tarred(*entries, end=bytes(rng.choice((0, 512, 1024, 1 << 19))))
    return data[: rng.randrange(len(data) + 1)] if rng.random() < 0.1 else data


def _retouched(entry: bytes, rng: Random) -> bytes:
    """An entry with something else in its header, which mostly adds up nevertheless."""
    head = bytearray(entry[:512])
    how = rng.randrange(4)
    if how == 0:
        head[124:136] = rng.choice(
            (b"77777777777\0", b"\x80" + rng.randbytes(11), b"\xff" * 12, b"zz" * 6, bytes(12))
        )
    elif how == 1:
        head[156] = rng.choice(b"\x0001234567xgLKSVDMNZ")
    elif how == 2:
        head[345:347] = rng.choice((b"..", b"/e", b"a/"))
    else:
        head[rng.randrange(512)] = rng.randrange(256)
    if rng.random() < 0.8:
        head[148:156] = b" " * 8
        head[148:156] = b"%06o\0 " % sum(head)
    return bytes(head) + entry[512:]


def scattered(data: bytes, rng: Random, times: int) -> bytes:
    """Bytes changed here and there, or the end cut off."""
    changed = bytearray(data)
    for _ in range(times):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed[: rng.randrange(len(changed))] if times and rng.random() < 0.15 else changed)


def read(paths: list[Path]) -> Seen:
    """Everything in them to the last byte."""
    files = gaps = unreadable = 0
    try:
        for item in items(paths):
            if isinstance(item, Examination):
                gaps += 1
                assert item.problems and item.problems[0].message
            elif isinstance(item, FileSource):
                files += 1
                unreadable += not _read(item)
    except CannotRun as error:
        assert str(error)
        return Seen(files, gaps, unreadable, True)
    return Seen(files, gaps, unreadable, False)


def _read(source: FileSource) -> bool:
    try:
        with source:
            assert source.size <= LARGEST_INFLATED
            for at in range(0, source.size, _PIECE):
                assert len(source.read(at, min(_PIECE, source.size - at))) == min(_PIECE, source.size - at)
    except (OSError, MalformedFile):
        return False
    return True


_watching = False


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    if not _watching:
        return
    if event in _CHANGES or (event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITES):
        raise AssertionError(f"{event} {arguments}")


@contextmanager
def watched() -> Iterator[None]:
    """Nothing may be written meanwhile, and nothing unpacked beyond its limit."""
    global _watching
    advance = Inflated._advance

    def limited(self: Inflated, place: Any) -> bool:
        try:
            return advance(self, place)
        finally:
            assert place.out <= self._limit(place.taken) + 1, "unpacked beyond its limit"

    if not getattr(watched, "heard", False):
        sys.addaudithook(_audit)
        watched.heard = True  # type: ignore[attr-defined]  # a hook stays for good
    Inflated._advance = limited  # type: ignore[method-assign]
    _watching = True
    caches, sys.dont_write_bytecode = sys.dont_write_bytecode, True  # of modules that are imported only now
    try:
        yield
    finally:
        _watching, sys.dont_write_bytecode = False, caches
        Inflated._advance = advance  # type: ignore[method-assign]


def fuzz(cases: range, seed: int) -> Counter[str]:
    """Run these cases; what they came to, all together."""
    total: Counter[str] = Counter()
    for number in cases:
        with tempfile.TemporaryDirectory() as folder:
            started = time.perf_counter()
            try:
                seen = case(number, seed, Path(folder))
            except BaseException:
                sys.stderr.write(f"case {number} of seed {seed}\n")
                raise
            seconds = time.perf_counter() - started
            assert seconds < SECONDS, f"case {number} of seed {seed} took {seconds:.1f} s"
        total += Counter(files=seen.files, gaps=seen.gaps, unreadable=seen.unreadable, failed=seen.failed)
        total["slowest, in ms"] = max(total["slowest, in ms"], round(seconds * 1000))
    return total


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cases", type=int, default=5000, help="how many (default %(default)s)")
    parser.add_argument("--seed", type=int, default=0, help="which (default %(default)s)")
    parser.add_argument("--only", type=int, metavar="CASE", help="just this one")
    options = parser.parse_args()
    cases = range(options.cases) if options.only is None else range(options.only, options.only + 1)
    faulthandler.enable()
    started = time.perf_counter()
    total = fuzz(cases, options.seed)
    print(
        f"{len(cases):,} damaged archives read in {time.perf_counter() - started:.0f} s, nothing raised or written"
    )
    for word, number in total.items():
        print(f"  {word:16} {number:9,}")


if __name__ == "__main__":
    main()
