"""Findings that are worse together in one photo than each alone."""

from __future__ import annotations

from exposure.model import Level, Question
from exposure.plugins import Combination

NAME_AND_PLACE = Combination(
    "name-and-place",
    "A name and an exact place together",
    Question.WHO,
    Level.CRITICAL,
    message="One and the same photo tells a stranger both a person's name and exactly where it was taken.",
    remedy="Share a clean copy, which has neither; if the photo was public, treat the place as known.",
    groups=(
        frozenset({"owner-name", "contact-details", "people-named"}),
        frozenset({"gps-position"}),
    ),
    page="""The photo carries somebody's name or contact details as well as an exact position.

Why it matters
    One download is enough to know who, and exactly where. With either alone a stranger still has to search.

What to do
    Share a clean copy: it has neither a name nor a position. If the photo was public, treat the place as known
    to others.

What that does not do
    Copies that were already sent or collected keep both, and the place cannot be called back.

Covers
    CMB01

References
    https://http.icsi.berkeley.edu/icsi/node/4568
    https://www.geotags.us/a-picture-is-worth-a-thousand-words-including-your-location/
""",
)

CHILD_AND_PLACE = Combination(
    "child-and-place",
    "A child and an exact place together",
    Question.WHO,
    Level.CRITICAL,
    message="One and the same photo tells a stranger that a child is shown, how old, and exactly where it was taken.",
    remedy="Share a clean copy, which has neither the age nor the position, and only with people you know.",
    groups=(frozenset({"minor-age"}), frozenset({"gps-position"})),
    page="""The photo states the age of somebody under 18 who is shown, as well as an exact position.

Why it matters
    One download is enough for a stranger to learn that a child is in the picture, and where to find it.

What to do
    Share a clean copy, which has neither the age nor the position, and only with people you know.

What that does not do
    Copies that were already sent or collected keep both. Uniforms, signs and captions in the picture still tell.

Covers
    CMB02, as far as a single photo without a list of names can tell

References
    https://heroku.briefly.co/anchor/Privacy_professionals/story/the-dark-reality-of-back-to-school-photos
    https://newsconcerns.com/how-to-keep-your-kids-first-day-of-school-photos-safe-online
""",
)
