"""A rule about where a computer noted that a file came from.

Specification: MDItem, kMDItemWhereFroms (Apple's documentation of Spotlight's metadata attributes).
"""

from __future__ import annotations

from exposure.model import Kind, Level, Photo, Question, Secret, Verdict
from exposure.plugins import rule
from exposure.rules._properties import MOST, last
from exposure.rules._verdicts import shown, verdict


@rule(
    "download-address",
    "Where a file was downloaded from",
    Question.LINKS,
    Level.MEDIUM,
    message="A small file that a Mac put beside the photo says from which web address, or by whom, the photo came.",
    remedy="Leave such side files out of what you share.",
    raised_for=("journalist", "activist"),
)
def download_address(photo: Photo) -> Verdict | None:
    """The computer noted the web address that a file came from, or who sent it, and that note lies in the archive too.

    Why it matters
        The address can name an account, a private album, a mail with its subject and sender, or a secret link that
        still opens. A Mac puts such notes into every zip that it makes, in a folder called __MACOSX, where its owner
        never sees them.

    What to do
        Take the folder __MACOSX, and every file whose name begins with a dot and a line (._), out of what you share.

    What that does not do
        Uploading a photo by itself never takes the note along. Archives that were already sent keep it.

    Covers
        SOF10

    References
        https://kb-macfor-io.pages.dev/docs/filesystem/extended-attributes
        https://developer.apple.com/documentation/coreservices/kmditemwherefroms
    """
    found = [f for f in photo.grouped("Spotlight") if f.kind is Kind.MAC and last(f.name) == "WhereFroms"]
    return verdict(shown(f, Secret.TEXT) for f in found[:MOST])
