"""Rules about when a photo was taken, in which time zone, and when it was changed.

Specification: Exif 3.0 section 4.6.5 (dates and offsets); XMP part 1 section 8.2.1.1 (dates).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from exposure.guards import offset
from exposure.model import Address, Confidence, Evidence, Level, Photo, Question, Time, Verdict
from exposure.plugins import rule
from exposure.rules._clocks import clock, later, said, times
from exposure.rules._positions import named
from exposure.rules._verdicts import shown, verdict

_TAKEN = ("taken", "digitized")
_EDITED = ("modified", "edited")
_OFFSET_FIELDS = ("OffsetTimeOriginal", "OffsetTimeDigitized", "OffsetTime")
_WATCHERS = ("survivor", "journalist", "activist")


@rule(
    "capture-time",
    "Time of capture",
    Question.HISTORY,
    Level.LOW,
    message="The photo says exactly when it was taken.",
    remedy="Share a clean copy, which does not say when the photo was taken.",
    raised_for=_WATCHERS,
)
def capture_time(photo: Photo) -> Verdict | None:
    """The photo carries the date, and usually the second, at which it was taken.

    Why it matters
        One time says little, but many together show sleep, work and travel, and a single one can contradict what
        was said about a picture: in 2020 the times in two photos showed that they were taken ten minutes apart.

    What to do
        Share a clean copy: it does not say when the photo was taken. `--time date` or `--time month` leaves the
        day or the month in it.

    What that does not do
        The times at which you post still show a pattern. A camera's clock can be wrong, and without a time zone
        nobody knows which hour was meant.

    Covers
        TIM01

    References
        Exif 3.0, section 4.6.5 (DateTimeOriginal, DateTimeDigitized)
        https://popculture.com/trending/news/both-photos-donald-trump-working-hospitalization-taken-10-minutes-apart/
        https://crooksandliars.com/2020/10/white-house-sends-out-photos-showing-trump
    """
    found = times(photo, _TAKEN) or times(photo, ("gps",))
    if not found:
        return None
    evidence = tuple(Evidence(t.address, said(t)) for t in found)
    if not any("T" in t.local for t in found):
        return Verdict(evidence, message="The photo says on which day it was taken.")
    return Verdict(evidence)


@rule(
    "time-zone",
    "Time zone",
    Question.HISTORY,
    Level.LOW,
    message="The photo says which time zone its clock was set to, and so which band of the world you were in.",
    remedy="Share a clean copy, which has neither times nor time zones.",
    raised_for=_WATCHERS,
)
def time_zone(photo: Photo) -> Verdict | None:
    """The photo carries the difference between its clock and world time.

    Why it matters
        It shows which band of the world you were in, even when the position is gone.

    What to do
        Share a clean copy: neither times nor time zones come along.

    What that does not do
        Phones follow the place they are in, but a camera keeps the zone it was set to, so it may be that of home.

    Covers
        TIM02

    References
        Exif 3.0, section 4.6.5 (OffsetTime, OffsetTimeOriginal, OffsetTimeDigitized)
        https://photostructure.github.io/exiftool-vendored.js/functions/ExifTool.extractTzOffsetFromUTCOffset.html
    """
    zones = tuple(_zones(photo))
    if not zones:
        return None
    of_edits, of_capture = (any(t.utc_offset for t in times(photo, kinds)) for kinds in (_EDITED, _TAKEN))
    if of_edits and not of_capture:
        return Verdict(zones, message="The photo says in which time zone it was saved or changed.")
    return Verdict(zones)


@rule(
    "utc-clock",
    "Time zone from two clocks",
    Question.HISTORY,
    Level.LOW,
    message="The photo carries local time and world time, and the difference shows which time zone you were in.",
    remedy="Share a clean copy, which has no times, that of the satellites included.",
    confidence=Confidence.FIRM,
    raised_for=_WATCHERS,
)
def utc_clock(photo: Photo) -> Verdict | None:
    """The photo carries the camera's local time and, from satellites, world time.

    Why it matters
        Their difference is the time zone, even when the zone and the position themselves are gone.

    What to do
        Share a clean copy: no time comes along, neither the camera's nor the satellites'.

    What that does not do
        A satellite time can be minutes old, so exposure allows five minutes; a clock that was set wrong can still
        point to the wrong zone.

    Covers
        TIM03

    References
        Exif 3.0, section 4.6.6 (GPSTimeStamp, GPSDateStamp)
        https://photostructure.github.io/exiftool-vendored.js/functions/ExifTool.extractTzOffsetFromUTCOffset.html
    """
    satellite = times(photo, ("gps", "utc"))
    if not satellite or any(True for _ in _zones(photo)):
        return None
    for taken in times(photo, _TAKEN):
        for satellites in satellite:
            local, world = clock(taken), clock(satellites)
            if local is not None and world is not None and offset(local - world) is not None:
                return Verdict(
                    (
                        Evidence(taken.address, said(taken)),
                        Evidence(satellites.address, said(satellites)),
                    )
                )
    return None


@rule(
    "edit-times",
    "Times of editing",
    Question.HISTORY,
    Level.INFO,
    message="The photo says when it was edited.",
    remedy="Share a clean copy, which does not say when it was edited.",
)
def edit_times(photo: Photo) -> Verdict | None:
    """The photo carries times at which it was changed after it was taken.

    Why it matters
        They show when, and in how many sittings, somebody worked on the picture.

    What to do
        Share a clean copy: the times of editing do not come along.

    What that does not do
        The time at which you post the picture still shows when you had it.

    Covers
        TIM04

    References
        XMP Specification Part 1, section 8.4 (xmp:ModifyDate, xmp:MetadataDate)
        https://www.carlseibert.com/macron-portrait-metadata/
    """
    taken = times(photo, _TAKEN)
    edits = [t for t in times(photo, _EDITED) if "T" in t.local and all(later(t, c) for c in taken)]
    if edits and not taken:
        evidence = tuple(Evidence(t.address, said(t)) for t in edits)
        return Verdict(evidence, message="The photo says when it was last changed.")
    return verdict(Evidence(t.address, said(t)) for t in edits)


@rule(
    "file-dates",
    "Date of the file",
    Question.HISTORY,
    Level.INFO,
    message="The file's own date is close to the day when the photo was taken.",
    remedy="Share a clean copy: its file has the date of the day when it was made.",
    leaves_with_file=False,
)
def file_dates(photo: Photo) -> Verdict | None:
    """The date that your computer keeps for the file is within a day of the time of capture.

    Why it matters
        Zip archives and some shared folders carry the file's date along, so it can tell the day even when the
        photo itself no longer does.

    What to do
        Share a clean copy: its file has the date of the day when it was made, unless you ask for `--dates
        keep`.

    What that does not do
        The photo itself may still carry the time. The file's date is no proof of when a photo was taken.

    Covers
        TIM05

    References
        https://archiving.witness.org/archive-guide/create/introduction/
    """
    if photo.modified <= 0:
        return None
    for time in times(photo, _TAKEN):
        taken = clock(time)
        if taken is not None and abs(taken.timestamp() - photo.modified) <= 86_400:
            day = datetime.fromtimestamp(photo.modified, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
            return Verdict((Evidence(Address("File:System:FileModifyDate"), day),))
    return None


def _zones(photo: Photo) -> Iterable[Evidence]:
    """Every offset that tells a zone. World time written as such tells none, so +00:00 counts only as a field."""
    seen: set[str] = set()
    for time in times(photo, _TAKEN + _EDITED):
        if time.utc_offset is None or (time.utc_offset == "+00:00" and time.offset_path is None):
            continue
        address = _address(photo, time)
        if address.path not in seen:
            seen.add(address.path)
            yield Evidence(address, f"UTC{time.utc_offset}")
    if not seen:
        yield from (shown(f) for f in named(photo, _OFFSET_FIELDS) if _looks_like_offset(f.value))


def _address(photo: Photo, time: Time) -> Address:
    """Where an offset stands: in its own field, or at the end of the time itself."""
    if time.offset_path is None:
        return time.address
    for field in photo.named(time.offset_path.rpartition(":")[2]):
        if field.path == time.offset_path:
            return field.address
    return Address(time.offset_path)


def _looks_like_offset(value: object) -> bool:
    """Whether a field that no time took its zone from says one nevertheless (the time itself was removed)."""
    return (
        isinstance(value, str)
        and len(value) == 6
        and value[0] in "+-"
        and value[1:].replace(":", "").isdigit()
    )
