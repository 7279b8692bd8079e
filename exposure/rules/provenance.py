"""Rules about marks that say where a picture comes from: Content Credentials, platforms, AI."""

from __future__ import annotations

from collections.abc import Iterator

from exposure.model import Confidence, Evidence, Field, Kind, Level, Photo, Question, Secret, Verdict
from exposure.plugins import NO_COMMAND, rule
from exposure.rules._verdicts import shown, verdict

_IDENTITY = "cawg.identity"
_WORK = "stds.schema-org.CreativeWork"
_CREDENTIALS = ("Label", "ClaimGenerator", "Author")
_MARK = "FBMD"
_LONGEST = 200
"""No more of a value than this is shown, in characters."""


@rule(
    "named-credentials",
    "Content Credentials that name a person",
    Question.WHO,
    Level.HIGH,
    message="A signed record in the file ties the picture to a name or an account, and denying it later is hard.",
    remedy="If you need to stay unnamed, share a clean copy, which has no Content Credentials.",
    confidence=Confidence.FIRM,
)
def named_credentials(photo: Photo) -> Verdict | None:
    """The Content Credentials in the file, a signed record of where it comes from, name a person or an account.

    Why it matters
        A signed record can tie the picture to a verified name or account, and denying it later is hard.

    What to do
        When you need to stay unnamed, share a clean copy, which has no Content Credentials; or export the
        picture again without the part that says who you are.

    What that does not do
        A picture without credentials can look suspicious or count for less as evidence, so keep the original. Some
        services find removed credentials again and put them back.

    Covers
        SOF06

    References
        https://c2pa.org/specifications/specifications/1.4/security/Harms_Modelling.html
        https://worldprivacyforum.org/posts/privacy-identity-and-trust-in-c2pa
        https://blog.witness.org/2021/12/witness-and-the-c2pa-harms-and-misuse-assessment-process/
    """
    return verdict(_names(photo))


@rule(
    "content-credentials",
    "Content Credentials",
    Question.HIDDEN,
    Level.INFO,
    message="A signed record in the file tells with which tools and steps the picture was made, and when.",
    remedy="Decide for each post whether you want the proof of origin or fewer traces; a clean copy has no such record.",
)
def content_credentials(photo: Photo) -> Verdict | None:
    """The file carries Content Credentials (a C2PA manifest): a signed record of how the picture came about.

    Why it matters
        It records tools, times and steps, and may hold a small picture of an earlier version.

    What to do
        Decide for each post: proof of origin, or fewer traces. A clean copy has no such record.

    What that does not do
        Some services find removed credentials again and put them back, so removing them may not be final.

    Covers
        SOF07

    References
        https://c2pa.org/specifications/specifications/1.4/security/Harms_Modelling.html
        https://worldprivacyforum.org/posts/privacy-identity-and-trust-in-c2pa
    """
    found = next(_manifest(photo), None)
    if found is None or any(True for _ in _names(photo)):
        return None
    return verdict([Evidence(found.address, str(found.value)[:_LONGEST])])


@rule(
    "facebook-mark",
    "A mark that Facebook adds",
    Question.LINKS,
    Level.LOW,
    message="The picture carries a mark that shows it was downloaded from Facebook.",
    remedy="Share a clean copy when you post it somewhere else.",
    raised_for=("journalist", "activist"),
)
def facebook_mark(photo: Photo) -> Verdict | None:
    """Facebook wrote its mark, letters that begin with FBMD, into the file.

    Why it matters
        It shows that the picture was downloaded from Facebook. Nobody outside has decoded what the rest means.

    What to do
        Share a clean copy when you post the picture somewhere else: neither IPTC nor XMP comes along.

    What that does not do
        The mark is not known to name whoever uploaded the picture: that is unproven, whatever you may read.

    Covers
        SOF08

    References
        https://stackoverflow.com/questions/31120222/iptc-metadata-automatically-added-to-uploaded-images-on-facebook
    """
    fields = (f for name in ("SpecialInstructions", "Instructions") for f in photo.named(name))
    return verdict(
        shown(f, Secret.SERIAL) for f in fields if isinstance(f.value, str) and f.value.startswith(_MARK)
    )


@rule(
    "ai-label",
    "A label that says how the picture was made",
    Question.HIDDEN,
    Level.INFO,
    message="A label in the file says how the picture was made, for example by a camera, by a program or by AI.",
    remedy="Usually it is worth keeping, because others may be misled without it; a clean copy is without it.",
    command=NO_COMMAND,
)
def ai_label(photo: Photo) -> Verdict | None:
    """The file declares how the picture was made: with a camera, a program or artificial intelligence.

    Why it matters
        Everybody who gets the file can read it.

    What to do
        Usually keep it: removing it can mislead others. A clean copy is without it, so say in words how the
        picture was made.

    What that does not do
        The label is what a program or a person wrote there; it proves nothing, and nor does its absence.

    Covers
        HID11

    References
        https://github.com/exiftool/exiftool/blob/master/lib/Image/ExifTool/IPTC.pm
    """
    fields = (f for name in ("DigitalSourceType", "AISystemUsed") for f in photo.named(name))
    return verdict(
        Evidence(f.address, f.value.strip()[:_LONGEST])
        for f in fields
        if isinstance(f.value, str) and f.value.strip()
    )


def _manifest(photo: Photo) -> Iterator[Field]:
    """The fields that every manifest has at least one of."""
    return (f for name in _CREDENTIALS for f in photo.named(name) if f.kind is Kind.JUMBF)


def _names(photo: Photo) -> Iterator[Evidence]:
    """Who is named in a manifest: people, and the assertions that hold an identity."""
    if next(_manifest(photo), None) is None:
        return
    for person in photo.facts.people:
        if f"{Kind.JUMBF.value}:" in person.address.path:
            yield Evidence(person.address, person.name, Secret.NAME)
    authors = [f for f in photo.named("Author") if f.kind is Kind.JUMBF and f.value]
    known = {p.address.path for p in photo.facts.people}
    yield from (shown(f, Secret.NAME) for f in authors if f.path not in known)
    telling = (_IDENTITY, _WORK) if authors else (_IDENTITY,)
    labels = (f for f in photo.named("Label") if f.kind is Kind.JUMBF)
    yield from (shown(f) for f in labels if isinstance(f.value, str) and f.value.startswith(telling))
