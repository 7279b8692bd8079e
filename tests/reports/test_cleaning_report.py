"""What a cleaning run says: every file that has no copy is listed, with a reason; nothing is claimed that was not done."""

from __future__ import annotations

import io

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
    assert "4 files: 2 clean copies in clean" in report
    for words in ("1 cleaned", "1 already clean", "1 refused", "1 failed", "1 other file"):
        assert words in report, words
    assert "Refused, because it is a raw file: in/c.dng" in report
    assert "Failed, because the system said: no space left on device: in/d.jpg" in report
    assert "in/a.jpg" not in report and "in/b.jpg" not in report


def test_every_refused_file_is_listed_under_its_reason() -> None:
    many = [RAW._replace(name=f"in/{n}.dng") for n in range(40)]
    report = said(*many)
    assert all(one.name in report for one in many)
    assert report.count("it is a raw file") == 1


def test_what_stays_and_what_remains_is_said() -> None:
    report = said(GOOD._replace(notes=("Its moving half is not cleaned.",), names=("date-in-name",)), SAME)
    assert "which way up: in 1 of 2" in report
    assert "Its moving half is not cleaned. (in/a.jpg)" in report
    assert "The date in the file name: clean/a.jpg" in report and "--rename" in report


def test_the_proof_never_claims_pixels_that_were_not_compared() -> None:
    assert "pixels" in said(GOOD)
    assert "its pixels" not in said(GOOD, pixels=False)
    assert "But of 1 copy: the pixels were not compared" in said(
        GOOD._replace(proof="the pixels were not compared")
    )


def test_nothing_to_clean_claims_nothing() -> None:
    report = said(NOTE)
    assert "no photo here" in report and "proven" not in report and "exposure scan" not in report


def test_a_dry_run_claims_no_copy() -> None:
    report = said(GOOD, RAW, dry=True, folder="")
    assert (
        "clean copies can be made" in report
        and "copy was written" not in report
        and "got its name" not in report
    )


def test_names_from_files_cannot_reach_the_terminal_raw() -> None:
    assert "\x1b" not in said(RAW._replace(name="in/\x1b[31mred.dng", reason="\x1b[31m"))
