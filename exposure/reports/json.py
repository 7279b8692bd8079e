"""JSON for programs, schema ``exposure/1``: one photo a line, written as the photos come.

The keys are a promise: more may be added, none goes, and none follows a class's name. Everything outside ASCII is
escaped, so that text from a file is inert wherever this is shown. Without ``--reveal`` places, names, identifiers
and texts are masked, and ``"masked": true`` stands beside each.

Posts come between the photos. They are held in memory, packed, and written after them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from json import JSONEncoder
from typing import Any, TextIO

from exposure.model import CollectionFinding, Examination, Examined, Finding, Level, Secret
from exposure.plugins import Heading, Writer, Writing
from exposure.post import ACCOUNT_DATA, Account, Inventory, PostExamination
from exposure.reports._held import Flow
from exposure.reports._json_posts import inventory_record, list_record, post_record
from exposure.reports._json_records import collection_record, photo_record
from exposure.text import masked

SCHEMA = "exposure/1"

_encode = JSONEncoder(ensure_ascii=True, separators=(",", ":"), check_circular=False).encode


class _Report:
    """The report as far as it is written: only counts are kept, and the records of posts, packed."""

    __slots__ = (
        "_context", "_examined", "_levels", "_lists", "_media", "_other", "_out", "_photos", "_posts", "_posts_text",
        "_reveal",
    )  # fmt: skip

    def __init__(self, out: TextIO, heading: Heading) -> None:
        self._out, self._reveal, self._context = out, heading.reveal, heading.settings.context
        self._photos = self._other = self._posts = 0
        self._posts_text = Flow()
        self._lists: list[str] = []
        self._examined = dict.fromkeys(Examined, 0)
        self._levels = dict.fromkeys(sorted(Level, reverse=True), 0)
        self._media: Counter[str] = Counter()
        top = {"schema": SCHEMA, "version": heading.version, "context": _context(heading)}
        out.write(_encode(top)[:-1] + ',\n"photos":[')

    def photo(self, examination: Examination) -> None:
        if examination.media == "other":
            self._other += 1
            return
        if examination.media == ACCOUNT_DATA:
            self._lists.append(list_record(examination))
            return
        if examination.media:
            self._media[examination.media] += 1
        self._out.write((",\n" if self._photos else "\n") + photo_record(examination, self._reveal))
        self._photos += 1
        self._examined[examination.examined] += 1
        self._count(examination.findings)

    def post(self, examination: PostExamination) -> None:
        record = post_record(examination, self._context, self._reveal)
        self._posts_text.add((",\n" if self._posts else "\n") + record)
        self._posts += 1
        self._count(examination.findings)

    def end(self, collection: Sequence[CollectionFinding], archives: Sequence[Inventory] = ()) -> None:
        self._count(collection)
        out = self._out
        rows = ",\n".join(collection_record(finding, self._reveal) for finding in collection)
        out.write(f'\n],\n"collection":[{rows}],\n"posts":[')
        for piece in self._posts_text.pieces():
            out.write(piece)
        gave = ",\n".join(inventory_record(each, self._reveal) for each in archives)
        out.write(f'],\n"archives":[{gave}],\n"lists_not_read":[{",".join(self._lists)}]')
        summary = {
            "photos": self._photos,
            "posts": self._posts,
            "examined": self._examined,
            "levels": {level.word: count for level, count in self._levels.items()},
            "other_files": self._other,
            "media_not_read": dict(sorted(self._media.items())),
            "lists_not_read": len(self._lists),
        }
        out.write(f',\n"summary":{_encode(summary)}}}\n')

    def _count(self, found: Sequence[Finding | CollectionFinding]) -> None:
        for each in found:
            self._levels[each.level] += 1


def _begin(out: TextIO, heading: Heading) -> Writing:
    return _Report(out, heading)


JSON = Writer("json", _begin, ('{"schema":"exposure/',))


def _context(heading: Heading) -> dict[str, Any]:
    context = heading.settings.context
    return {
        "profile": context.profile,
        "persona": context.persona,
        "audience": context.audience,
        "destination": context.destination,
        "revealed": heading.reveal,
        **(
            {"accounts": [_account(account, heading.reveal) for account in heading.accounts]}
            if heading.accounts
            else {}
        ),
    }


def _account(account: Account, reveal: bool) -> dict[str, Any]:
    if reveal:
        return {"name": account.name, "persona": account.persona}
    return {"name": masked(account.name, Secret.NAME), "persona": account.persona, "masked": True}
