from __future__ import annotations

import base64
import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exposure.errors import MalformedFile
from exposure.metadata import _xmp_facts
from exposure.metadata.xmp import LARGEST_PACKET, LONGEST_VALUE, XMP
from exposure.model import (
    Block,
    Device,
    Embedded,
    Fact,
    Field,
    Identifier,
    Kind,
    Person,
    Place,
    Problem,
    Software,
    Text,
    Time,
)
from exposure.source import MemorySource, Range, Window
from tests.make import block
from tests.make.xmp import NAMESPACES, alt, bag, nested, rdf, resource, seq, simple, wrapped, xmp


def read(packet: bytes) -> list[Field | Block | Embedded | Problem]:
    return list(XMP.decode(block(Kind.XMP, packet)))


def fields(packet: bytes) -> list[Field]:
    return [x for x in read(packet) if isinstance(x, Field)]


def values(packet: bytes) -> dict[str, object]:
    return {f"{f.group}:{f.name}": f.value for f in fields(packet)}


def problems(packet: bytes) -> list[str]:
    return [x.message for x in read(packet) if isinstance(x, Problem)]


def facts(packet: bytes) -> list[Fact]:
    return list(XMP.facts(fields(packet)))


def people(packet: bytes) -> list[tuple[str, str]]:
    return [(f.role, f.name) for f in facts(packet) if isinstance(f, Person)]


def texts(packet: bytes) -> list[tuple[str, str]]:
    return [(f.kind, f.value) for f in facts(packet) if isinstance(f, Text)]


def identifiers(packet: bytes) -> list[tuple[str, str]]:
    return [(f.kind, f.value) for f in facts(packet) if isinstance(f, Identifier)]


def positions(packet: bytes) -> list[tuple[float | None, float | None]]:
    return [(f.latitude, f.longitude) for f in facts(packet) if isinstance(f, Place) and f.kind != "named"]


def names(packet: bytes) -> list[str | None]:
    return [f.name for f in facts(packet) if isinstance(f, Place) and f.kind == "named"]


HISTORY = seq(
    "xmpMM:History",
    resource(
        "rdf:li",
        stEvt_action="created",
        stEvt_softwareAgent="Acme Paint 1",
        stEvt_when="2024-05-03T18:00:00Z",
    ),
    resource(
        "rdf:li",
        stEvt_action="saved",
        stEvt_softwareAgent="Acme Paint 2",
        stEvt_when="2024-05-04T19:00:00+02:00",
    ),
)

REGIONS = nested(
    "mwg-rs:Regions",
    bag(
        "mwg-rs:RegionList",
        resource(
            "rdf:li", resource("mwg-rs:Area", stArea_x="0.5"), mwg_rs__Name="Jane Doe", mwg_rs__Type="Face"
        ),
        resource("rdf:li", resource("mwg-rs:Area", stArea_x="0.1"), mwg_rs__Name="Rex", mwg_rs__Type="Pet"),
        resource("rdf:li", mwg_rs__Name="John Doe"),
        resource("rdf:li", mwg_rs__Type="Face"),
    ),
)

EVERYTHING = wrapped(
    xmp(
        seq("dc:creator", "Jane Doe"),
        alt("dc:description", x_default="A beach", de="Ein Strand & mehr"),
        HISTORY,
        REGIONS,
        resource("xmpMM:DerivedFrom", stRef_documentID="xmp.did:1"),
        photoshop_City="Sale",
        exif_GPSLatitude="51,30.5N",
        exif_GPSLongitude="0,7.5W",
    )
)


class TestNames:
    def test_attributes_and_elements(self) -> None:
        packet = xmp(simple("photoshop:State", "Cheshire"), photoshop_City="Sale")
        assert values(packet) == {"photoshop:City": "Sale", "photoshop:State": "Cheshire"}

    def test_path_of_a_field(self) -> None:
        (field,) = fields(xmp(photoshop_City="Sale"))
        assert field.path == "XMP:photoshop:City"

    @pytest.mark.parametrize("kind", ["Bag", "Seq"])
    def test_items_are_numbered(self, kind: str) -> None:
        packet = rdf(
            f'<rdf:Description xmlns:dc="{NAMESPACES["dc"]}"><dc:subject><rdf:{kind}><rdf:li>a</rdf:li>'
            f"<rdf:li>b</rdf:li></rdf:{kind}></dc:subject></rdf:Description>"
        )
        assert values(packet.encode()) == {"dc:subject[1]": "a", "dc:subject[2]": "b"}

    def test_languages(self) -> None:
        packet = xmp(alt("dc:description", x_default="A beach", de="Ein Strand"))
        assert values(packet) == {"dc:description[x-default]": "A beach", "dc:description[de]": "Ein Strand"}

    @pytest.mark.parametrize("write", [resource, nested])
    def test_structures(self, write: Callable[..., str]) -> None:
        packet = xmp(write("xmpMM:DerivedFrom", simple("stRef:documentID", "a"), stRef_instanceID="b"))
        assert values(packet) == {"xmpMM:DerivedFrom/documentID": "a", "xmpMM:DerivedFrom/instanceID": "b"}

    def test_structure_of_attributes_alone(self) -> None:
        packet = xmp(resource("xmpMM:DerivedFrom", stRef_documentID="a"))
        assert values(packet) == {"xmpMM:DerivedFrom/documentID": "a"}

    def test_structures_in_an_array(self) -> None:
        found = values(xmp(HISTORY))
        assert found["xmpMM:History[2]/softwareAgent"] == "Acme Paint 2"
        assert len(found) == 6

    def test_array_in_a_structure_in_an_array(self) -> None:
        person = resource("rdf:li", alt("Iptc4xmpExt:PersonName", x_default="Jane Doe"))
        packet = xmp(bag("Iptc4xmpExt:PersonInImageWDetails", person))
        assert values(packet) == {"Iptc4xmpExt:PersonInImageWDetails[1]/PersonName[x-default]": "Jane Doe"}

    def test_wrappers_of_region_lists_are_left_out(self) -> None:
        found = values(xmp(REGIONS))
        assert found["mwg-rs:RegionList[1]/Name"] == "Jane Doe"
        assert found["mwg-rs:RegionList[1]/Area/x"] == "0.5"

    def test_structure_in_an_item(self) -> None:
        item = resource("rdf:li", resource("Container:Item", Item_Mime="video/mp4"), Item_Length="5")
        found = values(xmp(seq("Container:Directory", item)))
        assert found["Container:Directory[1]/Item/Mime"] == "video/mp4"

    def test_resource_is_a_value(self) -> None:
        packet = xmp('<xmpRights:WebStatement rdf:resource="https://example.org/"/>')
        assert values(packet) == {"xmpRights:WebStatement": "https://example.org/"}

    @pytest.mark.parametrize("write", [resource, nested])
    def test_qualified_value(self, write: Callable[..., str]) -> None:
        packet = xmp(write("dc:source", simple("rdf:value", "Jane"), simple("xmp:Note", "from a letter")))
        assert values(packet) == {"dc:source": "Jane", "dc:source/Note": "from a letter"}

    def test_empty_values_are_kept(self) -> None:
        packet = xmp("<exif:GPSLatitude/>", "<dc:source> </dc:source>", photoshop_City="")
        assert values(packet) == {"exif:GPSLatitude": "", "dc:source": "", "photoshop:City": ""}

    def test_toolkit_about_and_comment(self) -> None:
        packet = (
            f'<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Acme"><!-- by Jane --><rdf:RDF xmlns:rdf="{NAMESPACES["rdf"]}">'
            '<rdf:Description rdf:about="uuid:1"/><rdf:Description rdf:about="uuid:1"/></rdf:RDF></x:xmpmeta>'
        )
        assert [(f.group, f.name, f.value) for f in fields(packet.encode())] == [
            ("x", "xmptk", "Acme"),
            ("xml", "comment", "by Jane"),
            ("rdf", "about", "uuid:1"),
        ]

    def test_comment_inside_a_value(self) -> None:
        assert values(xmp("<dc:source>Ja<!--hidden-->ne</dc:source>")) == {
            "xml:comment": "hidden",
            "dc:source": "Jane",
        }

    def test_text_beside_elements_is_kept(self) -> None:
        packet = xmp("<dc:creator>Jane<rdf:Seq><rdf:li>John</rdf:li></rdf:Seq></dc:creator>")
        assert values(packet) == {"dc:creator": "Jane", "dc:creator[1]": "John"}

    def test_character_references(self) -> None:
        assert values(xmp("<dc:source>A &amp; B &#252;</dc:source>")) == {"dc:source": "A & B ü"}

    def test_rdf_without_xmpmeta(self) -> None:
        packet = xmp(photoshop_City="Sale").split(b">", 1)[1].removesuffix(b"</x:xmpmeta>")
        assert packet.startswith(b"<rdf:RDF")
        assert values(packet) == {"photoshop:City": "Sale"}


class TestNamespaces:
    @pytest.mark.parametrize("prefix", sorted(NAMESPACES.keys() - {"rdf"}))
    def test_usual_prefix_whatever_the_document_says(self, prefix: str) -> None:
        packet = rdf(f'<rdf:Description xmlns:n="{NAMESPACES[prefix]}" n:p="v"/>')
        assert values(packet.encode()) == {f"{prefix}:p": "v"}

    def test_missing_slash(self) -> None:
        packet = rdf('<rdf:Description xmlns:n="http://ns.microsoft.com/photo/1.0" n:Rating="1"/>')
        assert values(packet.encode()) == {"MicrosoftPhoto:Rating": "1"}

    def test_unknown_keeps_its_prefix(self) -> None:
        packet = rdf('<rdf:Description xmlns:acme="https://acme.example/" acme:p="v"/>')
        assert values(packet.encode()) == {"acme:p": "v"}

    def test_default_namespace(self) -> None:
        packet = rdf(
            f'<rdf:Description><City xmlns="{NAMESPACES["photoshop"]}">Sale</City></rdf:Description>'
        )
        assert values(packet.encode()) == {"photoshop:City": "Sale"}

    def test_a_prefix_means_what_its_element_says(self) -> None:
        one, two = NAMESPACES["dc"], NAMESPACES["photoshop"]
        packet = rdf(
            f'<rdf:Description xmlns:n="{one}"><n:a>1</n:a><n:b xmlns:n="{two}">2</n:b><n:c>3</n:c></rdf:Description>'
        )
        assert values(packet.encode()) == {"dc:a": "1", "photoshop:b": "2", "dc:c": "3"}

    def test_undeclared_prefix(self) -> None:
        packet = rdf('<rdf:Description dc:source="Jane"/>').encode()
        assert values(packet) == {"dc:source": "Jane"}
        assert problems(packet) == []


class TestPacket:
    def test_wrapper_and_padding(self) -> None:
        packet = wrapped(xmp(photoshop_City="Sale"))
        assert values(packet + b"\0" * 50) == {"photoshop:City": "Sale"}
        assert problems(packet + b"\0" * 50) == []

    @pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
    @pytest.mark.parametrize("mark", ["", "\ufeff"])
    def test_wide_encodings(self, encoding: str, mark: str) -> None:
        packet = (mark + wrapped(xmp(photoshop_City="Zürich")).decode()).encode(encoding)
        (field,) = fields(packet)
        assert (field.value, field.offset, field.length) == ("Zürich", 0, len(packet))
        assert problems(packet + b"\0" * 8) == []

    @pytest.mark.parametrize("junk", [b"\xef\xbb\xbf", b"\n \n", b"XMP\0", b"\0\0junk"])
    def test_junk_before_the_first_tag(self, junk: bytes) -> None:
        packet = junk + xmp(photoshop_City="Sale")
        (field,) = fields(packet)
        assert packet[field.offset : field.offset + field.length] == b'photoshop:City="Sale"'

    @pytest.mark.parametrize("empty", [b"", b"\0\0\0", b" \n"])
    def test_nothing_at_all(self, empty: bytes) -> None:
        assert read(empty) == []

    @pytest.mark.parametrize("end", ["", "Jane", "<!-- Jane -->", "<?xpacket?>"])
    def test_nothing_is_overlooked_before_the_mark_at_its_end(self, end: str) -> None:
        packet = xmp(photoshop_City="Sale") + f"\n  {end}  \n<?xpacket end='w'?>\n\0".encode()
        found = {str(v) for v in values(packet).values()}
        assert found == {"Sale", "Jane"} if "Jane" in end else found == {"Sale"}
        assert len(problems(packet)) == (end == "Jane")

    def test_items_are_numbered_where_they_stand(self) -> None:
        packet = b"<rdf:Bag><rdf:li>a</rdf:li></rdf:Bag><rdf:li>b</rdf:li>"
        assert [f.name for f in fields(packet)] == ["[1]", "[1]"]

    def test_declared_encoding_does_not_matter(self) -> None:
        packet = b'<?xml version="1.0" encoding="punycode"?>' + xmp(photoshop_City="Z\u00fcrich")
        assert values(packet) == {"photoshop:City": "Zürich"}

    def test_too_large(self) -> None:
        with pytest.raises(MalformedFile):
            read(b" " * (LARGEST_PACKET + 1))

    def test_long_value_is_cut_and_its_length_kept(self) -> None:
        (field,) = fields(xmp(simple("dc:source", "a" * 100_000)))
        assert field.value == "a" * LONGEST_VALUE
        assert field.length == 100_000 + len("<dc:source></dc:source>")


class TestAddress:
    @pytest.mark.parametrize(
        ("path", "written"),
        [
            ("photoshop:City", b'photoshop:City="Sale"'),
            ("dc:creator[1]", b"<rdf:li>Jane Doe</rdf:li>"),
            ("xmpMM:DerivedFrom/documentID", b'stRef:documentID="xmp.did:1"'),
            ("mwg-rs:RegionList[2]/Name", b"<mwg-rs:Name>Rex</mwg-rs:Name>"),
        ],
    )
    def test_bytes_of_a_value(self, path: str, written: bytes) -> None:
        (field,) = (f for f in fields(EVERYTHING) if f"{f.group}:{f.name}" == path)
        assert EVERYTHING[field.offset : field.offset + field.length] == written

    @pytest.mark.parametrize(
        "written",
        [
            "photoshop:City='Sale'",
            'photoshop:City = "Sale"',
            "photoshop:City=\"S &amp; '>' e\"",
            "photoshop:City='photoshop:State=\"a\"'",
            'photoshop:City="Zürich"',
            'photoshop:City="Sale\non sea"',
        ],
    )
    def test_bytes_of_an_attribute_however_it_is_written(self, written: str) -> None:
        before, after = "photoshop:Headline='ü = \"1\"'", "photoshop:State=''"
        packet = rdf(f'<rdf:Description rdf:about=""\n   {before}  {written}\n{after} />').encode()
        (field,) = (f for f in fields(packet) if f.name == "City")
        assert packet[field.offset : field.offset + field.length] == written.encode()

    def test_in_a_packet_of_several_pieces(self) -> None:
        packet = xmp(photoshop_City="Sale")
        cut = packet.index(b"Sale")
        source = MemorySource(packet[:cut] + b"--" + packet[cut:])
        joined = Window.whole(source).joined([Range(0, cut), Range(cut + 2, len(packet) - cut)])
        (field,) = XMP.decode(Block(Kind.XMP, "APP1", joined, joined))
        assert isinstance(field, Field)
        assert b"".join(source.read(*r) for r in field.address.ranges) == b'photoshop:City="Sale"'


class TestPacked:
    @pytest.mark.parametrize(
        ("name", "kind"),
        [("GImage_Data", "second-image"), ("GAudio_Data", "audio"), ("GDepth_Data", "depth")],
    )
    def test_embedded_files(self, name: str, kind: str) -> None:
        packet = xmp(**{name: base64.b64encode(b"\xff\xd8 a picture").decode()})
        field, embedded = read(packet)
        assert isinstance(embedded, Embedded)
        assert isinstance(field, Field)
        assert (embedded.kind, embedded.where) == (kind, field.path)
        assert embedded.window.load() == b"\xff\xd8 a picture"
        assert embedded.window.indirect
        assert embedded.window.ranges() == field.address.ranges
        assert field.value == "12 bytes, packed as base64"

    def test_thumbnail(self) -> None:
        packed = base64.encodebytes(b"\xff\xd8" + bytes(200)).decode()
        item = resource("rdf:li", simple("xmpGImg:image", packed), xmpGImg_width="64")
        packet = xmp(bag("xmp:Thumbnails", item))
        (embedded,) = (x for x in read(packet) if isinstance(x, Embedded))
        assert (embedded.kind, embedded.where) == ("thumbnail", "XMP:xmp:Thumbnails[1]/image")
        assert embedded.window.load() == b"\xff\xd8" + bytes(200)

    def test_what_is_not_base64(self) -> None:
        packet = xmp(GImage_Data="abcde")
        assert values(packet) == {"GImage:Data": "abcde"}
        assert problems(packet) == ["What XMP:GImage:Data packs could not be unpacked."]


class TestDamage:
    def test_what_was_read_before_stays(self) -> None:
        packet = EVERYTHING[: EVERYTHING.index(b"</xmpMM:History")]
        assert people(packet) == [("creator", "Jane Doe")]
        assert positions(packet) == [pytest.approx((51.508333, -0.125))]
        (message,) = problems(packet)
        assert "damaged" in message
        assert "read as text" in message

    @pytest.mark.parametrize("damage", [b"\xfc", b"\x01", b"&nbsp;", b"<", b"</dc:nothing>"])
    def test_what_follows_damage_is_found(self, damage: bytes) -> None:
        packet = EVERYTHING.replace(b"<xmpMM:History>", damage + b"<xmpMM:History>")
        found = values(packet)
        for path, value in values(EVERYTHING).items():
            assert found[path] == value
        assert len(problems(packet)) == 1

    def test_text_that_breaks_off(self) -> None:
        assert values(b"<dc:creator><rdf:Seq><rdf:li>Jane Do") == {"dc:creator[1]": "Jane Do"}

    def test_references_and_sections(self) -> None:
        packet = b"<dc:a>1 &lt; &#50; &#x33; &#xD800; &other;<![CDATA[<x>]]></dc:a><dc:b>"
        assert values(packet) == {"dc:a": "1 < 2 3 \ufffd &other;<x>", "dc:b": ""}

    def test_comments_are_told_once(self) -> None:
        packet = rdf('<rdf:Description dc:a="1"/><!--one--><dc:b>2</dc:c><!--two-->').encode()
        assert [f.value for f in fields(packet)] == ["1", "one", "two", "2"]

    def test_addresses_after_damage(self) -> None:
        packet = EVERYTHING.replace(b"<xmpMM:History>", b"\x01<xmpMM:History>")
        (field,) = (f for f in fields(packet) if f.name == "RegionList[1]/Name")
        assert packet[field.offset : field.offset + field.length] == b"<mwg-rs:Name>Jane Doe</mwg-rs:Name>"

    def test_not_xml_at_all(self) -> None:
        assert values(b"call me: jane@example.org") == {"x:text": "call me: jane@example.org"}
        assert len(problems(b"call me: jane@example.org")) == 1


def took(packet: bytes) -> tuple[float, list[Field | Block | Embedded | Problem]]:
    start = time.process_time()
    found = read(packet)
    return time.process_time() - start, found


def laughs() -> bytes:
    entities = '<!ENTITY a0 "Jane">' + "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 12))
    inner = xmp("<dc:source>&a11;</dc:source>", photoshop_City="Sale").decode()
    return f"<!DOCTYPE x [{entities}]>{inner}".encode()


HOSTILE: dict[str, Callable[[], bytes]] = {
    "billion laughs": laughs,
    "nested elements": lambda: b"<a>" * 200_000 + b"</a>" * 200_000,
    "nested descriptions": lambda: b"<rdf:Description>" * 200_000,
    "attributes": lambda: b"<a " + b"".join(b'a%d="" ' % i for i in range(900_000)) + b"/>",
    "one long attribute name": lambda: b"<a " + b"b" * 10_000_000 + b'="c"/>',
    "open comments": lambda: b"<a><!--" * 1_000_000,
    "open sections": lambda: b"<![CDATA[" * 1_000_000,
    "open quotes": lambda: b'<a b="' * 1_000_000,
    "stray brackets": lambda: b"<" * 5_000_000,
    "declarations": lambda: b"<a></b>" + b"<!>" * 3_000_000,
    "blank tag": lambda: b"<a" + b" " * 10_000_000,
    "half attributes": lambda: b"<a" + b" b" * 4_000_000,
    "comments": lambda: b"<a>" + b"<!--x-->" * 1_000_000 + b"</a>",
    "namespaces": lambda: b"<a>" + b"".join(b'<b xmlns:p%d="u%d"/>' % (i, i) for i in range(100_000)),
    "one element of namespaces": lambda: (
        b"<a " + b"".join(b'xmlns:p%d="adobe:ns:meta/" ' % i for i in range(20_000)) + b"/>"
    ),
    "long nested names": lambda: b"".join(b"<%s>" % (b"n" * 100_000) for _ in range(60)),
    "ends without starts": lambda: b"</a>" * 2_000_000,
}


class TestHostile:
    @pytest.mark.parametrize("name", sorted(HOSTILE))
    def test_bounded_time_and_a_problem(self, name: str) -> None:
        seconds, found = took(HOSTILE[name]())
        assert seconds < 3
        assert sum(isinstance(x, Problem) for x in found) == 1

    def test_elements_that_are_too_deep_leave_nothing_behind(self) -> None:
        found = fields(b"<q:q>" * 70_000)
        assert len(found) < 70
        assert all(f.value == "" for f in found)

    def test_declared_entities_are_refused_but_the_rest_is_looked_at(self) -> None:
        (message,) = problems(laughs())
        assert "refused" in message
        assert values(laughs())["photoshop:City"] == "Sale"
        assert values(laughs())["dc:source"] == "&a11;"

    def test_declared_in_a_wide_encoding(self) -> None:
        (message,) = problems(("\ufeff" + laughs().decode()).encode("utf-16-le"))
        assert "refused" in message

    def test_beyond_a_limit_the_rest_is_still_looked_at(self) -> None:
        deep = b"<q:q>" * 70 + b"</q:q>" * 70
        packet = xmp(deep.decode(), simple("dc:source", "Jane"))
        (message,) = problems(packet)
        assert "levels" in message
        assert any(f.value == "Jane" for f in fields(packet))

    @settings(deadline=None, max_examples=150)
    @given(st.data())
    def test_any_damage(self, data: st.DataObject) -> None:
        packet = bytearray(EVERYTHING)
        for _ in range(data.draw(st.integers(1, 4))):
            at = data.draw(st.integers(0, len(packet) - 1))
            change = data.draw(
                st.sampled_from([b"", b"<", b">", b'"', b"&", b"\0", b"\xff", b"=", b"</rdf:li>", b"<!--"])
            )
            packet[at : at + data.draw(st.integers(0, 30))] = change
        check(bytes(packet))

    @settings(deadline=None, max_examples=150)
    @given(st.lists(st.sampled_from([
        b"<", b">", b"/>", b"</", b"rdf:li", b"rdf:Alt", b"dc:a", b" ", b'="', b'"', b"xmlns", b"xmlns:dc", b":", b"&lt;",
        b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<?", b"?>", b"x", b"\xc3", b"\0", b"rdf:value", b"rdf:_1", b"xml:lang",
    ]), max_size=40))  # fmt: skip
    def test_any_markup(self, pieces: list[bytes]) -> None:
        check(b"".join(pieces))

    @settings(deadline=None)
    @given(st.binary(max_size=200))
    def test_any_bytes(self, packet: bytes) -> None:
        check(packet)


def check(packet: bytes) -> None:
    """Whatever is read lies inside the packet and means something or nothing, without any exception."""
    found = fields(packet)
    for field in found:
        assert field.offset >= 0 <= field.length
        assert field.offset + field.length <= len(packet)
        assert field.group
        assert field.name
    list(XMP.facts(found))


class TestPlaces:
    @pytest.mark.parametrize(
        ("latitude", "longitude", "expected"),
        [
            ("51,30.5N", "0,7.5W", (51.508333, -0.125)),
            ("51,30,15N", "0,7,30E", (51.504167, 0.125)),
            ("51\N{DEGREE SIGN} 30' 15\" N", "0 deg 7' 30.0 E", (51.504167, 0.125)),
            ("N51.504167", "W 0.125", (51.504167, -0.125)),
            ("33,30.0s", "70,15.0w", (-33.5, -70.25)),
            ("51.5", "-0.125", (51.5, -0.125)),
            ("-33.5", "+151.25", (-33.5, 151.25)),
            ("51.5N", "0.125 W", (51.5, -0.125)),
            ("51/1 30/1 1500/100", "0/1 7/1 30/1", (51.504167, 0.125)),
        ],
    )
    def test_position(self, latitude: str, longitude: str, expected: tuple[float, float]) -> None:
        packet = xmp(exif_GPSLatitude=latitude, exif_GPSLongitude=longitude)
        assert positions(packet) == [pytest.approx(expected, abs=1e-6)]

    def test_direction_in_its_own_property(self) -> None:
        packet = xmp(
            exif_GPSLatitude="33.5",
            exif_GPSLatitudeRef="S",
            exif_GPSLongitude="70,15.0",
            exif_GPSLongitudeRef="West",
        )
        assert positions(packet) == [(-33.5, -70.25)]

    @pytest.mark.parametrize(
        ("latitude", "longitude"),
        [
            ("", ""), ("0", "0"), ("0,0.0N", "0,0.0E"), ("91", "0"), ("51,61N", "1,0W"), ("51,30N", "181,0E"),
            ("51,30E", "0,7N"), ("51,504", "0,125"), ("N51N", "0,7W"), ("51 30 15 9 N", "0 7 30 9 E"), ("-51.5N", "0.1"), ("north", "west"), ("51/0 1/1 1/1", "1/1 1/1 1/1"), ("51", ""),
            ("nan", "inf"), ("1e1", "1e1"),
        ],
    )  # fmt: skip
    def test_no_position(self, latitude: str, longitude: str) -> None:
        assert positions(xmp(exif_GPSLatitude=latitude, exif_GPSLongitude=longitude)) == []

    @pytest.mark.parametrize(
        ("written", "metres"), [("65/10", 6.5), ("4.5", 4.5), ("0", None), ("5/0", None), ("far", None)]
    )
    def test_accuracy(self, written: str, metres: float | None) -> None:
        packet = xmp(exif_GPSLatitude="51.5", exif_GPSLongitude="1.5", exif_GPSHPositioningError=written)
        (place,) = facts(packet)
        assert isinstance(place, Place)
        assert place.accuracy_m == metres
        assert place.address.path == "XMP:exif:GPSLatitude"

    @pytest.mark.parametrize(
        ("latitude", "longitude"),
        [("GPSLatitude", "GPSLongtitude"), ("GpsLatitude", "GpsLongitude"), ("Latitude", "Longitude")],
    )
    def test_drone(self, latitude: str, longitude: str) -> None:
        packet = xmp(**{f"drone_dji__{latitude}": "+22.5", f"drone_dji__{longitude}": "-113.9"})
        assert positions(packet) == [(22.5, -113.9)]

    def test_destination(self) -> None:
        (place,) = facts(xmp(exif_GPSDestLatitude="51,30N", exif_GPSDestLongitude="0,6W"))
        assert isinstance(place, Place)
        assert (place.kind, place.latitude, place.longitude) == ("destination", 51.5, -0.1)

    def test_halves_of_two_packets_are_no_position(self) -> None:
        halves = [*fields(xmp(exif_GPSLatitude="51.5")), *fields(xmp(exif_GPSLongitude="1.5"))]
        assert list(XMP.facts(halves)) == []

    def test_named_place(self) -> None:
        packet = xmp(
            photoshop_Country="Germany",
            photoshop_State="Bavaria",
            photoshop_City="Sale",
            Iptc4xmpCore_Location="Mill Lane",
        )
        assert names(packet) == ["Mill Lane, Sale, Bavaria, Germany"]

    def test_structured_locations(self) -> None:
        created = resource(
            "rdf:li", Iptc4xmpExt_City="Sale", exif_GPSLatitude="51.5", exif_GPSLongitude="1.5"
        )
        shown = resource(
            "rdf:li",
            alt("Iptc4xmpExt:LocationName", x_default="Town Hall"),
            Iptc4xmpExt_CountryName="Germany",
        )
        packet = xmp(
            bag("Iptc4xmpExt:LocationCreated", created), bag("Iptc4xmpExt:LocationShown", shown, shown)
        )
        assert names(packet) == ["Sale", "Town Hall, Germany"]
        assert positions(packet) == [(51.5, 1.5)]

    def test_blank_names(self) -> None:
        assert facts(xmp(photoshop_City=" ", Iptc4xmpCore_Location="")) == []


class TestFacts:
    @pytest.mark.parametrize(
        ("name", "kind"),
        [
            ("exif_DateTimeOriginal", "taken"),
            ("photoshop_DateCreated", "taken"),
            ("exif_DateTimeDigitized", "digitized"),
            ("xmp_CreateDate", "digitized"),
            ("xmp_ModifyDate", "modified"),
            ("tiff_DateTime", "modified"),
            ("xmp_MetadataDate", "edited"),
            ("exif_GPSTimeStamp", "gps"),
        ],
    )
    def test_times(self, name: str, kind: str) -> None:
        (found,) = facts(xmp(**{name: "2024-05-03T18:00:00.25+02:00"}))
        assert isinstance(found, Time)
        assert (found.kind, found.local, found.utc_offset) == (kind, "2024-05-03T18:00:00", "+02:00")
        assert found.offset_path == found.address.path

    def test_history(self) -> None:
        found = facts(xmp(HISTORY))
        assert [f.local for f in found if isinstance(f, Time)] == [
            "2024-05-03T18:00:00",
            "2024-05-04T19:00:00",
        ]
        assert [f.name for f in found if isinstance(f, Software)] == ["Acme Paint 1", "Acme Paint 2"]

    def test_device(self) -> None:
        (found,) = facts(xmp(tiff_Make="Acme", tiff_Model="One"))
        assert isinstance(found, Device)
        assert (found.make, found.model, found.address.path) == ("Acme", "One", "XMP:tiff:Model")

    @pytest.mark.parametrize(
        ("name", "kind"),
        [
            ("aux_SerialNumber", "serial"),
            ("exifEX_BodySerialNumber", "serial"),
            ("exifEX_SerialNumber", "serial"),
            ("MicrosoftPhoto_CameraSerialNumber", "serial"),
            ("getty_CameraSerialNumber", "serial"),
            ("drone_dji__DroneSerialNumber", "serial"),
            ("drone_dji__CameraSerialNumber", "serial"),
            ("aux_LensSerialNumber", "lens-serial"),
            ("exifEX_LensSerialNumber", "lens-serial"),
            ("exif_ImageUniqueID", "image-id"),
            ("xmpMM_DocumentID", "document-id"),
            ("xmpMM_OriginalDocumentID", "document-id"),
            ("xmpMM_InstanceID", "document-id"),
            ("GCamera_BurstID", "content-id"),
        ],
    )
    def test_identifiers(self, name: str, kind: str) -> None:
        assert identifiers(xmp(**{name: " 1234 "})) == [(kind, "1234")]
        assert identifiers(xmp(**{name: " "})) == []

    def test_documents_that_a_document_comes_from(self) -> None:
        packet = xmp(
            resource(
                "xmpMM:DerivedFrom", stRef_documentID="a", stRef_originalDocumentID="b", stRef_instanceID="c"
            ),
            bag(
                "xmpMM:Ingredients",
                resource("rdf:li", stRef_documentID="d", stRef_filePath="/home/jane/a.psd"),
            ),
            bag("photoshop:DocumentAncestors", "e", "a"),
        )
        assert identifiers(packet) == [("document-id", v) for v in "abcde"]
        assert texts(packet) == [("path", "/home/jane/a.psd")]

    @pytest.mark.parametrize(
        ("written", "role"),
        [
            (seq("dc:creator", "Jane Doe"), "creator"),
            (simple("dc:creator", "Jane Doe"), "creator"),
            (simple("tiff:Artist", "Jane Doe"), "creator"),
            (simple("photoshop:Credit", "Jane Doe"), "creator"),
            (simple("aux:OwnerName", "Jane Doe"), "owner"),
            (simple("exifEX:CameraOwnerName", "Jane Doe"), "owner"),
            (simple("exifEX:OwnerName", "Jane Doe"), "owner"),
            (alt("dc:rights", x_default="Jane Doe", de="Jane Doe"), "owner"),
            (alt("dc:Rights", x_default="Jane Doe"), "owner"),
            (bag("xmpRights:Owner", "Jane Doe"), "owner"),
            (seq("plus:CopyrightOwner", resource("rdf:li", plus_CopyrightOwnerName="Jane Doe")), "owner"),
            (seq("plus:ImageCreator", resource("rdf:li", plus_ImageCreatorName="Jane Doe")), "creator"),
            (resource("Iptc4xmpCore:CreatorContactInfo", Iptc4xmpCore_CiEmailWork="Jane Doe"), "contact"),
            (bag("Iptc4xmpExt:PersonInImage", "Jane Doe"), "depicted"),
            (bag("mediapro:People", "Jane Doe"), "depicted"),
        ],
    )  # fmt: skip
    def test_people(self, written: str, role: str) -> None:
        assert people(xmp(written)) == [(role, "Jane Doe")]

    def test_person_with_details(self) -> None:
        person = resource("rdf:li", alt("Iptc4xmpExt:PersonName", x_default="Jane Doe"))
        assert people(xmp(bag("Iptc4xmpExt:PersonInImageWDetails", person))) == [("depicted", "Jane Doe")]

    def test_faces_but_not_pets(self) -> None:
        assert people(xmp(REGIONS)) == [("depicted", "Jane Doe"), ("depicted", "John Doe")]

    def test_microsoft_regions(self) -> None:
        region = resource("rdf:li", MPReg_PersonDisplayName="Jane Doe", MPReg_Rectangle="0,0,1,1")
        packet = xmp(resource("MP:RegionInfo", bag("MPRI:Regions", region)))
        assert values(packet)["MP:Regions[1]/PersonDisplayName"] == "Jane Doe"
        assert people(packet) == [("depicted", "Jane Doe")]

    def test_position_and_writer_are_no_names(self) -> None:
        assert people(xmp(photoshop_AuthorsPosition="Staff", photoshop_CaptionWriter="jd")) == []

    @pytest.mark.parametrize(
        ("written", "kind"),
        [
            (alt("dc:title", x_default="words"), "title"),
            (simple("photoshop:Headline", "words"), "title"),
            (alt("dc:description", x_default="words"), "description"),
            (alt("tiff:ImageDescription", x_default="words"), "description"),
            (simple("photoshop:Instructions", "words"), "comment"),
            (alt("exif:UserComment", x_default="words"), "comment"),
            (bag("dc:subject", "words"), "keyword"),
            (bag("lr:hierarchicalSubject", "words"), "keyword"),
            (seq("digiKam:TagsList", "words"), "keyword"),
            (bag("MicrosoftPhoto:LastKeywordXMP", "words"), "keyword"),
            (bag("mediapro:CatalogSets", "words"), "keyword"),
            (bag("acdsee:keywords", "words"), "keyword"),
            (simple("Iptc4xmpExt:AIPromptInformation", "words"), "prompt"),
        ],
    )  # fmt: skip
    def test_texts(self, written: str, kind: str) -> None:
        assert texts(xmp(written)) == [(kind, "words")]

    def test_tree_of_categories(self) -> None:
        tree = '<Categories><Category Assigned="0">People<Category Assigned="1">Jane</Category></Category></Categories>'
        assert texts(xmp(simple("acdsee:categories", tree))) == [("keyword", "People"), ("keyword", "Jane")]

    def test_software_once(self) -> None:
        found = facts(xmp(xmp_CreatorTool="Acme", tiff_Software="Acme"))
        assert [(f.name, f.address.path) for f in found if isinstance(f, Software)] == [
            ("Acme", "XMP:xmp:CreatorTool")
        ]

    def test_a_long_list_is_told_whole(self) -> None:
        ancestors = bag("photoshop:DocumentAncestors", *(f"id-{i}" for i in range(3_000)))
        packet = xmp(ancestors, seq("dc:creator", "Jane Doe"))
        assert len(identifiers(packet)) == 3_000
        assert people(packet) == [("creator", "Jane Doe")]

    def test_beyond_a_limit_a_tree_of_categories_is_told_as_it_stands(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(_xmp_facts, "MOST_CATEGORIES", 1)
        trees = [f"<Categories><Category>{name}</Category></Categories>" for name in ("Jane", "John")]
        packet = xmp(bag("acdsee:categories", *trees))
        assert texts(packet) == [("keyword", "Jane"), ("keyword", trees[1])]

    def test_nothing_for_fields_that_mean_nothing(self) -> None:
        assert facts(xmp(crs_Exposure2012="+1.00", xmp_Rating="5")) == []


def test_a_packet_cut_in_its_last_tag_gives_no_field_beyond_itself() -> None:
    cut = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><r:RDF xmlns:r="http://elsewhere/"/></x:xmpmet'
    for end in range(40, len(cut) + 1):
        for thing in XMP.decode(block(Kind.XMP, cut[:end])):
            if isinstance(thing, Field):
                assert 0 <= thing.offset <= thing.offset + thing.length <= end
