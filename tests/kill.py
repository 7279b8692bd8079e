"""Runs that are killed: ``python -m tests.kill --runs 200``.

Folders of small photos are cleaned by the real command, which SIGKILL ends at a random moment, with its workers or
without them. After each: every original is at its path or can be restored; no file under a final name is anything
but an original or the very copy that an undisturbed run makes; a second run completes; `exposure restore` gives
every original back. ``--steps`` ends one process before each single call that changes the disk. The suite runs short
versions of both.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from exposure.cleaning import Outcome, Wishes
from exposure.cleaning._one import Task
from exposure.cleaning._originals import cleaned_in_place
from exposure.cleaning._private import prepared
from exposure.cleaning._records import home, records
from exposure.cleaning._write import is_unfinished, swept
from exposure.cleaning.originals import restore
from exposure.source import FileSource
from tests.make import gif, png, tiff, webp
from tests.make.heif import avif_photo
from tests.make.jpeg import comment, exif, jpeg

DAY = 1_600_000_000
WAYS = {
    "copies": ("--to", "out"),
    "renamed copies": ("--to", "out", "--rename"),
    "in place": ("--in-place",),
    "in place, renamed": ("--in-place", "--rename"),
}


def photos() -> dict[str, bytes]:
    """Small photos of several formats, all with something to hide, but for one."""
    made: dict[str, bytes] = {"clean.jpg": jpeg(size=(24, 24)), "notes.txt": b"not a photo"}
    for number in range(6):
        tags = tiff.tiff(Make="Acme", position=(51.5 + number, -0.1))
        place = f"2024/trip {number % 2}"
        made |= {
            f"{place}/IMG_{number}.jpg": jpeg(exif(tags), size=(16 + number, 8), trailer=b"hidden" * 40_000),
            f"{place}/IMG_{number}.png": png.png(png.text("Author", f"Ann {number}")),
            f"{place}/IMG_{number}.webp": webp.webp(webp.extended(8), webp.LOSSY, webp.chunk(b"EXIF", tags)),
        }
    made["IMG_9.gif"] = gif.gif(gif.comment(b"at Ann's"))
    made["IMG_9.jpeg"] = jpeg(comment("Ann"), progressive=True)
    made["IMG_9.avif"] = avif_photo()
    return made


class Tree(NamedTuple):
    """One folder of photos and where its copies go."""

    top: Path
    originals: Mapping[str, bytes]

    @property
    def folder(self) -> Path:
        return self.top / "photos"

    @property
    def private(self) -> Path:
        return self.top / "private"

    @classmethod
    def made(cls, top: Path, originals: Mapping[str, bytes]) -> Tree:
        shutil.rmtree(top, ignore_errors=True)
        for name, data in originals.items():
            path = top / "photos" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            os.utime(path, (DAY, DAY))
        return cls(top, originals)

    def files(self, folder: str = "photos") -> dict[str, bytes]:
        """All final files there, and what is in them."""
        top = self.top / folder
        return {
            path.relative_to(top).as_posix(): path.read_bytes()
            for path in top.rglob("*")
            if path.is_file() and not is_unfinished(path.name)
        }

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "exposure", *words, "--private", str(self.private)]

    def clean(self, way: str) -> list[str]:
        words = [str(self.top / word) if word == "out" else word for word in WAYS[way]]
        return self.command("clean", str(self.folder), *words)


def complete(words: list[str]) -> None:
    ended = subprocess.run(words, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, f"{words} ended with {ended.returncode}:\n{ended.stdout}{ended.stderr}"


def is_restorable(tree: Tree, name: str) -> bool:
    """Whether the original of this name is at its path, or kept together with a record that says where it was."""
    path, meant = tree.folder.resolve() / name, tree.originals[name]
    if path.is_file() and path.read_bytes() == meant:
        return True
    folder = home(tree.private.resolve(), path)
    kept = [folder / each.kept if each.kept else Path(each.copy) for each in records(folder)]
    return any(file.is_file() and file.read_bytes() == meant for file in kept)


def check_interrupted(tree: Tree, way: str, expected: Mapping[str, bytes]) -> None:
    """What must hold at any moment."""
    for name in tree.originals:
        assert is_restorable(tree, name), f"{name} is lost"
    if way.startswith("in place"):
        for name, data in tree.files().items():
            assert data == tree.originals.get(name) or data in expected.values(), f"{name} is half a file"
    else:
        assert tree.files() == tree.originals
        for name, data in tree.files("out").items():
            whole = data in expected.values() if way == "renamed copies" else data == expected.get(name)
            assert whole, f"{name} is not the copy that it should be"


def check_complete(tree: Tree, way: str, expected: Mapping[str, bytes], before: Mapping[str, bytes]) -> None:
    """What must hold after a second run, when `before` was there before it."""
    folder = "photos" if way.startswith("in place") else "out"
    left = [path for path in (tree.top / folder).rglob("*") if path.is_file() and is_unfinished(path.name)]
    assert not left, f"{left} was left behind"
    after = tree.files(folder)
    if "renamed" in way:
        assert sorted(after.values()) == sorted(expected.values())
        assert all(after[name] == data for name, data in before.items() if name.startswith("photo-"))
    else:
        assert after == expected


def check_restored(tree: Tree) -> None:
    """What must hold after `restore`: all as it was before exposure came, with its dates."""
    assert tree.files() == tree.originals
    for name in tree.originals:
        assert (tree.folder / name).stat().st_mtime == DAY, name
    kept = [path for path in (tree.private / "originals").rglob("*") if not path.is_dir()]
    assert not kept, kept


# the real command, killed at random moments


class Length(NamedTuple):
    """How long an undisturbed run takes, in seconds, and how much of that is after its first change; and what it makes."""

    whole: float
    writing: float
    expected: Mapping[str, bytes]


def place(tree: Tree, way: str) -> Path:
    """Where the copies appear."""
    return tree.top / ("photos" if way.startswith("in place") else "out")


def has_begun(tree: Tree, way: str) -> bool:
    return any(is_unfinished(path.name) for path in place(tree, way).rglob("*"))


def undisturbed(tree: Tree, way: str) -> Length:
    started, first = time.monotonic(), 0.0
    with subprocess.Popen(tree.clean(way), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as run:
        while run.poll() is None:
            time.sleep(0.002)
            if not first and has_begun(tree, way):
                first = time.monotonic()
        assert run.stderr is not None
        assert run.returncode == 0, run.stderr.read().decode()
    ended = time.monotonic()
    return Length(ended - started, ended - (first or started), tree.files(place(tree, way).name))


def killed(tree: Tree, way: str, length: Length, chance: random.Random) -> bool:
    """Whether a run was still going on when it was killed: with its workers, if it has any, or in a quarter without.

    A third are killed at any moment from the start, the others at any moment after the first change.
    """
    with subprocess.Popen(
        [*tree.clean(way), "--jobs", str(chance.randint(1, 2))],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as run:
        early = chance.random() < 1 / 3
        while not early and run.poll() is None and not has_begun(tree, way):
            time.sleep(0.002)
        with suppress(subprocess.TimeoutExpired):
            run.wait(chance.uniform(0, length.whole if early else length.writing))
            return False
        alone = chance.random() < 0.25
        (os.kill if alone else os.killpg)(run.pid, signal.SIGKILL)
        run.wait()
        patience = time.monotonic() + 3 * alone
        while time.monotonic() < patience and group_lives(run.pid):
            time.sleep(0.02)
        with suppress(ProcessLookupError):
            os.killpg(run.pid, signal.SIGKILL)
    return True


def group_lives(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def one(tree: Tree, way: str, length: Length, chance: random.Random) -> str:
    """One run that is killed, checked, completed and undone; when it was killed, in a word."""
    going, folder = killed(tree, way, length, chance), place(tree, way).name
    before = tree.files(folder)
    check_interrupted(tree, way, length.expected)
    ended = moment(going, before, tree.originals if folder == "photos" else {}, length.expected)
    if folder == "out" or chance.random() < 0.6:
        complete(tree.clean(way))
        check_complete(tree, way, length.expected, before)
    if folder == "photos" and tree.private.exists():
        complete(tree.command("restore"))
    check_restored(tree)
    return ended


def moment(
    going: bool, found: Mapping[str, bytes], start: Mapping[str, bytes], end: Mapping[str, bytes]
) -> str:
    """When a run was killed: before, while or after it changed files, or not at all, since it had ended."""
    if not going:
        return "ended"
    if found == start:
        return "before"
    return "after" if sorted(found.values()) == sorted(end.values()) else "while"


def kill(ways: Sequence[str], runs: int, seed: int, top: Path) -> Iterator[tuple[str, Counter[str]]]:
    """For each way of cleaning, when its runs were killed. AssertionError with what went wrong."""
    originals, chance = photos(), random.Random(seed)
    for way in ways:
        length = undisturbed(Tree.made(top, originals), way)
        counts: Counter[str] = Counter()
        for _ in range(runs // len(ways)):
            counts[one(Tree.made(top, originals), way, length, chance)] += 1
        yield way, counts


# one process, killed before each call that changes the disk

_CHANGES = frozenset(
    ("open", "os.rename", "os.link", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "os.utime", "os.chown")
)


def killed_at(number: int, work: Callable[[], None]) -> bool:
    """Whether `work`, in a process of its own, was killed before so many-th of its calls to the disk."""
    child = os.fork()
    if child == 0:
        left = number

        def count(event: str, _: object) -> None:
            nonlocal left
            if event in _CHANGES:
                left -= 1
                if left < 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(count)
        try:
            work()
            os._exit(0)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert status == 0 or os.WIFSIGNALED(status), "the work itself went wrong"
    return status != 0


def steps(top: Path, rename: bool) -> int:
    """Kill the cleaning of one photo, and its restoring, before each call to the disk; how many kills that were."""
    originals = {"a.jpg": photos()["2024/trip 0/IMG_0.jpg"]}
    expected, number = jpeg(size=(16, 8)), 0

    def clean() -> None:
        place = prepared(str(top / "private"), [top / "photos"])
        swept(top / "photos")
        for path in sorted((top / "photos").iterdir()):
            done = cleaned_in_place(Task(FileSource(path), "", Wishes()), place, rename)
            assert done.outcome in (Outcome.CLEANED, Outcome.ALREADY), done

    def undo() -> None:
        assert not [one for one in restore((top / "private").resolve()) if one.why]

    way = "in place, renamed" if rename else "in place"
    for work in (clean, undo):
        at, going = 0, True
        while going:
            tree = Tree.made(top, originals)
            if work is undo:
                clean()
            going = killed_at(at // 2, work)
            before = tree.files()
            check_interrupted(tree, way, {"": expected})
            if at % 2 and work is clean:  # every other time without a second run
                clean()
                check_complete(tree, way, {"a.jpg": expected}, before)
            undo()
            swept(tree.folder)
            check_restored(tree)
            at, number = at + 1, number + going
    return number


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=200, help="in all (default %(default)s)")
    parser.add_argument("--way", choices=WAYS, help="only this way of cleaning")
    parser.add_argument("--seed", type=int, default=1, help="for the moments (default %(default)s)")
    parser.add_argument("--steps", action="store_true", help="before each call to the disk instead")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        top = Path(folder).resolve() / "kill"
        if options.steps:
            for rename in (False, True):
                print(f"{steps(top, rename):5} kills, {'renamed' if rename else 'same name'}", flush=True)
            return
        print(f"{'':20}{'before':>8}{'while':>8}{'after':>8}{'ended':>8}")
        for way, counts in kill(
            [options.way] if options.way else list(WAYS), options.runs, options.seed, top
        ):
            numbers = "".join(f"{counts[when]:8}" for when in ("before", "while", "after", "ended"))
            print(f"{way:20}{numbers}", flush=True)


if __name__ == "__main__":
    main()
