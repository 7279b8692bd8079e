from __future__ import annotations

import gzip
import io
import pickle
import random
import tarfile
from pathlib import Path

import pytest

from exposure.errors import MalformedFile
from exposure.members import HeldMember
from exposure.model import Examination
from exposure.stores import PackedStore, is_packed
from tests.make.zips import pax, tar_entry, tarred

PHOTO = b"\xff\xd8" + b"picture" * 100
each_packing = pytest.mark.parametrize("packed", [False, True], ids=["tar", "tar.gz"])


def store(at: Path, data: bytes, packed: bool = False) -> PackedStore:
    (at / "a").write_bytes(gzip.compress(data) if packed else data)
    return PackedStore([at / "a"])


def contents(store: PackedStore) -> dict[str, bytes]:
    return {name: store.read(name) for name in store.names}


def said(store: PackedStore) -> dict[str, str]:
    found = [item for item in store.walk() if isinstance(item, Examination)]
    return {item.name.removeprefix(store.path).lstrip("/"): item.problems[0].message for item in found}


@each_packing
@pytest.mark.parametrize("kind", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_what_programs_write(kind: int, packed: bool, tmp_path: Path) -> None:
    names = ["a.jpg", "Fotos/é.jpg", "deep/" * 25 + "b.jpg"]
    names += ["n" * 150 + ".jpg"] if kind != tarfile.USTAR_FORMAT else []
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=kind) as archive:
        folder = tarfile.TarInfo("Fotos")
        folder.type = tarfile.DIRTYPE
        archive.addfile(folder)
        for name in names:
            entry = tarfile.TarInfo(f"./{name}")
            entry.size = len(PHOTO)
            archive.addfile(entry, io.BytesIO(PHOTO))
    found = store(tmp_path, out.getvalue(), packed)
    assert contents(found) == dict.fromkeys(names, PHOTO) and not said(found)
    assert is_packed(tmp_path / "a")


@each_packing
def test_another_process_gets_the_bytes_or_the_numbers(packed: bool, tmp_path: Path) -> None:
    found = store(tmp_path, tarred(tar_entry(b"a.jpg", PHOTO)), packed)
    source = found.source("a.jpg")
    assert source.travels == packed * len(PHOTO)
    with pickle.loads(pickle.dumps(source)) as there:
        assert isinstance(there, HeldMember) is packed and there.in_archive
        assert there.name == f"{tmp_path}/a/a.jpg" and there.read(0, there.size) == PHOTO


def test_what_cannot_be_read_for_another_process_is_said_there(tmp_path: Path) -> None:
    found = store(tmp_path, tarred(tar_entry(b"a.jpg", PHOTO)), packed=True)
    source = found.source("a.jpg")
    (tmp_path / "a").write_bytes(b"another")
    with pytest.raises(MalformedFile, match="changed while"), pickle.loads(pickle.dumps(source)):
        pass
    (tmp_path / "a").unlink()
    lost = pickle.loads(pickle.dumps(source))
    (tmp_path / "a").touch()
    with pytest.raises(MalformedFile, match="no such file"), pickle.loads(pickle.dumps(lost)):
        pass


@each_packing
def test_what_is_not_looked_at_says_why_and_the_rest_is_read(packed: bool, tmp_path: Path) -> None:
    entries = [
        tar_entry(b"link.jpg", kind=b"2", link=b"/etc/passwd"),
        tar_entry(b"again.jpg", kind=b"1", link=b"ok.jpg", length=900),
        tar_entry(b"null", kind=b"3"),
        tar_entry(b"pipe", kind=b"6"),
        tar_entry(b"odd", PHOTO, kind=b"V"),
        tar_entry(b"/etc/a.jpg", PHOTO),
        tar_entry(b"../b.jpg", PHOTO),
        tar_entry(b"twice.jpg", b"first"),
        tar_entry(b"twice.jpg", b"second"),
        pax(GNU__sparse__major="1") + tar_entry(b"holes.jpg", PHOTO),
        pax(path="../c.jpg") + tar_entry(b"c.jpg", PHOTO),
        tar_entry(b"inner.tar.gz", PHOTO),
        pax(size=str(len(PHOTO))) + tar_entry(b"ok.jpg", PHOTO, length=0),
        tar_entry(b"folder/", kind=b"5", length=1 << 30),
        tar_entry(b"last.jpg", PHOTO),
    ]
    found = store(tmp_path, tarred(*entries), packed)
    assert found.names == ("inner.tar.gz", "last.jpg", "ok.jpg", "twice.jpg")
    assert found.read("ok.jpg") == PHOTO and found.read("twice.jpg") == b"first"
    why = said(found)
    assert set(why) == {
        *(
            "link.jpg",
            "again.jpg",
            "null",
            "pipe",
            "odd",
            "etc/a.jpg",
            "../b.jpg",
            "twice.jpg",
            "holes.jpg",
            "../c.jpg",
        ),
        "inner.tar.gz",
    }
    assert "link" in why["link.jpg"] and "another name" in why["again.jpg"] and "holes" not in why["odd"]
    assert "leads out" in why["etc/a.jpg"] and "leads out" in why["../c.jpg"]


@each_packing
def test_tars_behind_each_other(packed: bool, tmp_path: Path) -> None:
    one, other = tarred(tar_entry(b"a.jpg", PHOTO)), tarred(tar_entry(b"b.jpg", PHOTO), end=b"")
    assert contents(store(tmp_path, one + other, packed)) == {"a.jpg": PHOTO, "b.jpg": PHOTO}


def test_gzips_behind_each_other_and_zeros(tmp_path: Path) -> None:
    data = tarred(tar_entry(b"a.jpg", PHOTO), tar_entry(b"b.jpg", PHOTO))
    (tmp_path / "a").write_bytes(
        gzip.compress(data[:700]) + gzip.compress(b"") + gzip.compress(data[700:]) + bytes(99)
    )
    found = PackedStore([tmp_path / "a"])
    assert contents(found) == {"a.jpg": PHOTO, "b.jpg": PHOTO} and not said(found)


@each_packing
@pytest.mark.parametrize("cut", [1200, 1400, 1600, 2100])
def test_a_tar_that_is_cut_off(cut: int, packed: bool, tmp_path: Path) -> None:
    data = tarred(tar_entry(b"a.jpg", PHOTO[:400]), tar_entry(b"b.jpg", PHOTO), tar_entry(b"c.jpg", PHOTO))[
        :cut
    ]
    found = store(tmp_path, data, packed)
    assert found.read("a.jpg") == PHOTO[:400]
    lost = [name for name in found.names if name != "a.jpg"]
    for name in lost:
        with pytest.raises(MalformedFile, match="ends before this file does"):
            found.read(name)
    assert bool(lost) or "breaks off" in said(found)[""]


def test_a_gzip_that_is_cut_off_or_damaged(tmp_path: Path) -> None:
    noise = random.Random(1).randbytes(400_000)
    data = bytearray(
        gzip.compress(tarred(tar_entry(b"a.jpg", PHOTO), tar_entry(b"b.jpg", noise), tar_entry(b"c.jpg")))
    )
    (tmp_path / "a").write_bytes(data[:200_000])
    found = PackedStore([tmp_path / "a"])
    assert found.read("a.jpg") == PHOTO and "breaks off" in said(found)[""]
    data[200_000:200_100] = bytes(100)
    data[-2000:-1000] = b"\xff" * 1000
    (tmp_path / "a").write_bytes(data)
    found = PackedStore([tmp_path / "a"])
    assert found.read("a.jpg") == PHOTO and "damaged" in said(found)[""]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"x" * 512, "a number that is none"),
        (b"b" + tar_entry(b"a")[1:], "does not add up"),
        (tar_entry(b"a", b"9" * 20, b"x"), "an extended header that is none"),
        (tar_entry(b"a", b"0 a=b\n", b"x"), "an extended header that is none"),
        (tar_entry(b"a", kind=b"L", length=1 << 30), "a name longer than any real one"),
        (tar_entry(b"a", b"12", b"L", length=600)[:600], "breaks off"),
        (tar_entry(b"a")[:100], "breaks off"),
    ],
)
def test_what_breaks_the_rules_ends_it_and_is_said(data: bytes, why: str, tmp_path: Path) -> None:
    found = store(tmp_path, tar_entry(b"ok.jpg", PHOTO) + data)
    assert contents(found) == {"ok.jpg": PHOTO} and why in said(found)[""]


def test_lengths_in_base_256(tmp_path: Path) -> None:
    def entry(length: bytes) -> bytes:
        head = bytearray(tar_entry(b"a.jpg", PHOTO))
        head[124:136], head[148:156] = length, b" " * 8
        head[148:156] = b"%06o\0 " % sum(head[:512])
        return bytes(head)

    assert contents(store(tmp_path, tarred(entry(b"\x80" + len(PHOTO).to_bytes(11, "big"))))) == {
        "a.jpg": PHOTO
    }
    assert "below zero" in said(store(tmp_path, tarred(entry(b"\xff" * 12))))[""]
    assert "number that is none" in said(store(tmp_path, tarred(entry(b"zzzzzzzzzzz\0"))))[""]
    beyond = store(tmp_path, tarred(entry(b"\x80" + b"\x7f" * 11)))
    with pytest.raises(MalformedFile, match="ends before this file does"):
        beyond.read("a.jpg")
    head = entry(b"\x80" + b"\x7f" * 11)
    with pytest.raises(MalformedFile, match="too large"), store(tmp_path, head, packed=True).source("a.jpg"):
        pass


def test_a_bomb_ends_early(tmp_path: Path) -> None:
    data = tarred(tar_entry(b"a.jpg", PHOTO), tar_entry(b"bomb", bytes(80 << 20)), tar_entry(b"b.jpg", PHOTO))
    found = store(tmp_path, data, packed=True)
    assert found.read("a.jpg") == PHOTO and "grows more than any real one" in said(found)[""]
    with pytest.raises(MalformedFile, match="grows more"), found.source("bomb") as source:
        source.read((80 << 20) - 5, 5)


def test_going_back_and_forth_in_a_packed_tar(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("exposure.members._inflating._APART", 1 << 16)
    monkeypatch.setattr("exposure.members._inflating._MOST_NOTES", 5)
    rng = random.Random(3)
    files = {f"{n:03}.jpg": rng.randbytes(rng.randrange(40_000)) for n in range(100)}
    found = store(
        tmp_path, tarred(*(tar_entry(name.encode(), data) for name, data in files.items())), packed=True
    )
    for name in rng.choices(sorted(files), k=300):
        assert found.read(name) == files[name]
    (tar,) = found._tars.values()
    assert tar is not None and len(tar._notes) <= 5 and len(tar._places) <= 4


def test_a_packed_tar_is_walked_in_its_own_order(tmp_path: Path) -> None:
    data = tarred(tar_entry(b"b.jpg", PHOTO), tar_entry(b"a.jpg", PHOTO))
    for packed, order in ((False, "ab"), (True, "ba")):
        found = store(tmp_path, data, packed)
        assert found.names == ("a.jpg", "b.jpg")
        assert [item.name for item in found.walk()] == [f"{tmp_path}/a/{name}.jpg" for name in order]


def test_what_is_no_tar(tmp_path: Path) -> None:
    for data in (
        b"",
        b"x" * 600,
        gzip.compress(b"x" * 600),
        gzip.compress(b"")[:12],
        b"\x1f\x8b\x08" + b"\xff" * 90,
    ):
        (tmp_path / "a").write_bytes(data)
        assert not is_packed(tmp_path / "a")


def test_a_tar_from_before_there_was_a_word_at_its_beginning(tmp_path: Path) -> None:
    head = bytearray(tar_entry(b"a.jpg", PHOTO))
    head[257:265] = bytes(8)
    head[148:156] = b" " * 8
    head[148:156] = b"%06o\0 " % sum(head[:512])
    found = store(tmp_path, tarred(bytes(head)))
    assert is_packed(tmp_path / "a") and contents(found) == {"a.jpg": PHOTO}
    (tmp_path / "a").write_bytes(bytes(head[:148]) + b"0000000\0" + bytes(head[156:]))
    assert not is_packed(tmp_path / "a")


def test_a_damaged_gzip_that_is_called_a_tar_is_no_other_file(tmp_path: Path) -> None:
    data = gzip.compress(tarred(tar_entry(b"a.jpg", PHOTO)))[:-8] + bytes(8)
    for name, is_told in (("a.tgz", True), ("A.TAR.GZ", True), ("a.jpg", False)):
        (tmp_path / name).write_bytes(data)
        assert is_packed(tmp_path / name) is is_told
    assert "packed data is damaged" in said(PackedStore([tmp_path / "a.tgz"]))[""]
