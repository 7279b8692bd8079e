"""The file of accepted findings: what goes in comes out, what is not one is refused, and claims are known again."""

from __future__ import annotations

import json
import stat
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exposure import baseline
from exposure.baseline import KEPT, Accepted, Baseline, accepted, begun, entry, matched, read, write
from exposure.errors import CannotRun
from exposure.model import Confidence, Level

SALT = bytes(range(16))
RULES = st.sampled_from(("gps-position", "owner-name", "likely-home"))
DIGESTS = st.binary(min_size=32, max_size=32)
HASHES = st.binary(min_size=16, max_size=16).map(bytes.hex)
CLAIMS = st.builds(
    Accepted,
    RULES,
    st.sampled_from(Level),
    st.sampled_from(Confidence),
    st.frozensets(HASHES, min_size=1, max_size=5),
)
BASELINES = st.builds(
    Baseline,
    st.binary(min_size=16, max_size=16),
    st.frozensets(st.tuples(RULES, DIGESTS.map(bytes.hex)), max_size=8),
    st.lists(CLAIMS, max_size=3, unique_by=lambda c: (c.rule, c.pairs)).map(
        lambda claims: tuple(sorted(claims, key=lambda c: (c.rule, sorted(c.pairs))))
    ),
    st.frozensets(HASHES, max_size=8),
)


def digests(*numbers: int) -> list[bytes]:
    return [sha256(number.to_bytes(4, "big")).digest() for number in numbers]


def claim(*numbers: int, rule: str = "likely-home", salt: bytes = SALT) -> Accepted:
    return accepted(salt, rule, Level.CRITICAL, Confidence.FIRM, digests(*numbers))


@given(BASELINES)
def test_what_is_written_is_read(one: Baseline) -> None:
    assert baseline._understood(json.loads(baseline._text(one))) == one


@given(BASELINES)
def test_the_same_content_is_the_same_text_a_hash_a_line(one: Baseline) -> None:
    other = Baseline(one.salt, frozenset(sorted(one.findings)), one.claims[::-1], frozenset(one.photos))
    assert baseline._text(other) == baseline._text(one)
    hashes = [h for _, h in one.findings] + [p for c in one.claims for p in c.pairs] + [*one.photos]
    lines = baseline._text(one).splitlines()
    assert sum(line.strip(' ",') in hashes for line in lines) == len(hashes)


def test_a_finding_is_told_apart_by_file_rule_and_fields_in_any_order() -> None:
    (one, other) = digests(1, 2)
    first = entry(SALT, one, "gps-position", ["EXIF:a", "EXIF:b"])
    assert first == entry(SALT, one, "gps-position", ["EXIF:b", "EXIF:a", "EXIF:a"])
    assert first[0] == "gps-position" and len(first[1]) == 64
    different = {
        first[1],
        entry(SALT, other, "gps-position", ["EXIF:a", "EXIF:b"])[1],
        entry(SALT, one, "owner-name", ["EXIF:a", "EXIF:b"])[1],
        entry(SALT, one, "gps-position", ["EXIF:a"])[1],
        entry(SALT, one, "gps-position", [])[1],
        entry(SALT[::-1], one, "gps-position", ["EXIF:a", "EXIF:b"])[1],
    }
    assert len(different) == 6


def test_two_baselines_share_nothing() -> None:
    """Otherwise two projects could be seen to hold the same photo."""
    one, other = begun(), begun()
    assert one.salt != other.salt
    (digest,) = digests(1)
    assert baseline.photo(one.salt, digest) != baseline.photo(other.salt, digest)
    assert not claim(1, 2, 3, salt=one.salt).pairs & claim(1, 2, 3, salt=other.salt).pairs


@pytest.mark.parametrize(
    "now, same",
    [
        ((1, 2, 3), True),
        ((2, 3), True),  # one of its own is gone
        ((1, 2, 3, 4), True),  # one more at the same place
        ((2, 3, 4, 5), True),  # half others
        ((2, 3, 4, 5, 6), False),  # mostly others
        ((4, 5, 6), False),
        ((1,), False),
    ],
)
def test_a_claim_is_known_by_most_of_its_photos(now: tuple[int, ...], same: bool) -> None:
    assert bool(matched([claim(*now)], [claim(1, 2, 3)])) is same


@given(st.sets(st.integers(0, 10_000), min_size=40, max_size=400), st.integers(0, 3), st.integers(0, 3))
def test_a_large_claim_stays_known_when_a_few_photos_come_and_go(
    photos: set[int], gone: int, more: int
) -> None:
    then = claim(*photos)
    assert len(then.pairs) == KEPT * (KEPT - 1) // 2
    now = claim(*sorted(photos)[gone:], *range(20_000, 20_000 + more))
    assert matched([now], [then]) == {0: 0}


@given(st.integers(1, 200))
def test_a_claim_of_other_photos_is_never_known(number: int) -> None:
    assert not matched([claim(*range(number))], [claim(*range(1_000, 1_000 + number))])


def test_each_accepted_claim_answers_for_one() -> None:
    """A home that falls into two is a new home; the one that shares more is the old one."""
    then = [claim(*range(6))]
    assert matched([claim(0, 1, 2), claim(2, 3, 4, 5)], then) == {1: 0}
    assert matched([claim(*range(6))] * 2, then * 2) == {0: 0, 1: 1}


def test_a_single_photo_is_known_again() -> None:
    assert matched([claim(7)], [claim(7)]) == {0: 0}
    assert not matched([claim(8)], [claim(7)])


def test_what_is_surer_or_worse_or_another_rule_is_new() -> None:
    then = claim(1, 2, 3)
    weaker = then._replace(level=Level.HIGH, confidence=Confidence.TENTATIVE)
    assert matched([weaker], [then]) and not matched([then], [weaker])
    assert not matched([then], [then._replace(level=Level.HIGH)])
    assert not matched([then], [then._replace(confidence=Confidence.TENTATIVE)])
    assert not matched([claim(1, 2, 3, rule="likely-work")], [then])


def test_who_holds_one_photo_learns_nothing_of_a_claim() -> None:
    """Nothing in a claim can be made from one of its photos and what stands in the file."""
    photos = digests(1, 2, 3)
    then = accepted(SALT, "likely-home", Level.CRITICAL, Confidence.FIRM, photos)
    held, *others = (bytes.fromhex(baseline.photo(SALT, photo)) for photo in photos)
    tried = {
        baseline._hash(SALT, "pair", first + second, "likely-home")[:32]
        for mine in (held, photos[0])
        for other in (mine, *others)
        for first, second in ((mine, other), (other, mine))
    }
    assert not tried & then.pairs
    assert then.pairs == claim(1, 2, 3).pairs  # the same way of making them finds them, with all three photos


@pytest.mark.parametrize(
    "content, words",
    [
        (b"", "damaged"),
        (b"\xff\xd8\xff\xe0 a photo", "not a baseline"),
        (b"[" * 100_000, "not a baseline"),
        (b"[]", "did not write it"),
        (b'{"schema": "exposure/1"}', "did not write it"),
        (b'{"schema": ["exposure-baseline/1"]}', "did not write it"),
        (b'{"schema": "exposure-baseline/2"}', "another version"),
        (b'{"schema": "exposure-baseline/1"}', "is damaged"),
    ],
)
def test_what_is_no_baseline_is_refused(content: bytes, words: str, tmp_path: Path) -> None:
    path = tmp_path / "b.json"
    path.write_bytes(content)
    with pytest.raises(CannotRun, match=words):
        read(path)


@pytest.mark.parametrize(
    "change",
    [
        {"salt": "00"},
        {"salt": 7},
        {"findings": []},
        {"findings": {"gps position": ["0" * 64]}},
        {"findings": {"gps-position": ["0" * 63]}},
        {"findings": {"gps-position": ["A" * 64]}},
        {"findings": {"gps-position": [7]}},
        {"findings": {"gps-position": 7}},
        {"photos": ["0x" + "0" * 30]},
        {"photos": None},
        {"collection": ["a"]},
        {"collection": [{"rule": "a", "level": "worst", "confidence": "firm", "pairs": []}]},
        {"collection": [{"rule": "a", "level": "high", "confidence": "sure", "pairs": []}]},
        {"collection": [{"rule": "a", "level": "high", "confidence": "firm"}]},
    ],
)
def test_damage_is_said_and_never_read_as_accepted(change: dict[str, object], tmp_path: Path) -> None:
    path = tmp_path / "b.json"
    path.write_text(json.dumps({**json.loads(baseline._text(begun())), **change}))
    with pytest.raises(CannotRun, match="is damaged"):
        read(path)


def test_what_is_not_there_or_no_file_or_too_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(CannotRun, match="is not there; the first time, add --update-baseline"):
        read(tmp_path / "b.json")
    with pytest.raises(CannotRun, match="not a file"):
        read(tmp_path)
    write(tmp_path / "b.json", begun())
    monkeypatch.setattr(baseline, "_LARGEST", 10)
    with pytest.raises(CannotRun, match="too large"):
        read(tmp_path / "b.json")


def test_it_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "b.json"
    first, second = begun(), begun()
    write(path, first)

    def fails(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device", str(target))

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", fails)
        with pytest.raises(CannotRun, match="cannot be written: no space left"):
            write(path, second)
    assert read(path) == first
    write(path, second)
    assert read(path) == second
    assert [p.name for p in tmp_path.iterdir()] == ["b.json"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes, and links need a right")
def test_anybody_may_read_it_and_a_link_is_not_replaced(tmp_path: Path) -> None:
    path, link = tmp_path / "b.json", tmp_path / "link.json"
    write(path, begun())
    plain = tmp_path / "plain"
    plain.touch()
    assert stat.S_IMODE(path.stat().st_mode) == stat.S_IMODE(plain.stat().st_mode)
    link.symlink_to(path)
    with pytest.raises(CannotRun, match="is a link"):
        write(link, begun())
    assert link.is_symlink()
