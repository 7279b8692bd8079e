"""XMP packets made from their properties: ``xmp(seq("dc:creator", "Jane Doe"), photoshop_City="Sale")``."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

NAMESPACES = {
    "aux": "http://ns.adobe.com/exif/1.0/aux/",
    "acdsee": "http://ns.acdsee.com/iptc/1.0/",
    "Container": "http://ns.google.com/photos/1.0/container/",
    "crs": "http://ns.adobe.com/camera-raw-settings/1.0/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "digiKam": "http://www.digikam.org/ns/1.0/",
    "drone-dji": "http://www.dji.com/drone-dji/1.0/",
    "exif": "http://ns.adobe.com/exif/1.0/",
    "exifEX": "http://cipa.jp/exif/1.0/",
    "GAudio": "http://ns.google.com/photos/1.0/audio/",
    "GCamera": "http://ns.google.com/photos/1.0/camera/",
    "GDepth": "http://ns.google.com/photos/1.0/depthmap/",
    "getty": "http://xmp.gettyimages.com/gift/1.0/",
    "GImage": "http://ns.google.com/photos/1.0/image/",
    "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    "Item": "http://ns.google.com/photos/1.0/container/item/",
    "lr": "http://ns.adobe.com/lightroom/1.0/",
    "mediapro": "http://ns.iview-multimedia.com/mediapro/1.0/",
    "MicrosoftPhoto": "http://ns.microsoft.com/photo/1.0/",
    "MP": "http://ns.microsoft.com/photo/1.2/",
    "MPReg": "http://ns.microsoft.com/photo/1.2/t/Region#",
    "MPRI": "http://ns.microsoft.com/photo/1.2/t/RegionInfo#",
    "mwg-rs": "http://www.metadataworkinggroup.com/schemas/regions/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "plus": "http://ns.useplus.org/ldf/xmp/1.0/",
    "rdf": RDF,
    "stArea": "http://ns.adobe.com/xmp/sType/Area#",
    "stEvt": "http://ns.adobe.com/xap/1.0/sType/ResourceEvent#",
    "stRef": "http://ns.adobe.com/xap/1.0/sType/ResourceRef#",
    "tiff": "http://ns.adobe.com/tiff/1.0/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpGImg": "http://ns.adobe.com/xap/1.0/g/img/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
}

_USED = re.compile(r"(?:<|\s)([A-Za-z][\w-]*):[\w-]+[\s=>/]")


def simple(name: str, value: str) -> str:
    return f"<{name}>{escape(value)}</{name}>"


def array(name: str, kind: str, *items: str) -> str:
    """An rdf:Bag or rdf:Seq; an item that begins with ``<`` is taken as it is."""
    inner = "".join(i if i.startswith("<rdf:li") else f"<rdf:li>{escape(i)}</rdf:li>" for i in items)
    return f"<{name}><rdf:{kind}>{inner}</rdf:{kind}></{name}>"


def bag(name: str, *items: str) -> str:
    return array(name, "Bag", *items)


def seq(name: str, *items: str) -> str:
    return array(name, "Seq", *items)


def alt(name: str, **languages: str) -> str:
    """Language alternatives; ``x_default`` is x-default."""
    items = (
        f"<rdf:li xml:lang={quoteattr(lang.replace('_', '-'))}>{escape(words)}</rdf:li>"
        for lang, words in languages.items()
    )
    return array(name, "Alt", *items)


def resource(name: str, *properties: str, **attributes: str) -> str:
    """A structure written as parseType="Resource"; as attributes, when it has nothing but those."""
    if not properties:
        return f"<{name}{_attributes(attributes)}/>"
    inner = "".join(properties) + "".join(simple(_name(n), v) for n, v in attributes.items())
    return f'<{name} rdf:parseType="Resource">{inner}</{name}>'


def nested(name: str, *properties: str, **attributes: str) -> str:
    """A structure written as an rdf:Description inside the property."""
    return (
        f"<{name}><rdf:Description{_attributes(attributes)}>{''.join(properties)}</rdf:Description></{name}>"
    )


def xmp(*properties: str, **attributes: str) -> bytes:
    """One rdf:Description in x:xmpmeta. ``photoshop_City`` is the attribute photoshop:City; namespaces are declared
    as they are used."""
    inner = f"{_attributes(attributes)}>{''.join(properties)}"
    used = sorted(set(_USED.findall(inner)) & set(NAMESPACES) - {"rdf"})
    spaces = "".join(f' xmlns:{p}="{NAMESPACES[p]}"' for p in used)
    return rdf(f'<rdf:Description rdf:about=""{spaces}{inner}</rdf:Description>').encode()


def wrapped(packet: bytes) -> bytes:
    """In the xpacket wrapper, with padding."""
    opening = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'.encode()
    return opening + packet + b"\n" + b" " * 200 + b'\n<?xpacket end="w"?>'


def rdf(inner: str) -> str:
    """Whatever RDF is given, in rdf:RDF and x:xmpmeta."""
    return f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{RDF}">{inner}</rdf:RDF></x:xmpmeta>'


def _name(name: str) -> str:
    """``drone_dji__GpsLatitude`` and ``photoshop_City`` as drone-dji:GpsLatitude and photoshop:City."""
    prefix, found, local = name.partition("__")
    if not found:
        prefix, _, local = name.partition("_")
    return f"{prefix.replace('_', '-')}:{local}"


def _attributes(attributes: dict[str, str]) -> str:
    return "".join(f" {_name(n)}={quoteattr(v)}" for n, v in attributes.items())
