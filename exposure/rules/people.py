"""Rules about the people shown: names, boxes and notes that other software wrote. No picture is looked at.

Specification: MWG 2.0 section 5.9 (regions); Microsoft people tagging; IPTC Photo Metadata Standard (extension).
"""

from __future__ import annotations

from exposure.model import Confidence, Evidence, Field, Level, Photo, Question, Secret, Verdict
from exposure.plugins import rule
from exposure.rules._labels import label, numbered
from exposure.rules._names import nobody
from exposure.rules._properties import MOST, properties, texts
from exposure.rules._regions import REGIONS, name_under_people, regions
from exposure.rules._verdicts import verdict

_MICROSOFT = frozenset({"PersonEmailDigest", "PersonLiveIdCID", "PersonSourceID"})
_HASHED = {"MP": _MICROSOFT, "MPRI": _MICROSOFT, "MPReg": _MICROSOFT}
_SHOWN = {
    "Iptc4xmpExt": frozenset({"OrganisationInImageName", "OrganisationInImageCode", "Event"}),
}


@rule(
    "people-named",
    "Names of people shown in the photo",
    Question.WHO,
    Level.HIGH,
    message="The file says by name who is in the picture, and perhaps which face belongs to which name.",
    remedy="Share a clean copy, which names nobody, and ask before you share pictures that name others.",
)
def people_named(photo: Photo) -> Verdict | None:
    """The file names the people who are shown in the picture.

    Why it matters
        It says who is in the picture, often which face belongs to which name, for you and for friends who did not
        choose this. Names on pictures are ready-made material for finding out who belongs with whom.

    What to do
        Share a clean copy: people tags and face regions do not come along. Picasa, digiKam, Lightroom, Windows
        and other photo software write them. If others were named in public, tell them.

    What that does not do
        People can still be recognised by eye, and copies that were already collected keep the names.

    Covers
        PEO01, PEO02, PEO03

    References
        https://github.com/exiftool/exiftool/blob/master/lib/Image/ExifTool/MWG.pm
        https://learn.microsoft.com/en-us/windows/win32/wic/-wic-people-tagging
        https://github.com/exiftool/exiftool/blob/master/lib/Image/ExifTool/IPTC.pm
        https://www.immigrantdefenseproject.org/immigrant-advocates-foia-for-info-on-clearview-ai-contract-with-ice-for-facial-recognition-technology/
    """
    people = [
        Evidence(p.address, p.name, Secret.NAME)
        for p in photo.facts.people
        if p.role == "depicted" and not nobody(p.name)
    ]
    if people:
        return Verdict(tuple(people[:MOST]))
    if not any(map(photo.grouped, REGIONS)):
        return None
    pets = [
        Evidence(region.name.address, region.named, Secret.NAME)
        for region in regions(photo)
        if region.name is not None and region.named and region.type == "pet"
    ]
    return Verdict(tuple(pets[:MOST]), level=Level.LOW, message=_PETS) if pets else None


_PETS = "The file names a pet that is in the picture."


@rule(
    "hashed-contact",
    "A scrambled e-mail address or account number of somebody shown",
    Question.WHO,
    Level.HIGH,
    message="The file holds a scrambled e-mail address or an account number of a person shown, from which that person can be found out.",
    remedy="Share a clean copy, which has no people tags, and tell the person if it was public.",
)
def hashed_contact(photo: Photo) -> Verdict | None:
    """The file ties a person shown to a scrambled e-mail address or to an account number.

    Why it matters
        The e-mail address is stored as a fingerprint (SHA-1) without any secret in it. Anybody can test guesses
        against it, so it names the person.

    What to do
        Share a clean copy: the people tags of Windows photo software do not come along. It belongs to somebody
        else: tell them if it was public.

    What that does not do
        Copies that were already collected keep it, and a fingerprint once known can be tested at any time later.

    Covers
        IDN04

    References
        https://learn.microsoft.com/en-us/windows/win32/wic/-wic-people-tagging
    """
    found = properties(photo, _HASHED)
    return verdict(
        [Evidence(f.address, v, Secret.SERIAL) for f in found if (v := _number_or_text(f)).strip("0 ")][:MOST]
    )


def _number_or_text(field: Field) -> str:
    return str(field.value) if isinstance(field.value, int) else next(texts(field), "")


@rule(
    "face-boxes",
    "Boxes around faces, without names",
    Question.WHO,
    Level.INFO,
    message="Other software marked in the file where faces are, without names.",
    remedy="Nothing needs doing; a clean copy is without the marks too.",
)
def face_boxes(photo: Photo) -> Verdict | None:
    """A camera or program marked in the file where it saw faces, without saying whose.

    Why it matters
        It makes it easy to sort photos with people from those without. It says nothing about who they are.

    What to do
        Share a clean copy if you do not want the marks in it.

    What that does not do
        Faces can be found in the picture itself. This tool only reads what is written in the file; it does not look
        at faces and has no way to compare them.

    Covers
        PEO07

    References
        https://github.com/exiftool/exiftool/blob/master/lib/Image/ExifTool/MWG.pm
        https://github.com/exiftool/exiftool/blob/master/lib/Image/ExifTool/Apple.pm
    """
    boxes = [Evidence(r.box.address, "a box") for r in regions(photo) if r.type == "face" and not r.named]
    counts = [
        Evidence(f.address, str(f.value))
        for f in photo.named("FacesDetected")
        if isinstance(f.value, int) and not isinstance(f.value, bool) and f.value > 0
    ]
    return verdict((boxes + counts)[:MOST])


@rule(
    "organisation-or-event",
    "The name of an organisation or event",
    Question.WHO,
    Level.MEDIUM,
    raised_for=("activist", "journalist", "parent", "survivor"),
    message="The file names an organisation that is shown or the event at which the picture was taken.",
    remedy="Share a clean copy, which has no such texts.",
)
def organisation_or_event(photo: Photo) -> Verdict | None:
    """The file names an organisation that is in the picture, or the event it was taken at.

    Why it matters
        It can name an employer, a school, a clinic or a protest.

    What to do
        Share a clean copy. In your photo software, clear the organisation and event fields, so that the next
        export is without them too.

    What that does not do
        Signs, uniforms and badges in the picture still show it, and copies that were already shared keep the words.

    Covers
        PEO08

    References
        https://github.com/exiftool/exiftool/blob/master/lib/Image/ExifTool/IPTC.pm
        IPTC Photo Metadata Standard, Featured Organisation and Event
    """
    found = ((f, t) for f in properties(photo, _SHOWN) for t in texts(f))
    return verdict([Evidence(f.address, t, Secret.TEXT) for f, t in found if _named(t)][:MOST])


def _named(text: str) -> bool:
    """Whether a text names an organisation or event; "Team 17" and "2024" do, "Organisation Name 1" does not."""
    return not nobody(text) or (any(map(str.isdigit, text)) and not label(text) and not numbered(text))


@rule(
    "people-keywords",
    "Keywords that seem to name people",
    Question.WHO,
    Level.MEDIUM,
    confidence=Confidence.TENTATIVE,
    raised_for=("journalist", "survivor", "activist", "parent"),
    message="Keywords that were sorted under people or family may name somebody who is shown.",
    remedy="Share a clean copy, which has no keywords.",
)
def people_keywords(photo: Photo) -> Verdict | None:
    """Keywords stand under a heading such as "People" or "Family", and so are probably names.

    Why it matters
        Private tags such as the names of family or patients leave with the file.

    What to do
        Share a clean copy, or set your photo software to leave people keywords out on export.

    What that does not do
        This is a guess from how keywords are sorted: expect misses, for names under other headings, and false
        alarms. Copies that were already shared keep the keywords.

    Covers
        PEO06

    References
        https://cpj.org/2019/09/digital-safety-remove-personal-data-internet/
        https://github.com/exiftool/exiftool/blob/master/lib/Image/ExifTool/IPTC.pm
    """
    keywords = [t for t in photo.facts.texts if t.kind == "keyword"]
    return verdict(
        [Evidence(t.address, n, Secret.NAME) for t in keywords if (n := name_under_people(t.value))][:MOST]
    )
