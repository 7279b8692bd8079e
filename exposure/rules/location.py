"""Rules about the place a photo tells: coordinates and place names.

Specification: Exif 3.0 section 4.6.6 (GPS attribute information); IPTC Photo Metadata Standard (place names).
"""

from __future__ import annotations

from exposure.guards import usable
from exposure.model import Confidence, Evidence, Kind, Level, Photo, Place, Question, Secret, Verdict
from exposure.plugins import NO_COMMAND, rule
from exposure.rules._labels import label
from exposure.rules._positions import SIDECAR, near, pinned, positions
from exposure.rules._verdicts import shown, verdict

_EMPTY_NAMES = frozenset(
    {
        "",
        "unknown",
        "n/a",
        "na",
        "none",
        "null",
        "undefined",
        "not set",
        "city",
        "country",
        "state",
        "province",
    }
    | {"location", "sublocation", "sub-location", "place", "your city", "your location"}
)
"""What programs write where nobody said a place."""

_STREETS = ("sublocation", "streetaddress", "street")


@rule(
    "gps-position",
    "Exact place",
    Question.WHERE,
    Level.HIGH,
    message="Anyone who gets this photo can put a pin on the map where it was taken.",
    remedy="Share a clean copy, which has no position, and switch off location in the camera app if you never need it.",
    critical_for=("survivor",),
)
def gps_position(photo: Photo) -> Verdict | None:
    """The photo carries the coordinates of the place where it was taken.

    Why it matters
        Anyone who gets the file can put a pin on a map, usually to within a building: phones in a town were
        measured to be 7 to 13 metres off. People have been found at home this way, and sellers who hid their
        names. The same position is often written two or three times, in different parts of the file.

    What to do
        Share a clean copy: it has no position anywhere in the file. `--place city` leaves one that is rounded
        to about 11 km. If you never need it, switch off location for the camera app, so that new photos do not
        carry it.

    What that does not do
        Copies that were already sent or collected keep the position, and the picture itself may still show where
        it is. For a drone the position is that of the aircraft, not necessarily of the pilot.

    Covers
        LOC01, LOC02, LOC03

    References
        Exif 3.0, section 4.6.6 (GPS attribute information)
        https://dx.plos.org/10.1371/journal.pone.0219890
        https://http.icsi.berkeley.edu/icsi/node/4568
        https://www.washingtonpost.com/news/the-switch/wp/2016/09/15/how-drug-listings-on-the-dark-net-may-have-revealed-sellers-locations/
    """
    return None if photo.format == SIDECAR else verdict(pinned(positions(photo)[0]))


@rule(
    "sidecar-position",
    "Exact place in a file beside the photo",
    Question.WHERE,
    Level.HIGH,
    message="This small file beside a photo says exactly where that photo was taken.",
    remedy="Leave such side files out of what you share.",
    command=NO_COMMAND,
    critical_for=("survivor",),
    leaves_with_file=False,
)
def sidecar_position(photo: Photo) -> Verdict | None:
    """An XMP sidecar, a small file that photo programs keep beside a photo, holds the photo's coordinates.

    Why it matters
        Whoever gets the folder or an archive of it also gets the sidecar, with the position that you may have
        removed from the photo itself.

    What to do
        Leave side files (those that end in .xmp) out of what you share. `exposure clean FOLDER --to DIR` does
        not copy them.

    What that does not do
        The photo beside it may carry the same position in its own data.

    Covers
        LOC15

    References
        https://github.com/exiftool/exiftool/blob/master/lib/Image/ExifTool/XMP.pm
    """
    return verdict(pinned(positions(photo)[0])) if photo.format == SIDECAR else None


@rule(
    "vague-position",
    "Rough place",
    Question.WHERE,
    Level.MEDIUM,
    message="The photo shows roughly where it was taken: the district rather than the building.",
    remedy="Share a clean copy, which has no position.",
    raised_for=("survivor",),
)
def vague_position(photo: Photo) -> Verdict | None:
    """The photo carries coordinates of which the device itself says that they may be a kilometre or more off.

    Why it matters
        The position does not lead to a door, but it tells the town or the district, and a few such photos
        together tell more than each alone.

    What to do
        Share a clean copy: it has no position.

    What that does not do
        Copies that were already sent or collected keep it, and the picture may still show where it is.

    Covers
        LOC17

    References
        Exif 3.0, section 4.6.6 (GPSHPositioningError)
        https://dx.plos.org/10.1371/journal.pone.0219890
    """
    exact, vague = positions(photo)
    return None if exact else verdict(pinned(vague))


@rule(
    "destination-position",
    "Exact place of what is shown",
    Question.WHERE,
    Level.HIGH,
    message="Besides the place of the camera, the photo says exactly where something it shows or leads to is.",
    remedy="Share a clean copy, which has no position.",
    confidence=Confidence.FIRM,
)
def destination_position(photo: Photo) -> Verdict | None:
    """The photo carries the coordinates of a destination: what was photographed, or where the way leads.

    Why it matters
        It is a second exact place in the same file, and it can be a home or a meeting point.

    What to do
        Share a clean copy: it has no position, neither of the camera nor of anything else.

    What that does not do
        Copies that were already sent or collected keep it, and the picture may still show where it is.

    Covers
        LOC09

    References
        Exif 3.0, section 4.6.6 (GPSDestLatitude, GPSDestLongitude)
        https://github.com/exiftool/exiftool/blob/master/lib/Image/ExifTool/GPS.pm
    """
    here = [place for place in photo.facts.places if usable(place)]
    return verdict(
        pinned(
            place
            for place in photo.facts.places
            if usable(place, "destination") and not any(near(place, other) for other in here)
        )
    )


@rule(
    "place-names",
    "Place in words",
    Question.WHERE,
    Level.MEDIUM,
    message="The photo names the place where it was taken, or that it shows, in words.",
    remedy="Share a clean copy, which has no place names; they stay when only the map position is removed.",
    raised_for=("survivor", "journalist", "parent", "activist"),
)
def place_names(photo: Photo) -> Verdict | None:
    """A town, street or landmark stands in the photo's caption fields as words.

    Why it matters
        Photo software fills these fields in, and they survive when only the GPS numbers are deleted. In 2006 an
        anonymous source whose face was hidden was traced to a town of 2,842 people by such a field. A street is
        as good as a position, so this finding is then high.

    What to do
        Share a clean copy: place names do not come along, and neither does the position. Programs that remove
        only the position leave them.

    What that does not do
        Copies that were already sent or collected keep the words, and the picture may still show where it is.

    Covers
        LOC10, LOC11

    References
        IPTC Photo Metadata Standard (City, Sublocation, Location Shown in the Image)
        http://www.cyberlawcentral.com/2006/02/23/arrogant-hacker-tracked-down-through-metadata/
        https://github.com/exiftool/exiftool/blob/master/lib/Image/ExifTool/IPTC.pm
    """
    places = [p for p in photo.facts.places if p.name is not None and _says_something(p.name)]
    if not places:
        return None
    evidence = tuple(Evidence(p.address, p.name or "", Secret.TEXT) for p in places)
    if any(_is_street(p) for p in places):
        return Verdict(
            evidence,
            Level.HIGH,
            message="The photo names the street or the spot where it was taken, in words.",
        )
    return Verdict(evidence)


def _says_something(names: str) -> bool:
    """Whether a place name, or one of several with commas between them, is more than a template's own words."""
    return any(map(_is_name, names.split(",")))


def _is_name(name: str) -> bool:
    bare = name.strip(" \t\r\n\0<>{}[]()*$%\"'").casefold()
    return (
        bare not in _EMPTY_NAMES and any(map(str.isalnum, bare)) and bool(bare.strip("0")) and not label(bare)
    )


def _is_street(place: Place) -> bool:
    """Whether the field, and so the first of the names, is of a place smaller than a town."""
    group, _, name = place.address.path.partition(":")[2].partition(":")
    name = name.rpartition("/")[2].rpartition(":")[2].partition("[")[0].replace("-", "").casefold()
    small = name.endswith(_STREETS) or (name == "location" and group.endswith(("Iptc4xmpCore", "iptcCore")))
    return small and _is_name((place.name or "").partition(",")[0])


@rule(
    "network-country",
    "Country of the phone network",
    Question.WHERE,
    Level.LOW,
    message="After the picture the phone noted which country's mobile network it was in.",
    remedy="Share a clean copy, which ends where the picture ends.",
    raised_for=("activist", "journalist", "survivor"),
)
def network_country(photo: Photo) -> Verdict | None:
    """The photo carries a mobile country code, which some phones append after the end of the picture.

    Why it matters
        It is separate from the position and stays when that is removed, and it can show a border crossing.

    What to do
        Share a clean copy: it ends where the picture ends.

    What that does not do
        Copies that were already sent or collected keep it.

    Covers
        LOC12

    References
        https://github.com/exiftool/exiftool/blob/master/lib/Image/ExifTool/Samsung.pm
        ITU-T E.212 (mobile country codes)
    """
    fields = [f for f in photo.named("MCC_Data") if f.kind is Kind.TRAILER]
    codes = [f for f in fields if str(f.value).strip().isdigit() and len(str(f.value).strip()) == 3]
    return verdict(shown(f, Secret.TEXT) for f in codes)
