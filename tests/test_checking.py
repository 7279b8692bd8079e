"""What is new since a baseline: in one photo by its content, in many photos by most of them."""

from __future__ import annotations

import base64
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exposure import checking
from exposure.archives import sources
from exposure.baseline import Baseline, read, write
from exposure.checking import Asked, Checked, check
from exposure.collection import NONE, Collection
from exposure.examining import examine
from exposure.model import (
    Claim,
    CollectionFinding,
    Confidence,
    Depth,
    Examination,
    Level,
    Question,
    Settings,
)
from exposure.scanning import FEW
from exposure.source import FileSource
from tests.make.jpeg import comment, exif, jpeg
from tests.make.tiff import tiff

HERE = jpeg(exif(tiff(position=(51.501234, -0.141234))))
NAMED = jpeg(exif(tiff(Artist="Zebedee Quillfeather", BodySerialNumber="QX7730915")))
PLAIN = jpeg()
VIDEO = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom"
SETTINGS = Settings(depth=Depth.DEEP, today="2026-11-21")


class Told:
    """What a check tells, for tests."""

    def __init__(self) -> None:
        self.rules: dict[str, list[str]] = {}
        self.gaps: list[str] = []

    def __call__(self, examination: Examination, gap: bool) -> None:
        name = Path(examination.name).name
        if examination.findings:
            self.rules[name] = sorted(f.rule for f in examination.findings)
        if gap:
            self.gaps.append(name)


def checked(*paths: Path, least: Level = Level.HIGH, **more: Any) -> tuple[Told, Checked]:
    told = Told()
    beside = tuple(map(str, more.pop("beside", ())))
    asked = Asked(tuple(map(str, paths)), SETTINGS, least, beside, **more)
    return told, check(asked, told)


def updated(*paths: Path, **more: Any) -> Baseline:
    """The baseline that accepts what is there."""
    return checked(*paths, update=True, **more)[1].baseline


def test_what_counts_is_new_until_it_is_accepted(tmp_path: Path) -> None:
    (tmp_path / "here.jpg").write_bytes(HERE)
    (tmp_path / "plain.jpg").write_bytes(PLAIN)
    told, first = checked(tmp_path)
    assert told.rules == {"here.jpg": ["gps-position"]}
    assert (first.photos, first.new, first.accepted) == (2, 1, 0)
    told, second = checked(tmp_path, baseline=updated(tmp_path))
    assert told.rules == {}
    assert (second.photos, second.new, second.accepted, second.gone) == (2, 0, 1, 0)


def test_only_what_counts_is_accepted(tmp_path: Path) -> None:
    """Nobody has seen what lies below the level that was asked for."""
    (tmp_path / "named.jpg").write_bytes(NAMED)
    high, low = updated(tmp_path), updated(tmp_path, least=Level.LOW)
    assert not high.findings
    told, _ = checked(tmp_path, least=Level.LOW, baseline=high)
    assert {"owner-name", "serial-number"} <= set(told.rules["named.jpg"])
    assert checked(tmp_path, least=Level.LOW, baseline=low)[1].new == 0


def test_what_was_accepted_stays_so_below_the_level(tmp_path: Path) -> None:
    (tmp_path / "named.jpg").write_bytes(NAMED)
    low = updated(tmp_path, least=Level.LOW)
    again = updated(tmp_path, baseline=low, least=Level.CRITICAL)
    assert again.findings == low.findings


def test_a_new_finding_in_an_accepted_file_is_new(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(jpeg(exif(tiff(position=(51.5, -0.1)))))
    accepted = updated(tmp_path)
    (tmp_path / "a.jpg").write_bytes(jpeg(exif(tiff(position=(51.5, -0.1), Artist="Anna Schmidt"))))
    told, outcome = checked(tmp_path, baseline=accepted)
    assert "gps-position" in told.rules["a.jpg"] and outcome.accepted == 0 and outcome.gone == 1


def test_renaming_and_copying_change_nothing(tmp_path: Path) -> None:
    """An entry says: this rule, in this very file."""
    (tmp_path / "a.jpg").write_bytes(HERE)
    accepted = updated(tmp_path)
    (tmp_path / "deeper").mkdir()
    (tmp_path / "a.jpg").rename(tmp_path / "deeper" / "b.jpg")
    shutil.copy(tmp_path / "deeper" / "b.jpg", tmp_path / "c.jpg")
    told, outcome = checked(tmp_path, baseline=accepted)
    assert told.rules == {} and (outcome.accepted, outcome.gone) == (2, 0)


@given(data=st.data())
@settings(max_examples=30, deadline=None)
def test_any_changed_byte_brings_all_findings_of_its_file_back(data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        here, named = Path(folder, "here.jpg"), Path(folder, "named.jpg")
        here.write_bytes(HERE)
        named.write_bytes(NAMED)
        accepted = updated(Path(folder), least=Level.INFO)
        assert checked(Path(folder), least=Level.INFO, baseline=accepted)[0].rules == {}
        changed = bytearray(HERE)
        changed[data.draw(st.integers(0, len(HERE) - 1))] ^= data.draw(st.integers(1, 255))
        here.write_bytes(changed)
        told, _ = checked(Path(folder), least=Level.INFO, baseline=accepted)
        all_told, _ = checked(here, least=Level.INFO)
        assert told.rules == all_told.rules and told.gaps == all_told.gaps
        here.rename(Path(folder, "elsewhere.jpg"))
        assert "named.jpg" not in checked(Path(folder), least=Level.INFO, baseline=accepted)[0].rules


@given(st.permutations(["HERE", "NAMED", "PLAIN"]), st.integers(0, 3))
@settings(max_examples=15, deadline=None)
def test_update_then_check_finds_nothing_new_whatever_the_files_are_called(
    order: list[str], number: int
) -> None:
    contents = {"HERE": HERE, "NAMED": NAMED, "PLAIN": PLAIN}
    with TemporaryDirectory() as folder:
        for place, name in enumerate(order[:number]):
            Path(folder, f"{place}.jpg").write_bytes(contents[name])
        first = updated(Path(folder), least=Level.INFO)
        write(Path(folder, "b.json"), first)
        then = read(Path(folder, "b.json"))
        _, outcome = checked(Path(folder), least=Level.INFO, baseline=then)
        assert (outcome.new, outcome.unread, outcome.gone) == (0, 0, 0)
        assert updated(Path(folder), least=Level.INFO, baseline=then) == then


def test_what_is_gone_is_counted_and_dropped_for_folders_only(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(HERE)
    (tmp_path / "b.jpg").write_bytes(HERE + b" ")
    accepted = updated(tmp_path)
    assert len(accepted.findings) == 2
    (tmp_path / "b.jpg").unlink()
    assert checked(tmp_path, baseline=accepted)[1].gone == 1
    assert len(updated(tmp_path, baseline=accepted).findings) == 1
    assert checked(tmp_path / "a.jpg", baseline=accepted)[1].gone == 0
    assert updated(tmp_path / "a.jpg", baseline=accepted) == accepted


def test_a_file_that_cannot_be_read_is_told_until_it_is_accepted_as_such(tmp_path: Path) -> None:
    (tmp_path / "cut.jpg").write_bytes(HERE[:-20])
    (tmp_path / "film.mp4").write_bytes(VIDEO)
    (tmp_path / "letter.txt").write_text("Dear Ann")
    told, outcome = checked(tmp_path)
    assert told.gaps == ["cut.jpg", "film.mp4"] and outcome.unread == 2
    accepted = updated(tmp_path)
    told, outcome = checked(tmp_path, baseline=accepted)
    assert told.gaps == [] and (outcome.unread, outcome.unread_accepted) == (0, 2)
    (tmp_path / "cut.jpg").write_bytes(HERE[:-21])
    assert checked(tmp_path, baseline=accepted)[0].gaps == ["cut.jpg"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no pipes")
def test_what_cannot_be_opened_is_never_accepted(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")
    accepted = updated(tmp_path)
    assert not accepted.findings
    assert checked(tmp_path, baseline=accepted)[0].gaps == ["pipe.jpg"]


def test_a_file_that_changes_while_it_is_read_is_not_accepted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.jpg").write_bytes(HERE)
    accepted = updated(tmp_path)

    def changing(source: Any, settings: Settings, real: Any = examine) -> Examination:
        found: Examination = real(source, settings)
        os.utime(source.path, (1, 1))
        return found

    monkeypatch.setattr(checking, "examine", changing)
    assert checked(tmp_path, baseline=accepted)[1].new == 1


def test_a_file_that_lies_in_several_paths_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.jpg").write_bytes(HERE)
    twice = tmp_path / "in" / ".." / "in" / "a.jpg"
    assert checked(tmp_path, tmp_path / "in", twice)[1].photos == 1
    assert checked(twice, beside=[tmp_path, tmp_path / "in"])[1].photos == 1


def test_files_beside_are_not_told_and_stay_accepted(tmp_path: Path) -> None:
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
    (tmp_path / "old" / "a.jpg").write_bytes(HERE)
    (tmp_path / "old" / "cut.jpg").write_bytes(HERE[:-20])
    (tmp_path / "new" / "b.jpg").write_bytes(PLAIN)
    told, outcome = checked(tmp_path / "new", beside=[tmp_path / "old"])
    assert told.rules == {} and told.gaps == []
    assert (outcome.photos, outcome.new, outcome.unread, outcome.unread_beside) == (1, 0, 0, 1)
    accepted = updated(tmp_path / "old")
    again = updated(tmp_path / "new", beside=[tmp_path / "old"], baseline=accepted)
    assert again.findings == accepted.findings


def test_workers_find_what_one_process_finds(tmp_path: Path) -> None:
    for n in range(FEW + 5):
        (tmp_path / f"{n:03}.jpg").write_bytes(HERE + b" " * n)
    first = checked(tmp_path, jobs=1)[0]
    accepted = updated(tmp_path, jobs=1)
    second, outcome = checked(tmp_path, jobs=2, baseline=accepted)
    assert len(first.rules) == outcome.accepted == FEW + 5 and second.rules == {}


def test_a_file_that_is_given_up_can_be_accepted(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(PLAIN)
    (source,) = sources([tmp_path])
    looked = checking._given_up(checking._Item(source, True), "this file took too long", SETTINGS)
    assert looked.digest == hashlib.sha256(PLAIN).digest() and looked.examination.problems


# Many photos together


def homes(collection: Collection) -> list[Claim]:
    """Three photos of one camera are a home: enough to see what becomes of a claim."""
    by_device: dict[int, list[int]] = {}
    for place, device in enumerate(collection.device):
        if device != NONE and place not in collection.left_out:
            by_device.setdefault(device, []).append(place)
    return [
        Claim(
            "likely-home",
            Level.CRITICAL,
            Confidence.FIRM if len(photos) > 3 else Confidence.TENTATIVE,
            Question.WHERE,
            f"A stranger would guess where you live: {collection.devices[device][1]}",
            (),
            (),
            photos,
        )
        for device, photos in by_device.items()
        if len(photos) > 2
    ]


def plan(collection: Collection, claims: Sequence[Claim]) -> list[CollectionFinding]:
    """In the other order, with one more finding, as a plan may do."""

    def finding(claim: Claim) -> CollectionFinding:
        photos = tuple(collection.names[place] for place in claim.photos)
        return CollectionFinding(
            claim.rule,
            claim.level,
            claim.confidence,
            claim.question,
            claim.message,
            claim.why,
            (),
            photos,
            photos,
            "",
        )

    first = Claim("fix-first", Level.INFO, Confidence.FIRM, Question.WHERE, "Clean these.", (), (), ())
    return [finding(first), *map(finding, reversed(claims))]


@pytest.fixture
def inferring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "inferred", homes)
    monkeypatch.setattr(checking, "planned", plan)


At = Callable[[str, int], list[Path]]


@pytest.fixture
def at(tmp_path: Path, inferring: None) -> At:
    """Write so many more photos with this camera."""
    numbers = count()

    def write(model: str, number: int) -> list[Path]:
        paths = []
        for _ in range(number):
            n = next(numbers)
            paths.append(tmp_path / f"{model} {n}.jpg")
            paths[-1].write_bytes(jpeg(exif(tiff(Model=model)), comment(f"number {n}")))
        return paths

    return write


def names(outcome: Checked) -> list[tuple[str, ...]]:
    return [tuple(Path(p).name for p in new.newly) for new in outcome.together]


def test_what_many_photos_tell_is_new_until_it_is_accepted(tmp_path: Path, at: At) -> None:
    at("one", 5)
    _, first = checked(tmp_path)
    assert [n.finding.rule for n in first.together] == ["likely-home"] and first.new == 1
    accepted = updated(tmp_path)
    _, second = checked(tmp_path, baseline=accepted)
    assert not second.together and (second.new, second.accepted, second.gone) == (0, 1, 0)


def test_it_stays_accepted_when_other_photos_come_and_one_of_its_own_goes(tmp_path: Path, at: At) -> None:
    own = at("one", 6)
    accepted = updated(tmp_path)
    at("other", 2)
    own[0].unlink()
    own[1].rename(tmp_path / "renamed.jpg")
    at("one", 1)
    assert checked(tmp_path, baseline=accepted)[1].new == 0


def test_another_home_is_new(tmp_path: Path, at: At) -> None:
    at("one", 5)
    accepted = updated(tmp_path)
    two = at("two", 5)
    _, outcome = checked(tmp_path, baseline=accepted)
    assert [n.finding.fix for n in outcome.together] == [tuple(map(str, two))] and outcome.accepted == 1
    assert names(outcome) == [()]  # all its photos are new: there is no “these photos” without them


def test_each_claim_gets_its_own_plan(tmp_path: Path, at: At) -> None:
    one, two = at("one", 3), at("two", 4)
    _, outcome = checked(tmp_path)
    assert {n.finding.message[-3:]: n.finding.fix for n in outcome.together} == {
        "one": tuple(map(str, one)),
        "two": tuple(map(str, two)),
    }


def test_the_third_picture_completes_home(tmp_path: Path, at: At) -> None:
    at("one", 2)
    accepted = updated(tmp_path)
    assert not accepted.claims
    (third,) = at("one", 1)
    _, outcome = checked(tmp_path, baseline=accepted)
    assert names(outcome) == [(third.name,)]
    _, hook = checked(third, beside=[tmp_path])
    assert names(hook) == [(third.name,)]
    _, alone = checked(tmp_path)
    assert names(alone) == [()]  # without a baseline nothing is known to be new


def test_a_claim_that_becomes_surer_is_new_and_says_with_what(tmp_path: Path, at: At) -> None:
    at("one", 3)
    accepted = updated(tmp_path)
    (fourth,) = at("one", 1)
    assert names(checked(tmp_path, baseline=accepted)[1]) == [(fourth.name,)]


def test_a_claim_that_was_there_before_does_not_blame_the_new_photo(tmp_path: Path, at: At) -> None:
    at("one", 4)
    (fifth,) = at("one", 1)
    _, outcome = checked(fifth, beside=[tmp_path])
    assert names(outcome) == [()] and outcome.new == 1


def test_what_only_photos_beside_tell_is_not_told(tmp_path: Path, at: At) -> None:
    at("one", 4)
    (other,) = at("two", 1)
    assert checked(other, beside=[tmp_path])[1].new == 0


def test_what_is_gone_from_many_photos_is_dropped_for_folders_only(tmp_path: Path, at: At) -> None:
    own = at("one", 4)
    accepted = updated(tmp_path)
    assert len(accepted.claims) == 1
    for path in own[1:]:
        path.unlink()
    assert checked(tmp_path, baseline=accepted)[1].gone == 1
    assert not updated(tmp_path, baseline=accepted).claims
    assert updated(own[0], baseline=accepted) == accepted


def test_an_update_follows_a_claim_that_grows(tmp_path: Path, at: At) -> None:
    at("one", 4)
    accepted = updated(tmp_path)
    at("one", 3)
    accepted = updated(tmp_path, baseline=accepted)
    at("one", 5)
    assert checked(tmp_path, baseline=accepted)[1].new == 0  # 7 of 12; it would be 4 of 12 without the update


def test_another_home_does_not_hide_that_one_is_completed(tmp_path: Path, at: At) -> None:
    at("one", 2)
    at("two", 5)
    accepted = updated(tmp_path)
    (third,) = at("one", 1)
    assert names(checked(tmp_path, baseline=accepted)[1]) == [(third.name,)]


def test_photos_that_change_while_they_are_read_carry_no_claim(
    tmp_path: Path, at: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their digests are not known: they stand for nothing, and for none of the others."""
    own = at("one", 3)
    accepted = updated(tmp_path)
    moving = [tmp_path / f"a {n}.jpg" for n in range(3)]  # before the others
    for path in moving:
        path.write_bytes(PLAIN)

    def digest(source: FileSource, seen: Any = None, real: Any = checking._digest) -> bytes:
        found: bytes = real(source, seen)
        return b"" if Path(source.path) in moving else found

    monkeypatch.setattr(checking, "_digest", digest)
    assert checked(tmp_path, baseline=accepted)[1].new == 0
    moving += own
    _, outcome = checked(tmp_path, update=True)
    assert outcome.new == 1 and not outcome.baseline.claims and not outcome.baseline.photos


# What the baseline tells


def spellings(value: str) -> Iterator[bytes]:
    """A value as it could be hashed or written."""
    for text in {value, value.lower(), value.upper(), value.strip(), value + "\n"}:
        yield text.encode()
        yield text.encode("utf-16-le")


def traces(plain: bytes, salt: bytes) -> Iterator[str]:
    """What would stand in the file if it held this, or a hash of it alone."""
    for joined in (plain, salt + plain, plain + salt, salt.hex().encode() + plain):
        for algorithm in ("md5", "sha1", "sha256", "sha512", "blake2b", "sha3_256"):
            digest = hashlib.new(algorithm, joined).digest()
            yield digest.hex()[:16]
            yield base64.b64encode(digest).decode()[:16]
    yield plain.hex()
    yield base64.b64encode(plain).decode().rstrip("=")
    yield plain.decode("latin-1")


def positions(latitude: float, longitude: float) -> Iterator[str]:
    for digits in range(7):
        yield f"{latitude:.{digits}f},{longitude:.{digits}f}"
        yield f"{latitude:.{digits}f}, {longitude:.{digits}f}"
        yield f"{latitude:.{digits}f} {longitude:.{digits}f}"
        yield f"geo:{latitude:.{digits}f},{longitude:.{digits}f}"
        yield f"{longitude:.{digits}f},{latitude:.{digits}f}"
        yield f"{latitude:.{digits}f}"
        yield f"{longitude:.{digits}f}"


def test_the_baseline_tells_nothing_and_nothing_can_be_guessed_back(tmp_path: Path) -> None:
    folder = tmp_path / "Quillfeather family"
    folder.mkdir()
    for n in range(3):
        path = folder / f"passport of Zebedee {n}.jpg"
        path.write_bytes(
            jpeg(
                exif(
                    tiff(
                        position=(51.501234, -0.141234),
                        Artist="Zebedee Quillfeather",
                        BodySerialNumber="QX7730915",
                        DateTimeOriginal="2024:05:03 18:00:00",
                    )
                ),
                comment(f"our home, number {n}"),
            )
        )
    accepted = updated(folder, least=Level.INFO)
    write(tmp_path / "b.json", accepted)
    text = (tmp_path / "b.json").read_text("ascii")
    assert len(accepted.findings) > 10 and accepted.claims and len(accepted.photos) == 3
    secrets = [
        *(
            "Zebedee Quillfeather",
            "Zebedee",
            "QX7730915",
            "2024:05:03 18:00:00",
            "2024-05-03T18:00:00",
            "2024-05-03",
        ),
        *positions(51.501234, -0.141234),
        *(str(p) for p in (folder, *folder.iterdir())),
        *(p.name for p in (folder, *folder.iterdir())),
        *(p.stem for p in folder.iterdir()),
        *(p.relative_to(tmp_path).as_posix() for p in folder.iterdir()),
        *("our home, number 0", "EXIF:GPS IFD:GPSLatitude", "EXIF:IFD0:Artist"),
    ]
    rules = {rule for rule, _ in accepted.findings} | {claim.rule for claim in accepted.claims}
    secrets += [word for rule in rules for word in (rule, f"{rule}:EXIF:GPS IFD:GPSLatitude")]
    for secret in secrets:
        for plain in spellings(secret):
            for trace in traces(plain, accepted.salt):
                assert len(trace) < 4 or trace in rules or trace not in text, (secret, trace)
    for path in folder.iterdir():
        assert hashlib.sha256(path.read_bytes()).hexdigest()[:16] not in text
