"""A rule about posts of screenshots."""

from __future__ import annotations

from collections.abc import Iterator

from exposure.model import Confidence, Evidence, Level, Question, Verdict
from exposure.plugins import post_rule
from exposure.post import Posted
from exposure.rules._filenames import WHERE, last, of_screen
from exposure.rules._post_words import MOST
from exposure.rules._verdicts import verdict

_NAMES = frozenset({"path", "title", "file"})
"""Kinds of texts that may be the name of a file."""
_LONGEST = 2_000


@post_rule(
    "screenshot-posted",
    "A picture of a screen was posted",
    Question.WHO,
    Level.LOW,
    confidence=Confidence.TENTATIVE,
    message="The post seems to hold a picture of a screen, which often shows account names, messages, open pages or the time.",
    remedy="Look closely at the edges and at every name in it; if it shows too much, delete the post and post it cut.",
    raised_for=("journalist", "survivor", "activist", "parent"),
)
def screenshot_posted(posted: Posted) -> Verdict | None:
    """A file of the post, which is not in the archive or could not be looked at, is named like a screenshot.

    Why it matters
        Screenshots often show account names, notifications, open pages, battery and clock, and other people's messages.

    What to do
        Look at it where it was posted. If it shows too much, delete the post, cut the picture and save it as a new file.

    What that does not do
        exposure does not read what a picture shows. Screenshots with another name are not found this way.

    Covers
        SCR01, in posts

    References
        https://nvd.nist.gov/vuln/detail/CVE-2023-28303
    """
    told = {photo.name for photo in posted.photos if any(f.rule == "screenshot" for f in photo.findings)}
    return verdict(list(dict.fromkeys(_screens(posted, told)))[:MOST])


def _screens(posted: Posted, told: set[str]) -> Iterator[Evidence]:
    """Names of screenshots, but for those of photos that were found to be ones."""
    known = {last(name) for name in told}
    for name in posted.post.photos:
        if name not in told and of_screen(last(name)):
            yield Evidence(WHERE, last(name))
    for text in (*posted.post.facts.texts, *posted.post.stored.texts)[:64]:
        if text.kind in _NAMES:
            for word in text.value[:_LONGEST].split("\n"):
                name = last(word.partition("?")[0])
                if of_screen(name) and name not in known:
                    yield Evidence(text.address, name)
