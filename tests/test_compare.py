"""What a service kept: pairs found, fields held against each other, and what is remembered of it."""

from __future__ import annotations

import io
import json
import os
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from exposure import trials
from exposure.cli import main
from exposure.comparing import Comparison, compared, keeps
from exposure.context import KINDS, adjust, destination_note
from exposure.errors import CannotRun
from exposure.model import Address, Confidence, Context, Evidence, Level
from exposure.rules.location import gps_position
from tests.make.icc import display
from tests.make.iptc import iptc, resource
from tests.make.jpeg import exif, icc, photoshop, xmp_app1
from tests.make.scenes import jpeg, scene
from tests.make.tiff import tiff
from tests.make.xmp import simple, xmp

Served = Callable[[int, Image.Image, bytes], tuple[str, bytes]]
"""Name and bytes of what comes back of a picture: its number, the picture, and the file that was uploaded."""
OWNER = "Quirina Zettelmoos"
TODAY = "2026-11-21"


def metadata(number: int, *, position: tuple[float, float] | None = (48.137, 11.575), **tags: Any) -> bytes:
    """An EXIF segment; every photo of its own minute."""
    when = f"2024:05:03 18:{number:02}:00"
    return exif(
        tiff(position=position, Make="Acme", Model="Shutter 9", Artist=OWNER, DateTimeOriginal=when, **tags)
    )


def with_segments(data: bytes, *segments: bytes) -> bytes:
    """A JPEG with these segments at its beginning."""
    return data[:2] + b"".join(segments) + data[2:]


def folders(root: Path) -> tuple[Path, Path]:
    for name in ("local", "downloaded"):
        (root / name).mkdir()
    return root / "local", root / "downloaded"


@pytest.fixture(scope="module")
def pictures() -> list[Image.Image]:
    return [scene(seed) for seed in range(6)]


@pytest.fixture
def served(tmp_path: Path, pictures: list[Image.Image]) -> Callable[..., tuple[Path, Path]]:
    """Originals with metadata in one folder, and in another what a service made of them."""

    def both(serve: Served, *segments: bytes, many: int = 4, plain: bool = False) -> tuple[Path, Path]:
        local, downloaded = folders(tmp_path)
        for number, picture in enumerate(pictures[:many]):
            own = () if plain else (metadata(number), *segments)
            data = with_segments(jpeg(picture, 92), *own)
            (local / f"holiday {number}.jpg").write_bytes(data)
            name, back = serve(number, picture, data)
            if back:
                (downloaded / name).write_bytes(back)
        return local, downloaded

    return both


def untouched(number: int, picture: Image.Image, data: bytes) -> tuple[str, bytes]:
    return f"holiday {number}.jpg", data


def stripped(number: int, picture: Image.Image, data: bytes) -> tuple[str, bytes]:
    """Smaller, compressed anew, nothing kept, another name."""
    small = picture.copy()
    small.thumbnail((320, 320))
    return f"{7_000 + number}_n.jpg", jpeg(small, 70)


def half(number: int, picture: Image.Image, data: bytes) -> tuple[str, bytes]:
    """The camera stays, the position is rounded, the owner goes."""
    kept = tiff(
        position=(48.1, 11.6),
        Make="Acme",
        Model="Shutter 9",
        DateTimeOriginal=f"2024:05:03 18:{number:02}:00",
    )
    return f"img-holiday {number}-edited.jpg", with_segments(jpeg(picture, 80), exif(kept))


def group(comparison: Comparison, name: str) -> tuple[int, int, int]:
    found = comparison.tally.groups[name]
    return found["kept"], found["changed"], found["removed"]


def test_what_was_not_touched_is_kept(served: Callable[..., tuple[Path, Path]]) -> None:
    found = compared(*served(untouched))
    assert found.tally.pairs == 4 and found.how == {"file": 4}
    assert group(found, "gps") == group(found, "exif") == group(found, "filename") == (4, 0, 0)
    assert found.tally.encoded == {"same": 4} and found.tally.sizes == {"same": 4}
    assert keeps(found)["gps"] is True and keeps(found)["filename"] is True


def test_what_is_gone_is_removed_and_pairs_are_found_by_their_look(
    served: Callable[..., tuple[Path, Path]],
) -> None:
    found = compared(*served(stripped))
    assert found.tally.pairs == 4 and found.how == {"look": 4}
    assert group(found, "gps") == group(found, "exif") == group(found, "filename") == (0, 0, 4)
    assert found.tally.encoded == {"again": 4} and found.tally.sizes == {"smaller": 4}
    assert (keeps(found)["gps"], keeps(found)["exif"]) == (False, False)


def test_what_no_original_had_is_unknown_and_never_removed(served: Callable[..., tuple[Path, Path]]) -> None:
    local, downloaded = served(stripped)
    found = compared(local, downloaded)
    for kind in ("xmp", "iptc", "icc", "thumbnail"):
        assert group(found, kind) == (0, 0, 0) and keeps(found)[kind] == "unknown"


def test_a_rounded_position_is_changed_and_fields_are_told_one_by_one(
    served: Callable[..., tuple[Path, Path]],
) -> None:
    found = compared(*served(half))
    assert found.how == {"time": 4}
    assert group(found, "gps") == (0, 4, 0) and keeps(found)["gps"] == "partial"
    assert group(found, "exif") == (4, 0, 0), "some of it was kept, which is what counts"
    assert found.tally.fields["exif", "EXIF:IFD0:Make"] == {"kept": 4}
    assert found.tally.fields["exif", "EXIF:IFD0:Artist"] == {"removed": 4}
    assert group(found, "filename") == (0, 4, 0)


def test_every_kind_is_told(served: Callable[..., tuple[Path, Path]]) -> None:
    words = photoshop(resource(0x0404, iptc({"Headline": "Our new flat"})))
    segments = (
        xmp_app1(xmp(simple("dc:format", "image/invented"))),
        words,
        icc(display("Invented Screen 7")),
    )
    found = compared(*served(stripped, *segments))
    for kind in ("xmp", "iptc", "icc"):
        assert group(found, kind) == (0, 0, 4), kind
        assert keeps(found)[kind] is False


def test_a_preview_that_stays_is_kept(
    served: Callable[..., tuple[Path, Path]], pictures: list[Image.Image]
) -> None:
    small = pictures[5].resize((160, 120))
    segment = exif(tiff(thumbnail=jpeg(small)))

    def serve(number: int, picture: Image.Image, data: bytes) -> tuple[str, bytes]:
        return f"{number}.jpg", with_segments(jpeg(picture, 80), segment)

    local, downloaded = served(serve, plain=True)
    for path in local.iterdir():
        path.write_bytes(with_segments(path.read_bytes(), segment))
    assert group(compared(local, downloaded), "thumbnail") == (4, 0, 0)


def test_a_value_that_moved_to_another_place_of_the_file_is_kept(
    served: Callable[..., tuple[Path, Path]],
) -> None:
    def serve(number: int, picture: Image.Image, data: bytes) -> tuple[str, bytes]:
        packet = xmp(
            simple("exif:GPSLatitude", "48,8.22N"),
            simple("exif:GPSLongitude", "11,34.5E"),
            simple("tiff:Artist", OWNER),
        )
        return f"{number}.jpg", with_segments(jpeg(picture, 80), xmp_app1(packet))

    found = compared(*served(serve))
    assert group(found, "gps") == (4, 0, 0)
    assert found.tally.fields["exif", "EXIF:IFD0:Artist"] == {"kept": 4}
    assert found.tally.groups["xmp"] == {"added": 4}


def test_where_pairs_disagree_nothing_is_known(served: Callable[..., tuple[Path, Path]]) -> None:
    found = compared(*served(lambda n, picture, data: (untouched if n % 2 else stripped)(n, picture, data)))
    assert group(found, "gps") == (2, 0, 2) and keeps(found)["gps"] == "unknown"


def test_too_few_pairs_say_nothing(served: Callable[..., tuple[Path, Path]]) -> None:
    found = compared(*served(stripped, many=2))
    assert found.tally.keeps("gps") == "unknown"
    with pytest.raises(CannotRun, match="2 compared pairs are too few"):
        keeps(found)


def test_what_does_not_belong_together_is_said(
    served: Callable[..., tuple[Path, Path]], pictures: list[Image.Image]
) -> None:
    local, downloaded = served(lambda n, picture, data: stripped(n, picture, data) if n < 3 else ("", b""))
    (downloaded / "stranger.jpg").write_bytes(jpeg(pictures[5]))
    (downloaded / "damaged.jpg").write_bytes(jpeg(pictures[0])[:3_000])
    found = compared(local, downloaded)
    assert found.tally.pairs == 3
    assert [Path(name).name for name in found.strangers] == ["stranger.jpg"]
    assert [Path(name).name for name in found.missing] == ["holiday 3.jpg"]
    assert [Path(name).name for name in found.unread] == ["damaged.jpg"]


def test_of_two_originals_that_look_alike_none_is_guessed(
    tmp_path: Path, pictures: list[Image.Image]
) -> None:
    local, downloaded = folders(tmp_path)
    for number in range(2):
        (local / f"{number}.jpg").write_bytes(with_segments(jpeg(pictures[0], 90 + number), metadata(number)))
    (downloaded / "x.jpg").write_bytes(jpeg(pictures[0], 60))
    found = compared(local, downloaded)
    assert found.tally.pairs == 0 and [Path(name).name for name in found.unclear] == ["x.jpg"]
    (downloaded / "x.jpg").write_bytes(with_segments(jpeg(pictures[0], 60), metadata(1)))
    found = compared(local, downloaded)
    assert found.how == {"time": 1} and [Path(name).name for name in found.missing] == ["0.jpg"]


def test_two_photos_of_one_second_are_told_apart_by_their_look(
    tmp_path: Path, pictures: list[Image.Image]
) -> None:
    local, downloaded = folders(tmp_path)
    for number in range(3):
        (local / f"{number}.jpg").write_bytes(with_segments(jpeg(pictures[number]), metadata(0)))
        (downloaded / f"{number}-back.jpg").write_bytes(
            with_segments(jpeg(pictures[number], 50), metadata(0))
        )
    found = compared(local, downloaded)
    assert found.how == {"time": 3} and group(found, "filename") == (0, 0, 3)


def test_archives_are_compared_like_folders(served: Callable[..., tuple[Path, Path]], tmp_path: Path) -> None:
    local, downloaded = served(stripped)
    with zipfile.ZipFile(tmp_path / "back.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        for path in downloaded.iterdir():
            packed.write(path, path.name)
    assert compared(local, tmp_path / "back.zip").tally.pairs == 4


def test_nothing_to_compare_is_said(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(CannotRun, match="no photo"):
        compared(tmp_path / "empty", tmp_path / "empty")
    with pytest.raises(CannotRun, match="nothing at"):
        compared(tmp_path / "nowhere", tmp_path)


# The command.


def run(*words: object) -> int:
    return main(["compare", *map(str, words)])


def test_the_command_says_it_in_words_and_shows_no_value(
    served: Callable[..., tuple[Path, Path]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*served(stripped)) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "4 pairs compared" in said and "The position: removed in all 4 originals that had it" in said
    assert "Captions (IPTC): no original has it, so nothing is known of it" in said
    assert "EXIF:IFD0:Artist: removed 4" in said and "made smaller in 4" in said
    assert "Zettelmoos" not in said and "48" not in said.replace("48 ", "")


def test_values_are_shown_when_they_are_asked_for(
    served: Callable[..., tuple[Path, Path]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*served(stripped), "--reveal") == 0
    assert "removed: Quirina Zettelmoos → (nothing)" in capsys.readouterr().out


def test_the_same_as_json(
    served: Callable[..., tuple[Path, Path]], capsys: pytest.CaptureFixture[str]
) -> None:
    both = served(half)
    assert run(*both, "--format", "json") == 0
    out = capsys.readouterr().out
    record = json.loads(out)
    assert record["schema"] == "exposure-compare/1" and record["pairs"] == 4
    assert record["kinds"]["gps"] == {"kept": 0, "changed": 4, "removed": 0, "added": 0, "keeps": "partial"}
    assert record["kinds"]["icc"]["keeps"] == "unknown"
    assert all(field["masked"] for field in record["fields"]) and "Zettelmoos" not in out
    assert run(*both, "--format", "json", "--reveal") == 0
    assert "Zettelmoos" in capsys.readouterr().out


def test_hostile_names_reach_no_terminal(
    served: Callable[..., tuple[Path, Path]], capsys: pytest.CaptureFixture[str]
) -> None:
    local, downloaded = served(stripped, xmp_app1(xmp(simple("dc:format", "\u202e\u200b\x85red"))))
    assert run(local, downloaded, "--reveal") == 0
    out = capsys.readouterr().out
    assert "red" in out and not {"\u202e", "\u200b", "\x85"} & set(out)


def test_the_exit_code_says_whether_anything_was_compared(
    served: Callable[..., tuple[Path, Path]], pictures: list[Image.Image], tmp_path: Path
) -> None:
    local, downloaded = served(lambda number, picture, data: (f"{number}.jpg", jpeg(pictures[5])), many=1)
    assert run(local, downloaded) == 1
    assert run(local, tmp_path / "nowhere") == 2


# What is remembered.


@pytest.fixture
def private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "private"
    monkeypatch.setattr("exposure.cli._options.today", lambda: TODAY)
    return path


@pytest.fixture
def saved(served: Callable[..., tuple[Path, Path]], private: Path) -> tuple[Path, Path]:
    both = served(stripped)
    assert run(*both, "--save", "My Forum", "--private", private) == 0
    return both


def test_it_is_remembered_without_any_value(saved: tuple[Path, Path], private: Path) -> None:
    path = private / trials.FILE
    if os.name != "nt":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    record = json.loads(path.read_text("ascii"))
    row = record["platforms"]["my_forum"]
    assert (row["keeps_gps"], row["keeps_icc"], row["as_of"], row["pairs"]) == (False, "unknown", TODAY, "4")
    assert set(row) == {*(f"keeps_{kind}" for kind in KINDS), "name", "stores_server_side", "as_of", "confidence", "basis", "pairs"}  # fmt: skip
    assert not [
        word for word in ("Zettelmoos", "Acme", "holiday", str(saved[0])) if word in path.read_text("ascii")
    ]


def test_it_counts_as_a_test_of_that_day(saved: tuple[Path, Path], private: Path) -> None:
    context = Context(destination="my forum", tested=trials.kept(private)["my_forum"])
    gps = (Evidence(Address("EXIF:GPS IFD:GPSLatitude"), "x"),)
    level, gate, why = adjust(gps_position, Level.HIGH, Confidence.CERTAIN, gps, context, TODAY)
    assert (level, gate) == (Level.LOW, Level.HIGH)
    assert "My Forum was tested to remove this (your own comparison, November 2026)" in why
    profile = (Evidence(Address("ICC:Header:ProfileCopyright"), "x"),)
    assert adjust(gps_position, Level.HIGH, Confidence.CERTAIN, profile, context, TODAY)[0] is Level.HIGH
    later = adjust(gps_position, Level.HIGH, Confidence.CERTAIN, gps, context, "2027-11-22")
    assert later[0] is Level.HIGH, "after a year it is as if nobody had tested"
    assert "may still have received the original" in destination_note("My Forum", TODAY, context.tested)


def test_a_scan_uses_it(saved: tuple[Path, Path], private: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    words = ["scan", str(saved[0]), "--format", "json", "--fail-on", "never"]
    assert main([*words, "--destination", "my forum", "--private", str(private)]) == 0
    photos = json.loads(capsys.readouterr().out)["photos"]
    positions = [f for photo in photos for f in photo["findings"] if f["rule"] == "gps-position"]
    assert len(positions) == 4 and {f["level"] for f in positions} == {"low"}
    assert main([*words, "--destination", "my other forum", "--private", str(private)]) == 2


def test_it_takes_the_place_of_what_is_known_of_that_service(
    served: Callable[..., tuple[Path, Path]], private: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*served(untouched), "--save", "Mastodon", "--private", private) == 0
    assert "takes the place of what exposure itself knows" in capsys.readouterr().err
    assert dict(trials.kept(private)["mastodon"])["keeps_gps"] is True


def test_too_few_pairs_are_not_remembered(served: Callable[..., tuple[Path, Path]], private: Path) -> None:
    assert run(*served(stripped, many=2), "--save", "forum", "--private", private) == 2
    assert not (private / trials.FILE).exists()


@pytest.mark.parametrize("name", ["", "  ", "-x", "a/b", "\x1b[1m", "x" * 80, "···"])
def test_a_name_that_cannot_be_typed_is_refused(name: str) -> None:
    with pytest.raises(CannotRun):
        trials.named(name)


def test_forget_lists_and_removes_it(
    saved: tuple[Path, Path], private: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main(["forget", "--dry-run", "--private", str(private)]) == 0
    assert "1 service: My Forum" in capsys.readouterr().out
    assert (private / trials.FILE).exists()
    assert main(["forget", "--private", str(private)]) == 0
    assert "1 service: My Forum" in capsys.readouterr().out
    assert not private.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"keeps_gps": "false"},
        {"as_of": "yesterday"},
        {"pairs": 12},
        {"name": "\x1b[1m"},
        {"name": "another"},
        {"keeps_gps": 0},
        {"keeps_gps": []},
    ],
)
def test_a_damaged_file_is_not_believed(
    saved: tuple[Path, Path], private: Path, change: dict[str, object]
) -> None:
    path = private / trials.FILE
    record = json.loads(path.read_text("ascii"))
    record["platforms"]["my_forum"].update(change)
    path.write_text(json.dumps(record), "ascii")
    with pytest.raises(CannotRun, match="exposure forget removes it"):
        trials.kept(private)
    assert trials.forget(private) == [] and not path.exists()


def test_what_is_not_ours_is_left_alone(private: Path) -> None:
    private.mkdir()
    (private / trials.FILE).write_text("[1, 2]")
    assert trials.forget(private) is None and (private / trials.FILE).exists()


def test_a_report_goes_to_any_stream(served: Callable[..., tuple[Path, Path]]) -> None:
    from exposure.reports._compared import told

    out = io.StringIO()
    told(compared(*served(untouched)), out, False)
    assert "The position: kept in all 4 originals that had it" in " ".join(out.getvalue().split())


def test_a_list_of_services_that_cannot_be_read_says_what_helps(
    saved: tuple[Path, Path], private: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["scan", str(saved[0]), "--destination", "my forum", "--private", str(private)]
    path = private / trials.FILE
    path.write_bytes(path.read_bytes()[:-20])
    assert main(words) == 2
    assert "exposure forget removes it" in capsys.readouterr().err
    path.write_text("platforms that my train leaves from")
    assert main(words) == 2
    assert "move it to another place" in capsys.readouterr().err
    assert main(["forget", "--private", str(private)]) == 0 and path.exists()
