"""Rules about posts that were made while their author was still there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from exposure.model import Confidence, Evidence, Level, Question, Verdict
from exposure.plugins import post_rule
from exposure.post import Posted
from exposure.rules._post_spots import pin, spots
from exposure.rules._post_times import moment, wait

_LIVE = timedelta(hours=24)
"""A photo that is posted within this time of being taken shows where somebody is (rules.toml, PST01)."""
_NOW = timedelta(days=2)
"""A post that is no older may tell where somebody still is."""
_LIBRARIES = ("google-photos", "icloud")
"""There a phone sends up each photo by itself, so that the time says nothing of when anybody else got to see it."""


@post_rule(
    "live-post",
    "Posted while you were still there",
    Question.WHERE,
    Level.HIGH,
    message="This was posted within a day of being taken, and names the place: people can tell where you are now, and whether you are at home.",
    remedy="Take the place off the post; next time, post after you have left.",
    confidence=Confidence.FIRM,
    critical_for=("survivor",),
)
def live_post(posted: Posted) -> Verdict | None:
    """A fresh post with a place was made within 24 hours of taking its photo.

    Why it matters
        Posts of the last two days with a place in them tell everybody where you are and, away from home, that nobody may
        be there. Somebody who wants to meet you knows where to go.

    What to do
        Take the place off the post, or show it to fewer people until you have left. Next time, post when you are
        somewhere else.

    What that does not do
        Whoever has seen the post knows already. Posts are judged one by one, so one that was made at home is told as well:
        it shows where you live, and that you are in. Numbers on how many burglars read such posts rest on what a few people
        believe; single cases are real. The clock of a camera can be wrong.

    Covers
        PST01, for posts of the last two days

    References
        http://www.eur.army.mil/news/2010/12162010-geotagging.htm
        http://krnepenthe.blogspot.com/2011/05/facebook-danger-in-social-networking.html
        https://conversation.which.co.uk/technology/social-media-facebook-twitter-burglars-safety/
    """
    return _live(posted) if is_fresh(posted) else None


@post_rule(
    "live-habit",
    "An older post made on the spot",
    Question.HISTORY,
    Level.MEDIUM,
    message="This was posted within a day of being taken, and names the place: people could tell where you were at that time.",
    remedy="Take the place off the post; next time, post after you have left.",
    confidence=Confidence.FIRM,
    raised_for=("survivor", "journalist", "activist", "parent"),
)
def live_habit(posted: Posted) -> Verdict | None:
    """An older post with a place was made within 24 hours of taking its photo.

    Why it matters
        The moment has passed, but the post still ties you to a place at a time. Several such posts show that you post
        from where you are, so whoever waits for the next one knows where to go.

    What to do
        Take the place off the post, and post later in future.

    What that does not do
        What people saw then they know. The clock of a camera can be wrong.

    Covers
        PST01, for older posts

    References
        http://www.eur.army.mil/news/2010/12162010-geotagging.htm
        http://www.wfaa.com/news/technology/Awareness-urged-with-geotagging-photo-location-technology-100951429.html
    """
    return None if is_fresh(posted) else _live(posted)


@post_rule(
    "exact-place-now",
    "Your exact place, right now",
    Question.WHERE,
    Level.HIGH,
    message="A post of the last two days shows the exact place where you were within the same day: somebody who wants to reach you can go there.",
    remedy="Take the post down now, and change your plans, not only the post.",
    confidence=Confidence.FIRM,
    critical_for=("survivor", "journalist", "activist"),
)
def exact_place_now(posted: Posted) -> Verdict | None:
    """A fresh post, made within 24 hours of taking its photo, comes with exact coordinates.

    Why it matters
        A pin on the map and the same day: whoever wants to reach you can do so today. People who are looked for by
        somebody have been found this way.

    What to do
        Take the post down now. If somebody looks for you, leave the place and talk to those who help you.

    What that does not do
        The post may have been seen and kept already.

    Covers
        CMB03

    References
        http://www.wfaa.com/news/technology/Awareness-urged-with-geotagging-photo-location-technology-100951429.html
        https://www.cnet.com/tech/tech-industry/mcafee-photo-location-leak-meant-to-mislead-cops/
    """
    if not is_fresh(posted):
        return None
    there = list(spots(posted))
    found = _live(posted) if there else None
    return Verdict((*map(pin, there[:1]), *found.evidence[-1:])) if found is not None else None


def is_fresh(posted: Posted) -> bool:
    """Whether a post is of the last two days."""
    at = moment(posted.post.posted)
    try:
        today = datetime.fromisoformat(posted.today).replace(tzinfo=UTC)
    except ValueError:
        return False
    if at is None:
        return False
    zoned = at if at.tzinfo is not None else at.replace(tzinfo=UTC)  # of two days, a zone is little
    return -_NOW <= today - zoned <= _NOW


def _live(posted: Posted) -> Verdict | None:
    """The place, and the time of capture, of a post that was made on the spot."""
    if posted.post.service in _LIBRARIES:
        return None
    named = [place for place in posted.post.facts.places if place.name]
    places = [*spots(posted), *named]
    if not places:
        return None
    gap = wait(posted, _LIVE)
    if gap is None or gap.most > _LIVE:
        return None
    time = gap.taken
    taken = time.local.replace("T", " ") + (f" {time.utc_offset}" if time.utc_offset else "")
    return Verdict((pin(places[0]), Evidence(time.address, taken)))
