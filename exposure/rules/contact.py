"""Rules about ways to reach somebody: addresses, telephone numbers, and the user names in folder paths.

Specification: IPTC Photo Metadata Standard (Creator's Contact Info), PLUS (Licensor), IIM 4.2 dataset 2:118.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from exposure.model import Confidence, Evidence, Kind, Level, Photo, Question, Secret, Verdict
from exposure.plugins import rule
from exposure.rules import _contacts, _paths
from exposure.rules._labels import label
from exposure.rules._names import nobody
from exposure.rules._properties import LONGEST, MOST, each_text, last

_COARSE = frozenset({"CiAdrCtry", "CiAdrRegion", "CiUrlWork", "LicensorName", "LicensorURL"})
"""Too wide to reach anybody with, or told by another rule."""

_TOWNS = frozenset({"CiAdrCity", "CiAdrPcode"})
"""Part of an address, but no way to reach anybody without the rest of it."""

_FEWEST_DIGITS = 3
"""A telephone number has no fewer, even inside a house."""

_NUMBER = re.compile(r"\d[\d ()./-]*")

_NO_PHONES = re.compile(
    r"serial|version|date|time|gps|digest|hash|uuid|guid|coord|model|lens|firmware|curve|matrix|table|software|creatortool"
    r"|toolkit|resolution|range|area|reference|reddata|i[dD]s?$|ID\b",
    re.IGNORECASE,
)
"""Names of fields that hold numbers of their own; only a word such as "tel" makes those a telephone number."""

_SHORTEST = 6
"""No contact details are shorter than this, in characters."""

_COLOUR = (Kind.ICC,)
"""Makers of colour profiles sign them with their own addresses."""


@rule(
    "contact-details",
    "An e-mail address, telephone number or postal address",
    Question.WHO,
    Level.HIGH,
    message="The file holds an e-mail address, a telephone number or a postal address by which somebody can be reached.",
    remedy="Share a clean copy, which has no texts, and clear the contact fields in your camera and photo software.",
)
def contact_details(photo: Photo) -> Verdict | None:
    """The file tells a stranger how to reach somebody directly.

    Why it matters
        An e-mail address, a telephone number or a street address gives a stranger a direct way to reach you. People
        type them into the owner and copyright fields of cameras as well as into the contact fields of photo
        software: a public collection of test photos holds one full name with a mobile number.

    What to do
        Share a clean copy. For new photos, clear the contact fields in your photo software, and the owner and
        copyright texts in the camera's menu.

    What that does not do
        Copies that were already sent or collected keep the details, and removing them everywhere is very difficult.
        Numbers and addresses written in an unusual way can be missed.

    Covers
        IDN02, IDN03

    References
        https://cpj.org/2019/09/digital-safety-remove-personal-data-internet/
        https://github.com/exiftool/exiftool/blob/master/lib/Image/ExifTool/IPTC.pm
        IPTC Photo Metadata Standard, Creator's Contact Info
    """
    found = {(e.address.path, e.value): e for e in _panels(photo)}
    declared = bool(found)
    if lines := _contacts.suspects(photo.text):
        told = {path for path, _ in found}
        for evidence in _anywhere(photo, lines):
            if evidence.address.path not in told:
                found.setdefault((evidence.address.path, evidence.value), evidence)
            if len(found) >= MOST:
                break
    if not found:
        return None
    confidence = Confidence.CERTAIN if declared else Confidence.FIRM
    return Verdict(tuple(found.values())[:MOST], confidence=confidence)


def _panels(photo: Photo) -> Iterator[Evidence]:
    """What stands in the fields made for contact details."""
    named = [(p, last(p.address.path.rpartition(":")[2])) for p in photo.facts.people if p.role == "contact"]
    reaching = [p for p, name in named if name not in _COARSE and _reaches(name, p.name)]
    if any(last(p.address.path.rpartition(":")[2]) not in _TOWNS for p in reaching):
        yield from (Evidence(p.address, p.name[:LONGEST], Secret.TEXT) for p in reaching)


def _reaches(name: str, text: str) -> bool:
    """Whether a contact field holds anything to reach somebody by: no filler, example or machine's address."""
    if label(text) or (nobody(text) and not any(map(str.isdigit, text))):
        return False
    if "Email" in name or ("@" in text and " " not in text.strip()):
        return any(_contacts.emails(text))
    if "Tel" in name:
        numbers = (sum(map(str.isdigit, n)) for n in _NUMBER.findall(text[:LONGEST]))
        return max(numbers, default=0) >= _FEWEST_DIGITS
    return True


def _anywhere(photo: Photo, lines: set[str]) -> Iterator[Evidence]:
    """Addresses and numbers in any text of the photo that holds one of these lines."""

    def telling(text: str) -> bool:
        return len(text) >= _SHORTEST and (
            text in lines or ("\n" in text and not lines.isdisjoint(text.split("\n")))
        )

    for text, name, address in each_text(photo, telling, _COLOUR):
        numbered = _NO_PHONES.search(name) is not None and "phone" not in name.lower()
        yield from (Evidence(address, m[:LONGEST], Secret.TEXT) for m in _contacts.emails(text))
        yield from (Evidence(address, n, Secret.TEXT) for n in _contacts.phones(text, numbered))


@rule(
    "user-path",
    "Folder paths of a computer",
    Question.WHO,
    Level.MEDIUM,
    confidence=Confidence.FIRM,
    raised_for=("journalist", "activist", "survivor"),
    persona={"pseudonymous": 1},
    message="The file holds a folder path from a computer, with the name of a user or of a computer in it.",
    remedy="Share a clean copy, which has no notes of photo software.",
)
def user_path(photo: Photo) -> Verdict | None:
    """The file says in which folder of whose computer it, or a picture it was made from, was kept.

    Why it matters
        Such a path often holds your login or real name, and the names of projects and people in its folders.

    What to do
        Share a clean copy: what photo software noted in the file (XMP and Photoshop data) does not come along.

    What that does not do
        Files that were already shared keep the path, and names in your folders stay in every other file that
        remembers them.

    Covers
        SOF04

    References
        https://github.com/exiftool/exiftool/blob/master/lib/Image/ExifTool/XMP.pm
        https://github.com/exiftool/exiftool/blob/master/lib/Image/ExifTool/Photoshop.pm
    """
    if not _paths.may_hold(photo.text):
        return None
    personal: dict[tuple[str, str], Evidence] = {}
    folders: dict[tuple[str, str], Evidence] = {}
    for text, _, address in each_text(photo, _paths.may_hold):
        for path in _paths.paths(text):
            pile = personal if path.personal else folders
            if len(pile) < MOST:
                pile.setdefault((address.path, path.text), Evidence(address, path.text, Secret.TEXT))
    if personal:
        return Verdict(tuple((personal | folders).values())[:MOST])
    if folders:
        return Verdict(tuple(folders.values()), level=Level.LOW, message=_FOLDERS)
    return None


_FOLDERS = "The file holds a folder path from a phone or computer; folders and files can be named after people, places and projects."
