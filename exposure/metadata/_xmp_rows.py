"""What each XMP property means: rows from group and path to a kind of fact.

Paths are those of `xmp` without ``[…]``; ``*/name`` is that last component anywhere in the group. XMP part 2;
EXIF for XMP (CIPA DC-010); IPTC Photo Metadata Standard; PLUS LDF; MWG 2.0; Exif 3.0 where a name is from there.
"""

from __future__ import annotations

from enum import Enum


class Sort(Enum):
    """What a property becomes by itself; the second word of its row is then the kind or role of the fact."""

    TIME = "time"
    IDENTIFIER = "identifier"
    PERSON = "person"
    TEXT = "text"
    SOFTWARE = "software"
    TOGETHER = "together"
    """Nothing by itself: the second word names what it is a piece of, and the third which piece."""


Row = tuple[Sort, str, str]


def _rows(sort: Sort, kind: str, properties: str, piece: str = "") -> dict[str, Row]:
    return dict.fromkeys(properties.split(), (sort, kind, piece))


def _pieces(whole: str, **properties: str) -> dict[str, Row]:
    return {
        p: row
        for piece, names in properties.items()
        for p, row in _rows(Sort.TOGETHER, whole, names, piece).items()
    }


_TIMES = {
    **_rows(Sort.TIME, "taken", "exif:DateTimeOriginal photoshop:DateCreated getty:OriginalCreateDateTime"),
    **_rows(Sort.TIME, "digitized", "exif:DateTimeDigitized xmp:CreateDate"),
    **_rows(Sort.TIME, "modified", "xmp:ModifyDate tiff:DateTime"),
    **_rows(Sort.TIME, "edited", "xmp:MetadataDate xmpMM:History/when stEvt:when"),
    **_rows(Sort.TIME, "gps", "exif:GPSTimeStamp exif:GPSDateTime drone-dji:UTCAtExposure"),
}

_IDENTIFIERS = {
    **_rows(
        Sort.IDENTIFIER,
        "serial",
        "aux:SerialNumber exif:BodySerialNumber exifEX:BodySerialNumber exifEX:SerialNumber getty:CameraSerialNumber "
        "MicrosoftPhoto:CameraSerialNumber Iptc4xmpExt:RecDevice/SerialNumber drone-dji:DroneSerialNumber "
        "drone-dji:CameraSerialNumber drone-dji:CameraSN drone-dji:SerialNumber drone-parrot:SerialNumber",
    ),
    **_rows(
        Sort.IDENTIFIER, "lens-serial", "aux:LensSerialNumber exif:LensSerialNumber exifEX:LensSerialNumber"
    ),
    **_rows(Sort.IDENTIFIER, "internal-serial", "exifEX:InternalSerialNumber"),
    **_rows(
        Sort.IDENTIFIER,
        "image-id",
        "exif:ImageUniqueID exifEX:ImageUniqueID digiKam:ImageUniqueID Iptc4xmpExt:DigImageGUID",
    ),
    **_rows(
        Sort.IDENTIFIER,
        "document-id",
        "xmpMM:DocumentID xmpMM:OriginalDocumentID xmpMM:InstanceID dc:identifier photoshop:DocumentAncestors "
        + " ".join(
            f"xmpMM:{source}/{name}"
            for source in ("DerivedFrom", "ManagedFrom", "RenditionOf", "Ingredients")
            for name in ("documentID", "originalDocumentID", "instanceID")
        )
        + " stRef:documentID stRef:originalDocumentID stRef:instanceID",
    ),
    **_rows(Sort.IDENTIFIER, "content-id", "GCamera:BurstID GCreations:CameraBurstID drone-dji:CaptureUUID"),
}

_CONTACT = (
    *("CiAdrExtadr", "CiAdrCity", "CiAdrRegion", "CiAdrPcode", "CiAdrCtry"),
    *("CiTelWork", "CiEmailWork", "CiUrlWork"),
)

_PEOPLE = {
    **_rows(
        Sort.PERSON,
        "creator",
        "dc:creator dc:contributor tiff:Artist exif:Artist exifEX:Photographer photoshop:Credit acdsee:author "
        "plus:ImageCreator/ImageCreatorName plus:ImageCreatorName Iptc4xmpExt:Contributor/Name "
        "Iptc4xmpExt:AIPromptWriterName pdf:Author",
    ),
    **_rows(
        Sort.PERSON,
        "owner",
        "aux:OwnerName exifEX:CameraOwnerName exifEX:OwnerName exif:CameraOwnerName dc:rights tiff:Copyright "
        "xmpRights:Owner plus:CopyrightOwner/CopyrightOwnerName plus:CopyrightOwnerName",
    ),
    **_rows(
        Sort.PERSON,
        "contact",
        " ".join(f"Iptc4xmpCore:{at}{name}" for at in ("CreatorContactInfo/", "") for name in _CONTACT)
        + " plus:Licensor/LicensorName plus:Licensor/LicensorEmail plus:Licensor/LicensorTelephone1 "
        "plus:Licensor/LicensorTelephone2 plus:Licensor/LicensorStreetAddress plus:Licensor/LicensorURL",
    ),
    **_rows(
        Sort.PERSON,
        "depicted",
        "Iptc4xmpExt:PersonInImage Iptc4xmpExt:PersonInImageWDetails/PersonName Iptc4xmpExt:PersonName "
        "Iptc4xmpExt:ImageRegion/PersonInImage MP:*/PersonDisplayName MPReg:PersonDisplayName mediapro:People "
        "expressionmedia:People getty:Personality DICOM:PatientName",
    ),
}

_TEXTS = {
    **_rows(Sort.TEXT, "title", "dc:title photoshop:Headline acdsee:Headline"),
    **_rows(
        Sort.TEXT,
        "description",
        "dc:description tiff:ImageDescription exif:ImageDescription acdsee:caption "
        "Iptc4xmpCore:AltTextAccessibility Iptc4xmpCore:ExtDescrAccessibility",
    ),
    **_rows(Sort.TEXT, "comment", "exif:UserComment photoshop:Instructions acdsee:notes xmpDM:logComment"),
    **_rows(
        Sort.TEXT,
        "keyword",
        "dc:subject lr:hierarchicalSubject lr:weightedFlatSubject digiKam:TagsList pdf:Keywords "
        "MicrosoftPhoto:LastKeywordXMP MicrosoftPhoto:LastKeywordIPTC acdsee:categories acdsee:keywords "
        "mediapro:CatalogSets expressionmedia:CatalogSets mwg-kw:*/Keyword ics:*/LabelName "
        "photoshop:SupplementalCategories",
    ),
    **_rows(Sort.TEXT, "prompt", "Iptc4xmpExt:AIPromptInformation"),
    **_rows(
        Sort.TEXT, "path", "xmpMM:*/filePath stRef:filePath xmpDM:projectRef/path creatorAtom:*/fullPath"
    ),
}

_SOFTWARE = _rows(
    Sort.SOFTWARE,
    "",
    "xmp:CreatorTool tiff:Software exif:Software xmpMM:History/softwareAgent stEvt:softwareAgent pdf:Producer "
    "GPano:CaptureSoftware GPano:StitchingSoftware Iptc4xmpExt:AISystemUsed",
)

_POSITION = {
    "latitude": "exif:GPSLatitude EarthPose:Latitude geo:lat dwc:decimalLatitude dwc:*/decimalLatitude Iptc4xmpExt:*/GPSLatitude",
    "longitude": "exif:GPSLongitude EarthPose:Longitude geo:long dwc:decimalLongitude dwc:*/decimalLongitude Iptc4xmpExt:*/GPSLongitude",
    "latitude_ref": "exif:GPSLatitudeRef Iptc4xmpExt:*/GPSLatitudeRef",
    "longitude_ref": "exif:GPSLongitudeRef Iptc4xmpExt:*/GPSLongitudeRef",
    "accuracy": "exif:GPSHPositioningError Iptc4xmpExt:*/GPSHPositioningError",
}

_LOCATIONS = " ".join(f"Iptc4xmpExt:{at}{{0}}" for at in ("LocationCreated/", "LocationShown/", ""))

_TOGETHER = {
    **_pieces("position", **_POSITION),
    **_pieces(
        "drone",
        latitude="drone-dji:GPSLatitude drone-dji:GpsLatitude drone-dji:Latitude",
        longitude="drone-dji:GPSLongitude drone-dji:GpsLongitude drone-dji:Longitude "
        "drone-dji:GPSLongtitude drone-dji:GpsLongtitude",  # misspelt by the maker
    ),
    **_pieces(
        "destination",
        latitude="exif:GPSDestLatitude",
        longitude="exif:GPSDestLongitude",
        latitude_ref="exif:GPSDestLatitudeRef",
        longitude_ref="exif:GPSDestLongitudeRef",
    ),
    **_pieces(
        "named",
        street="Iptc4xmpCore:Location mediapro:Location expressionmedia:Location",
        city="photoshop:City",
        state="photoshop:State",
        country="photoshop:Country",
    ),
    **_pieces(
        "named",
        street=_LOCATIONS.format("Sublocation"),
        landmark=_LOCATIONS.format("LocationName"),
        city=_LOCATIONS.format("City"),
        state=_LOCATIONS.format("ProvinceState"),
        country=_LOCATIONS.format("CountryName"),
    ),
    **_pieces("device", make="tiff:Make", model="tiff:Model"),
    **_pieces("exif device", make="exif:Make", model="exif:Model getty:CameraMakeModel"),
    **_pieces("region", name="mwg-rs:*/Name acdsee-rs:*/Name", type="mwg-rs:*/Type acdsee-rs:*/Type"),
    **_pieces("region", name="mwg-rs:Name", type="mwg-rs:Type"),
}


def _by_group(rows: dict[str, Row]) -> dict[str, dict[str, Row]]:
    groups: dict[str, dict[str, Row]] = {}
    for path, row in rows.items():
        group, _, name = path.partition(":")
        groups.setdefault(group, {})[name.lower()] = row
    return groups


ROWS = _by_group({**_TIMES, **_IDENTIFIERS, **_PEOPLE, **_TEXTS, **_SOFTWARE, **_TOGETHER})
"""Group, then path in lower case, since programs differ in it: most fields of a photo lie in groups that have no row, and are passed over at once."""
