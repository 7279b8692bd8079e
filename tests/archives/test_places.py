"""Which packed files are opened, wherever they lie, and paths that lead into them."""

from __future__ import annotations

from pathlib import Path

import pytest

from exposure.archives import found, holds_many, is_there, items, sources
from exposure.errors import CannotRun
from exposure.model import Examination
from exposure.post import Inventory, Post
from exposure.source import FileSource
from tests.archives.exports import Export, every, folder, parts, tarred, zipped
from tests.archives.life import LIFE, picture
from tests.make.zips import Entry
from tests.make.zips import zipped as raw_zip

PHOTO = picture(LIFE[0])


@pytest.fixture
def export() -> Export:
    return next(e for e in every() if e.service == "flickr")


def names(*paths: Path | str) -> list[str]:
    return [source.name for source in sources(paths) if isinstance(source, FileSource)]


def said(path: Path) -> dict[str, str]:
    return {
        e.name.removeprefix(f"{path}/"): e.problems[0].message
        for e in sources([path])
        if isinstance(e, Examination)
    }


@pytest.mark.parametrize("service", ["mastodon", "x", "instagram", "facebook", "telegram", "bluesky"])
def test_two_accounts_of_one_service_in_a_folder_are_two(service: str, tmp_path: Path) -> None:
    export = next(e for e in every() if e.service == service and e.layout not in ("table", "2019"))
    for name in ("one", "two"):
        folder(export, tmp_path / name)
    alone = [item.id for item in items([tmp_path / "one"]) if isinstance(item, Post)]
    assert [archive.name for _, archive in found([tmp_path])][:2] == [service, service]
    assert [item.id for item in items([tmp_path]) if isinstance(item, Post)] == alone * 2


def test_unpacked_parts_of_one_export_stay_one(tmp_path: Path) -> None:
    export = next(e for e in every() if e.service == "instagram" and e.layout == "2024")
    for number, part in enumerate(parts(export.files, 2)):
        folder(export._replace(files=part), tmp_path / f"part {number}")
    assert [archive.name for _, archive in found([tmp_path])] == ["instagram"]


@pytest.mark.parametrize(
    ("called", "number"),
    [
        (("takeout-20240516T230250Z-001", "takeout-20250516T230250Z-001"), 2),
        (("takeout-20240516T230250Z-001", "takeout-20240516T230250Z-002"), 1),
        (("one", "two"), 1),
    ],
)
def test_unpacked_takeouts_are_told_apart_by_their_names(
    called: tuple[str, str], number: int, tmp_path: Path
) -> None:
    export = next(each for each in every() if each.service == "google-photos")
    for name in called:
        folder(export, tmp_path / name)
    got = [item for item in items([tmp_path]) if isinstance(item, Inventory) and item.title]
    assert len(got) == number
    assert any("Folders called Takeout here: 2" in note for note in got[0].notes) == (number == 1)


def test_packed_files_with_photos_are_opened_at_any_depth(tmp_path: Path) -> None:
    (tmp_path / "a/b").mkdir(parents=True)
    zipped({"1.jpg": PHOTO}, tmp_path / "a/b/holiday.ZIP")
    tarred({"2.jpg": PHOTO}, tmp_path / "a/more.tgz")
    zipped({"film.mp4": b""}, tmp_path / "films.zip")
    zipped({"letter.txt": b""}, tmp_path / "letters.zip")
    (tmp_path / "3.jpg").write_bytes(PHOTO)
    assert sorted(name.removeprefix(f"{tmp_path}/") for name in names(tmp_path)) == [
        "3.jpg",
        "a/b/holiday.ZIP/1.jpg",
        "a/more.tgz/2.jpg",
        "films.zip/film.mp4",
        "letters.zip",
    ]


@pytest.mark.parametrize(
    ("name", "inside"),
    [
        ("letter.docx", "[Content_Types].xml"),
        ("book.epub", "mimetype"),
        ("game.apk", "AndroidManifest.xml"),
        ("program.jar", "META-INF/MANIFEST.MF"),
        ("map.kmz", "doc.kml"),
    ],
)
def test_documents_and_programs_stay_what_they_are(name: str, inside: str, tmp_path: Path) -> None:
    at = zipped({inside: b"", "media/image1.jpg": PHOTO}, tmp_path / name)
    assert names(at) == names(tmp_path) == [str(at)]
    assert not holds_many(at)


def test_what_is_named_is_told_by_its_content(tmp_path: Path) -> None:
    at = zipped({"a.jpg": PHOTO}, tmp_path / "download")
    assert names(at) == [f"{at}/a.jpg"] and holds_many(at)
    text = tmp_path / "a.zip"
    text.write_bytes(b"no zip")
    assert names(text) == [str(text)] and not holds_many(text)


def test_an_archive_in_a_folder_is_recognised_and_its_parts_are_one(export: Export, tmp_path: Path) -> None:
    (tmp_path / "downloads").mkdir()
    files = list(export.files.items())
    for number, some in enumerate((files[::2], files[1::2]), 1):
        zipped(dict(some), tmp_path / f"downloads/72157700000000000_0a1b2c3d4e5f_part{number}.zip")
    (tmp_path / "own.jpg").write_bytes(PHOTO)
    assert [archive.name for _, archive in found([tmp_path])] == ["flickr", "folder"]
    got = list(items([tmp_path]))
    assert {post.id for post in got if isinstance(post, Post)} == set(export.ids)
    assert [s.name for s in got if isinstance(s, FileSource)][-1] == str(tmp_path / "own.jpg")


def test_packed_files_beside_an_export_in_its_folder_are_opened_too(export: Export, tmp_path: Path) -> None:
    for name, data in export.files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    zipped({"a.jpg": PHOTO}, tmp_path / "more.zip")
    got = names(tmp_path)
    assert f"{tmp_path}/more.zip/a.jpg" in got and f"{tmp_path}/more.zip" not in got


def test_a_list_of_posts_that_cannot_be_read_is_no_photo(export: Export, tmp_path: Path) -> None:
    """Whoever cleans or verifies photos has no use for it; a scan says it."""
    damaged = next(name for name in export.files if name.startswith("photo_"))
    at = folder(export._replace(files={**export.files, damaged: b"["}), tmp_path)
    told = [item.name for item in items([at]) if isinstance(item, Examination)]
    assert told == [str(at / damaged)] and said(at) == {}


def test_a_damaged_zip_among_photos_is_said_and_ends_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(PHOTO)
    (tmp_path / "takeout-001.zip").write_bytes(raw_zip(Entry("a.jpg", PHOTO))[:-30])
    assert names(tmp_path) == [str(tmp_path / "a.jpg")]
    assert "cut off or damaged" in said(tmp_path)["takeout-001.zip"]


def test_an_archive_in_an_archive_is_said(tmp_path: Path) -> None:
    inner = zipped({"a.jpg": PHOTO}, tmp_path / "inner.zip").read_bytes()
    at = zipped({"x/inner.zip": inner}, tmp_path / "outer.zip")
    (tmp_path / "inner.zip").unlink()
    assert said(tmp_path) == {"outer.zip/x/inner.zip": said(at)["x/inner.zip"]}
    (gap,) = sources([at])
    assert isinstance(gap, Examination) and gap.media == "archive inside an archive"


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_a_path_into_an_archive_leads_to_that_file(pack: type, tmp_path: Path) -> None:
    at = pack({"x/a.jpg": PHOTO, "x/b.jpg": PHOTO, "xy.jpg": PHOTO}, tmp_path / "a.packed")
    assert names(f"{at}/x/a.jpg") == [f"{at}/x/a.jpg"] and not holds_many(f"{at}/x/a.jpg")
    assert names(f"{at}/x") == [f"{at}/x/a.jpg", f"{at}/x/b.jpg"] and holds_many(f"{at}/x")
    assert names(f"{at}/xy.jpg", f"{at}/x") == [f"{at}/xy.jpg", f"{at}/x/a.jpg", f"{at}/x/b.jpg"]
    assert is_there(f"{at}/x/a.jpg") and not is_there(tmp_path / "none/a.jpg")
    for nothing in (f"{at}/x/c.jpg", f"{at}/xy.jpg/a", tmp_path / "none", tmp_path / "none/a.jpg"):
        with pytest.raises(CannotRun, match="there is nothing at"):
            list(sources([nothing]))


def test_a_path_into_a_file_that_is_no_archive(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(PHOTO)
    with pytest.raises(CannotRun, match="there is nothing at"):
        list(sources([tmp_path / "a.jpg/b.jpg"]))
