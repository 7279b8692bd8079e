"""IPTC-IIM: datasets of the news trade, which photo software still writes: names, captions, keywords, places.

IPTC-NAA Information Interchange Model 4.2: section 1.5 (datasets), chapter 5 (envelope record), chapter 6
(application record). Numbers above 2:200 that the model leaves open have ExifTool's names.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from exposure.errors import MalformedFile
from exposure.metadata._meaning import moment, words
from exposure.model import (
    Address,
    Block,
    Embedded,
    Fact,
    Field,
    Identifier,
    Kind,
    Person,
    Place,
    Problem,
    Software,
    Text,
    Time,
)
from exposure.plugins import Decoder

MOST_DATASETS = 10_000
"""Photos have a few dozen; keyword lists go into the hundreds."""
MOST_BYTES = 1 << 24
"""The longest run of datasets that is read, in bytes."""

_MARKER = 0x1C
_ENVELOPE = {
    **{0: "EnvelopeRecordVersion", 5: "Destination", 20: "FileFormat", 22: "FileVersion"},
    **{30: "ServiceIdentifier", 40: "EnvelopeNumber", 50: "ProductID", 60: "EnvelopePriority"},
    **{70: "DateSent", 80: "TimeSent", 90: "CodedCharacterSet", 100: "UniqueObjectName"},
    **{120: "ARMIdentifier", 122: "ARMVersion"},
}
_APPLICATION = {
    **{0: "ApplicationRecordVersion", 3: "ObjectTypeReference", 4: "ObjectAttributeReference"},
    **{5: "ObjectName", 7: "EditStatus", 8: "EditorialUpdate", 10: "Urgency", 12: "SubjectReference"},
    **{15: "Category", 20: "SupplementalCategories", 22: "FixtureIdentifier", 25: "Keywords"},
    **{26: "ContentLocationCode", 27: "ContentLocationName", 30: "ReleaseDate", 35: "ReleaseTime"},
    **{37: "ExpirationDate", 38: "ExpirationTime", 40: "SpecialInstructions", 42: "ActionAdvised"},
    **{45: "ReferenceService", 47: "ReferenceDate", 50: "ReferenceNumber", 55: "DateCreated"},
    **{60: "TimeCreated", 62: "DigitalCreationDate", 63: "DigitalCreationTime", 65: "OriginatingProgram"},
    **{70: "ProgramVersion", 75: "ObjectCycle", 80: "By-line", 85: "By-lineTitle", 90: "City"},
    **{92: "Sub-location", 95: "Province-State", 100: "Country-PrimaryLocationCode"},
    **{101: "Country-PrimaryLocationName", 103: "OriginalTransmissionReference", 105: "Headline"},
    **{110: "Credit", 115: "Source", 116: "CopyrightNotice", 118: "Contact", 120: "Caption-Abstract"},
    **{121: "LocalCaption", 122: "Writer-Editor", 125: "RasterizedCaption", 130: "ImageType"},
    **{131: "ImageOrientation", 135: "LanguageIdentifier", 150: "AudioType", 151: "AudioSamplingRate"},
    **{152: "AudioSamplingResolution", 153: "AudioDuration", 154: "AudioOutcue", 184: "JobID"},
    **{185: "MasterDocumentID", 186: "ShortDocumentID", 187: "UniqueDocumentID", 188: "OwnerID"},
    **{200: "ObjectPreviewFileFormat", 201: "ObjectPreviewFileVersion", 202: "ObjectPreviewData"},
    **{221: "Prefs", 225: "ClassifyState", 228: "SimilarityIndex", 230: "DocumentNotes"},
    **{231: "DocumentHistory", 232: "ExifCameraInfo", 255: "CatalogSets"},
}
_RECORDS = {1: ("Envelope", _ENVELOPE), 2: ("Application", _APPLICATION)}
_NAMED = {
    (record, number): (group, name)
    for record, (group, names) in _RECORDS.items()
    for number, name in names.items()
}
_WHOLE_NUMBERS = frozenset({(1, 0), (1, 20), (1, 22), (1, 120), (1, 122), (2, 0), (2, 200), (2, 201)})
_BINARY = frozenset({(2, 125), (2, 202)})
_CHARSET = (1, 90)
_LATIN_1 = (b"\x1b.A", b"\x1b-A")


def decode(block: Block) -> Iterator[Field | Block | Embedded | Problem]:
    window = block.window
    if window.size > MOST_BYTES:
        yield Problem(block.where, "The IPTC data is too long to be read.")
        return
    data = window.load(MOST_BYTES)
    latin = False
    try:
        for dataset, start, length in _datasets(data):
            value = data[start : start + length]
            if dataset == _CHARSET:
                latin = value.startswith(_LATIN_1)
            group, name = _NAMED.get(dataset) or _name(dataset)
            said = _value(dataset, value, latin)
            yield Field(Kind.IPTC, group, name, said, window, start, length)
            if dataset == (2, 202) and length:
                yield Embedded("preview", f"{Kind.IPTC}:{group}:{name}", window.part(start, length))
    except MalformedFile as error:
        yield Problem(block.where, f"The IPTC data is damaged: {error}.")


def _datasets(data: bytes) -> Iterator[tuple[tuple[int, int], int, int]]:
    """Record and number, and where the value lies: offset and length. MalformedFile after the good ones."""
    at, size = 0, len(data)
    for _ in range(MOST_DATASETS):
        if at == size or (data[at] == 0 and data.count(0, at) == size - at):
            return  # writers pad with zeros
        if data[at] != _MARKER or at + 5 > size:
            raise MalformedFile("something that is no dataset stands in it", at)
        start, length = at + 5, data[at + 3] << 8 | data[at + 4]
        if length & 0x8000:  # extended: the low bits say how many bytes the length has
            digits = length & 0x7FFF
            length = int.from_bytes(data[start : start + digits], "big") if digits <= 8 else size
            start += digits
        if start + length > size:
            raise MalformedFile("a dataset runs past its end", at)
        yield (data[at + 1], data[at + 2]), start, length
        at = start + length
    raise MalformedFile("it has more datasets than any photo", at)


def _name(dataset: tuple[int, int]) -> tuple[str, str]:
    record, number = dataset
    group, names = _RECORDS.get(record, (f"Record {record}", {}))
    return group, names.get(number, f"Dataset {number}")


def _value(dataset: tuple[int, int], value: bytes, latin: bool) -> object:
    if dataset in _BINARY:
        return value
    if dataset in _WHOLE_NUMBERS and len(value) <= 4:
        return int.from_bytes(value, "big")
    if dataset == _CHARSET:
        return "UTF-8" if value == b"\x1b%G" else value.decode("latin-1")
    if dataset[0] not in _RECORDS and not value.isascii():
        return value
    return _text(value, latin)


def _text(value: bytes, latin: bool) -> str:
    """UTF-8 where it is, whatever 1:90 says: software often forgets to say so. Else what Windows wrote."""
    value = value.rstrip(b"\0")
    if value.isascii():
        return value.decode("ascii")
    for charset in ("cp1252",) if latin else ("utf-8", "cp1252"):
        try:
            return value.decode(charset)
        except UnicodeDecodeError:
            continue
    return value.decode("latin-1")


_PEOPLE = {"By-line": "creator", "CopyrightNotice": "owner", "Credit": "owner", "Contact": "contact"}
_TEXTS = {
    **{"Caption-Abstract": "description", "Headline": "description", "LocalCaption": "description"},
    **{"ObjectName": "title", "Keywords": "keyword", "SpecialInstructions": "comment"},
}
_PLACES = (
    *("Sub-location", "ContentLocationName", "City", "Province-State"),
    *("Country-PrimaryLocationName", "Country-PrimaryLocationCode"),
)
"""The most precise first."""
_TIMES = (
    ("taken", "DateCreated", "TimeCreated"),
    ("digitized", "DigitalCreationDate", "DigitalCreationTime"),
)
_MEANT = frozenset(
    {
        *_PEOPLE,
        *_TEXTS,
        *_PLACES,
        *(name for _, *names in _TIMES for name in names),
        *("UniqueDocumentID", "OriginatingProgram", "ProgramVersion"),
    }
)
"""What is looked at for facts."""


Said = dict[str, list[tuple[str, Field]]]
"""What the datasets of one block say, by their names."""


def facts(fields: Sequence[Field]) -> Iterator[Fact]:
    for _, of_one_block in groupby(fields, _block):
        by_name: Said = {}
        for field in of_one_block:
            name = field.name
            if name not in _MEANT or field.group != "Application":
                continue
            said = words(str(field.value).partition("\0")[0])  # some writers leave rubbish after a NUL
            if said is None:
                continue
            if name in _PEOPLE:
                yield Person(_PEOPLE[name], said, field.address)
            elif name in _TEXTS:
                yield Text(_TEXTS[name], said, field.address)
            elif name == "UniqueDocumentID":
                yield Identifier("document-id", said, field.address)
            else:
                by_name.setdefault(name, []).append((said, field))
        if by_name:
            yield from _time_facts(by_name)
            yield from _place_facts(by_name)
            yield from _software_facts(by_name)


def _block(field: Field) -> tuple[str, int]:
    return field.within, id(field.window)


def _time_facts(by_name: Said) -> Iterator[Fact]:
    for kind, date_name, time_name in _TIMES:
        for day, field in by_name.get(date_name, [])[:1]:
            clock, clock_field = by_name.get(time_name, [("", None)])[0]
            found = moment(f"{_date(day)} {_clock(clock)}") or moment(_date(day))
            if found is None:
                continue
            address = field.address
            if clock_field is not None and "T" in found[0]:
                address = Address(address.path, address.ranges + clock_field.address.ranges, address.indirect)
            offset_path = clock_field.path if clock_field is not None and found[1] else None
            yield Time(kind, *found, address, offset_path)


def _date(value: str) -> str:
    """CCYYMMDD (IIM 6, 2:55) as YYYY-MM-DD."""
    digits = value.replace(":", "").replace("-", "")
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"


def _clock(value: str) -> str:
    """HHMMSS±HHMM (IIM 6, 2:60) as HH:MM:SS±HHMM."""
    digits = value.replace(":", "")
    return f"{digits[:2]}:{digits[2:4]}:{digits[4:6]}{digits[6:]}"


def _place_facts(by_name: Said) -> Iterator[Fact]:
    """One place, named from the smallest to the largest."""
    found = [each for name in _PLACES for each in by_name.get(name, ())]
    if any(f.name == "Country-PrimaryLocationName" for _, f in found):
        found = [(said, f) for said, f in found if f.name != "Country-PrimaryLocationCode"]
    if found:
        name = ", ".join(dict.fromkeys(said for said, _ in found))
        yield Place(None, None, None, name, found[0][1].address, "named")


def _software_facts(by_name: Said) -> Iterator[Fact]:
    for program, field in by_name.get("OriginatingProgram", [])[:1]:
        version = "".join(f" {said}" for said, _ in by_name.get("ProgramVersion", [])[:1])
        yield Software(program + version, field.address)


IPTC = Decoder(Kind.IPTC, decode, facts)
