"""Rules about whoever made a picture: names of photographers, owners and editors, and links to their accounts.

Specification: Exif 3.0 section 4.6.4 (Artist, Copyright); IIM 4.2 chapter 6; XMP part 1; Photoshop image resources.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from exposure.model import Confidence, Evidence, Level, Person, Photo, Question, Secret, Verdict
from exposure.plugins import rule
from exposure.rules._labels import label
from exposure.rules._names import account, initials, nobody, person
from exposure.rules._properties import MOST, properties, texts
from exposure.rules._verdicts import verdict
from exposure.rules._words import word_set

_EDITORS = {
    "Application": frozenset({"Writer-Editor"}),
    "photoshop": frozenset({"CaptionWriter"}),
    "Exif IFD": frozenset({"ImageEditor"}),
    "exifEX": frozenset({"ImageEditor"}),
}
_LINKS = {
    "xmp": frozenset({"Nickname"}),
    "xmpRights": frozenset({"WebStatement"}),
    "dc": frozenset({"source"}),
    "photoshop": frozenset({"Source"}),
    "Iptc4xmpCore": frozenset({"CiUrlWork"}),
    "plus": frozenset({"LicensorURL"}),
    "Application": frozenset({"Source"}),
    "8BIM": frozenset({"URL", "URL_List", "WorkflowURL"}),
}
_URL = re.compile(r"(?:https?://|www\.)[^\s\"'<>]{4,500}", re.IGNORECASE)
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,62})\.){1,5}([a-z]{2,12})(?:/\S{0,500})?", re.IGNORECASE)
_HANDLE = re.compile(r"(?<![\w.@/])@[A-Za-z0-9_](?:[\w.]{0,38}\w)")
_FILE_ENDINGS = word_set("jpg jpeg jpe png gif tif tiff heic webp bmp psd dng nef cr2 arw raw pdf doc docx txt xml html htm zip mov mp eps ai indd")  # fmt: skip
_NOBODYS = re.compile(
    r"(?:https?://)?(?:[\w-]+\.){0,4}(?:w3\.org|adobe\.com|iptc\.org|purl\.org|creativecommons\.org|color\.org|cipa\.jp"
    r"|useplus\.(?:org|com)|metadataworkinggroup\.(?:org|com)|example\.(?:com|org|net)|gettyimages\.[a-z.]{2,6}|istockphoto\.com"
    r"|shutterstock\.com|alamy\.[a-z.]{2,6}|corbis(?:images)?\.com|fotolia\.com|depositphotos\.com|dreamstime\.com|123rf\.com"
    r"|microsoft\.com|apple\.com|google\.com|canon\.[a-z.]{2,6}|nikon\.[a-z.]{2,6}|sony\.[a-z.]{2,6})(?![\w.-])",
    re.IGNORECASE,
)
"""Sites of standards, of makers of cameras and software, and of the large picture libraries, where nobody has a page."""


@rule(
    "owner-name",
    "The name of the photographer or owner",
    Question.WHO,
    Level.MEDIUM,
    raised_for=("journalist", "survivor", "activist"),
    persona={"named": -1, "pseudonymous": 1},
    message="The file names the person who took the picture or who owns the camera.",
    remedy="Share a clean copy, which names nobody, and clear the author and owner fields in the camera's menu.",
)
def owner_name(photo: Photo) -> Verdict | None:
    """The file holds the name of whoever took the picture, owns the camera or claims the copyright.

    Why it matters
        Your real name travels with the picture even when the account it is posted from does not carry it. Names and
        contact details found in files feed doxxing, and metadata can expose a source.

    What to do
        Share a clean copy. Clear the author, owner and copyright fields in the camera's menu, so that new
        photos are born without them. If you publish under your own name on purpose, nothing needs doing:
        `--keep creator,copyright` leaves both in the copy.

    What that does not do
        Copies that were already posted or collected keep the name.

    Covers
        IDN01

    References
        https://github.com/exiftool/exiftool/blob/master/lib/Image/ExifTool/IPTC.pm
        Exif 3.0, section 4.6.4 (Artist, Copyright)
    """
    found = [f for p in photo.facts.people if (f := _named(p)) is not None]
    if not found:
        return None
    sure = any(certain for _, certain in found)
    confidence = Confidence.CERTAIN if sure else Confidence.FIRM
    return Verdict(tuple(e for e, _ in found)[:MOST], confidence=confidence)


def _named(author: Person) -> tuple[Evidence, bool] | None:
    """The name in what a field says of its author or owner. Signed manifests (JUMBF) have a rule of their own."""
    if author.role not in ("creator", "owner") or author.address.path.rpartition("/")[2].startswith("JUMBF:"):
        return None
    found = person(author.name)
    return None if found is None else (Evidence(author.address, found[0], Secret.NAME), found[1])


@rule(
    "caption-writer",
    "The name of an editor or caption writer",
    Question.WHO,
    Level.MEDIUM,
    raised_for=("activist",),
    persona={"named": -1},
    message="The file names a person who edited the picture or wrote its caption.",
    remedy="Share a clean copy, which names nobody.",
)
def caption_writer(photo: Photo) -> Verdict | None:
    """The file holds the name or initials of somebody who handled the picture after it was taken.

    Why it matters
        It can name a second person, who may not want to be tied to the picture or to you.

    What to do
        Share a clean copy. In your photo software, clear the caption writer and editor fields, so that the next
        export is without them too.

    What that does not do
        Copies that were already shared keep the name.

    Covers
        IDN06

    References
        https://github.com/exiftool/exiftool/blob/master/lib/Image/ExifTool/IPTC.pm
        IIM 4.2, dataset 2:122 (Writer/Editor)
    """
    return verdict(_writers(photo))


def _writers(photo: Photo) -> Iterator[Evidence]:
    for field in properties(photo, _EDITORS):
        for text in texts(field):
            found = person(text)
            name = found[0] if found is not None else initials(text)
            if name and not label(text):
                yield Evidence(field.address, name, Secret.NAME)


@rule(
    "web-link-or-handle",
    "A web address or account name",
    Question.LINKS,
    Level.MEDIUM,
    confidence=Confidence.FIRM,
    raised_for=("journalist", "activist", "survivor"),
    persona={"named": -1, "pseudonymous": 1},
    message="The file holds a web address or an account name, which ties it to a site or to another account.",
    remedy="Share a clean copy, which has no such texts.",
)
def web_link_or_handle(photo: Photo) -> Verdict | None:
    """A field about the maker, origin or rights of the picture holds a web address or an account name.

    Why it matters
        It ties the picture to a site or to another account, and a rare account name by itself can link a person's
        profiles on several sites.

    What to do
        Share a clean copy. In your photo software, clear the source, rights and web address fields, so that the
        next export is without them too.

    What that does not do
        It cannot cut links that were already noticed, and the same name used on two sites still ties them together.

    Covers
        IDN05

    References
        https://arxiv.org/abs/1101.5578
        XMP part 1, section 8.5 (xmpRights:WebStatement)
    """
    return verdict(list(_links(photo))[:MOST])


def _links(photo: Photo) -> Iterator[Evidence]:
    for field in properties(photo, _LINKS):
        for text in texts(field):
            if (link := _link(text)) is not None:
                yield Evidence(field.address, link, Secret.TEXT)
    for author in photo.facts.people:
        unnamed = author.role in ("creator", "owner") and person(author.name) is None
        if unnamed and (link := account(author.name) or _link(author.name)) is not None:
            yield Evidence(author.address, link, Secret.TEXT)


def _link(text: str) -> str | None:
    """The web address or account name in a text, unless it is a site where nobody has a page."""
    for found in _URL.finditer(text):
        if _NOBODYS.match(found[0]) is None:
            return found[0].rstrip(".,;)")
    if (host := _HOST.fullmatch(text)) is not None and host[1].lower() not in _FILE_ENDINGS:
        return text if _NOBODYS.match(text) is None else None
    handle = _HANDLE.search(text)
    return handle[0] if handle is not None and not nobody(handle[0][1:]) else None
