"""A rule about photos that were sent as they are."""

from __future__ import annotations

from collections.abc import Iterator

from exposure.model import Confidence, Evidence, Examination, Kind, Level, Question, Verdict
from exposure.plugins import post_rule
from exposure.post import Posted
from exposure.rules._post_words import MOST

_WHOLE = ("file", "document")
"""What the ways of sending are called that change nothing in a photo."""
_STRIPPING = frozenset({"telegram", "whatsapp"})
"""Services that clean what is sent as a photo, so what is not clean was sent in another way."""
_KINDS = frozenset(str(kind) for kind in Kind if kind is not Kind.ICC)


@post_rule(
    "sent-as-file",
    "Sent as a file, with everything in it",
    Question.HIDDEN,
    Level.MEDIUM,
    message="This photo was sent as a file, so whoever got it also got everything that is hidden in it.",
    remedy="Delete the message for everybody, and next time send a clean copy, whatever the app promises.",
    raised_for=("survivor", "journalist", "activist", "parent"),
)
def sent_as_file(posted: Posted) -> Verdict | None:
    """A photo was sent as a file or document, and its own data tells something.

    Why it matters
        Chat apps shrink and clean what is sent as a photo, but pass on the original when you choose file or document:
        with place, device and everything else.

    What to do
        Delete the message for everybody where the app can do that. Clean photos before you send them, whatever the app
        promises.

    What that does not do
        Those who saved the file have it. No maker says field by field what its app removes; tests disagree, and apps
        change.

    Covers
        PST06

    References
        https://privacystrip.com/blog/social-media-metadata-policies/
        https://timestampcamera.net/photo-guides/which-social-media-platforms-strip-exif-data
    """
    hidden = [e for photo in posted.photos for e in _hidden(photo)][:MOST]
    if not hidden:
        return None
    if is_whole(posted):
        return Verdict(tuple(hidden))
    return Verdict(tuple(hidden), confidence=Confidence.FIRM) if posted.post.service in _STRIPPING else None


def is_whole(posted: Posted) -> bool:
    """Whether the archive says that it was sent as a file."""
    texts = (*posted.post.facts.texts, *posted.post.stored.texts)
    return any(text.kind == "way" and any(word in text.value for word in _WHOLE) for text in texts)


def _hidden(photo: Examination) -> Iterator[Evidence]:
    """What a photo's own data tells that weighs something."""
    for finding in photo.findings:
        if finding.gate >= Level.MEDIUM:
            for evidence in finding.evidence[:1]:
                if evidence.address.path.partition(":")[0].rpartition("/")[2] in _KINDS:
                    yield evidence
