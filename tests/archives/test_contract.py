"""What every archive keeps to, over every export: the same small life, whatever it is packed in, and no exception."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from exposure.archives import found, items
from exposure.model import Examination, Place
from exposure.plugins import Archive, Item, discover
from exposure.post import STATUSES, TIERS, VISIBILITIES, Inventory, Post
from exposure.source import FileSource
from tests.archives.damage import damaged_list
from tests.archives.exports import Export, every, folder, parts, tarred, zipped
from tests.archives.life import LIFE, Moment, picture

PART_NAMES: dict[str, tuple[str, ...]] = {
    "facebook": (
        "facebook-sam.example-2024-05-04-AbCdEf01.zip",
        "facebook-sam.example-2024-05-04-GhIjKl23.zip",
    ),
    "instagram": (
        "instagram-sam.example-2025-02-11-AbCdEf01.zip",
        "instagram-sam.example-2025-02-11-GhIjKl23.zip",
    ),
    "threads": (
        "threads-sam.example-2025-02-11-AbCdEf01.zip",
        "threads-sam.example-2025-02-11-AbCdEf01-part-2.zip",
    ),
    "google-photos": ("takeout-20240516T230250Z-001.zip", "takeout-20240516T230250Z-3-002.zip"),
    "icloud": ("iCloud Photos Part 1 of 2.zip", "iCloud Photos Part 2 of 2.zip"),
    "flickr": ("72157700000000000_0a1b2c3d4e5f_part1.zip", "data-download-1.zip", "data-download-2.zip"),
    "x": (f"twitter-2024-08-01-{'0a1b' * 16}.zip", f"twitter-2024-08-01-{'0a1b' * 16}-part2.zip"),
    "snapchat": ("mydata~1714817472.zip", "mydata~1714817472-2.zip"),
}
"""What part zips of each service are called."""

each_export = pytest.mark.parametrize("export", every(), ids=lambda e: f"{e.service} {e.layout}")
SERVICES = {archive.name for archive in discover("archives", Archive)} - {"folder"}


def posts(found: list[Item]) -> list[Post]:
    return [item for item in found if isinstance(item, Post)]


def moments(export: Export, found: list[Item]) -> Iterator[tuple[Moment, Post]]:
    by_id = {moment.id: moment for moment in LIFE}
    for post in posts(found):
        if post.id in export.ids:
            yield by_id[export.ids[post.id]], post


def places(some: tuple[Place, ...]) -> set[tuple[float, float]]:
    return {
        (round(p.latitude, 5), round(p.longitude, 5))
        for p in some
        if p.latitude is not None and p.longitude is not None
    }


def test_every_archive_has_an_export() -> None:
    assert {export.service for export in every()} == SERVICES


@each_export
def test_it_is_recognised_by_its_archive_alone(export: Export, tmp_path: Path) -> None:
    ((store, archive),) = found([folder(export, tmp_path)])
    assert archive.name == export.service
    assert [
        a.name for a in discover("archives", Archive) if a.rank >= archive.rank and a.recognise(store)
    ] == [export.service]


@each_export
def test_a_post_comes_before_its_photos_and_each_photo_once(export: Export, tmp_path: Path) -> None:
    got = list(items([folder(export, tmp_path)]))
    assert isinstance(got[-1], Inventory) and sum(isinstance(item, Inventory) for item in got) == 1
    names = [item.name for item in got if isinstance(item, (FileSource, Examination))]
    assert len(names) == len(set(names))
    wanted: set[str] = set()
    seen: set[str] = set()
    for item in got:
        if isinstance(item, Post):
            assert wanted <= seen, "a post comes before the photos of the post before it"
            wanted = set(item.photos)
            assert (
                item.visibility.value in VISIBILITIES and item.status in STATUSES and item.link.tier in TIERS
            )
            assert item.visibility.value != "public" or item.visibility.evidence
            assert (item.link.tier == "none") == (not item.link.value)
        elif not isinstance(item, Inventory):
            seen.add(item.name)
    assert len({post.id for post in posts(got)}) == len(posts(got))


@each_export
def test_each_photo_comes_once_from_inside_the_folder_too(
    export: Export, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder(export, tmp_path))
    files = [item.name for item in items([Path()]) if isinstance(item, FileSource)]
    assert len({Path(name) for name in files}) == len(files)


@each_export
def test_the_small_life_is_told(export: Export, tmp_path: Path) -> None:
    got = list(items([folder(export, tmp_path)]))
    told = list(moments(export, got))
    assert {moment.id for moment, _ in told} == set(export.ids.values())
    for moment, post in told:
        _told(moment, post, export.carries)


LOCAL = {"whatsapp"}
"""Services whose clocks have no zone."""


def _told(moment: Moment, post: Post, carries: frozenset[str]) -> None:
    shown, stored = post.facts, post.stored
    where = set()
    if moment.latitude is not None and moment.longitude is not None:
        where = {(round(moment.latitude, 5), round(moment.longitude, 5))}
    checks: dict[str, Callable[[], bool]] = {
        "account": lambda: post.account != "",
        "alt": lambda: not moment.alt or moment.alt in [t.value for t in shown.texts if t.kind == "alt"],
        "caption": lambda: post.caption == moment.caption,
        "link": lambda: post.link.tier != "none",
        "people": lambda: set(moment.people) <= {p.name for p in shown.people},
        "photos": lambda: len(post.photos) == 1,
        "place": lambda: places(shown.places) == where,
        "posted": lambda: post.posted == moment.posted.removesuffix("Z" if post.service in LOCAL else ""),
        "stored-people": lambda: set(moment.people) <= {p.name for p in stored.people},
        "stored-place": lambda: places(stored.places) == where,
        "stored-taken": lambda: moment.taken in [t.local for t in stored.times],
        "tags": lambda: set(moment.tags) <= {t.value for t in shown.texts if t.kind == "keyword"},
        "taken": lambda: moment.taken in [t.local for t in shown.times],
        "visibility": lambda: (post.visibility.value == "public") == moment.is_public,
    }
    for each in carries:
        assert checks[each](), (each, moment, post)
    if "place" not in carries:
        assert not places(shown.places)
    if "stored-place" not in carries:
        assert not places(stored.places)


@each_export
def test_photos_are_the_pictures_of_their_moments(export: Export, tmp_path: Path) -> None:
    at = folder(export, tmp_path)
    sources = {s.name: s for s in items([at]) if isinstance(s, FileSource)}
    for moment, post in moments(export, list(items([at]))):
        for name in post.photos:
            with sources[name] as source:
                assert source.read(0, source.size) == picture(moment)


@each_export
def test_packed_it_says_the_same(export: Export, tmp_path: Path) -> None:
    plain = _essence(items([folder(export, tmp_path / "plain")]))
    for packing in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        assert _essence(items([zipped(export.files, tmp_path / f"{packing}.zip", packing)])) == plain
    assert _essence(items([tarred(export.files, tmp_path / "export.tar.gz")])) == plain


@pytest.mark.parametrize(
    "export", [e for e in every() if e.service in PART_NAMES], ids=lambda e: f"{e.service} {e.layout}"
)
def test_part_zips_are_one(export: Export, tmp_path: Path) -> None:
    archive = next(a for a in discover("archives", Archive) if a.name == export.service)
    names = PART_NAMES[export.service]
    assert len({archive.part(name) for name in names}) == 1 and archive.part(names[0])
    some = [zipped(f, tmp_path / n) for f, n in zip(parts(export.files, len(names)), names, strict=True)]
    plain = _essence(items([folder(export, tmp_path / "plain")]))
    assert _essence(items(some)) == plain
    assert _essence(items(some[::-1])) == plain


def _essence(some: Iterator[Item]) -> list[object]:
    """Everything but where it lies."""
    found: list[object] = []
    for item in some:
        if isinstance(item, Post):
            found.append((item.id, item.posted, item.caption, item.facts, item.stored, len(item.photos)))
        elif isinstance(item, FileSource):
            with item:
                found.append((Path(item.name).name, item.read(0, item.size)))
        elif isinstance(item, Inventory):
            found.append(tuple(sorted(Path(name).name for name in item.unknown)))
    return sorted(found, key=repr)


@each_export
@pytest.mark.parametrize("seed", range(3))
def test_damage_is_said_and_never_raised(export: Export, seed: int, tmp_path: Path) -> None:
    """Lists cut off, bytes changed, values of other shapes: whatever comes, it is read to the end."""
    rng = Random(f"{export.service} {export.layout} {seed}")
    files = dict(export.files)
    for name in rng.sample(sorted(files), max(1, len(files) // 2)):
        files[name] = damaged_list(files[name], rng)
    at = zipped(files, tmp_path / "export.zip")
    for item in items([at]):
        if isinstance(item, FileSource):
            with item:
                item.read(0, min(item.size, 64))


def _side_by_side() -> list[tuple[Export, Export]]:
    """Each service's first export with that of the next one."""
    services = {archive.name for archive in discover("archives", Archive) if archive.rank >= 0}
    first = list({e.service: e for e in reversed(every()) if e.service in services}.values())
    return list(zip(first, [*first[1:], first[0]], strict=True))


@pytest.mark.parametrize("one, other", _side_by_side(), ids=lambda e: e.service)
def test_exports_side_by_side_in_a_folder_are_each_read_by_their_own(
    one: Export, other: Export, tmp_path: Path
) -> None:
    folder(one, tmp_path / "both" / "a")
    folder(other, tmp_path / "both" / "b")
    (tmp_path / "both" / "c.jpg").write_bytes(picture(LIFE[0]))
    assert {archive.name for _, archive in found([tmp_path / "both"])} - {"folder"} == {
        one.service,
        other.service,
    }
    apart = [item for name in "ab" for item in items([tmp_path / "both" / name])]
    together = list(items([tmp_path / "both"]))
    assert sorted(post.key for post in posts(together)) == sorted(post.key for post in posts(apart))
    names = [Path(item.name).name for item in together if isinstance(item, FileSource)]
    assert sorted(names) == sorted(
        ["c.jpg", *(Path(i.name).name for i in apart if isinstance(i, FileSource))]
    )
