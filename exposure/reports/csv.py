"""A table for a spreadsheet: one row a finding, to sort and filter, written as the photos come.

- A photo without a finding has a row too, so that filtering shows every photo, and none looks safe by being absent.
- What a post gives away has rows too, with the post's name as path and "post" as format.
- What many photos say together has a row without a path, with how many photos it rests on. The plan of what to clean
  first has a row for each of its photos besides.
- UTF-8 with a byte order mark: without it Excel takes the file for the system's old code page; LibreOffice and
  programs know it. Commas and quotes as in RFC 4180, but a bare line feed at the end of a row, which both read, so that
  a system that writes line ends its own way does not double them.
- A cell that a spreadsheet would take for a formula begins with an apostrophe, which makes it text (OWASP, "CSV
  Injection"). Nothing invisible and no line end gets into a cell: `exposure.text` writes them out.
- Masked without ``--reveal``; the column "masked" says where.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TextIO

from exposure.model import CollectionFinding, Confidence, Evidence, Examination, Examined, Finding, Secret
from exposure.plugins import CLEAN, Heading, Writer, Writing
from exposure.post import Inventory, PostExamination
from exposure.reports._cells import LONGEST, begin, inert
from exposure.reports._commands import for_file
from exposure.reports._posts import name
from exposure.reports._spots import spot
from exposure.reports._words import PLAN, QUESTIONS, SURENESS, count, listed
from exposure.text import masked, plain

COLUMNS = (
    "path", "format", "examined", "photos", "question", "level", "confidence", "rule", "message",
    "field", "value", "masked", "remedy",
)  # fmt: skip

_MOST_EVIDENCE = 8
_MOST_PHOTOS = 50


class _Table:
    """The table as far as it is written: nothing is kept."""

    __slots__ = ("_reveal", "_rows")

    def __init__(self, out: TextIO, heading: Heading) -> None:
        self._reveal = heading.reveal
        self._rows = begin(out, COLUMNS)

    def photo(self, examination: Examination) -> None:
        if examination.media == "other":
            return
        start = (examination.name, examination.format, examination.examined.value, "1")
        for finding in examination.findings:
            self._write(*start, *_finding(finding, self._reveal, examination.name))
        if not examination.findings:
            self._write(*start, "", "", "", "", _nothing(examination), "", "", "", "")

    def post(self, examination: PostExamination) -> None:
        post = examination.post
        start = (name(post), "post", "", str(len(post.photos)))
        for finding in examination.findings:
            self._write(*start, *_finding(finding, self._reveal, *post.photos))

    def end(self, collection: Sequence[CollectionFinding], archives: Sequence[Inventory] = ()) -> None:
        for found in collection:
            self._write(*_together(found, self._reveal))
            if found.rule == PLAN:
                for path in found.fix:
                    remedy = for_file(CLEAN, path)
                    self._write(
                        path, "", "", "1", *_judged(found), "Clean this photo first.", "", "", "", remedy
                    )

    def _write(self, *cells: str) -> None:
        self._rows.writerow([inert(cell) for cell in cells])


def _begin(out: TextIO, heading: Heading) -> Writing:
    return _Table(out, heading)


CSV = Writer("csv", _begin, (",".join(COLUMNS),))


def _nothing(examination: Examination) -> str:
    """What is said of a photo without a finding; never that it is safe."""
    if examination.problems:
        return "; ".join(problem.message for problem in examination.problems)
    if examination.examined in (Examined.PARTIAL, Examined.NONE):
        return f"This could not be examined{f': {examination.media}' if examination.media else ''}."
    return "Nothing was found in what exposure can read. That does not mean that this photo is safe."


def _judged(found: Finding | CollectionFinding) -> tuple[str, str, str, str]:
    return (
        QUESTIONS[found.question],
        found.level.word,
        SURENESS[found.confidence] or Confidence.CERTAIN.word,
        found.rule,
    )


def _finding(found: Finding, reveal: bool, *names: str) -> Iterator[str]:
    """From the question to the remedy."""
    yield from _judged(found)
    yield f"{found.message} ({found.reason})" if found.reason else found.message
    shown = found.evidence[:_MOST_EVIDENCE]
    more = [f"and {left:,} more"] if (left := len(found.evidence) - len(shown)) > 0 else []
    yield "; ".join([*dict.fromkeys(plain(evidence.address.path, LONGEST) for evidence in shown), *more])
    yield "; ".join([*dict.fromkeys(_value(evidence, reveal) for evidence in shown), *more])
    yield "yes" if not reveal and any(e.secret is not Secret.NONE for e in shown) else ""
    yield f"{found.remedy} {for_file(found.command, *names)}" if found.command else found.remedy


def _value(evidence: Evidence, reveal: bool) -> str:
    return plain(evidence.value if reveal else masked(evidence.value, evidence.secret), LONGEST)


def _together(found: CollectionFinding, reveal: bool) -> Iterator[str]:
    """A whole row."""
    yield from ("", "", "", str(found.photos or len(found.evidence)), *_judged(found))
    why = f"Why: {'; '.join(found.why)}." if found.why else ""
    doubt = (
        f"It could be wrong if {'; or if '.join(found.could_be_wrong_if)}." if found.could_be_wrong_if else ""
    )
    yield " ".join(filter(None, (found.message, why, doubt)))
    yield ""
    yield spot(found.place, found.radius_m, reveal) if found.place is not None else ""
    yield "yes" if found.place is not None and not reveal else ""
    yield _remedy(found)


def _remedy(found: CollectionFinding) -> str:
    if not found.fix:
        return found.after
    names = [plain(name, LONGEST) for name in found.fix[:_MOST_PHOTOS]]
    if left := len(found.fix) - len(names):
        names.append(f"{left:,} more")
    return (
        f"Share clean copies of {count(len(found.fix), 'photo')}: {listed(names)}. After that: {found.after}"
    )
