"""Cleaning in place, and the way back: nothing is ever lost, whatever the disk, other programs or people do."""

from __future__ import annotations

import errno
import json
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from exposure.cleaning import Cleaned, Outcome, Wishes
from exposure.cleaning import _originals as in_place
from exposure.cleaning._one import Task
from exposure.cleaning._private import prepared
from exposure.cleaning._records import home, records
from exposure.cleaning._renaming import Names, is_neutral
from exposure.cleaning.originals import forget, kept, restore
from exposure.cli import main
from exposure.source import FileSource
from tests.make.jpeg import exif, jpeg
from tests.make.tiff import tiff

ORIGINAL = jpeg(exif(tiff(Make="Acme", position=(51.5, -0.1))))
CLEAN = jpeg()
DAY = 1_600_000_000_123_456_789


@pytest.fixture
def private(tmp_path: Path) -> Path:
    return prepared(str(tmp_path / "private"), [])


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "photos" / "IMG_1.JPG"
    path.parent.mkdir()
    path.write_bytes(ORIGINAL)
    path.chmod(0o640)
    os.utime(path, ns=(DAY, DAY))
    return path


@pytest.fixture
def other_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    def link(*_: object, **__: object) -> None:
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", link)


def clean(path: Path, private: Path, rename: bool = False, modified: float | None = None) -> Cleaned:
    return in_place.cleaned_in_place(Task(FileSource(path), "", Wishes(), modified), private, rename)


def whys(private: Path, *paths: Path) -> list[str]:
    return [one.why for one in restore(private, [str(path) for path in paths])]


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def is_untouched(photo: Path) -> bool:
    """Whether the photo is as it was, with nothing beside it."""
    status = photo.stat()
    return files(photo.parent) == {photo.name: ORIGINAL} and status.st_mtime_ns == DAY


def before(
    monkeypatch: pytest.MonkeyPatch, where: str, happens: Callable[[], object], owner: Any = in_place
) -> None:
    """Have something happen right before a step."""
    real = getattr(owner, where)

    def step(*args: Any, **kwargs: Any) -> Any:
        happens()
        return real(*args, **kwargs)

    monkeypatch.setattr(owner, where, step)


# there and back


def test_the_copy_takes_the_place_and_the_original_is_kept(photo: Path, private: Path) -> None:
    inode = photo.stat().st_ino
    assert clean(photo, private) == Cleaned(str(photo), Outcome.CLEANED, str(photo))
    assert files(photo.parent) == {photo.name: CLEAN}
    (one,) = kept(private)
    assert (one.path, one.size, one.file.read_bytes()) == (str(photo), len(ORIGINAL), ORIGINAL)
    assert one.file.stat().st_ino == inode
    assert one.file.suffix == ".JPG"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_permissions_stay_and_the_date_is_the_one_that_was_asked_for(photo: Path, private: Path) -> None:
    clean(photo, private)
    assert (stat.S_IMODE(photo.stat().st_mode), photo.stat().st_mtime_ns) == (0o640, DAY)
    restore_all(private)
    clean(photo, private, modified=1_000_000_000)
    assert (stat.S_IMODE(photo.stat().st_mode), photo.stat().st_mtime) == (0o640, 1_000_000_000)


def restore_all(private: Path) -> None:
    assert all(not one.why for one in restore(private))


@pytest.mark.parametrize("disk", ["the same disk", "another disk"])
def test_restoring_gives_back_bytes_date_and_permissions(
    disk: str, photo: Path, private: Path, request: pytest.FixtureRequest
) -> None:
    if disk == "another disk":
        request.getfixturevalue("other_disk")
    assert clean(photo, private, modified=0).outcome is Outcome.CLEANED
    assert [one.file.read_bytes() for one in kept(private)] == [ORIGINAL]
    assert whys(private) == [""]
    assert is_untouched(photo)
    assert os.name == "nt" or stat.S_IMODE(photo.stat().st_mode) == 0o640
    assert not list((private / "originals").iterdir())


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="only Linux shows them to Python")
def test_extended_attributes_stay_with_the_original_alone(photo: Path, private: Path) -> None:
    try:
        os.setxattr(photo, "user.xdg.origin.url", b"https://example.org")
    except OSError:
        pytest.skip("this disk keeps no extended attributes")
    clean(photo, private)
    assert os.listxattr(photo) == []
    restore_all(private)
    assert os.listxattr(photo) == ["user.xdg.origin.url"]


def test_a_clean_file_is_not_touched(photo: Path, private: Path) -> None:
    photo.write_bytes(CLEAN)
    os.utime(photo, ns=(DAY, DAY))
    inode = photo.stat().st_ino
    assert clean(photo, private, modified=0).outcome is Outcome.ALREADY
    assert (photo.stat().st_ino, photo.stat().st_mtime_ns) == (inode, DAY)
    assert not list((private / "originals").iterdir())


def test_what_is_no_photo_is_left_out(photo: Path, private: Path) -> None:
    document = photo.with_name("notes.txt")
    document.write_bytes(b"notes")
    assert clean(document, private, rename=True).outcome is Outcome.LEFT_OUT
    assert document.read_bytes() == b"notes"


def test_a_new_name_can_be_undone(photo: Path, private: Path) -> None:
    done = clean(photo, private, rename=True)
    assert is_neutral(Path(done.target).name)
    assert files(photo.parent) == {Path(done.target).name: CLEAN}
    assert clean(Path(done.target), private, rename=True).outcome is Outcome.ALREADY
    assert whys(private) == [""]
    assert is_untouched(photo)


def test_a_clean_file_gets_a_new_name_too(photo: Path, private: Path) -> None:
    photo.write_bytes(CLEAN)
    done = clean(photo, private, rename=True)
    assert done.outcome is Outcome.CLEANED
    assert files(photo.parent) == {Path(done.target).name: CLEAN}
    assert whys(private) == [""]
    assert files(photo.parent) == {photo.name: CLEAN}


def test_several_changes_of_one_file_are_undone_in_turn(photo: Path, private: Path) -> None:
    clean(photo, private)
    photo.write_bytes(jpeg(exif(tiff(Make="Other"))))
    clean(photo, private)
    clean(photo, private, rename=True)
    assert [one.why for one in restore(private, dry=True)] == whys(private)
    assert photo.read_bytes() == jpeg(exif(tiff(Make="Other")))


def test_the_same_photo_may_come_back_and_be_cleaned_again(photo: Path, private: Path) -> None:
    clean(photo, private)
    photo.write_bytes(ORIGINAL)
    assert clean(photo, private).outcome is Outcome.CLEANED
    assert whys(private) == [""]
    assert photo.read_bytes() == ORIGINAL


def test_only_what_lies_under_the_paths_is_restored(photo: Path, private: Path, tmp_path: Path) -> None:
    other = tmp_path / "other" / "a.jpg"
    other.parent.mkdir()
    other.write_bytes(ORIGINAL)
    clean(photo, private)
    clean(other, private)
    (tmp_path / "link").symlink_to(other.parent, target_is_directory=True)
    assert [one.path for one in restore(private, [str(tmp_path / "link")])] == [str(other)]
    assert (photo.read_bytes(), other.read_bytes()) == (CLEAN, ORIGINAL)
    assert [one.path for one in restore(private, [str(photo)], dry=True)] == [str(photo)]
    assert photo.read_bytes() == CLEAN


# what is refused


def test_links_are_refused(photo: Path, private: Path) -> None:
    soft, hard = photo.with_name("soft.jpg"), photo.with_name("hard.jpg")
    soft.symlink_to(photo)
    done = clean(soft, private)
    assert (done.outcome, done.reason) == (
        Outcome.REFUSED,
        "it is a link to another file; name that file itself",
    )
    os.link(photo, hard)
    done = clean(photo, private)
    assert done.outcome is Outcome.REFUSED
    assert "hard link" in done.reason
    assert photo.read_bytes() == soft.read_bytes() == hard.read_bytes() == ORIGINAL


def test_a_linked_folder_leads_to_the_file_itself(photo: Path, private: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(photo.parent, target_is_directory=True)
    assert clean(tmp_path / "link" / photo.name, private).target == str(tmp_path / "link" / photo.name)
    assert [one.path for one in kept(private)] == [str(photo)]


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS])
def test_a_read_only_folder_is_refused(
    number: int, photo: Path, private: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.open

    def refusing(path: Any, flags: int, *rest: Any, **more: Any) -> int:
        if flags & os.O_CREAT and Path(path).parent == photo.parent:
            raise OSError(number, os.strerror(number), str(path))
        return real(path, flags, *rest, **more)

    monkeypatch.setattr(os, "open", refusing)
    done = clean(photo, private)
    assert (done.outcome, "nothing can be written" in done.reason) == (Outcome.REFUSED, True)
    assert is_untouched(photo)


# what goes wrong


@pytest.mark.parametrize("step", ["write", "save", "settle", "link", "digest_at"])
def test_a_full_disk_changes_nothing(
    step: str, photo: Path, private: Path, monkeypatch: pytest.MonkeyPatch, other_disk: None
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(in_place, step, full) if step != "link" else before(
        monkeypatch, "duplicate", lambda: full()
    )
    done = clean(photo, private)
    assert (done.outcome, done.reason) == (
        Outcome.FAILED,
        f"the system said: {os.strerror(errno.ENOSPC).lower()}",
    )
    assert is_untouched(photo)
    assert not list(kept(private))
    monkeypatch.undo()
    assert clean(photo, private).outcome is Outcome.CLEANED
    assert whys(private) == [""]


def test_a_disk_that_is_full_before_the_copy_is_whole(
    photo: Path, private: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    assert clean(photo, private).outcome is Outcome.FAILED
    assert is_untouched(photo)


@pytest.mark.parametrize("where", ["_record", "_swap", "_keep", "_must_be"])
@pytest.mark.parametrize("how", ["written to", "replaced", "taken away"])
def test_a_file_that_somebody_changes_meanwhile_is_left_alone(
    where: str, how: str, photo: Path, private: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edited = ORIGINAL + b"edited"
    happened: list[str] = []

    def change() -> None:
        if happened:
            return
        happened.append(how)
        if how == "written to":
            photo.write_bytes(edited)
        elif how == "replaced":
            new = photo.with_name("new")
            new.write_bytes(edited)
            new.replace(photo)
        else:
            photo.rename(photo.with_name("moved.jpg"))

    before(monkeypatch, where, change)
    done = clean(photo, private)
    assert happened
    assert done.outcome is Outcome.FAILED
    found = files(photo.parent)
    if how == "taken away":
        assert found == {"moved.jpg": ORIGINAL}
        return
    assert found == {photo.name: edited}
    monkeypatch.undo()
    photo.write_bytes(ORIGINAL)
    os.utime(photo, ns=(DAY, DAY))
    assert clean(photo, private).outcome is Outcome.CLEANED
    assert "" in whys(private)
    assert is_untouched(photo)


def test_a_file_that_is_changed_after_the_last_look_is_kept(
    photo: Path, private: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Written to through its old name: what is kept is the very file, with the change in it."""
    edited = ORIGINAL + b"edited"
    before(monkeypatch, "settle", lambda: photo.read_bytes() == ORIGINAL and photo.write_bytes(edited))
    clean(photo, private)
    assert edited in {photo.read_bytes(), *(one.file.read_bytes() for one in kept(private))}


def cannot_replace(monkeypatch: pytest.MonkeyPatch, photo: Path) -> None:
    real = Path.replace

    def replace(path: Path, target: Path) -> Path:
        if target == photo:
            raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))
        return real(path, target)

    monkeypatch.setattr(Path, "replace", replace)


def test_an_original_that_keeps_its_place_is_not_kept_elsewhere(
    photo: Path, private: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cannot_replace(monkeypatch, photo)
    assert clean(photo, private).outcome is Outcome.FAILED
    assert is_untouched(photo)
    assert photo.stat().st_nlink == 1
    assert not list((private / "originals").iterdir())


def test_what_was_kept_before_stays_when_a_later_run_fails(
    photo: Path, private: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clean(photo, private)
    photo.write_bytes(ORIGINAL)
    cannot_replace(monkeypatch, photo)
    assert clean(photo, private).outcome is Outcome.FAILED
    assert [one.file.read_bytes() for one in kept(private)] == [ORIGINAL]


def test_an_original_that_somebody_replaced_after_it_was_kept_stays_kept(
    photo: Path, private: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = photo.with_name("new")
    new.write_bytes(b"new")
    before(monkeypatch, "_must_be", lambda: list(kept(private)) and new.exists() and new.replace(photo))
    assert clean(photo, private).outcome is Outcome.FAILED
    assert photo.read_bytes() == b"new"
    assert [one.file.read_bytes() for one in kept(private)] == [ORIGINAL]


def test_two_runs_on_the_same_file_lose_nothing(
    photo: Path, private: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    other = prepared(str(tmp_path / "other"), [])
    for place in (private, other):
        started: list[Outcome] = []

        def meanwhile(started: list[Outcome] = started) -> None:
            if not started:
                started.append(Outcome.FAILED)
                started.append(clean(photo, private).outcome)

        with monkeypatch.context() as patched:
            before(patched, "locked", meanwhile)
            assert clean(photo, place).outcome is Outcome.FAILED
        assert started[1] is Outcome.CLEANED
        assert photo.read_bytes() == CLEAN
        assert whys(private) == [""]
        assert is_untouched(photo)


def stopped(photo: Path, private: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is left of a run that dies right before the copy takes the original's place."""

    class Dead(BaseException):
        pass

    def die(*_: object) -> None:
        if list(kept(private)):
            raise Dead

    with monkeypatch.context() as patched:
        patched.setattr(in_place, "_must_be", die)
        patched.setattr(in_place, "drop", lambda *_: None)
        with pytest.raises(Dead):
            clean(photo, private)
    assert [one.file.read_bytes() for one in kept(private)] == [ORIGINAL]


def test_a_second_run_completes_what_a_stopped_one_left(
    photo: Path, private: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped(photo, private, monkeypatch)
    assert clean(photo, private).outcome is Outcome.CLEANED
    assert whys(private) == [""]
    assert is_untouched(photo)


def test_a_stopped_run_does_not_make_an_edited_photo_a_link_for_ever(
    photo: Path, private: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped(photo, private, monkeypatch)
    edited = jpeg(exif(tiff(Make="Edited")))
    photo.write_bytes(edited)
    assert clean(photo, private).outcome is Outcome.CLEANED
    assert whys(private) == [""]
    assert photo.read_bytes() == edited


def test_restoring_after_a_stopped_run_has_nothing_to_move(
    photo: Path, private: Path, monkeypatch: pytest.MonkeyPatch, other_disk: None
) -> None:
    stopped(photo, private, monkeypatch)
    assert whys(private) == [""]
    assert is_untouched(photo)
    assert not list(kept(private))


# what is in the way of restoring


def test_a_copy_that_the_person_edited_stays_and_so_does_the_original(photo: Path, private: Path) -> None:
    clean(photo, private)
    photo.write_bytes(CLEAN + b"edited")
    (one,) = kept(private)
    assert whys(private) == [f"something else is there now, which stays. The original is {one.file}"]
    assert (photo.read_bytes(), one.file.read_bytes()) == (CLEAN + b"edited", ORIGINAL)


def test_a_copy_that_is_edited_at_the_last_moment_stays(
    photo: Path, private: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from exposure.cleaning import originals

    clean(photo, private)
    before(monkeypatch, "_put_back", lambda: photo.write_bytes(b"edited"), originals)
    (why,) = whys(private)
    assert "something else" in why
    assert photo.read_bytes() == b"edited"
    assert [one.file.read_bytes() for one in kept(private)] == [ORIGINAL]
    assert not list(photo.parent.glob(".exposure-*"))


@pytest.mark.parametrize("what", ["folder", "link"])
def test_a_folder_or_a_link_in_its_place_stays(what: str, photo: Path, private: Path) -> None:
    clean(photo, private)
    photo.unlink()
    photo.mkdir() if what == "folder" else photo.symlink_to("nowhere")
    (why,) = whys(private)
    assert "something else" in why
    assert photo.is_dir() or photo.is_symlink()


def test_a_copy_that_was_removed_is_no_hindrance(photo: Path, private: Path) -> None:
    clean(photo, private)
    photo.unlink()
    assert whys(private) == [""]
    assert is_untouched(photo)


def test_a_folder_that_is_gone_is_said(photo: Path, private: Path) -> None:
    clean(photo, private)
    photo.unlink()
    photo.parent.rmdir()
    (one,) = kept(private)
    assert whys(private) == [f"its folder is not there. The original is {one.file}"]
    assert not photo.parent.exists()


def test_an_original_that_was_put_back_by_hand_needs_no_restoring(photo: Path, private: Path) -> None:
    clean(photo, private)
    (one,) = kept(private)
    photo.write_bytes(one.file.read_bytes())
    assert whys(private) == [""]
    assert not list(kept(private))
    clean(photo, private)
    (one,) = kept(private)
    one.file.replace(photo)
    assert whys(private) == []
    assert photo.read_bytes() == ORIGINAL


def test_an_original_that_is_gone_or_damaged_is_said(photo: Path, private: Path) -> None:
    clean(photo, private)
    (one,) = kept(private)
    one.file.write_bytes(ORIGINAL[:-1] + b"?")
    assert "not what it was" in whys(private)[0]
    assert photo.read_bytes() == CLEAN
    one.file.unlink()
    assert "not in" in whys(private)[0]


@pytest.mark.parametrize(
    "damage", [b"", b"[]", b"{}", b'{"path": 1}', b"\xff", {"kept": "../../x"}, {"size": "1"}]
)
def test_a_damaged_record_costs_only_itself(
    damage: bytes | dict[str, str], photo: Path, private: Path
) -> None:
    other = photo.with_name("b.jpg")
    other.write_bytes(ORIGINAL)
    clean(photo, private)
    clean(other, private)
    (file,) = home(private, photo).glob("record-*")
    file.write_bytes(
        damage if isinstance(damage, bytes) else json.dumps(json.loads(file.read_bytes()) | damage).encode()
    )
    one, stray = restore(private)
    assert (one.path, one.why, other.read_bytes()) == (str(other), "", ORIGINAL)
    assert "nothing says any more" in stray.why
    assert Path(stray.path).read_bytes() == ORIGINAL


def test_a_renamed_file_that_is_gone_or_in_the_way_is_said(photo: Path, private: Path) -> None:
    photo.write_bytes(CLEAN)
    done = clean(photo, private, rename=True)
    photo.write_bytes(b"new")
    assert "something else" in whys(private)[0]
    photo.unlink()
    Path(done.target).unlink()
    assert "only its name was remembered" in whys(private)[0]


# the commands


def test_restore_says_what_it_did(photo: Path, private: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["restore", "--private", str(private)]
    assert main(words) == 0
    assert "nothing to restore" in capsys.readouterr().out
    clean(photo, private)
    assert main([*words, "--dry-run"]) == 0
    assert "1 photo would be back as before." in capsys.readouterr().out
    photo.write_bytes(b"edited")
    assert main(words) == 1
    out = capsys.readouterr().out
    assert "Not restored" in out
    assert str(next(kept(private)).file) in out
    photo.unlink()
    assert main([*words, str(photo.parent)]) == 0
    assert f"Restored: {photo}\n" in capsys.readouterr().out
    assert is_untouched(photo)
    assert main(["restore", "--private", str(private / "nowhere")]) == 2


def test_forget_removes_names_and_lists_originals(
    photo: Path, private: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["forget", "--private", str(private)]
    Names(tmp_path, private).name_for("/a.jpg", ".jpg")
    named = photo.with_name("named.jpg")
    named.write_bytes(CLEAN)
    clean(named, private, rename=True)
    clean(photo, private)
    assert main([*words, "--dry-run"]) == 0
    assert "Would forget 2 new names" in capsys.readouterr().out
    assert forget(private, dry=True) == (2, 2)
    assert main(words) == 0
    out = capsys.readouterr().out
    assert "Forgot 2 new names of photos in 2 folders" in out
    assert "1 original (about 0.1 MB) stays" in out
    assert f"\n  {private / 'originals'}\n" in out and f"\n  {photo}\n" in out
    assert f"exposure restore --private {private}\n" in out
    assert whys(private) == [""]
    assert main(words) == 0
    assert "nothing to forget" in capsys.readouterr().out
    assert not private.exists()


def test_forget_leaves_what_restoring_needs(photo: Path, private: Path) -> None:
    clean(photo, private)
    clean(photo, private, rename=True)
    assert forget(private) == (0, 0)
    assert whys(private) == [""]
    assert is_untouched(photo)


def test_forget_touches_nothing_that_is_not_its_own(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    for name in ("names/list.jsonl", "originals/x/original.jpg", "README.txt", "a.jpg"):
        (mine / name).parent.mkdir(parents=True, exist_ok=True)
        (mine / name).write_bytes(b"{}")
    before_ = files(mine)
    assert forget(mine) == (0, 0)
    assert {k: v for k, v in files(mine).items() if k != ".lock"} == before_


def test_nothing_is_made_where_nothing_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("exposure.cleaning._private.place", lambda _: tmp_path / "none")
    assert main(["restore"]) == 0
    assert main(["forget"]) == 0
    assert "nothing to forget" in capsys.readouterr().out
    assert not (tmp_path / "none").exists()


def test_a_record_is_plain_to_read(photo: Path, private: Path) -> None:
    clean(photo, private)
    (record,) = records(home(private, photo))
    (file,) = home(private, photo).glob("record-*.json")
    assert json.loads(file.read_bytes()) == record._asdict()
    assert (record.path, record.size, record.copy_size) == (str(photo), len(ORIGINAL), len(CLEAN))
