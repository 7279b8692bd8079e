"""Records of the JSON report as text: photos, findings, facts, what many photos tell. See `exposure.reports.json`.

A record is put together as text: that takes a third of the time of building dicts and encoding them.
"""

from __future__ import annotations

from json import JSONEncoder
from json.encoder import encode_basestring_ascii as quote

from exposure.model import (
    CollectionFinding,
    Confidence,
    Device,
    Evidence,
    Examination,
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
from exposure.reports._commands import for_file
from exposure.text import length, masked, rounded

_LARGEST = 1e15
"""Beyond this a number of metres or degrees is damage; so are NaN and infinity, which JSON cannot hold."""

_encode = JSONEncoder(ensure_ascii=True, separators=(",", ":"), check_circular=False).encode
_LEVELS = {level: quote(level.word) for level in Level}
_OPEN, _NAME, _SERIAL, _TEXT = Secret.NONE, Secret.NAME, Secret.SERIAL, Secret.TEXT  # quicker to find here
_CONFIDENCES = {confidence: quote(confidence.word) for confidence in Confidence}


def photo_record(examination: Examination, reveal: bool) -> str:
    """One entry of ``photos``, on one line."""
    problems = examination.problems
    if examination.media and not problems:
        problems = (Problem("file", f"this kind of file is not read yet: {examination.media}"),)
    said = [f'{{"where":{quote(p.where)},"message":{quote(p.message)}}}' for p in problems]
    account = f'"account":{valued(examination.account, _NAME, reveal)},' if examination.account else ""
    return (
        f'{{"path":{quote(examination.name)},{account}"format":{quote(examination.format)},'
        f'"examined":{quote(examination.examined)},"problems":[{",".join(said)}],'
        f'"facts":{_facts(examination.facts, reveal)},'
        f'"findings":[{",".join([finding_record(f, reveal, examination.name) for f in examination.findings])}]}}'
    )


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


def piles(facts: Facts, reveal: bool) -> dict[str, list[str]]:
    """The records of each kind of fact that a post can have."""
    return {
        "places": [_place(x, reveal) for x in facts.places],
        "times": [_time(x) for x in facts.times],
        "devices": [_device(x) for x in facts.devices],
        "identifiers": [_identifier(x, reveal) for x in facts.identifiers],
        "people": [_person(x, reveal) for x in facts.people],
        "texts": [_text(x, reveal) for x in facts.texts],
        "software": [_software(x) for x in facts.software],
    }


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
    value = valued(x.value, _SERIAL, reveal)
    return f'{{"kind":{quote(x.kind)},"value":{value},"field":{quote(x.address.path)}}}'


def _person(x: Person, reveal: bool) -> str:
    name = valued(x.name, _NAME, reveal)
    return f'{{"role":{quote(x.role)},"name":{name},"field":{quote(x.address.path)}}}'


def _text(x: Text, reveal: bool) -> str:
    value = valued(x.value, _TEXT, reveal)
    return f'{{"kind":{quote(x.kind)},"value":{value},"field":{quote(x.address.path)}}}'


def _software(x: Software) -> str:
    return f'{{"name":{quote(x.name)},"field":{quote(x.address.path)}}}'


def _picture(x: Picture) -> str:
    return (
        f'{{"kind":{quote(x.kind)},"offset":{x.offset},"length":{x.length},"field":{quote(x.address.path)}}}'
    )


def finding_record(x: Finding, reveal: bool, *names: str) -> str:
    """One entry of ``findings``; `names` are the photos that its command is for."""
    remedy = f"{x.remedy} {for_file(x.command, *names)}" if x.command else x.remedy
    return (
        f'{{"rule":{quote(x.rule)},"level":{_LEVELS[x.level]},"confidence":{_CONFIDENCES[x.confidence]},'
        f'"question":{quote(x.question)},"message":{quote(x.message)},"reason":{quote(x.reason)},'
        f'"evidence":[{",".join([_evidence(e, reveal) for e in x.evidence])}],"remedy":{quote(remedy)}}}'
    )


def _evidence(evidence: Evidence, reveal: bool) -> str:
    (path, ranges, indirect), value, secret = evidence
    pairs = ",".join([f"[{offset},{length}]" for offset, length in ranges])
    return (
        f'{{"field":{quote(path)},"value":{valued(value, secret, reveal)},"ranges":[{pairs}],'
        f'"indirect":{"true" if indirect else "false"}}}'
    )


def collection_record(x: CollectionFinding, reveal: bool) -> str:
    place = "null"
    if x.place is not None:
        place = f'{{{_position(x.place, reveal)},"radius_m":{_number(x.radius_m)}}}'
    return (
        f'{{"rule":{quote(x.rule)},"level":{_LEVELS[x.level]},"confidence":{_CONFIDENCES[x.confidence]},'
        f'"question":{quote(x.question)},"message":{quote(x.message)},"why":{_encode(x.why)},'
        f'"could_be_wrong_if":{_encode(x.could_be_wrong_if)},"place":{place},'
        f'"evidence":{_encode(x.evidence)},"fix":{{"photos":{_encode(x.fix)},"after":{quote(x.after)}}}}}'
    )


def valued(value: str, secret: Secret, reveal: bool) -> str:
    """The value as a string, masked where that is due, and then the word that it is."""
    if reveal or secret is _OPEN:
        return quote(value)
    return quote(masked(value, secret)) + ',"masked":true'


def _word(value: str | None) -> str:
    return "null" if value is None else quote(value)


def _number(value: float | None) -> str:
    return repr(value) if value is not None and -_LARGEST <= value <= _LARGEST else "null"
