from __future__ import annotations

import os
import pickle
import struct
import zipfile
import zlib
from pathlib import Path

import pytest

from exposure.errors import MalformedFile
from exposure.members import MOST_GROWTH, SMALL
from exposure.model import Examination
from exposure.source import HELD, FileSource
from exposure.stores import PackedStore, _listing, is_packed
from tests.make.zips import DEFLATED, Entry, deflated, zipped

PHOTO = b"\xff\xd8" + b"picture" * 50


def store(at: Path, data: bytes) -> PackedStore:
    (at / "a.zip").write_bytes(data)
    return PackedStore([at / "a.zip"])


def contents(store: PackedStore) -> dict[str, bytes]:
    return {name: store.read(name) for name in store.names}


def said(store: PackedStore) -> dict[str, str]:
    """What is said of the files that cannot be read, without the path of the zip."""
    found = [item for item in store.walk() if isinstance(item, Examination)]
    return {item.name.removeprefix(store.path).lstrip("/"): item.problems[0].message for item in found}


def refused(store: PackedStore, name: str) -> str:
    """Why the member cannot be read when it comes to that."""
    with pytest.raises(MalformedFile) as raised:
        store.read(name)
    return raised.value.message


@pytest.mark.parametrize("packing", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_members_are_read_in_place_and_by_other_processes(packing: int, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", packing) as archive:
        archive.writestr("Photos/a.jpg", PHOTO)
        archive.mkdir("Photos/empty")
    found = PackedStore([tmp_path / "a.zip"])
    assert found.names == ("Photos/a.jpg",) and found.names is found.names
    with pickle.loads(pickle.dumps(found.source("Photos/a.jpg"))) as source:
        assert source.name == f"{tmp_path}/a.zip/Photos/a.jpg" and source.in_archive
        assert source.read(2, 7) == b"picture" and source.read(0, source.size) == PHOTO
        assert not source.changed()


def test_parts_are_one(tmp_path: Path) -> None:
    for number in (1, 2):
        (tmp_path / f"{number}.zip").write_bytes(zipped(Entry(f"{number}.jpg", PHOTO)))
    both = PackedStore([tmp_path / "1.zip", tmp_path / "2.zip"])
    assert contents(both) == {"1.jpg": PHOTO, "2.jpg": PHOTO}
    assert [item.name for item in both.walk()] == [f"{tmp_path}/{n}.zip/{n}.jpg" for n in (1, 2)]


@pytest.mark.parametrize(
    "name", ["/etc/a.jpg", "../a.jpg", "a/../../b.jpg", "C:\\a.jpg", "..\\a.jpg", "d:/a.jpg"]
)
def test_names_that_lead_out_are_said_and_the_rest_is_read(name: str, tmp_path: Path) -> None:
    found = store(tmp_path, zipped(Entry(name, PHOTO), Entry("b.jpg", PHOTO)))
    assert contents(found) == {"b.jpg": PHOTO}
    assert list(said(found).values()) == ["its name leads out of the archive, so it was not looked at"]


def test_odd_names(tmp_path: Path) -> None:
    names = ["a\0.jpg", "x" * 5000, "./b//c.jpg", "d\\e.jpg", "..", "f..g.jpg", "", "12:30.jpg"]
    found = store(tmp_path, zipped(*(Entry(name, PHOTO) for name in names)))
    assert found.names == ("12:30.jpg", "b/c.jpg", "d/e.jpg", "f..g.jpg")
    assert set(said(found)) == {"a?.jpg", "x" * 40 + "…", ".."}


def test_names_in_utf_8_with_and_without_its_flag_and_in_code_page_437(tmp_path: Path) -> None:
    crc = struct.pack("<L", zlib.crc32(b"a.jpg"))
    extra = struct.pack("<HH", 0x7075, 5 + 6) + b"\1" + crc + "ñ.jpg".encode()
    entries = [
        Entry("é.jpg".encode(), PHOTO, flags=0x800),
        Entry("ü.jpg".encode(), PHOTO),
        Entry(b"\x94.jpg", PHOTO),
        Entry(b"\xff\xfe.jpg", PHOTO, flags=0x800),
        Entry("a.jpg", PHOTO, extra=extra),
    ]
    assert set(store(tmp_path, zipped(*entries)).names) == {
        "é.jpg",
        "ü.jpg",
        "ö.jpg",
        b"\xff\xfe.jpg".decode("cp437"),
        "ñ.jpg",
    }


def test_what_is_not_looked_at_says_why(tmp_path: Path) -> None:
    entries = [
        Entry("locked.jpg", PHOTO, flags=1),
        Entry("bzip2.jpg", PHOTO, packing=12, raw=b"BZh9"),
        Entry("link.jpg", b"/etc/passwd", attributes=0o120777 << 16),
        Entry("pipe.jpg", attributes=0o010644 << 16),
        Entry("twice.jpg", b"first"),
        Entry("twice.jpg", b"second"),
        Entry("lengths.jpg", PHOTO, length=5),
        Entry("folder/", b"bytes"),
        Entry("inner.zip", zipped(Entry("a.jpg", PHOTO))),
        Entry("ok.jpg", PHOTO),
    ]
    found = store(tmp_path, zipped(*entries))
    assert found.names == ("folder", "inner.zip", "ok.jpg", "twice.jpg")
    assert found.read("twice.jpg") == b"first"
    why = said(found)
    assert "locked with a password" in why["locked.jpg"] and "does not read" in why["bzip2.jpg"]
    assert "link" in why["link.jpg"] and "pipe" in why["pipe.jpg"]
    assert "two files of this name" in why["twice.jpg"] and "two lengths" in why["lengths.jpg"]
    assert "archive inside an archive" in why["inner.zip"]
    media = {Path(i.name).name: i.media for i in found.walk() if isinstance(i, Examination)}
    assert media["inner.zip"] == "archive inside an archive" and not media["locked.jpg"]


def test_members_that_overlap_are_a_bomb(tmp_path: Path) -> None:
    kernel = deflated(bytes(1 << 20))
    entries = [Entry("0.jpg", bytes(1 << 20), DEFLATED)]
    entries += [
        Entry(f"{n}.jpg", packing=DEFLATED, raw=b"", taken=len(kernel), length=1 << 20, start=0)
        for n in (1, 2)
    ]
    found = store(tmp_path, zipped(*entries))
    assert found.names == ("0.jpg",) and all("lies over another" in why for why in said(found).values())


def test_what_grows_as_no_real_file_does_is_not_inflated(tmp_path: Path) -> None:
    for length, is_read in ((SMALL, True), (SMALL + 1, False)):
        found = store(tmp_path, zipped(Entry("posts.json", bytes(length), DEFLATED)))
        if is_read:
            with found.source("posts.json") as source:
                assert source.size == length
        else:
            assert "grow more than" in refused(found, "posts.json")


@pytest.mark.parametrize(
    ("length", "why"),
    [
        (350, "it is longer than the archive says"),
        (353, "it ends before"),
        (1 << 20, "grow more than"),
    ],
)
def test_a_length_that_lies(length: int, why: str, tmp_path: Path) -> None:
    found = store(tmp_path, zipped(Entry("a.jpg", PHOTO, DEFLATED, length=length)))
    assert why in refused(found, "a.jpg")


def test_a_member_too_large_to_be_looked_at(tmp_path: Path) -> None:
    found = store(tmp_path, zipped(Entry("a.mp4", PHOTO, DEFLATED, length=1 << 33), long=True))
    assert "too large to be looked at inside an archive" in refused(found, "a.mp4")


def test_no_member_is_inflated_beyond_its_length(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = store(tmp_path, zipped(Entry("a.jpg", bytes(50 << 20), DEFLATED, length=1000)))
    out = 0
    decompressobj = zlib.decompressobj

    class Counting:
        def __init__(self, wbits: int) -> None:
            self.one = decompressobj(wbits)

        def decompress(self, data: bytes, most: int) -> bytes:
            nonlocal out
            assert most > 0
            out += len(piece := self.one.decompress(data, most))
            return piece

        def __getattr__(self, name: str) -> object:
            return getattr(self.one, name)

    monkeypatch.setattr("exposure.members._inflating.zlib.decompressobj", Counting)
    monkeypatch.setattr(Counting, "copy", lambda self: self, raising=False)
    assert "longer than the archive says" in refused(found, "a.jpg") and out <= 1001


def test_a_large_member_goes_back_and_forth_in_little_memory(tmp_path: Path) -> None:
    data = b"".join(n.to_bytes(4, "big") * 256 for n in range(HELD // 1024 + 5000))
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.mp4", data)
    with PackedStore([tmp_path / "a.zip"]).source("a.mp4") as source:
        assert source.size == len(data) > HELD
        for at in (len(data) - 10, 0, HELD - 3, 5, len(data) - 4000, 4 << 20, (4 << 20) - 1):
            assert source.read(at, 10) == data[at : at + 10]
        assert len(source._head) < HELD


def test_data_put_before_a_zip(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(
        zipped(Entry("a.jpg", PHOTO), Entry("b.jpg", PHOTO, DEFLATED), before=b"#!" * 99)
    )
    assert contents(PackedStore([tmp_path / "a.zip"])) == {"a.jpg": PHOTO, "b.jpg": PHOTO}


def test_zip64_and_a_comment(tmp_path: Path) -> None:
    entries = Entry("a.jpg", PHOTO), Entry("b.jpg", PHOTO, DEFLATED)
    for long in (False, True):
        assert contents(store(tmp_path, zipped(*entries, long=long, comment=b"PK\x05" * 9))) == {
            "a.jpg": PHOTO,
            "b.jpg": PHOTO,
        }


def test_zip64_for_more_files_than_the_old_end_can_count(tmp_path: Path) -> None:
    """Its list is short and lies near: of the old end only the counts, which nothing needs, are too small."""
    data = zipped(Entry("a.jpg", PHOTO), Entry("b.jpg", PHOTO, DEFLATED))
    at = data.rfind(b"PK\x05\x06")
    size, place = struct.unpack_from("<2L", data, at + 12)
    end = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 2, 2, size, place)
    end += struct.pack("<4sLQL", b"PK\x06\x07", 0, at, 1)
    old = data[at : at + 8] + b"\xff" * 4 + data[at + 12 :]
    assert contents(store(tmp_path, data[:at] + end + old)) == {"a.jpg": PHOTO, "b.jpg": PHOTO}


def test_two_files_of_one_name_in_two_parts_are_two(tmp_path: Path) -> None:
    paths = [tmp_path / "one.zip", tmp_path / "two.zip"]
    for path, what in zip(paths, (PHOTO, b"another"), strict=True):
        path.write_bytes(zipped(Entry("IMG_1.jpg", what), Entry("list.json", b"[]")))
    found = PackedStore(paths)
    assert found.names == ("IMG_1.jpg", "list.json", "part 2/IMG_1.jpg")
    assert (found.read("IMG_1.jpg"), found.read("part 2/IMG_1.jpg")) == (PHOTO, b"another")
    with found.source("part 2/IMG_1.jpg") as source:
        assert source.name == f"{paths[1]}/IMG_1.jpg"
    assert not said(found)


@pytest.mark.parametrize("cut", [1, 22, 60, 300])
def test_a_zip_that_is_cut_off(cut: int, tmp_path: Path) -> None:
    found = store(tmp_path, zipped(Entry("a.jpg", PHOTO), Entry("b.jpg", PHOTO))[:-cut])
    assert found.names == () and "get it once more" in said(found)[""]


def test_a_list_that_points_nowhere(tmp_path: Path) -> None:
    found = store(
        tmp_path,
        zipped(Entry("a.jpg", PHOTO, start=1 << 30), Entry("b.jpg", PHOTO), Entry("c.jpg", PHOTO, start=9)),
    )
    assert "points at no file" in said(found)["a.jpg"]
    assert "does not fit what lies there" in refused(found, "c.jpg")


def test_a_local_header_that_says_otherwise(tmp_path: Path) -> None:
    found = store(tmp_path, zipped(Entry("a.jpg", PHOTO, local_packing=8)))
    assert "does not fit what lies there" in refused(found, "a.jpg")


def test_a_list_that_is_damaged_is_read_up_to_there(tmp_path: Path) -> None:
    data = zipped(Entry("a.jpg", PHOTO), Entry("b.jpg", PHOTO))
    at = data.rfind(b"PK\x01\x02")
    found = store(tmp_path, data[:at] + b"XX" + data[at + 2 :])
    assert found.names == ("a.jpg",) and "list of this zip is damaged" in said(found)[""]


def test_too_many_members_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("exposure.stores._zip.MOST_MEMBERS", 3)
    found = store(tmp_path, zipped(*(Entry(f"{n}.jpg", PHOTO) for n in range(5))))
    assert len(found.names) == 3 and said(found)[""] == _listing.TOO_MANY


def test_very_many_that_are_not_looked_at_are_said_together(tmp_path: Path) -> None:
    found = store(tmp_path, zipped(*(Entry(f"{n}.jpg", b"x", flags=1) for n in range(1_500))))
    gaps = [item for item in found.walk() if isinstance(item, Examination)]
    assert len(gaps) == 1_001 and "and 500 more in it: this is locked" in gaps[-1].problems[0].message


def test_an_archive_that_changes_while_it_is_read(tmp_path: Path) -> None:
    found = store(tmp_path, zipped(Entry("a.jpg", PHOTO)))
    os.utime(tmp_path / "a.zip", ns=(1, 1))
    assert "changed while it was being read" in refused(found, "a.jpg")
    with pytest.raises(OSError, match=r"a\.zip"):
        (tmp_path / "a.zip").unlink()
        found.read("a.jpg")


def test_a_part_that_cannot_be_opened_is_said_and_the_others_are_read(tmp_path: Path) -> None:
    (tmp_path / "1.zip").write_bytes(zipped(Entry("1.jpg", PHOTO)))
    found = PackedStore([tmp_path / "1.zip", tmp_path / "2.zip"])
    assert contents(found) == {"1.jpg": PHOTO}
    assert [i.name for i in found.walk()] == [f"{tmp_path}/2.zip", f"{tmp_path}/1.zip/1.jpg"]


def test_what_is_a_zip_is_told_by_its_content(tmp_path: Path) -> None:
    for name, data in {
        "a.jpg": zipped(Entry("a", b"")),
        "b.zip": b"PK",
        "c.zip": b"",
        "d.bin": zipped(),
    }.items():
        (tmp_path / name).write_bytes(data)
    assert [is_packed(tmp_path / name) for name in ("a.jpg", "b.zip", "c.zip", "d.bin", "none")] == [
        True,
        False,
        False,
        True,
        False,
    ]


def test_an_empty_zip_and_a_stored_member_of_no_length(tmp_path: Path) -> None:
    assert store(tmp_path, zipped()).names == ()
    assert contents(store(tmp_path, zipped(Entry("a.jpg"), Entry("b.jpg", b"", DEFLATED)))) == {
        "a.jpg": b"",
        "b.jpg": b"",
    }
    assert MOST_GROWTH > 1_032


def test_a_name_that_is_not_there(tmp_path: Path) -> None:
    found = store(tmp_path, zipped(Entry("a.jpg", PHOTO)))
    assert not found.has("b.jpg")
    with pytest.raises(KeyError):
        found.source("b.jpg")
    assert all(isinstance(item, FileSource) for item in found.walk())


@pytest.mark.parametrize(
    "data",
    [
        zipped(Entry("hidden.jpg", PHOTO)) + zipped(Entry("shown.jpg", PHOTO)),
        zipped(Entry("hidden.jpg", PHOTO), comment=b"PK\x05\x06" + bytes(18)),
    ],
)
def test_files_before_the_first_of_the_list_are_told_of(data: bytes, tmp_path: Path) -> None:
    found = store(tmp_path, data)
    assert "hidden.jpg" not in found.names and "before the first file of its list" in said(found)[""]
    assert not said(store(tmp_path, zipped(Entry("d/", attributes=0o40755 << 16), Entry("d/a.jpg", PHOTO))))
