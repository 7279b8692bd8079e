"""SARIF 2.1.0 (OASIS) for code scanners: each finding is a result, written as the photos come.

- The driver lists every rule, with its page as help, whether or not it found something.
- Levels: critical and high are errors, medium is a warning, low and info are notes; ``properties.level`` has our word.
- A location is the photo's path as it was given, percent-encoded (RFC 3986), and the bytes of the first evidence.
- What a post gives away is a result whose logical location is the post's name, with its photos as related locations.
- What many photos say together is a result with the photos as related locations. The plan is informational.
- ``partialFingerprints`` tell two runs that a result is the same. They are SHA-256 over the rule, the path and the path
  of the field, all of which stand in the result anyway: no value and no position goes into them, so nothing can be
  guessed back.
- Text is masked without ``--reveal``. In messages, which viewers read for links and placeholders, brackets and braces
  are escaped (3.11.5, 3.11.6), and no path or value is part of them. Everything outside ASCII is escaped.
"""

from __future__ import annotations

import inspect
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import sha256
from json import JSONEncoder
from typing import Any, TextIO

from exposure.model import CollectionFinding, Evidence, Examination, Finding, Level, Secret
from exposure.plugins import Combination, Heading, Inference, PostRule, Rule, Writer, Writing, discover
from exposure.post import ACCOUNT_DATA, Inventory, PostExamination
from exposure.reports._commands import for_file
from exposure.reports._posts import name
from exposure.reports._spots import spot
from exposure.reports._words import PLAN
from exposure.text import masked, plain

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

FINGERPRINT = "rulePathField/v1"

_LEVELS = {
    Level.CRITICAL: "error",
    Level.HIGH: "error",
    Level.MEDIUM: "warning",
    Level.LOW: "note",
    Level.INFO: "note",
}
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")
_ESCAPES = str.maketrans({"\\": r"\\", "[": r"\[", "]": r"\]", "{": "{{", "}": "}}"})
_LONGEST = 2_000

_encode = JSONEncoder(ensure_ascii=True, allow_nan=False, separators=(",", ":"), check_circular=False).encode


class _Log:
    """The log as far as it is written: only counts are kept."""

    __slots__ = ("_examined", "_indices", "_lists", "_other", "_out", "_posts", "_results", "_reveal")

    def __init__(self, out: TextIO, heading: Heading) -> None:
        self._out, self._reveal = out, heading.reveal
        self._results = self._other = self._posts = self._lists = 0
        self._examined: Counter[str] = Counter()
        rules = list(_rules())
        self._indices = {rule["id"]: index for index, rule in enumerate(rules)}
        tool = {"driver": {"name": "exposure", "version": heading.version, "rules": rules}}
        out.write(
            f'{{"$schema":{_encode(SCHEMA)},"version":"2.1.0","runs":[{{"tool":{_encode(tool)},\n"results":['
        )

    def photo(self, examination: Examination) -> None:
        if examination.media == "other":
            self._other += 1
            return
        if examination.media == ACCOUNT_DATA:
            self._lists += 1
        else:
            self._examined[examination.examined.value] += 1
        location = _uri(examination.name)
        for finding in examination.findings:
            self._write(_result(finding, examination, location, self._reveal))

    def post(self, examination: PostExamination) -> None:
        self._posts += 1
        for finding in examination.findings:
            self._write(_of_post(finding, examination, self._reveal))

    def end(self, collection: Sequence[CollectionFinding], archives: Sequence[Inventory] = ()) -> None:
        for found in collection:
            self._write(_together(found, self._reveal))
        properties = {
            "masked": not self._reveal,
            "photos": self._examined.total(),
            "examined": dict(sorted(self._examined.items())),
            "other_files": self._other,
            "posts": self._posts,
            "lists_not_read": self._lists,
        }
        self._out.write(f'\n],\n"properties":{_encode(properties)}}}]}}\n')

    def _write(self, result: dict[str, Any]) -> None:
        if (index := self._indices.get(result["ruleId"])) is not None:
            result["ruleIndex"] = index
        self._out.write((",\n" if self._results else "\n") + _encode(result))
        self._results += 1


def _begin(out: TextIO, heading: Heading) -> Writing:
    return _Log(out, heading)


SARIF = Writer("sarif", _begin, ('"driver":{"name":"exposure"',))


def _rules() -> Iterator[dict[str, Any]]:
    """Every rule as a reportingDescriptor (3.49)."""
    for rule in (
        *discover("rules", Rule),
        *discover("rules", Combination),
        *discover("rules", PostRule),
        *discover("inferences", Inference),
    ):
        page = inspect.cleandoc(_page(rule)).translate(_ESCAPES)
        yield {
            "id": rule.id,
            "shortDescription": {"text": rule.title.translate(_ESCAPES)},
            "fullDescription": {"text": page.split("\n\n")[0].replace("\n", " ")},
            "help": {"text": page},
            "defaultConfiguration": {"level": _LEVELS[rule.level]},
            "properties": {"level": rule.level.word, "question": rule.question.value},
        }


def _page(rule: Rule | Combination | PostRule | Inference) -> str:
    if isinstance(rule, Combination):
        return rule.page
    return (rule.infer if isinstance(rule, Inference) else rule.check).__doc__ or ""


def _result(found: Finding, examination: Examination, uri: str, reveal: bool) -> dict[str, Any]:
    first = found.evidence[0].address if found.evidence else None
    command = f" {for_file(found.command, examination.name)}" if found.command else ""
    return {
        "ruleId": found.rule,
        "level": _LEVELS[found.level],
        "message": _message(found.message, found.reason),
        "locations": [_location(uri, first.ranges if first else ())],
        "partialFingerprints": _fingerprint(found.rule, examination.name, first.path if first else ""),
        "properties": {
            **_judged(found),
            "format": examination.format,
            "examined": examination.examined.value,
            "remedy": plain(found.remedy + command, _LONGEST),
            "evidence": [_evidence(each, reveal) for each in found.evidence],
        },
    }


def _of_post(found: Finding, examination: PostExamination, reveal: bool) -> dict[str, Any]:
    """A post is no file: its name is a logical location (3.33), and its photos are related."""
    post = examination.post
    called = name(post)
    photos = [{"id": number, **_location(_uri(photo))} for number, photo in enumerate(post.photos)]
    return {
        "ruleId": found.rule,
        "level": _LEVELS[found.level],
        "message": _message(found.message, found.reason),
        "locations": [{"logicalLocations": [{"fullyQualifiedName": plain(called), "kind": "post"}]}],
        "relatedLocations": photos,
        "partialFingerprints": _fingerprint(found.rule, called),
        "properties": {
            **_judged(found),
            "visibility": post.visibility.value,
            "action": examination.action,
            "remedy": plain(found.remedy, _LONGEST),
            "evidence": [_evidence(each, reveal) for each in found.evidence],
        },
    }


def _together(found: CollectionFinding, reveal: bool) -> dict[str, Any]:
    uris = [_uri(name) for name in found.evidence]
    informational = {"kind": "informational", "level": "none"}
    place = {} if found.place is None else {"place": spot(found.place, found.radius_m, reveal)}
    return {
        "ruleId": found.rule,
        **(informational if found.rule == PLAN else {"level": _LEVELS[found.level]}),
        "message": _message(found.message),
        "locations": [_location(uri) for uri in uris[:1]],
        "relatedLocations": [{"id": number, **_location(uri)} for number, uri in enumerate(uris)],
        "partialFingerprints": _fingerprint(found.rule, *found.evidence[:1]),
        "properties": {
            **_judged(found),
            **place,
            "photos": found.photos or len(found.evidence),
            "why": [plain(why, _LONGEST) for why in found.why],
            "could_be_wrong_if": [plain(doubt, _LONGEST) for doubt in found.could_be_wrong_if],
            "fix": {"photos": [_uri(name) for name in found.fix], "after": plain(found.after, _LONGEST)},
        },
    }


def _judged(found: Finding | CollectionFinding) -> dict[str, str]:
    return {"level": found.level.word, "confidence": found.confidence.word, "question": found.question.value}


def _evidence(evidence: Evidence, reveal: bool) -> dict[str, Any]:
    open_ = reveal or evidence.secret is Secret.NONE
    value = evidence.value if open_ else masked(evidence.value, evidence.secret)
    shown = {"field": plain(evidence.address.path, _LONGEST), "value": plain(value, _LONGEST)}
    return shown if open_ else {**shown, "masked": True}


def _message(text: str, reason: str = "") -> dict[str, str]:
    return {"text": plain(f"{text} ({reason})" if reason else text, _LONGEST).translate(_ESCAPES)}


def _location(uri: str, ranges: Sequence[tuple[int, int]] = ()) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": uri}}
    if ranges:
        physical["region"] = {"byteOffset": ranges[0][0], "byteLength": ranges[0][1]}
    return {"physicalLocation": physical}


def _fingerprint(*words: str) -> dict[str, str]:
    joined = "\0".join(words).encode("utf-8", "surrogatepass")
    return {FINGERPRINT: sha256(joined).hexdigest()}


def _uri(name: str, windows: bool = os.name == "nt") -> str:
    """A path as a URI reference: relative as it was given; an absolute one as a file URI (RFC 8089)."""
    drive = ""
    if windows:
        name = name.replace("\\", "/")
        drive, name = (f"/{name[:2]}", name[2:]) if name[1:3] == ":/" else ("", name)
    try:
        path = os.fsencode(name)
    except UnicodeEncodeError:  # no name that this system could give to a file
        path = name.encode("utf-8", "surrogatepass")
    quoted = "".join(chr(byte) if byte in _UNRESERVED else f"%{byte:02X}" for byte in path)
    return f"file://{drive}{quoted}" if quoted.startswith("/") else quoted
