"""JUMBF: the boxes of a C2PA manifest (Content Credentials), and what they say of people and programs.

A superbox describes itself (type, label) and holds more superboxes or content: CBOR, JSON, or an embedded file.
Nothing is verified: a signature is not needed to read what a stranger can read.

Specification: ISO/IEC 19566-5:2023, sections 6 and annex B (boxes, content types); C2PA 2.1, sections 10 (claims),
11 (manifests), 18 (assertions); CAWG Identity Assertion 1.1, sections 5 and 8.
"""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from exposure.cbor import MOST_VALUES
from exposure.cbor import decode as decode_cbor
from exposure.errors import MalformedFile
from exposure.metadata._meaning import moment, valid_position, words
from exposure.model import Block, Embedded, Fact, Field, Kind, Person, Place, Problem, Software, Text, Time
from exposure.plugins import Decoder
from exposure.source import Range, Window

_DEEPEST = 16
_MOST_BOXES = 4_000
_MOST_VALUES = 5_000
"""That are shown."""
_MOST_DECODED = 100_000
"""CBOR values in one manifest store."""
_LARGEST_CONTENT = 1 << 20
"""Of CBOR and JSON in one box, in bytes; larger things are embedded files."""
_LARGEST_TOTAL = 1 << 22
_MOST_SIGNED = 200
"""CBOR values in one signature."""
_LONGEST_TEXT = 4_096

_GROUP = "C2PA"
_METADATA = ("stds.exif", "stds.iptc", "c2pa.metadata", "cawg.metadata", "c2pa.assertion.metadata")
_PACKED = b"brob"


@dataclass(slots=True)
class _Budget:
    """What may still be read of one manifest store."""

    boxes: int = _MOST_BOXES
    bytes: int = _LARGEST_TOTAL
    values: int = _MOST_VALUES
    decoded: int = _MOST_DECODED


def decode(block: Block) -> Iterator[Field | Block | Embedded | Problem]:
    """Every label, and of the assertions and claims what names a person, a program, a time or a file."""
    window = block.window
    if window.size < 8 or window.read(4, 4) != b"jumb":
        yield Problem(block.where, "this should be a C2PA manifest, but does not begin like one")
        return
    yield from _boxes(window, Range(0, window.size), "", 0, _Budget())


def _boxes(
    window: Window, inside: Range, label: str, depth: int, budget: _Budget
) -> Iterator[Field | Embedded | Problem]:
    """The boxes in one run of bytes; `label` is that of the superbox around them."""
    at, end = inside.offset, inside.offset + inside.length
    media_type = ""
    while end - at >= 8:
        budget.boxes -= 1
        if budget.boxes < 0 or depth > _DEEPEST:
            raise MalformedFile("more boxes, or deeper ones, than a manifest has", window.origin + at)
        type_, start, at = _box(window, at, end)
        payload = Range(start, at - start)
        if type_ == b"jumb":
            yield from _superbox(window, payload, depth, budget)
        elif type_ == b"bfdb":
            media_type = _media_type(window, payload)
        elif type_ == b"bidb":
            yield from _embedded(window, payload, label, media_type)
        elif type_ in (b"cbor", b"json"):
            yield from _content(window, payload, type_, label, budget)
        elif type_ == _PACKED:
            yield Problem(_where(label), "this manifest is packed in a way that cannot be read here")


def _box(window: Window, at: int, end: int) -> tuple[bytes, int, int]:
    """Type, start of payload and end of the box at `at` (ISO/IEC 19566-5, annex A.1)."""
    size, type_ = struct.unpack(">I4s", window.read(at, 8))
    start = at + 8
    if size == 1 and end - start >= 8:
        size = int.from_bytes(window.read(start, 8), "big")
        start += 8
    elif size == 0:
        size = end - at
    if at + size < start or at + size > end:
        raise MalformedFile("a box of a manifest is cut off or has a wrong length", window.origin + at)
    return type_, start, at + size


def _superbox(
    window: Window, payload: Range, depth: int, budget: _Budget
) -> Iterator[Field | Embedded | Problem]:
    """A jumb box: its description first, then what it describes."""
    if payload.length < 8:
        return
    end = payload.offset + payload.length
    type_, start, at = _box(window, payload.offset, end)
    label = ""
    if type_ == b"jumd" and at - start >= 17:
        description = window.read(start, min(at - start, 1024))
        if description[16] & 2:
            raw = description[17:].partition(b"\0")[0]
            label = raw.decode("utf-8", "replace")
            yield Field(Kind.JUMBF, _GROUP, "Label", label, window, start + 17, len(raw))
    else:
        at = payload.offset
    yield from _boxes(window, Range(at, end - at), label, depth + 1, budget)


def _media_type(window: Window, payload: Range) -> str:
    raw = window.read(payload.offset, min(payload.length, 256))
    return raw[1:].partition(b"\0")[0].decode("latin-1").strip().lower()


def _embedded(window: Window, payload: Range, label: str, media_type: str) -> Iterator[Field | Embedded]:
    """An embedded file: mostly the thumbnail of this picture, or of one that it was made from."""
    if not payload.length:
        return
    if media_type.startswith("image/") or "thumbnail" in label:
        path = f"{Kind.JUMBF.value}:{_GROUP}:{label or 'Thumbnail'}"
        yield Embedded("thumbnail", path, window.part(*payload))
    else:
        yield Field(Kind.JUMBF, _GROUP, "EmbeddedFile", media_type or label, window, *payload)


def _content(
    window: Window, payload: Range, type_: bytes, label: str, budget: _Budget
) -> Iterator[Field | Problem]:
    """What an assertion, a claim or a credential says."""
    budget.bytes -= payload.length
    if payload.length > _LARGEST_CONTENT or budget.bytes < 0:
        yield Problem(_where(label), "larger than anything a manifest says")
        return
    raw = window.read(*payload)
    try:
        content = _decoded(raw, budget) if type_ == b"cbor" else json.loads(raw)
    except MalformedFile as error:
        yield Problem(_where(label), f"it cannot be read: {error.message}")
        return
    except (ValueError, RecursionError):
        yield Problem(_where(label), "it is not well-formed JSON")
        return
    for name, value in _said(label, content):
        budget.values -= 1
        if budget.values < 0:
            raise MalformedFile("more values than a manifest has", window.origin + payload.offset)
        yield Field(Kind.JUMBF, _GROUP, name, value, window, *payload)


def _decoded(raw: bytes, budget: _Budget) -> object:
    """CBOR decoded, within what may still be decoded of the whole manifest store."""
    most = min(MOST_VALUES, budget.decoded)
    budget.decoded -= min(len(raw), most)
    content, count = decode_cbor(raw, most)
    budget.decoded += min(len(raw), most) - count
    return content


def _where(label: str) -> str:
    return f"C2PA {label[:80]}".strip()


def _said(label: str, content: object) -> Iterator[tuple[str, str]]:
    """Names and values in one piece of content, by the label of what it is in."""
    if label.startswith("c2pa.claim"):
        yield from _claim(content)
    elif label.startswith("stds.schema-org."):
        for author in _maps(content, "author"):
            yield from _texts(author, Author="name")
            yield from _texts(author, AuthorIdentifier="identifier")
            yield from _texts(author, AuthorIdentifier="@id")
    elif label.startswith("c2pa.actions"):
        for action in _maps(content, "actions"):
            yield from _texts(action, Action="action", DateTime="when", DigitalSourceType="digitalSourceType")
            yield from _agent("SoftwareAgent", action.get("softwareAgent"))
    elif label.startswith("c2pa.ingredient"):
        for ingredient in _maps([content]):
            yield from _texts(ingredient, IngredientTitle="dc:title", IngredientDocumentID="documentID")
            yield from _texts(ingredient, IngredientInstanceID="instanceID")
    elif label.startswith("cawg.identity"):
        yield from _identity(content)
    elif label.startswith(_METADATA):
        yield from _metadata(content)


def _claim(content: object) -> Iterator[tuple[str, str]]:
    for claim in _maps([content]):
        yield from _agent("ClaimGenerator", claim.get("claim_generator"))
        info = claim.get("claim_generator_info")
        for each in info if isinstance(info, list) else [info]:
            yield from _agent("ClaimGeneratorInfo", each)
        yield from _texts(claim, Title="dc:title", InstanceID="instanceID")


def _agent(name: str, agent: object) -> Iterator[tuple[str, str]]:
    """A program, which older versions write as text and newer ones as a map of name and version."""
    if isinstance(agent, dict):
        found = [text for key in ("name", "version") if (text := words(agent.get(key)))]
        agent = " ".join(found)
    if text := words(agent):
        yield name, text[:_LONGEST_TEXT]


def _identity(content: object) -> Iterator[tuple[str, str]]:
    """Who signed an identity assertion, as far as it says so in readable form.

    With an identity provider in between, the signature is COSE around a JSON credential (CAWG 1.1, section 8.1).
    """
    for assertion in _maps([content]):
        signature = assertion.get("signature")
        if not isinstance(signature, bytes):
            continue
        try:
            signed, _ = decode_cbor(signature, _MOST_SIGNED)
            credential = json.loads(signed[2]) if isinstance(signed, list) and len(signed) == 4 else None
        except (MalformedFile, ValueError, TypeError, RecursionError):
            continue  # signed with a certificate: the label already says that there is an identity
        subject = credential.get("credentialSubject") if isinstance(credential, dict) else None
        for identity in _maps(subject, "verifiedIdentities"):
            yield from _texts(identity, VerifiedName="name", VerifiedUsername="username", VerifiedURI="uri")


def _metadata(content: object) -> Iterator[tuple[str, str]]:
    """The properties of a metadata assertion, which is XMP written as JSON-LD: `exif:GPSLatitude`…"""
    for found in _maps([content]):
        for key, value in found.items():
            if isinstance(key, str) and ":" in key and not key.startswith("@"):
                for each in value if isinstance(value, list) else [value]:
                    if isinstance(each, str | int | float) and str(each).strip():
                        yield key[:80], str(each)[:_LONGEST_TEXT]


def _maps(content: object, key: str | None = None) -> Iterator[dict[object, object]]:
    """The maps in a list, or in what a map has under `key`."""
    if key is not None:
        content = content.get(key) if isinstance(content, dict) else None
    for each in content if isinstance(content, list) else [content]:
        if isinstance(each, dict):
            yield each


def _texts(found: dict[object, object], **names: str) -> Iterator[tuple[str, str]]:
    """The texts under these keys, with the name each has in a field."""
    for name, key in names.items():
        if text := words(found.get(key)):
            yield name, text[:_LONGEST_TEXT]


_PROGRAMS = ("ClaimGenerator", "ClaimGeneratorInfo", "SoftwareAgent")
_PEOPLE = ("Author", "AuthorIdentifier", "VerifiedName", "VerifiedUsername", "dc:creator")
_TIMES = {"DateTime": "edited", "exif:DateTimeOriginal": "taken"}
_DEGREES = re.compile(r"(\d{1,3}),(\d{1,2}(?:\.\d{1,9})?)(?:,(\d{1,2}(?:\.\d{1,9})?))?([NSEW])")


def facts(fields: Sequence[Field]) -> Iterable[Fact]:
    """The programs that made the manifest, its authors, times, titles and positions."""
    latitude: float | None = None
    for field in fields:
        text = words(field.value)
        if text is None:
            continue
        if field.name in _PROGRAMS:
            yield Software(text, field.address)
        elif field.name in _PEOPLE:
            yield Person("creator", text, field.address)
        elif field.name in ("Title", "IngredientTitle"):
            yield Text("title", text, field.address)
        elif field.name in _TIMES:
            if (when := moment(text)) is not None:
                yield Time(_TIMES[field.name], when[0], when[1], field.address)
        elif field.name == "exif:GPSLatitude":
            latitude = _degrees(text)
        elif field.name == "exif:GPSLongitude" and valid_position(latitude, longitude := _degrees(text)):
            yield Place(latitude, longitude, None, None, field.address)


def _degrees(text: str) -> float | None:
    """Degrees from ``48,8.25N`` or ``48,8,15N`` (XMP part 2, table 24: GPSCoordinate)."""
    found = _DEGREES.fullmatch(text.replace(" ", ""))
    if found is None:
        return None
    degrees = int(found[1]) + float(found[2]) / 60 + float(found[3] or 0) / 3600
    return -degrees if found[4] in "SW" else degrees


JUMBF = Decoder(Kind.JUMBF, decode, facts)
