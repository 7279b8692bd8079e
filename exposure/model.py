"""The nouns of exposure: every other module speaks in these.

A file's bytes are cut into `Part`s; parts that hold metadata become `Block`s; a block is decoded into `Field`s;
what fields mean are facts (`Place`, `Time`, `Person`…); a `Photo` is all of that for one file. Rules look at a
photo and find `Finding`s, and an `Examination` is what is left of it for the report. All are plain, frozen and
picklable, and know nothing of who makes them.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from exposure.source import Range, Window


class Kind(enum.StrEnum):
    """A kind of metadata block, by its name in the field."""

    EXIF = "EXIF"
    XMP = "XMP"
    PHOTOSHOP = "Photoshop"
    """A run of Photoshop image resources (8BIM), which may hold IPTC-IIM."""
    IPTC = "IPTC"
    """IPTC-IIM datasets."""
    ICC = "ICC"
    """An ICC colour profile."""
    MPF = "MPF"
    """The index of the Multi-Picture Format (CIPA DC-007)."""
    JUMBF = "JUMBF"
    """JUMBF boxes (ISO/IEC 19566-5), the container of a C2PA manifest."""
    COMMENT = "Comment"
    """A JPEG or GIF comment."""
    TEXT = "PNG"
    """One PNG textual chunk."""
    MAKER_NOTE = "MakerNote"
    MAC = "Mac"
    """What a Mac keeps with a file beside its bytes."""
    TRAILER = "Trailer"
    """What follows the end of the picture."""
    UNKNOWN = "Unknown"
    """Not known to be part of the picture, so taken for metadata until proven harmless."""


class Role(enum.StrEnum):
    """What a part is to its file."""

    PICTURE = "picture"
    """Copied as it is when the file is rewritten."""
    STRUCTURE = "structure"
    """Rebuilt when the file is rewritten: signatures, lengths, indexes."""
    METADATA = "metadata"
    """Dropped when the file is rewritten, or rebuilt from decoded values. Whatever we do not know is metadata."""


class Depth(enum.StrEnum):
    """How far a format looks."""

    SHALLOW = "shallow"
    """By declared lengths, head and tail: compressed picture data is one unsearched part."""
    DEEP = "deep"
    """Every byte."""


class Part(NamedTuple):
    """A run of a file's bytes, by offset and length in it. A format's parts tile the file: no gap, no overlap."""

    offset: int
    length: int
    role: Role
    where: str
    """The container's own word for the place: ``APP1``, ``eXIf``, ``mdat``."""
    kind: Kind | None = None
    """The metadata it holds; None for picture and structure."""
    payload: Range | None = None
    """Where the metadata itself lies, by offset and length in the file, without marker, length and CRC."""
    searched: bool = True
    """False for compressed data that a shallow tiling did not look into."""

    @property
    def end(self) -> int:
        return self.offset + self.length


@dataclass(frozen=True, slots=True)
class Block:
    """One metadata container inside a file, such as the EXIF in a JPEG's APP1."""

    kind: Kind
    where: str
    window: Window
    """The metadata itself."""
    file: Window
    """The picture file that it was found in; offsets that point out of the block count in this."""


@dataclass(frozen=True, slots=True)
class Embedded:
    """A whole file inside a file: a thumbnail, a second picture, a video."""

    kind: str
    """thumbnail, preview, second-image, gain-map, depth, video, audio or trailer."""
    where: str
    """The field or part that gives it, as a path."""
    window: Window


class Address(NamedTuple):
    """Where something was found, twice: a path that a person can read, and the bytes that prove it."""

    path: str
    """Kind, group and name: ``EXIF:GPS IFD:GPSLatitude``; inside a picture in the file ``second-image/EXIF:…``."""
    ranges: tuple[Range, ...] = ()
    indirect: bool = False
    """True when the bytes were packed: the ranges are then those of the container."""


class Field(NamedTuple):
    """One decoded value, with the path that leads to it."""

    kind: Kind
    group: str
    """The IFD, XMP prefix, IPTC record or PNG chunk that it sits in."""
    name: str
    """As in Exif 3.0, XMP and IIM; where a standard is silent, ExifTool's name."""
    value: object
    """str, int, float, bytes, or a tuple of those; a rational whose denominator is 0 is None."""
    window: Window
    offset: int = 0
    """Where in `window` the value lies, in bytes."""
    length: int = 0
    within: str = ""
    """The embedded file that it was found in, with a slash: ``thumbnail/``."""

    @property
    def path(self) -> str:
        return f"{self.within}{self.kind}:{self.group}:{self.name}"

    @property
    def address(self) -> Address:
        window = self.window
        return Address(self.path, window.ranges(self.offset, self.length), window.container is not None)


class Problem(NamedTuple):
    """Something that could not be read: it is said, never guessed."""

    where: str
    message: str
    """One sentence fit to show a person."""


UNCLEAR = "unclear"
"""The kind of a place that is an exact position, of which nothing says which number is the latitude."""


class Place(NamedTuple):
    """Where the photo was taken, or what it shows."""

    latitude: float | None
    """Degrees, WGS 84, north positive; None when the place is only named."""
    longitude: float | None
    accuracy_m: float | None
    """The radius in metres that the device itself gave, if any."""
    name: str | None
    """Town, street or landmark in words."""
    address: Address
    kind: str = "position"
    """position, destination (GPSDest…), named, or `UNCLEAR`."""


class Time(NamedTuple):
    """A moment. Local clock time; the zone is known only when an offset was written too."""

    kind: str
    """taken, digitized, modified, edited, gps (UTC from satellites) or utc (the phone's own world clock)."""
    local: str
    """ISO 8601 without zone: 2024-05-03T18:00:00."""
    utc_offset: str | None
    """±hh:mm, or None when the file does not say."""
    address: Address
    offset_path: str | None = None
    """The path of the field that gave the offset."""


class Device(NamedTuple):
    """A camera, phone or scanner."""

    make: str | None
    model: str | None
    address: Address


class Identifier(NamedTuple):
    """A value made to tell one thing from all others."""

    kind: str
    """serial, lens-serial, internal-serial, image-id, document-id or content-id; in a post ip-address or device-id."""
    value: str
    address: Address


class Person(NamedTuple):
    """Somebody whom the file names."""

    role: str
    """creator, owner, depicted, contact or, in a post, mentioned."""
    name: str
    address: Address


class Text(NamedTuple):
    """Words that somebody, or a program, wrote into the file."""

    kind: str
    """description, comment, keyword, title, path or prompt; in a post caption, alt or keyword."""
    value: str
    address: Address


class Software(NamedTuple):
    """A program that made or changed the file."""

    name: str
    address: Address


class Picture(NamedTuple):
    """Another picture, video or left-over inside the file."""

    kind: str
    """thumbnail, preview, second-image, gain-map, depth, video, audio or trailer."""
    offset: int
    """Of its first byte in the file, or of its container when it is packed."""
    length: int
    address: Address
    format: str | None = None
    """What it is, when it was recognised: JPEG, MP4."""
    likeness: float | None = None
    """How well a preview matches the picture, -1 to 1; None when they were not compared."""


Fact = Place | Time | Device | Identifier | Person | Text | Software | Picture


@dataclass(frozen=True, slots=True)
class Facts:
    """What a photo's fields mean, wherever they were written."""

    places: tuple[Place, ...] = ()
    times: tuple[Time, ...] = ()
    devices: tuple[Device, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    people: tuple[Person, ...] = ()
    texts: tuple[Text, ...] = ()
    software: tuple[Software, ...] = ()
    pictures: tuple[Picture, ...] = ()

    @classmethod
    def sorted(cls, facts: Iterable[Fact]) -> Facts:
        """Each fact in its pile, in the order given."""
        piles: dict[type, list[Fact]] = {t: [] for t in _PILES}
        for fact in facts:
            piles[type(fact)].append(fact)
        return cls(*map(tuple, piles.values()))  # type: ignore[arg-type]  # the piles are in the fields' order


_PILES = (Place, Time, Device, Identifier, Person, Text, Software, Picture)


class Tag(NamedTuple):
    """One EXIF tag that a clean copy gets, as decoded values: each format packs them in its own way."""

    ifd: str
    """IFD0, Exif IFD or GPS IFD."""
    number: int
    type: int
    """The TIFF type: 2 text, 3 and 4 whole numbers, 5 rationals, 1 and 7 bytes."""
    values: str | tuple[int, ...]
    """Text, or whole numbers; a rational is two of them, numerator first."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What a clean copy holds besides the picture itself. Every format writes it anew, in its own way."""

    tags: tuple[Tag, ...] = ()
    """Orientation and whatever the person asked for."""
    icc: bytes = b""
    """The colour profile; empty for none."""
    xmp: bytes = b""
    """An XMP packet that we wrote; empty for none."""
    second: frozenset[str] = frozenset()
    """Second pictures that stay: gain-map, motion."""


class Examined(enum.StrEnum):
    """How much of a photo was looked at. A photo that was not fully examined can never look safer for it."""

    COMPLETE = "complete"
    """Every byte is accounted for."""
    BOUNDED = "bounded"
    """Header, tail and every declared part; the compressed picture data was not searched."""
    PARTIAL = "partial"
    """Something could not be read."""
    NONE = "none"


class Level(enum.IntEnum):
    """What a stranger can do with a finding; defined on each rule's page."""

    INFO = 0
    LOW = 1
    MEDIUM = 2
    HIGH = 3
    CRITICAL = 4

    @property
    def word(self) -> str:
        return self.name.lower()


class Confidence(enum.IntEnum):
    """How sure a finding is. Tentative is never above high."""

    TENTATIVE = 0
    FIRM = 1
    CERTAIN = 2

    @property
    def word(self) -> str:
        return self.name.lower()


class Question(enum.StrEnum):
    """The five questions that every report answers, in this order."""

    WHERE = "where"
    WHO = "who"
    LINKS = "links"
    HISTORY = "history"
    HIDDEN = "hidden"


class Secret(enum.StrEnum):
    """What kind of value a piece of evidence shows, which says how it is masked."""

    NONE = "none"
    """Shown as it is: a model, a count, a length."""
    PLACE = "place"
    """``latitude, longitude`` in degrees: rounded to 0.1 degree."""
    NAME = "name"
    """Initials."""
    SERIAL = "serial"
    """The last four characters."""
    TEXT = "text"
    """Words that somebody typed: only how many characters."""


class Evidence(NamedTuple):
    """What a finding rests on: where it stands and what it says, in full; writers mask it."""

    address: Address
    value: str
    secret: Secret = Secret.NONE


class Finding(NamedTuple):
    """What one rule has to say about one photo."""

    rule: str
    level: Level
    confidence: Confidence
    question: Question
    message: str
    """One sentence for the person, without any value from the file."""
    reason: str
    """Why the level is what it is, when context moved it; otherwise empty."""
    evidence: tuple[Evidence, ...]
    remedy: str
    gate: Level
    """The level that exit codes look at: raised by context, never lowered by it."""
    command: str = ""
    """The words of the exposure command that does what the remedy says, without its paths; empty for none."""


class Verdict(NamedTuple):
    """What a rule's check says of a photo: the evidence, and where this photo differs from the rule's usual words."""

    evidence: tuple[Evidence, ...]
    level: Level | None = None
    confidence: Confidence | None = None
    message: str | None = None
    remedy: str | None = None
    command: str | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """Who posts, for whom to see, and where: what moves a finding's level, always with its reason."""

    profile: str = "general"
    """general, survivor, journalist, parent or activist."""
    persona: str = "named"
    """named: the account is under the real name; pseudonymous: it is not."""
    audience: str = "public"
    """public, link, friends or not-shared-yet."""
    destination: str | None = None
    """A platform of `platforms.toml`, or one that the person compared, or None."""
    tested: tuple[tuple[str, str | bool], ...] = ()
    """What the person's own comparison says of that platform, each key of a row of `platforms.toml` with its value; empty
    where the packed row counts."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a worker needs to know to examine a photo."""

    context: Context = field(default_factory=Context)
    depth: Depth | None = None
    """None: every byte of small files, and the declared parts of large ones."""
    today: str = "2000-01-01"
    """ISO date of the run: it decides which platform tests still count and which clocks run ahead."""
    thumbnails: bool = False
    """Whether the report shows each picture small."""
    fingerprints: bool = False
    """Whether each file's digest and look are wanted, to find the same picture in two accounts."""


_GROUP = itemgetter(1)
"""A field's group; quicker than by name, and every photo has dozens."""

_LONG = 512
"""Shorter values are not looked at as to whether they are base64, in characters."""


def _is_packed(text: str) -> bool:
    """Whether a long text is bytes in base64: nothing in it that stands between words, in paths or in addresses."""
    return not any(sign in text for sign in ' ,:"\\@\n')


@dataclass(frozen=True, slots=True)
class Photo:
    """A file as we understood it. It lives only while its rules run, in the process that read it."""

    name: str
    """Its path as given on the command line."""
    format: str
    """JPEG, PNG…; "unknown" when no format recognised it."""
    size: int = 0
    modified: float = 0.0
    """The file system's date, seconds since 1970; 0 when unknown."""
    examined: Examined = Examined.NONE
    width: int = 0
    height: int = 0
    """Of the picture in pixels; 0 when unknown."""
    parts: tuple[Part, ...] = ()
    blocks: tuple[Block, ...] = ()
    fields: tuple[Field, ...] = ()
    facts: Facts = field(default_factory=Facts)
    problems: tuple[Problem, ...] = ()
    _by_name: dict[str, list[Field]] = field(default_factory=dict, repr=False, compare=False)
    _by_group: dict[str, list[Field]] = field(default_factory=dict, repr=False, compare=False)
    _text: list[str] = field(default_factory=list, repr=False, compare=False)

    def named(self, name: str) -> Sequence[Field]:
        """Every field of that name, in any block."""
        if not self._by_name:
            by_name = self._by_name
            for each in self.fields:
                if each.name in by_name:
                    by_name[each.name].append(each)
                else:
                    by_name[each.name] = [each]
        return self._by_name.get(name, ())

    def grouped(self, group: str) -> Sequence[Field]:
        """Every field of that group, in any block."""
        if not self._by_group:
            for each, run in groupby(self.fields, _GROUP):  # fields of one group mostly stand together
                self._by_group.setdefault(each, []).extend(run)
        return self._by_group.get(group, ())

    @property
    def text(self) -> str:
        """All the text in it, a new line before each value, for rules that search all of it; no bytes in base64."""
        if not self._text:
            found = [""]
            for each in self.fields:
                value = each.value
                if type(value) is str:
                    if len(value) < _LONG or not _is_packed(value):
                        found.append(value)
                elif type(value) is tuple and value and type(value[0]) is str:
                    found += [v for v in value if type(v) is str]
            found += [text.value for text in self.facts.texts]
            self._text.append("\n".join(found))
        return self._text[0]


@dataclass(frozen=True, slots=True)
class Examination:
    """What is left of a photo for the report: plain data that crosses processes, never blocks or fields."""

    name: str
    format: str
    examined: Examined
    facts: Facts = field(default_factory=Facts)
    findings: tuple[Finding, ...] = ()
    problems: tuple[Problem, ...] = ()
    media: str = ""
    """For a file that was not read: the kind of media it is ("MP4 video"), "" for a photo, "other" for no media."""
    thumbnail: bytes = b""
    """The picture drawn small, as WebP without anything else in it; empty when none was asked for or can be drawn."""
    account: str = ""
    """The account that it was published in, where one is known."""
    digest: bytes = b""
    """SHA-256 of the file; empty where nobody asked."""
    look: int | None = None
    """A hash of 64 bits of what the whole picture looks like (`exposure.looks`), close to that of the same picture in
    another size; None where nobody asked or nothing could be drawn."""
    faint: int = 0
    """Which of its bits are faint."""
    has_copies: bool = True
    """Whether there are clean copies of files in its format."""

    @property
    def worst(self) -> Level | None:
        return max((f.level for f in self.findings), default=None)


class Claim(NamedTuple):
    """What one inference says of a collection, before anybody thought of what to do about it."""

    rule: str
    level: Level
    confidence: Confidence
    question: Question
    message: str
    """One sentence on what a stranger would guess, without a value from the files."""
    why: tuple[str, ...]
    could_be_wrong_if: tuple[str, ...]
    photos: Sequence[int]
    """The places in the collection of all photos that it rests on, in order."""
    place: Place | None = None
    radius_m: float | None = None
    subject: str = ""
    """What tells it from the other claims of its rule, as long as fewer photos say the same: a device, a name."""
    enough: Sequence[int] = ()
    """Those of `photos` whose cleaning is enough, where not all need it, such as those of one of two accounts."""
    instead: str = ""
    """What helps where clean copies do not, since anybody sees what it rests on, as a sentence; empty where they do."""


@dataclass(frozen=True, slots=True)
class CollectionFinding:
    """What one inference has to say about many photos together."""

    rule: str
    level: Level
    confidence: Confidence
    question: Question
    message: str
    why: tuple[str, ...]
    could_be_wrong_if: tuple[str, ...]
    evidence: tuple[str, ...]
    """The names of photos that it rests on: all, or where they are many, some."""
    fix: tuple[str, ...]
    """The photos to clean."""
    after: str
    """What is left after cleaning them, in a sentence."""
    place: Place | None = None
    radius_m: float | None = None
    photos: int = 0
    """How many photos it rests on; 0 for as many as `evidence` names."""
