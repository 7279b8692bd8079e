"""What a cleaning run says: every file that has no copy is listed, with a reason; nothing is claimed that was not done."""

from __future__ import annotations

import io

import pytest

from exposure.cleaning import Cleaned, Outcome
from exposure.reports._cleaning import Asked, Summary, tell


def said(*files: Cleaned, **asked: object) -> str:
    summary, out = Summary(), io.StringIO()
    for one in files:
        summary.take(one)
    tell(summary, Asked(**{"folder": "clean", **asked}), out)  # type: ignore[arg-type]
    return " ".join(out.getvalue().split())


GOOD = Cleaned("in/a.jpg", Outcome.CLEANED, "clean/a.jpg", kept=("which way up",))
SAME = Cleaned("in/b.jpg", Outcome.ALREADY, "clean/b.jpg")
RAW = Cleaned("in/c.dng", Outcome.REFUSED, reason="it is a raw file")
FULL = Cleaned("in/d.jpg", Outcome.FAILED, reason="the system said: no space left on device")
NOTE = Cleaned("in/e.txt", Outcome.LEFT_OUT)


def test_each_outcome_is_counted_and_all_but_the_good_are_listed() -> None:
    report = said(GOOD, SAME, RAW, FULL, NOTE)
    assert "4 files: 2 with a clean copy in clean, 2 without" in report
    for words in ("1 cleaned", "1 already clean", "1 refused", "1 failed", "1 other file is not copied"):
        assert words in report, words
    assert "Refused, because it is a raw file: in/c.dng" in report
    assert "Failed, because the system said: no space left on device: in/d.jpg" in report
    assert "in/a.jpg" not in report and "in/b.jpg" not in report
    assert "2 files are not clean: do not share them as they are" in report


@pytest.mark.parametrize(
    ("files", "asked", "words"),
    [
        ((GOOD,), {}, "1 file, with a clean copy in clean"),
        ((GOOD, SAME), {}, "2 files, all with a clean copy in clean"),
        ((RAW,), {}, "1 file: no clean copy"),
        ((GOOD, RAW), {"in_place": True}, "2 files: 1 clean now, 1 not"),
        ((RAW,), {"in_place": True}, "1 file: not clean"),
        ((GOOD, RAW), {"dry": True}, "2 files: 1 that can have a clean copy, 1 that cannot"),
    ],
)
def test_the_first_line_says_what_is_clean(
    files: tuple[Cleaned, ...], asked: dict[str, bool], words: str
) -> None:
    assert said(*files, **asked).startswith(words + " ")


def test_every_refused_file_is_listed_under_its_reason() -> None:
    few = [RAW._replace(name=f"in/{n}.dng") for n in range(10)]
    report = said(*few)
    assert all(one.name in report for one in few)
    assert report.count("it is a raw file") == 1


def test_many_refused_files_of_one_reason_are_listed_folder_by_folder() -> None:
    many = [RAW._replace(name=f"{folder}/{n:03}.DNG") for folder in ("in", "off") for n in range(150)]
    assert "all 150 .dng files in in all 150 .dng files in off" in said(*many)
    report = said(*many, GOOD._replace(name="off/good.dng"))
    assert "all 150 .dng files in in" in report
    assert f"150 .dng files in off: {', '.join(f'{n:03}.DNG' for n in range(150))}" in report


def test_what_goes_before_a_colon_is_said_once() -> None:
    reasons = ("it is damaged: no end", "it is damaged: no beginning", "it is damaged: no end")
    report = said(*(RAW._replace(name=f"in/{n}.png", reason=why) for n, why in enumerate(reasons)))
    assert "Refused, because it is damaged: - no beginning: in/1.png - no end: in/0.png in/2.png" in report


def test_what_stays_and_what_remains_is_said() -> None:
    report = said(
        GOOD._replace(notes=("Programs show midnight.",), names=("date-in-name",), beside=("in/a.mov",)), SAME
    )
    assert "which way up: in 1 of 2" in report
    assert "Programs show midnight. (in/a.jpg)" in report
    assert "The date in the file name (1): clean/a.jpg" in report and "--rename" in report
    assert "do not share it (in/a.mov)" in report
    assert "can still be seen" in report and "nothing here can call them back" in report


def test_profiles_are_told_together() -> None:
    profiles = [f"the colour profile ({name})" for name in ("A", "A", "B", "C", "D", "E")]
    report = said(*(GOOD._replace(kept=(words,)) for words in profiles))
    assert "the colour profile (A, B, C and 2 more): in all 6" in report


def test_the_proof_never_claims_pixels_that_were_not_compared() -> None:
    assert "Its pixels are those of the original" in said(GOOD)
    assert "Its pixels" not in said(GOOD, pixels=False)
    assert "But of 1 copy: the pixels were not compared" in said(
        GOOD._replace(proof="the pixels were not compared")
    )


def test_only_programs_that_read_the_copies_are_named() -> None:
    assert "ExifTool" not in said(GOOD) and "ExifTool" in said(GOOD, exiftool=True)


def test_nothing_to_clean_claims_nothing() -> None:
    report = said(NOTE)
    assert "no photo here" in report and "proven" not in report and "exposure scan" not in report


def test_a_dry_run_claims_no_copy_and_no_move() -> None:
    for in_place in (False, True):
        report = said(GOOD, RAW, dry=True, folder="", in_place=in_place)
        assert "nothing was written" in report and "without --dry-run" in report
        assert not any(
            words in report for words in ("is there", "got its name", "exposure restore", "clean now")
        )


def test_where_the_originals_are_is_said() -> None:
    assert "Your originals are where they were" in said(GOOD)
    report = said(GOOD, folder="", in_place=True, private="/home/ann/kept", named=True)
    assert "The originals are now in this folder" in report and "/home/ann/kept" in report
    assert "exposure restore --private /home/ann/kept" in report
    assert "The originals are now" not in said(SAME, folder="", in_place=True, private="/home/ann/kept")


def test_new_names_can_be_forgotten() -> None:
    report = said(GOOD, renamed=True, private="/home/ann/kept")
    assert "noted in this folder, for you alone: /home/ann/kept" in report and "exposure forget" in report
    assert "--rename" not in report


def test_names_from_files_cannot_reach_the_terminal_raw() -> None:
    hostile = "in/\x1b[31mred\n\u202e\udcff"
    many = [RAW._replace(name=f"{hostile}/{n}.\x1b[3") for n in range(20)]
    report = said(
        *many,
        RAW._replace(name=hostile, reason="\x1b[31m"),
        GOOD._replace(name=hostile, kept=("\x1b (\x1b)",), notes=("\x1b",), names=("date-in-name",)),
        GOOD._replace(target=hostile, beside=(hostile,), names=("date-in-name",), proof="\x1b"),
        private=hostile,
        renamed=True,
    )
    assert not {"\x1b", "\u202e", "\udcff"} & set(report) and "\\x1b[31mred\\x0a" in report
