"""What a folder with side files says more than one without: nothing of the files, and how many go together."""

from __future__ import annotations

from pathlib import Path

import pytest

from exposure.archives import found, items
from exposure.post import Inventory
from exposure.source import FileSource
from exposure.stores import FolderStore
from tests.archives.exports.sidecars import AAE, XMP
from tests.archives.life import LIFE, picture

PHOTO = picture(LIFE[0])


def folder(tmp_path: Path, *names: str) -> Path:
    for name in names:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes({".xmp": XMP, ".aae": AAE}.get(path.suffix.lower(), PHOTO))
    return tmp_path


def test_every_file_comes_as_from_a_plain_folder(tmp_path: Path) -> None:
    at = folder(
        tmp_path, "b/IMG_2.jpg", "b/IMG_2.jpg.xmp", "a/IMG_1.HEIC", "a/IMG_1.AAE", "c.jpg", "notes.txt"
    )
    *files, last = items([at])
    assert isinstance(last, Inventory) and (last.unknown, last.posts) == ((), 0)
    plain = [s.name for s in FolderStore(at).walk() if isinstance(s, FileSource)]
    assert [s.name for s in files if isinstance(s, FileSource)] == plain


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (("IMG_1.jpg", "IMG_1.xmp"), ["One photo here has a side file that ends in .xmp."]),
        (("IMG_1.JPG", "img_1.jpg.XMP", "IMG_2.CR2", "IMG_2.xmp"), ["2 photos here each have a side file"]),
        (
            ("a.jpg", "a_01.jpg.xmp", "b.jpg", "b_02.jpg", "b_02.jpg.xmp"),
            ["2 photos here each have a side file"],
        ),
        (("IMG_1.HEIC", "IMG_1.AAE"), ["One photo here has a side file that ends in .AAE"]),
        (("IMG_1.jpg", "IMG_1.xmp", "IMG_1.aae"), ["ends in .xmp", "ends in .AAE"]),
    ],
)
def test_pairs_are_counted(names: tuple[str, ...], said: list[str], tmp_path: Path) -> None:
    last = list(items([folder(tmp_path, *names)]))[-1]
    assert isinstance(last, Inventory) and len(last.notes) == len(said)
    assert all(words in note for words, note in zip(said, last.notes, strict=True))


@pytest.mark.parametrize(
    "names",
    [("IMG_1.jpg", "IMG_2.xmp"), ("a/IMG_1.jpg", "b/IMG_1.xmp"), ("IMG_1.xmp", "IMG_1.AAE"), ("IMG_1.jpg",), ("a.txt", "a.xmp")],
)  # fmt: skip
def test_a_side_file_alone_makes_no_such_folder(names: tuple[str, ...], tmp_path: Path) -> None:
    ((_, archive),) = found([folder(tmp_path, *names)])
    assert archive.name == "folder"


def test_the_archive_of_an_account_stays_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "Photos").mkdir()
    (tmp_path / "Photos/Photo Details.csv").write_text("imgName,originalCreationDate\nIMG_1.HEIC,\n")
    ((_, archive),) = found([folder(tmp_path, "Photos/IMG_1.HEIC", "Photos/IMG_1.AAE")])
    assert archive.name == "icloud"
