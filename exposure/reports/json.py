"""JSON for programs, schema ``exposure/1``: one photo a line, written as the photos come.

The keys are a promise: more may be added, none goes, and none follows a class's name. Everything outside ASCII is
escaped, so that text from a file is inert wherever this is shown. Without ``--reveal`` places, names, identifiers
and texts are masked, and ``"masked": true`` stands beside each.

A photo's record is put together as text: that takes a third of the time of building dicts and encoding them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from json import JSONEncoder
from json.encoder import encode_basestring_ascii as quote
from typing import Any, TextIO

from exposure.model import (
    CollectionFinding,
    Confidence,
    Device,
    Evidence,
    Examination,
    Examined,
    Facts,
    Finding,
    Identifier,
    Level,
    Person,
    Picture,
    Place,
    Problem,
    Secret,
    Software,
    Text,
    Time,
)
from exposure.plugins import Heading, Writer, Writing
from exposure.post import Inventory, PostExamination
from exposure.reports._commands import for_file
from exposure.text import length, masked, rounded

SCHEMA = "exposure/1"

_LARGEST = 1e15
"""Beyond this a number of metres or degrees is damage; so are NaN and infinity, which JSON cannot hold."""

_encode = JSONEncoder(ensure_ascii=True, separators=(",", ":"), check_circular=False).encode
_LEVELS = {level: quote(level.word) for level in Level}
_OPEN, _NAME, _SERIAL, _TEXT = Secret.NONE, Secret.NAME, Secret.SERIAL, Secret.TEXT  # quicker to find here
_CONFIDENCES = {confidence: quote(confidence.word) for confidence in Confidence}


class _Report:
    """The report as far as it is written: only counts are kept."""

    __slots__ = ("_examined", "_levels", "_media", "_other", "_out", "_photos", "_reveal")

    def __init__(self, out: TextIO, heading: Heading) -> None:
        self._out, self._reveal = out, heading.reveal
        self._photos = self._other = 0
        self._examined = dict.fromkeys(Examined, 0)
        self._levels = dict.fromkeys(sorted(Level, reverse=True), 0)
        self._media: Counter[str] = Counter()
        top = {"schema": SCHEMA, "version": heading.version, "context": _context(heading)}
        out.write(_encode(top)[:-1] + ',\n"photos":[')

    def photo(self, examination: Examination) -> None:
        if examination.media == "other":
            self._other += 1
            return
        if examination.media:
            self._media[examination.media] += 1
        self._out.write((",\n" if self._photos else "\n") + photo_record(examination, self._reveal))
        self._photos += 1
        self._examined[examination.examined] += 1
        for finding in examination.findings:
            self._levels[finding.level] += 1

    def post(self, examination: PostExamination) -> None:
        pass

    def end(self, collection: Sequence[CollectionFinding], archives: Sequence[Inventory] = ()) -> None:
        for finding in collection:
            self._levels[finding.level] += 1
        rows = ",\n".join(_collection_record(finding, self._reveal) for finding in collection)
        summary = {
            "photos": self._photos,
            "examined": self._examined,
            "levels": {level.word: count for level, count in self._levels.items()},
            "other_files": self._other,
            "media_not_read": dict(sorted(self._media.items())),
        }
        self._out.write(f'\n],\n"collection":[{rows}],\n"posts":[],\n"summary":{_encode(summary)}}}\n')


def _begin(out: TextIO, heading: Heading) -> Writing:
    return _Report(out, heading)


JSON = Writer("json", _begin)


def photo_record(examination: Examination, reveal: bool) -> str:
    """One entry of ``photos``, on one line."""
    problems = examination.problems
    if examination.media and not problems:
        problems = (Problem("file", f"this kind of file is not read yet: {examination.media}"),)
    said = [f'{{"where":{quote(p.where)},"message":{quote(p.message)}}}' for p in problems]
    return (
        f'{{"path":{quote(examination.name)},"format":{quote(examination.format)},'
        f'"examined":{quote(examination.examined)},"problems":[{",".join(said)}],'
        f'"facts":{_facts(examination.facts, reveal)},'
        f'"findings":[{",".join([_finding(f, reveal, examination.name) for f in examination.findings])}]}}'
    )


def _context(heading: Heading) -> dict[str, Any]:
    context = heading.settings.context
    return {
        "profile": context.profile,
        "persona": context.persona,
        "audience": context.audience,
        "destination": context.destination,
        "revealed": heading.reveal,
    }


def _facts(facts: Facts, reveal: bool) -> str:
    return (
        f'{{"places":[{",".join([_place(x, reveal) for x in facts.places])}],'
        f'"times":[{",".join([_time(x) for x in facts.times])}],'
        f'"devices":[{",".join([_device(x) for x in facts.devices])}],'
        f'"identifiers":[{",".join([_identifier(x, reveal) for x in facts.identifiers])}],'
        f'"people":[{",".join([_person(x, reveal) for x in facts.people])}],'
        f'"texts":[{",".join([_text(x, reveal) for x in facts.texts])}],'
        f'"software":[{",".join([_software(x) for x in facts.software])}],'
        f'"pictures":[{",".join([_picture(x) for x in facts.pictures])}]}}'
    )


def _place(x: Place, reveal: bool) -> str:
    return (
        f'{{{_position(x, reveal)},"accuracy_m":{_number(x.accuracy_m)},"kind":{quote(x.kind)},'
        f'"field":{quote(x.address.path)}}}'
    )


def _position(x: Place, reveal: bool) -> str:
    if reveal:
        return f'"latitude":{_number(x.latitude)},"longitude":{_number(x.longitude)},"name":{_word(x.name)}'
    name = None if x.name is None else length(x.name)
    return (
        f'"latitude":{_number(rounded(x.latitude))},"longitude":{_number(rounded(x.longitude))},'
        f'"name":{_word(name)},"masked":true'
    )


def _time(x: Time) -> str:
    return (
        f'{{"kind":{quote(x.kind)},"local":{quote(x.local)},"utc_offset":{_word(x.utc_offset)},'
        f'"field":{quote(x.address.path)}}}'
    )


def _device(x: Device) -> str:
    return f'{{"make":{_word(x.make)},"model":{_word(x.model)},"field":{quote(x.address.path)}}}'


def _identifier(x: Identifier, reveal: bool) -> str:
    value = _value(x.value, _SERIAL, reveal)
    return f'{{"kind":{quote(x.kind)},"value":{value},"field":{quote(x.address.path)}}}'


def _person(x: Person, reveal: bool) -> str:
    name = _value(x.name, _NAME, reveal)
    return f'{{"role":{quote(x.role)},"name":{name},"field":{quote(x.address.path)}}}'


def _text(x: Text, reveal: bool) -> str:
    value = _value(x.value, _TEXT, reveal)
    return f'{{"kind":{quote(x.kind)},"value":{value},"field":{quote(x.address.path)}}}'


def _software(x: Software) -> str:
    return f'{{"name":{quote(x.name)},"field":{quote(x.address.path)}}}'


def _picture(x: Picture) -> str:
    return (
        f'{{"kind":{quote(x.kind)},"offset":{x.offset},"length":{x.length},"field":{quote(x.address.path)}}}'
    )


def _finding(x: Finding, reveal: bool, name: str) -> str:
    remedy = f"{x.remedy} {for_file(x.command, name)}" if x.command else x.remedy
    return (
        f'{{"rule":{quote(x.rule)},"level":{_LEVELS[x.level]},"confidence":{_CONFIDENCES[x.confidence]},'
        f'"question":{quote(x.question)},"message":{quote(x.message)},"reason":{quote(x.reason)},'
        f'"evidence":[{",".join([_evidence(e, reveal) for e in x.evidence])}],"remedy":{quote(remedy)}}}'
    )


def _evidence(evidence: Evidence, reveal: bool) -> str:
    (path, ranges, indirect), value, secret = evidence
    pairs = ",".join([f"[{offset},{length}]" for offset, length in ranges])
    return (
        f'{{"field":{quote(path)},"value":{_value(value, secret, reveal)},"ranges":[{pairs}],'
        f'"indirect":{"true" if indirect else "false"}}}'
    )


def _collection_record(x: CollectionFinding, reveal: bool) -> str:
    place = "null"
    if x.place is not None:
        place = f'{{{_position(x.place, reveal)},"radius_m":{_number(x.radius_m)}}}'
    return (
        f'{{"rule":{quote(x.rule)},"level":{_LEVELS[x.level]},"confidence":{_CONFIDENCES[x.confidence]},'
        f'"question":{quote(x.question)},"message":{quote(x.message)},"why":{_encode(x.why)},'
        f'"could_be_wrong_if":{_encode(x.could_be_wrong_if)},"place":{place},'
        f'"evidence":{_encode(x.evidence)},"fix":{{"photos":{_encode(x.fix)},"after":{quote(x.after)}}}}}'
    )


def _value(value: str, secret: Secret, reveal: bool) -> str:
    """The value as a string, masked where that is due, and then the word that it is."""
    if reveal or secret is _OPEN:
        return quote(value)
    return quote(masked(value, secret)) + ',"masked":true'


def _word(value: str | None) -> str:
    return "null" if value is None else quote(value)


def _number(value: float | None) -> str:
    return repr(value) if value is not None and -_LARGEST <= value <= _LARGEST else "null"
