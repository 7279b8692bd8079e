"""Names in XMP: XML namespaces, the prefix that each usually has, and what the names of RDF stand for.

XMP part 1 (ISO 16684-1), 6.2 and part 2; EXIF for XMP (CIPA DC-010); IPTC Photo Metadata Standard; Metadata
Working Group 2.0; and what cameras, phones and programs were seen to write.
"""

from __future__ import annotations

from functools import lru_cache

PROPERTY, ITEM, VALUE, AROUND = range(4)
"""What an element is: a property, rdf:li, rdf:value, or nothing but what holds properties together."""

_OF_RDF = {
    **dict.fromkeys(("Bag", "Seq", "Alt", "RDF", "Description"), AROUND),
    **{"li": ITEM, "value": VALUE},
}
_SYNTAX = frozenset({"about", "resource", "value", "parseType", "datatype", "ID", "nodeID", "bagID", "type"})
"""Attributes of RDF itself. Old writers leave their prefix out."""
_LISTS_ONLY = frozenset({("mwg-rs", "Regions"), ("acdsee-rs", "Regions"), ("MP", "RegionInfo")})
"""Properties that do no more than wrap a list; they are left out of the path."""


_ADOBE = {
    "adobe:ns:meta": "x",
    "http://ns.adobe.com/xap/1.0": "xmp",
    "http://ns.adobe.com/xap/1.0/mm": "xmpMM",
    "http://ns.adobe.com/xap/1.0/rights": "xmpRights",
    "http://ns.adobe.com/xap/1.0/bj": "xmpBJ",
    "http://ns.adobe.com/xap/1.0/t/pg": "xmpTPg",
    "http://ns.adobe.com/xap/1.0/g": "xmpG",
    "http://ns.adobe.com/xap/1.0/g/img": "xmpGImg",
    "http://ns.adobe.com/xap/1.0/sType/ResourceEvent": "stEvt",
    "http://ns.adobe.com/xap/1.0/sType/ResourceRef": "stRef",
    "http://ns.adobe.com/xap/1.0/sType/Version": "stVer",
    "http://ns.adobe.com/xap/1.0/sType/Job": "stJob",
    "http://ns.adobe.com/xap/1.0/sType/Dimensions": "stDim",
    "http://ns.adobe.com/xap/1.0/sType/Font": "stFnt",
    "http://ns.adobe.com/xap/1.0/sType/ManifestItem": "stMfs",
    "http://ns.adobe.com/xmp/sType/Area": "stArea",
    "http://ns.adobe.com/xmp/note": "xmpNote",
    "http://ns.adobe.com/xmp/1.0/DynamicMedia": "xmpDM",
    "http://ns.adobe.com/xmp/Identifier/qual/1.0": "xmpidq",
    "http://ns.adobe.com/photoshop/1.0": "photoshop",
    "http://ns.adobe.com/photoshop/1.0/camera-profile": "stCamera",
    "http://ns.adobe.com/exif/1.0": "exif",
    "http://ns.adobe.com/exif/1.0/aux": "aux",
    "http://ns.adobe.com/tiff/1.0": "tiff",
    "http://ns.adobe.com/camera-raw-settings/1.0": "crs",
    "http://ns.adobe.com/camera-raw-defaults/1.0": "crd",
    "http://ns.adobe.com/camera-raw-saved-settings/1.0": "crss",
    "http://ns.adobe.com/camera-raw-embedded-lens-profile/1.0": "crlcp",
    "http://ns.adobe.com/lightroom/1.0": "lr",
    "http://ns.adobe.com/album/1.0": "album",
    "http://ns.adobe.com/creatorAtom/1.0": "creatorAtom",
    "http://ns.adobe.com/hdr-gain-map/1.0": "hdrgm",
    "http://ns.adobe.com/hdr-metadata/1.0": "hdr",
    "http://ns.adobe.com/illustrator/1.0": "illustrator",
    "http://ns.adobe.com/pdf/1.3": "pdf",
    "http://ns.adobe.com/pdfx/1.3": "pdfx",
    "http://ns.adobe.com/DICOM": "DICOM",
}

_STANDARDS = {
    "http://www.w3.org/1999/02/22-rdf-syntax-ns": "rdf",
    "http://www.w3.org/2003/01/geo/wgs84_pos": "geo",
    "http://www.w3.org/XML/1998/namespace": "xml",
    "http://purl.org/dc/elements/1.1": "dc",
    "http://purl.org/dc/terms": "dcterms",
    "http://cipa.jp/exif/1.0": "exifEX",
    "http://cipa.jp/exif/1.0/exifEX": "exifEX",
    "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns": "Iptc4xmpCore",
    "http://iptc.org/std/Iptc4xmpExt/2008-02-29": "Iptc4xmpExt",
    "http://iptc.org/std/Iptc4xmpExt/2008-02-19": "Iptc4xmpExt",
    "http://ns.useplus.org/ldf/xmp/1.0": "plus",
    "http://www.metadataworkinggroup.com/schemas/regions": "mwg-rs",
    "http://www.metadataworkinggroup.com/schemas/keywords": "mwg-kw",
    "http://www.metadataworkinggroup.com/schemas/collections": "mwg-coll",
    "http://creativecommons.org/ns": "cc",
    "http://prismstandard.org/namespaces/basic/2.0": "prism",
    "http://rs.tdwg.org/dwc/terms": "dwc",
    "http://rs.tdwg.org/dwc/index.htm": "dwc",
}

_MAKERS = {
    "http://ns.microsoft.com/photo/1.0": "MicrosoftPhoto",
    "http://ns.microsoft.com/photo/1.1": "MP1",
    "http://ns.microsoft.com/photo/1.2": "MP",
    "http://ns.microsoft.com/photo/1.2/t/RegionInfo": "MPRI",
    "http://ns.microsoft.com/photo/1.2/t/Region": "MPReg",
    "http://ns.microsoft.com/expressionmedia/1.0": "expressionmedia",
    "http://ns.iview-multimedia.com/mediapro/1.0": "mediapro",
    "http://www.digikam.org/ns/1.0": "digiKam",
    "http://www.digikam.org/ns/kipi/1.0": "kipi",
    "http://darktable.sf.net": "darktable",
    "http://ns.acdsee.com/iptc/1.0": "acdsee",
    "http://ns.acdsee.com/regions": "acdsee-rs",
    "http://ns.idimager.com/ics/1.0": "ics",
    "http://ns.extensis.com/extensis/1.0": "extensis",
    "http://ns.fastpictureviewer.com/fpv/1.0": "fpv",
    "http://ns.attribution.com/ads/1.0": "Attrib",
    "http://xmp.gettyimages.com/gift/1.0": "getty",
    "http://www.gimp.org/xmp": "GIMP",
    "http://www.dji.com/drone-dji/1.0": "drone-dji",
    "http://www.parrot.com/drone-parrot/1.0": "drone-parrot",
    "http://pix4d.com/camera/1.0": "Camera",
    "http://ns.google.com/photos/1.0/camera": "GCamera",
    "http://ns.google.com/photos/1.0/image": "GImage",
    "http://ns.google.com/photos/1.0/audio": "GAudio",
    "http://ns.google.com/photos/1.0/depthmap": "GDepth",
    "http://ns.google.com/photos/1.0/focus": "GFocus",
    "http://ns.google.com/photos/1.0/panorama": "GPano",
    "http://ns.google.com/photos/1.0/creations": "GCreations",
    "http://ns.google.com/photos/1.0/container": "Container",
    "http://ns.google.com/photos/1.0/container/item": "Item",
    "http://ns.google.com/photos/dd/1.0/device": "Device",
    "http://ns.google.com/photos/dd/1.0/earthpose": "EarthPose",
    "http://ns.google.com/photos/dd/1.0/profile": "Profile",
    "http://ns.google.com/videos/1.0/spherical": "GSpherical",
    "http://ns.apple.com/faceinfo/1.0": "apple-fi",
    "http://ns.apple.com/HDRGainMap/1.0": "HDRGainMap",
    "http://ns.apple.com/depthData/1.0": "depthData",
    "http://ns.apple.com/pixeldatainfo/1.0": "apdi",
    "http://ns.apple.com/portraitEffectsMatte/1.0": "portraitEffectsMatte",
    "http://ns.apple.com/adjustment-settings/1.0": "aas",
}

_KNOWN = {**_ADOBE, **_STANDARDS, **_MAKERS}
_USUAL = {uri + end: prefix for uri, prefix in _KNOWN.items() for end in ("", "/", "#")}

_PREFIXES = frozenset(_KNOWN.values())

USUAL_DECLARATIONS = frozenset((f"xmlns:{prefix}", uri) for uri, prefix in _USUAL.items())
"""Attributes that declare a usual prefix for its namespace, as nearly all do: they change no name."""


_CLOSED = {
    "dc": "contributor coverage creator date description format identifier language publisher relation rights source subject title type",
    "xmp": "Advisory Author BaseURL CreateDate CreatorTool Description Format Identifier Keywords Label MetadataDate ModifyDate"
    " Nickname PageInfo Rating RatingPercent Thumbnails Title",
    "xmpRights": "Certificate Copyright Marked Owner UsageTerms WebStatement",
    "photoshop": "AuthorsPosition CameraProfiles CaptionWriter Category City ColorMode Copyright Country Credit DateCreated"
    " DocumentAncestors EmbeddedXMPDigest Headline History ICCProfile Instructions LayerName LayerText LegacyIPTCDigest"
    " SidecarForExtension Source State SupplementalCategories TextLayers TransmissionReference Urgency",
    "Iptc4xmpCore": "AltTextAccessibility CiAdrCity CiAdrCtry CiAdrExtadr CiAdrPcode CiAdrRegion CiEmailWork CiTelWork CiUrlWork"
    " CountryCode CreatorContactInfo DateCreated ExtDescrAccessibility IntellectualGenre Location Scene SubjectCode",
}
_DEFINED = {prefix: frozenset(names.casefold().split()) for prefix, names in _CLOSED.items()}
"""What there is in the namespaces whose properties one standard lists, and a few that programs add."""


def is_defined(prefix: str, name: str) -> bool:
    """Whether a property is one that its namespace has, by the first step of its path; true of namespaces that anybody may
    add to."""
    step = name.partition("/")[0].partition("[")[0]
    return prefix not in _DEFINED or step.casefold() in _DEFINED[prefix]


def is_usual(prefix: str) -> bool:
    """Whether a prefix is the usual one of a namespace that is known here."""
    return prefix in _PREFIXES


def usual_prefix(uri: str) -> str | None:
    """The prefix that this namespace usually has, or None when it is not known here.

    A closing ``/`` or ``#`` is not looked at: programs disagree about it.
    """
    return _USUAL.get(uri) or _USUAL.get(uri.strip().rstrip("/#"))


@lru_cache(maxsize=2_048)
def element_in(name: str, path: str, group: str) -> tuple[int, str, str, str | None]:
    """What an element of this name, with the usual prefix, is inside the property `path` of `group` ("" for none):
    its sort, its own path and group, and the name that its text goes by, or None.

    Remembered, like `attribute_in`: documents differ in their values, but names are the same few hundred each time.
    No name or path is longer than `_graph.LONGEST_PATH`, which bounds what that takes.
    """
    prefix, local = _split(name)
    whole = f"{path}/{local}" if path else local
    if prefix == "rdf":
        sort = _OF_RDF.get(local, ITEM if local[0] == "_" else PROPERTY)
    elif local in ("xmpmeta", "xapmeta"):
        sort = AROUND
    else:
        sort = PROPERTY
    if sort == PROPERTY:
        wraps = not path and (prefix, local) in _LISTS_ONLY
        return sort, "" if wraps else whole, group or prefix, whole
    return sort, path, group, (path or local) if sort == VALUE else None


@lru_cache(maxsize=2_048)
def attribute_in(name: str, path: str, group: str) -> tuple[str, str]:
    """Group and name of the property that an attribute is inside the property `path` of `group` ("" for none).

    An attribute of RDF itself has no group, and its local name.
    """
    prefix, local = _split(name)
    if local in _SYNTAX and prefix in ("rdf", ""):
        return "", local
    return group or prefix or "unknown", f"{path}/{local}" if path else local


def _split(name: str) -> tuple[str, str]:
    prefix, _, local = name.partition(":")
    return (prefix, local) if local else ("", name)
