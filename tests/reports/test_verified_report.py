"""What verify says: what stands against each copy, and what helps."""

from __future__ import annotations

import io

from exposure.cleaning.verify import NO_COPY, NO_ORIGINAL, STILL, Verified
from exposure.reports._verified import Verdicts


def said(*found: Verified) -> str:
    out = io.StringIO()
    verdicts = Verdicts(out, "my copies")
    for one in found:
        verdicts.take(one)
    verdicts.end()
    return " ".join(out.getvalue().split())


GOOD = Verified("a.jpg")
LEFT = Verified("b.jpg", (f"{STILL}: EXIF in APP1.",))
OTHER = Verified("c.txt", photo=False)


def test_the_sum_counts_photos_only() -> None:
    assert "1 photo: proven clean, and the same picture 1 other file (no photo): not looked at" in said(
        GOOD, OTHER
    )
    assert "2 photos: 1 proven, 1 not" in said(GOOD, LEFT)
    assert "2 photos: all proven clean" in said(GOOD, GOOD)
    assert "no photo here" in said(OTHER)


def test_what_is_left_leads_to_a_report_in_plain_words() -> None:
    assert "exposure scan 'my copies'" in said(LEFT) and "--keep" in said(LEFT)
    assert "exposure scan" not in said(GOOD)


def test_copies_that_match_no_original_are_explained() -> None:
    assert "renamed" in said(Verified("d.jpg", (NO_ORIGINAL,)))
    assert "renamed" not in said(GOOD, LEFT, Verified("d.jpg", (NO_COPY,)))


def test_of_many_without_a_counterpart_the_first_are_named_and_all_are_counted() -> None:
    report = said(*(Verified(f"{n}.jpg", (NO_COPY,)) for n in range(30)), GOOD)
    assert "19.jpg" in report and "20.jpg" not in report
    assert "not proven and 10 more without a copy 31 photos: 1 proven, 30 not" in report


def test_names_from_files_cannot_reach_the_terminal_raw() -> None:
    report = said(Verified("\x1b[31m\n\u202e\udcff", ("\x1b",), ("\x1b",)))
    assert not {"\x1b", "\u202e", "\udcff"} & set(report)
