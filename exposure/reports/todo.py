"""A list of things to do for a spreadsheet: one row a post, the most urgent first, to sort, filter and tick off.

- The columns are ``done, severity, platform, date, visibility, visibility_evidence, reason, action, url, url_tier,
  caption_excerpt, local_path``, then ``stays`` (what deleting does not undo), ``post`` (what ``exposure done`` knows it
  by) and ``masked``.
- Every post has a row: those of somebody else, those that are not public any more and those with nothing to do come
  last, and say so.
- A row without a post says what the list may lack: a list of an archive that could not be read, files of it that were
  not understood, and what else is known of an archive.
- Masked without ``--reveal``: then there are no links, and of captions only how long they are.
- The same file format as the reports as CSV, and no cell is a formula.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import TextIO

from exposure.model import CollectionFinding, Examination
from exposure.plugins import Heading, Writer, Writing
from exposure.post import ACCOUNT_DATA, Inventory, PostExamination
from exposure.reports._cells import begin, inert
from exposure.reports._held import Ranked
from exposure.reports._inventories import notes, unknown
from exposure.reports._posts import ACTIONS, GROUPS, TIERS, Card, card, rank
from exposure.reports._words import SURENESS, sentence

COLUMNS = (
    "done", "severity", "platform", "date", "visibility", "visibility_evidence", "reason", "action", "url", "url_tier",
    "caption_excerpt", "local_path", "stays", "post", "masked",
)  # fmt: skip

_NO_POSTS = (
    "No posts were found, and this list is of posts alone: what photos give away is in the other reports, such as "
    "--format csv."
)
_MOST_REASONS = 3
_MOST_PHOTOS = 10
_ALIKE = ",everybody,privacy=public,likely,possible,Anyone who sees this post learns where ,flickr,yes,Copies that others saved stay.,2024-"


class _List:
    """The list while posts pass: each is packed until all are known."""

    __slots__ = ("_out", "_posts", "_reveal", "_rows", "_unread")

    def __init__(self, out: TextIO, heading: Heading) -> None:
        self._out, self._reveal = out, heading.reveal
        self._posts = Ranked(_ALIKE)
        self._unread: list[Examination] = []
        self._rows = begin(out, COLUMNS)

    def photo(self, examination: Examination) -> None:
        if examination.media == ACCOUNT_DATA:
            self._unread.append(examination)

    def post(self, examination: PostExamination) -> None:
        line = io.StringIO()
        csv.writer(line, lineterminator="\n").writerow(
            [
                inert(cell)
                for cell in _cells(card(examination, self._reveal), examination.post.visibility.value)
            ]
        )
        self._posts.add(rank(examination), line.getvalue())

    def end(self, collection: Sequence[CollectionFinding], archives: Sequence[Inventory] = ()) -> None:
        for line in self._posts.sorted():
            self._out.write(line)
        if not len(self._posts):
            self._note("", _NO_POSTS, "")
        for examination in self._unread:
            why = "; ".join(sentence(problem.message) for problem in examination.problems)
            self._note(
                "", f"A list of the archive could not be read, so posts are missing: {why}", examination.name
            )
        for archive in archives:
            for note in notes(archive):
                self._note(archive.title, note, archive.path)
            if archive.unknown:
                self._note(archive.title, f"Not understood: {unknown(archive)}", archive.path)

    def _note(self, title: str, words: str, path: str) -> None:
        cells = dict.fromkeys(COLUMNS, "") | {"platform": title, "reason": words, "local_path": path}
        self._rows.writerow([inert(cell) for cell in cells.values()])


def _begin(out: TextIO, heading: Heading) -> Writing:
    return _List(out, heading)


TODO = Writer("todo", _begin, (",".join(COLUMNS),))


def _cells(post: Card, visibility: str) -> tuple[str, ...]:
    photos = [*post.photos[:_MOST_PHOTOS]]
    if left := len(post.photos) - len(photos):
        photos.append(f"and {left:,} more")
    return (
        "yes" if post.group == "done" else "",
        post.level.word if post.level is not None else "",
        post.service,
        post.posted,
        visibility,
        post.evidence,
        _reasons(post),
        _action(post),
        post.link,
        f"{post.tier}: {TIERS[post.tier]}",
        post.caption,
        "; ".join(photos),
        " ".join(post.stays),
        post.name,
        "yes" if post.caption_masked or (post.tier != "none" and not post.link) else "",
    )


def _reasons(post: Card) -> str:
    told = []
    for why in post.why[:_MOST_REASONS]:
        sure = SURENESS[why.confidence]
        told.append(f"{why.message} ({why.rule}, {why.level.word}{f', {sure}' if sure else ''})")
    if left := len(post.why) - len(told):
        told.append(f"And {left:,} more.")
    return " ".join(told)


def _action(post: Card) -> str:
    """The first step in a word, and all of them; for what is not to do, why not."""
    if post.group in ("todo", "look"):
        steps = " ".join(f"{n}. {step}" for n, step in enumerate(post.steps, 1))
        return f"{ACTIONS[post.action]}: {steps}" if post.action in ACTIONS else steps
    return GROUPS[post.group]
