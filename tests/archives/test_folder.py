from __future__ import annotations

from pathlib import Path

from exposure.archives import found, sources
from exposure.archives._kit import is_list
from exposure.source import FileSource
from tests.archives.exports import zipped
from tests.archives.life import LIFE, picture


def test_a_zip_that_no_service_made_is_read_in_place(tmp_path: Path) -> None:
    at = zipped({"holiday/a.jpg": picture(LIFE[0]), "b.txt": b"words"}, tmp_path / "holiday.zip")
    ((_, archive),) = found([at])
    assert archive.name == "folder"
    (_, photo) = sources([at])
    assert isinstance(photo, FileSource) and photo.name == f"{at}/holiday/a.jpg"
    with photo:
        assert photo.read(0, photo.size) == picture(LIFE[0])


def test_a_list_is_known_by_its_ending_and_not_by_a_name_without_one() -> None:
    assert [is_list(name) for name in ("a/b.JSON", "b.csv", "csv", "a.csv/b", "photo.jpg")] == [
        True, True, False, False, False,
    ]  # fmt: skip
