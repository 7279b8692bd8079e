"""What the texts of a PNG mean: the registered keywords, ImageMagick's copies of EXIF, and generators' prompts.

Specification: PNG third edition, section 11.3.3.1 (keywords); Exif 3.0, sections 4.6.5 and 4.6.6 for the fields
that ImageMagick writes as ``exif:…``, rationals as ``48/1, 53/1, 1956/100``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from exposure.metadata._meaning import moment, offset, valid_position, words
from exposure.model import Device, Fact, Field, Identifier, Person, Place, Software, Text, Time

TIME = "ModifyDate"
"""The name of the field that a tIME chunk gives."""

_PEOPLE = {
    **{"author": "creator", "artist": "creator", "creator": "creator", "photographer": "creator"},
    **{"copyright": "owner", "exif:artist": "creator", "exif:copyright": "owner"},
    **{"exif:cameraownername": "owner", "exif:photographer": "creator"},
}
_TEXTS = {
    **{"title": "title", "exif:documentname": "title", "keywords": "keyword"},
    **{"description": "description", "caption": "description", "subject": "description"},
    **{"imagedescription": "description", "exif:imagedescription": "description"},
    **{"comment": "comment", "usercomment": "comment", "exif:usercomment": "comment", "label": "comment"},
    **{"warning": "comment", "disclaimer": "comment", "source": "comment"},
    **{"thumb::uri": "path", "tiff:document": "path", "svg:base-uri": "path"},
}
_PROMPTS = frozenset(
    {"parameters", "prompt", "negative_prompt", "workflow", "dream", "sd-metadata", "sd_metadata"}
    | {"invokeai_metadata", "invokeai_graph", "invokeai_workflow", "generation_data", "fooocus_scheme"}
)
_PROMPTS_OF_NOVELAI = frozenset({"description", "comment"})
_SOFTWARE = frozenset({"software", "exif:software", "tiff:software", "exif:processingsoftware"})
_IDENTIFIERS = {
    **{"exif:bodyserialnumber": "serial", "exif:cameraserialnumber": "serial", "exif:serialnumber": "serial"},
    **{"exif:lensserialnumber": "lens-serial", "exif:imageuniqueid": "image-id"},
    **{"xmpmm:documentid": "document-id", "xapmm:documentid": "document-id"},
}
_TIMES = {
    "creation time": ("taken", ""),
    "exif:datetimeoriginal": ("taken", "exif:offsettimeoriginal"),
    "exif:datetimedigitized": ("digitized", "exif:offsettimedigitized"),
    "exif:datetime": ("modified", "exif:offsettime"),
    "tiff:timestamp": ("modified", ""),
    "date:create": ("modified", ""),
    "date:modify": ("modified", ""),
    "create-date": ("modified", ""),
    "modify-date": ("modified", ""),
    "date:timestamp": ("edited", ""),
    TIME.lower(): ("modified", ""),
}
"""The kind of each time, and the field that gives its offset. ImageMagick's date:create is the file's, not the photo's."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MAIL_DATE = re.compile(
    r"\s*(?:[A-Za-z]{3},\s*)?(\d{1,2}) ([A-Za-z]{3}) (\d{4}) (\d{1,2}:\d{2}(?::\d{2})?)\s*(GMT|UTC?|Z|[+-]\d{4})?\s*"
)
"""RFC 1123, section 5.2.14, which the PNG specification recommends for Creation Time."""


_LONGEST_TIME = 64
"""In characters; no date is longer, and patterns are slow on what only looks like one."""


def facts(fields: Sequence[Field]) -> Iterator[Fact]:
    """The facts in the texts of one PNG; keywords count in any case, the first of each name for what is combined."""
    named: dict[str, Field] = {}
    for field in fields:
        named.setdefault(field.name.lower(), field)
    novelai = "novelai" in _said(named.get("software")).lower()
    for field in fields:
        text, name = words(field.value), field.name.lower()
        if text is None:
            continue
        if name in _PROMPTS or (novelai and name in _PROMPTS_OF_NOVELAI):
            yield Text("prompt", text, field.address)
        elif name in _TEXTS:
            yield Text(_TEXTS[name], text, field.address)
        elif name in _PEOPLE:
            yield Person(_PEOPLE[name], text, field.address)
        elif name in _SOFTWARE:
            yield Software(text, field.address)
        elif name in _IDENTIFIERS:
            yield Identifier(_IDENTIFIERS[name], text, field.address)
        elif name in _TIMES:
            yield from _time(field, text, named)
    yield from _device(named)
    yield from _positions(named)


def _said(field: Field | None) -> str:
    return (words(field.value) or "") if field is not None else ""


def _time(field: Field, text: str, named: dict[str, Field]) -> Iterator[Time]:
    kind, zone = _TIMES[field.name.lower()]
    if len(text) > _LONGEST_TIME:
        return
    found = moment(text) or _mail_date(text)
    if found is None:
        return
    local, shift = found
    path = None
    if field.group == "tIME":
        shift = "+00:00"  # it is always UTC (11.3.5.1)
    elif zone in named and (told := offset(_said(named[zone]))):
        shift, path = told, named[zone].path
    yield Time(kind, local, shift, field.address, path)


def _mail_date(text: str) -> tuple[str, str | None] | None:
    found = _MAIL_DATE.fullmatch(text)
    if found is None or found[2].lower() not in _MONTHS:
        return None
    day, month, year, clock, zone = found.groups()
    zone = "Z" if zone and zone[0].isalpha() else zone or ""
    return moment(f"{year}-{_MONTHS.index(month.lower()) + 1}-{day} {clock}{zone}")


def _device(named: dict[str, Field]) -> Iterator[Device]:
    make, model = _said(named.get("exif:make")), _said(named.get("exif:model"))
    if make or model:
        yield Device(make or None, model or None, named["exif:model" if model else "exif:make"].address)


def _positions(named: dict[str, Field]) -> Iterator[Fact]:
    for prefix, kind in (("exif:gps", "position"), ("exif:gpsdest", "destination")):
        latitude = _degrees(named, f"{prefix}latitude", "N", "S")
        longitude = _degrees(named, f"{prefix}longitude", "E", "W")
        if valid_position(latitude, longitude):
            yield Place(latitude, longitude, None, None, named[f"{prefix}latitude"].address, kind)
    day, clock = named.get("exif:gpsdatestamp"), named.get("exif:gpstimestamp")
    numbers = _numbers(_said(clock))
    if day is not None and clock is not None and numbers is not None and len(numbers) == 3:
        hour, minute, second = map(int, numbers)
        if found := moment(f"{_said(day)[:10]} {hour}:{minute:02}:{second:02}"):
            yield Time("gps", found[0], "+00:00", clock.address)


def _degrees(named: dict[str, Field], name: str, positive: str, negative: str) -> float | None:
    """Signed degrees; None without the letter that says north or south, east or west."""
    letter = _said(named.get(f"{name}ref"))[:1].upper()
    numbers = _numbers(_said(named.get(name)).removesuffix(", 0/0"))  # seconds that are not known
    if letter not in (positive, negative) or not letter or numbers is None:
        return None
    degrees, minutes, seconds = (*numbers, 0.0, 0.0)[:3]
    size = degrees + minutes / 60 + seconds / 3600
    return size if letter == positive else -size


def _numbers(text: str) -> list[float] | None:
    """One to three numbers or fractions with commas between them, none below 0; None when it is anything else."""
    numbers = []
    for part in text[:100].split(","):
        above, slash, below = part.strip().partition("/")
        try:
            number = float(above) / (float(below) if slash else 1)
        except (ValueError, ZeroDivisionError):
            return None
        if not 0 <= number < 1e6:  # no infinity and no NaN either
            return None
        numbers.append(number)
    return numbers if len(numbers) <= 3 else None
