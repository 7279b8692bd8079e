"""A rule about what a service keeps of a post and shows to its owner alone."""

from __future__ import annotations

from collections.abc import Iterator

from exposure.guards import usable
from exposure.model import Confidence, Evidence, Facts, Level, Question, Secret, Verdict
from exposure.plugins import post_rule
from exposure.post import Posted
from exposure.rules._post_spots import pin
from exposure.rules._post_words import MOST

_NETWORK = frozenset({"ip-address", "device-id"})


@post_rule(
    "kept-by-service",
    "What the service keeps of the upload",
    Question.HIDDEN,
    Level.LOW,
    confidence=Confidence.FIRM,
    message="The service read the place, the device or your network address from the upload and keeps it; others do not see that.",
    remedy="Only deleting the post, or the account, can make the service forget it; next time, upload a clean copy.",
    raised_for=("activist", "journalist"),
)
def kept_by_service(posted: Posted) -> Verdict | None:
    """The archive shows what the service read from your upload, and keeps though the picture it shows is without.

    Why it matters
        The copy that others see is clean, but the service has the original's place, device and time, and often the
        network address it came from. Whoever can make the service hand over data, or breaks into it, gets them.

    What to do
        Next time, upload a clean copy. If what is kept matters to you, delete the post or your account.

    What that does not do
        Nobody outside can see what a service keeps after it has deleted something. Others never saw these data, so
        deleting the post changes nothing for them.

    Covers
        PST07

    References
        https://github.com/AlanMorel/exiforia
        https://digitaltrends.com/social-media/facebook-instagram-stored-deleted-pictures-messages-bug
    """
    told = list(dict.fromkeys(_told(posted.post.stored)))[:MOST]
    if told:
        return Verdict(tuple(told))
    rest = list(dict.fromkeys(_rest(posted.post.stored)))[:MOST]
    return Verdict(tuple(rest), level=Level.INFO, message=_DEVICE) if rest else None


_DEVICE = (
    "The service keeps with which device or program the picture was made, or when; others do not see that."
)


def _told(stored: Facts) -> Iterator[Evidence]:
    """Positions, and what leads to a connection or a phone."""
    for place in stored.places:
        if usable(place) or place.name:
            yield pin(place)
    for identifier in stored.identifiers:
        if identifier.kind in _NETWORK and identifier.value.strip():
            yield Evidence(identifier.address, identifier.value, Secret.SERIAL)


def _rest(stored: Facts) -> Iterator[Evidence]:
    for identifier in stored.identifiers:
        if identifier.kind not in _NETWORK and identifier.value.strip():
            yield Evidence(identifier.address, identifier.value, Secret.SERIAL)
    for device in stored.devices:
        if name := " ".join(filter(None, (device.make, device.model))):
            yield Evidence(device.address, name)
    for program in stored.software:
        yield Evidence(program.address, program.name)
    for time in stored.times:
        yield Evidence(time.address, time.local)
