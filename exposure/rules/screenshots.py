"""A rule about pictures of screens."""

from __future__ import annotations

from exposure.model import Address, Confidence, Evidence, Level, Photo, Question, Verdict
from exposure.plugins import NO_COMMAND, rule
from exposure.rules._filenames import WHERE, last, of_screen
from exposure.rules._verdicts import verdict

_PHONES = (
    "640x1136 750x1334 828x1792 1125x2436 1170x2532 1179x2556 1206x2622 1242x2208 1242x2688 1260x2736 1284x2778"
    " 1290x2796 1320x2868 720x1280 720x1520 720x1560 720x1600 720x1612 1008x2244 1080x1920 1080x2160 1080x2220"
    " 1080x2240 1080x2246 1080x2280 1080x2310 1080x2316 1080x2340 1080x2376 1080x2388 1080x2400 1080x2408 1080x2412"
    " 1080x2424 1080x2460 1080x2520 1220x2712 1256x2760 1264x2780 1280x2772 1280x2856 1344x2992 1440x2560 1440x2880"
    " 1440x2960 1440x3040 1440x3088 1440x3120 1440x3168 1440x3200 1644x3840"
)
_TABLETS = "1488x2266 1536x2048 1620x2160 1640x2360 1668x2224 1668x2388 1668x2420 2048x2732 2064x2752 1600x2560 1752x2800"
_COMPUTERS = (
    "768x1366 800x1280 864x1536 900x1440 900x1600 1050x1680 1080x1920 1200x1920 1440x3440 1600x2560 1664x2560"
    " 1800x2880 1864x2880 1964x3024 2234x3456 1440x2304 2160x3840 2880x5120"
)
_SCREENS = frozenset(
    tuple(map(int, size.split("x"))) for size in f"{_PHONES} {_TABLETS} {_COMPUTERS}".split()
)
"""Common screens: shorter side, longer side."""


@rule(
    "screenshot",
    "A picture of a screen",
    Question.WHO,
    Level.LOW,
    message="This seems to be a picture of a screen, which often shows account names, messages, open pages or the time.",
    remedy="Look closely at the edges and at every name before you share it, and cut off what nobody needs to see.",
    command=NO_COMMAND,
    confidence=Confidence.TENTATIVE,
    raised_for=("journalist", "survivor", "activist", "parent"),
    leaves_with_file=False,
)
def screenshot(photo: Photo) -> Verdict | None:
    """The picture seems to be a screenshot: its name says so, or it is a PNG of a screen's size without any camera.

    Why it matters
        Screenshots often show account names, notifications, open pages, battery and clock, and other people's
        messages.

    What to do
        Look at the edges before you post. Cut away what nobody needs to see, and save the result as a new file:
        some programs left the part that was cut off inside the old one.

    What that does not do
        exposure does not read the text in the picture, so it cannot tell what the screen shows. Other pictures may
        happen to have the size of a screen.

    Covers
        SCR01

    References
        https://nvd.nist.gov/vuln/detail/CVE-2023-28303
    """
    name = last(photo.name)
    if of_screen(name):
        return verdict([Evidence(WHERE, name)])
    sides = (min(photo.width, photo.height), max(photo.width, photo.height))
    if photo.format == "PNG" and sides in _SCREENS and not photo.facts.devices:
        return verdict([Evidence(Address("File:Picture:Size"), f"{photo.width} × {photo.height}")])
    return None
