"""What stays in a copy: which way up, and what a person asked for, to the letter and no more."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image, ImageOps

from exposure.cleaning import Wishes
from exposure.cleaning._copy import planned
from exposure.cleaning._countries import _TABLE, coded, named
from exposure.cleaning._keeping import Keeping, keeping, orientation
from exposure.cleaning._kept_place import snapped
from exposure.cleaning._profile_numbers import standards
from exposure.cleaning._proof import leftovers, prove
from exposure.model import Address, Depth, Facts, Kept, Photo, Picture, Tag
from exposure.plugins import Format, discover
from exposure.reading import read
from exposure.tiff import stream
from tests.make import gif, heif, icc, iptc, jpeg, png, webp
from tests.make.tiff import SHORT, tiff
from tests.make.tiff import stream as tiff_stream
from tests.make.xmp import alt, seq, wrapped, xmp
from tests.sources import memory_source

EVERYTHING = Wishes(frozenset(("copyright", "creator", "date", "camera")), place="city")


def photo(data: bytes) -> Photo:
    found = read(memory_source(data), Depth.DEEP)
    assert isinstance(found, Photo) and not found.problems
    return found


def format_of(of: Photo) -> Format:
    found: Format = next(f for f in discover("formats", Format) if f.name == of.format)
    return found


def kept(data: bytes, *keep: str, place: str = "remove", time: str = "remove") -> Keeping:
    wishes = Wishes(frozenset(keep), place, time)
    found = photo(data)
    return keeping(found, format_of(found), wishes)


def copied(data: bytes, wishes: Wishes) -> bytes:
    """The copy, proven, and the same when it is cleaned again."""
    copy = planned(memory_source(data), wishes)
    assert copy is not None
    whole = copy.assembled()
    prove(copy, whole, wishes)
    made = whole.read(0, whole.size)
    again = planned(memory_source(made), wishes)
    assert again is not None and again.kept == copy.kept
    assert again.assembled().read(0, again.assembled().size) == made
    return made


def said(found: Keeping) -> dict[int, object]:
    return {tag.number: tag.values for tag in found.kept.tags}


def shown(data: bytes) -> bytes:
    """What a viewer that follows Pillow draws."""
    with Image.open(io.BytesIO(data)) as image:
        return ImageOps.exif_transpose(image).convert("RGB").tobytes()


FULL = jpeg.jpeg(
    jpeg.exif(
        tiff(
            Make="Acme",
            Model="Shutter 9",
            Artist="Anna Schmidt",
            Copyright="© Anna",
            DateTimeOriginal="2024:05:03 18:07:09",
            OffsetTimeOriginal="+02:00",
            LensModel="24-70mm f/2.8",
            BodySerialNumber="DX4711",
            Software="Paint",
            Orientation=6,
            position=(51.5033, -0.1196),
        )
    ),
    jpeg.comment("secret"),
)


def test_nothing_stays_but_which_way_up() -> None:
    found = kept(FULL)
    assert found == Keeping(Kept((Tag("IFD0", 0x112, 3, (6,)),)), ("which way up",))


def test_everything_that_was_asked_for_stays_and_nothing_else() -> None:
    found = keeping(photo(FULL), format_of(photo(FULL)), EVERYTHING)
    assert found.kept.tags == (
        Tag("IFD0", 0x112, 3, (6,)),
        Tag("IFD0", 0x8298, 2, "© Anna"),
        Tag("IFD0", 0x13B, 2, "Anna Schmidt"),
        Tag("IFD0", 0x10F, 2, "Acme"),
        Tag("IFD0", 0x110, 2, "Shutter 9"),
        Tag("Exif IFD", 0xA434, 2, "24-70mm f/2.8"),
        Tag("Exif IFD", 0x9003, 2, "2024:05:03 18:07:09"),
        Tag("Exif IFD", 0x9011, 2, "+02:00"),
        Tag("GPS IFD", 0, 1, (2, 3, 0, 0)),
        Tag("GPS IFD", 1, 2, "N"),
        Tag("GPS IFD", 2, 5, (51, 1, 33, 1, 0, 1)),
        Tag("GPS IFD", 3, 2, "W"),
        Tag("GPS IFD", 4, 5, (0, 1, 9, 1, 0, 1)),
    )
    assert found.told == (
        *("which way up", "the copyright notice", "the creator's name", "the camera", "the date and time"),
        "the place, to 0.1 degree (about 11 km)",
    )
    assert found.notes == ()
    made = copied(FULL, EVERYTHING)
    for gone in (b"DX4711", b"Paint", b"secret"):
        assert gone not in made


@pytest.mark.parametrize(
    ("tag", "value"),
    [
        (0x13B, "Anna Schmitt"),
        (0x9003, "2024:05:03 18:07:08"),
        (2, (51, 1, 33, 1, 1, 1)),
        (0x112, (8,)),
        (0, (2, 2, 0, 0)),
    ],
)
def test_a_copy_that_says_something_else_fails_its_proof(tag: int, value: str | tuple[int, ...]) -> None:
    copy = planned(memory_source(FULL), EVERYTHING)
    assert copy is not None
    tags = copy.kept.tags
    changed = tuple(t._replace(values=value) if t.number == tag else t for t in tags)
    other = photo(jpeg.jpeg(jpeg.exif(stream(changed))))
    (left,) = leftovers(other, copy.format, copy.kept)
    assert left.startswith("another ")
    assert not list(leftovers(photo(jpeg.jpeg(jpeg.exif(stream(tags)))), copy.format, copy.kept))


class TestWhichWayUp:
    @pytest.mark.parametrize("turned", range(1, 9))
    def test_exif_says_it(self, turned: int) -> None:
        data = jpeg.jpeg(jpeg.exif(tiff(Orientation=turned)))
        assert orientation(photo(data)) == turned
        assert shown(copied(data, Wishes())) == shown(data)

    @pytest.mark.parametrize("turned", [0, 9, 65535])
    def test_what_is_no_direction_is_left_out(self, turned: int) -> None:
        data = jpeg.jpeg(jpeg.exif(tiff(Orientation=turned)), jpeg.xmp_app1(xmp(tiff_Orientation="6")))
        assert kept(data).kept == Kept()
        assert shown(copied(data, Wishes())) == shown(data)

    def test_exif_that_no_program_looks_at_turns_nothing(self) -> None:
        turned = tiff(Orientation=6)
        for data in (
            jpeg.jpeg(jpeg.segment(0xE0, b"Exif\0\0" + turned)),
            jpeg.jpeg(jpeg.segment(0xE1, b"EXIF\0\0" + turned)),
            jpeg.jpeg(jpeg.comment(b"Exif\0\0" + turned)),
            jpeg.jpeg(jpeg.exif(tiff(Make="Acme")), jpeg.exif(turned)),
        ):
            assert orientation(photo(data)) == 1
        assert orientation(photo(jpeg.jpeg(jpeg.comment(b"hello"), jpeg.exif(turned)))) == 6

    def test_xmp_that_no_program_looks_at_turns_nothing(self) -> None:
        packet = wrapped(xmp(tiff_Orientation="6"))
        for segment in (jpeg.segment(0xE1, b"XMP\0://\0" + packet), jpeg.comment(packet)):
            data = jpeg.jpeg(segment)
            assert kept(data).kept == Kept()
            assert shown(copied(data, Wishes())) == shown(data)

    @pytest.mark.parametrize("turned", range(1, 9))
    def test_xmp_says_it_where_exif_does_not(self, turned: int) -> None:
        packet = wrapped(xmp(tiff_Orientation=str(turned), photoshop_City="Sale"))
        for data in (
            jpeg.jpeg(jpeg.exif(tiff(Make="Acme")), jpeg.xmp_app1(packet)),
            png.png(png.xmp(packet)),
        ):
            found = kept(data)
            assert found.kept.tags == ()
            assert (found.told == ("which way up",)) is bool(found.kept.xmp) is (turned != 1)
            made = copied(data, Wishes())
            assert b"Sale" not in made and b"xmptk" not in made
            assert shown(made) == shown(data)

    def test_a_number_of_another_width_stays_one_and_one_that_nobody_takes_goes(self) -> None:
        for type_, tags in ((4, (Tag("IFD0", 0x112, 4, (6,)),)), (1, ())):
            data = jpeg.jpeg(jpeg.exif(tiff_stream([[(0x112, type_, None, 6)]])))
            assert kept(data).kept == Kept(tags)
            assert shown(copied(data, Wishes())) == shown(data)

    def test_in_a_png_its_own_exif_goes_before_text_even_when_it_does_not_say_it(self) -> None:
        text = png.text("Raw profile type exif", png.raw_profile("exif", b"Exif\0\0" + tiff(Orientation=6)))
        assert kept(png.png(text)).kept == Kept((Tag("IFD0", 0x112, 3, (6,)),))
        data = png.png(png.exif(tiff(Make="Acme")), text)
        assert kept(data).kept == Kept()
        assert shown(copied(data, Wishes())) == shown(data)

    def test_xmp_in_a_raw_profile_of_a_png_turns_nothing(self) -> None:
        profile = png.raw_profile("xmp", wrapped(xmp(tiff_Orientation="6")))
        data = png.png(png.packed_text("Raw profile type xmp", profile))
        assert kept(data).kept == Kept()
        assert shown(copied(data, Wishes())) == shown(data)

    def test_exif_goes_before_xmp(self) -> None:
        data = jpeg.jpeg(jpeg.exif(tiff(Orientation=1)), jpeg.xmp_app1(xmp(tiff_Orientation="6")))
        assert kept(data).kept == Kept()
        assert shown(copied(data, Wishes())) == shown(data)

    def test_of_two_packets_the_last_counts(self) -> None:
        packets = (jpeg.xmp_app1(xmp(tiff_Orientation=n)) for n in "36")
        data = jpeg.jpeg(*packets)
        assert b'tiff:Orientation="6"' in kept(data).kept.xmp
        assert shown(copied(data, Wishes())) == shown(data)

    @pytest.mark.parametrize("turned", ["0", "9", "x", ""])
    def test_xmp_that_says_no_direction_is_left_out(self, turned: str) -> None:
        assert kept(jpeg.jpeg(jpeg.xmp_app1(xmp(tiff_Orientation=turned)))).kept == Kept()

    def test_a_pngs_own_exif_goes_before_text(self) -> None:
        raw = png.text("Raw profile type exif", png.raw_profile("exif", b"Exif\0\0" + tiff(Orientation=3)))
        data = png.png(raw, png.exif(tiff(Orientation=6)))
        assert said(kept(data)) == {0x112: (6,)}
        assert shown(copied(data, Wishes())) == shown(data)
        assert said(kept(png.png(raw))) == {0x112: (3,)}

    def test_a_thumbnails_own_direction_is_not_the_pictures(self) -> None:
        small = jpeg.jpeg(jpeg.exif(tiff(Orientation=8)))
        assert kept(jpeg.jpeg(jpeg.exif(tiff(thumbnail=small)))).kept == Kept()

    def test_a_heif_turns_itself(self) -> None:
        """Decoders ignore EXIF and XMP there, and so does the copy."""
        item = heif.hevc(properties=(heif.size_property(40, 30),))
        data = heif.heif(item, heif.exif(tiff(Orientation=6)), heif.xmp(xmp(tiff_Orientation="6")))
        assert kept(data).kept == Kept()

    def test_an_avif_is_shown_as_before(self) -> None:
        for data in (
            heif.avif_photo(xmp_packet=xmp(tiff_Orientation="6")),
            heif.avif_photo(exif_stream=tiff(Make="Acme"), xmp_packet=xmp(tiff_Orientation="6")),
            heif.avif_photo(exif_stream=tiff(Orientation=6)),
        ):
            assert shown(copied(data, Wishes())) == shown(data)


class TestWords:
    @pytest.mark.parametrize(
        ("segment", "notice", "names"),
        [
            (jpeg.exif(tiff(Copyright="© A", Artist="Anna")), "© A", "Anna"),
            (
                jpeg.xmp_app1(xmp(alt("dc:rights", x_default="© A", de="© B"), seq("dc:creator", "A", "B"))),
                "© A",
                "A; B",
            ),
            (
                jpeg.photoshop(
                    iptc.resource(0x0404, iptc.iptc({"CopyrightNotice": "© Ä", "By-line": ["Änna", "Bo"]}))
                ),
                "© Ä",
                "Änna; Bo",
            ),
        ],
    )
    def test_they_stay_wherever_they_are_written(self, segment: bytes, notice: str, names: str) -> None:
        data = jpeg.jpeg(segment)
        assert said(kept(data, "copyright", "creator")) == {0x8298: notice, 0x13B: names}
        assert said(kept(data, "copyright")) == {0x8298: notice}
        assert said(kept(data, "creator")) == {0x13B: names}
        assert kept(data) == Keeping(Kept())
        copied(data, Wishes(frozenset(("copyright", "creator"))))

    def test_in_a_png_they_may_be_texts(self) -> None:
        data = png.png(png.chunk(b"tEXt", b"Author\0Anna"), png.chunk(b"tEXt", b"Copyright\0CC0"))
        assert said(kept(data, "copyright", "creator")) == {0x8298: "CC0", 0x13B: "Anna"}

    def test_exif_goes_before_the_others(self) -> None:
        packet = xmp(alt("dc:rights", x_default="© XMP"), seq("dc:creator", "Xaver"))
        data = jpeg.jpeg(jpeg.xmp_app1(packet), jpeg.exif(tiff(Artist="Anna")))
        assert said(kept(data, "copyright", "creator")) == {0x8298: "© XMP", 0x13B: "Anna"}

    def test_contacts_owners_and_people_are_no_creators(self) -> None:
        packet = xmp(
            seq("Iptc4xmpExt:PersonInImage", "Bo"),
            aux_OwnerName="Olga",
            photoshop_Credit="Agency",
            Iptc4xmpCore_CiEmailWork="a@example.org",
        )
        data = jpeg.jpeg(jpeg.xmp_app1(packet), jpeg.exif(tiff(CameraOwnerName="Olga")))
        assert kept(data, "copyright", "creator", "camera") == Keeping(Kept())

    def test_what_cannot_be_seen_is_left_out(self) -> None:
        data = jpeg.jpeg(jpeg.exif(tiff(Artist=" A\x1b[31m\tnna\u202e \n B\u200bo ", Copyright="\x01\x02")))
        assert said(kept(data, "creator", "copyright")) == {0x13B: "A[31m nna Bo"}

    def test_a_long_notice_is_cut(self) -> None:
        data = jpeg.jpeg(jpeg.exif(tiff(Copyright="ab " * 2_000)))
        (notice,) = said(kept(data, "copyright")).values()
        assert isinstance(notice, str) and 900 < len(notice) <= 1_000
        copied(data, Wishes(frozenset(("copyright",))))

    def test_what_a_thumbnail_says_is_not_the_photos(self) -> None:
        small = jpeg.jpeg(jpeg.exif(tiff(Artist="Anna", Make="Acme", DateTimeOriginal="2024:05:03 18:00:00")))
        data = jpeg.jpeg(jpeg.exif(tiff(thumbnail=small)))
        assert kept(data, "creator", "camera", "date") == Keeping(Kept())

    def test_what_is_not_there_is_not_told(self) -> None:
        found = kept(jpeg.jpeg(), "copyright", "creator", "camera", "date", "gain-map", "motion")
        assert found == Keeping(Kept())


class TestCamera:
    @pytest.mark.parametrize(
        "stream",
        [
            tiff(Make="Acme", Model="Shutter DX4711", BodySerialNumber="DX4711"),
            tiff(Make="Acme", Model="Shutter 20240611"),
            tiff(Make="Acme", Model="Anna's Shutter", Artist="Anna"),
            tiff(Make="Acme", Model="Shutter anna", CameraOwnerName="Anna"),
        ],
    )
    def test_a_name_that_tells_one_camera_from_others_is_left_out(self, stream: bytes) -> None:
        found = kept(jpeg.jpeg(jpeg.exif(stream)), "camera")
        assert said(found) == {0x10F: "Acme"}
        assert len(found.notes) == 1 and "tells it from others" in found.notes[0]

    @pytest.mark.parametrize(
        ("lens", "stays"),
        [
            *(("24-70mm f/2.8", True), ("Phone 13 back camera 5.1mm f/1.6", True), ("50 mm", True)),
            *(("Anna's best", False), ("GR LENS", False), ("24-70mm 0012345678", False)),
        ],
    )
    def test_a_lens_stays_only_as_a_model(self, lens: str, stays: bool) -> None:
        found = said(kept(jpeg.jpeg(jpeg.exif(tiff(Make="Acme", LensModel=lens))), "camera"))
        assert found == ({0x10F: "Acme", 0xA434: lens} if stays else {0x10F: "Acme"})

    def test_a_model_in_the_place_of_a_persons_name_is_nobodys(self) -> None:
        data = jpeg.jpeg(jpeg.exif(tiff(Model="Shutter 9 ZOOM", Copyright="Shutter 9 ZOOM")))
        assert said(kept(data, "camera")) == {0x110: "Shutter 9 ZOOM"}

    def test_xmp_may_name_it(self) -> None:
        data = jpeg.jpeg(jpeg.xmp_app1(xmp(tiff_Make="Acme", tiff_Model="Shutter 9")))
        assert said(kept(data, "camera")) == {0x10F: "Acme", 0x110: "Shutter 9"}


WHEN = jpeg.jpeg(jpeg.exif(tiff(DateTimeOriginal="2024:05:03 18:07:09", OffsetTimeOriginal="+02:00")))


class TestDate:
    @pytest.mark.parametrize(
        ("keep", "coarse", "tags", "told", "notes"),
        [
            ("", "remove", {}, (), 0),
            ("date", "remove", {0x9003: "2024:05:03 18:07:09", 0x9011: "+02:00"}, ("the date and time",), 0),
            ("", "date", {0x9003: "2024:05:03 00:00:00"}, ("the date, without the time of day",), 1),
            ("date", "date", {0x9003: "2024:05:03 00:00:00"}, ("the date, without the time of day",), 1),
            ("", "month", {0x9003: "2024:05:01 00:00:00"}, ("the month",), 1),
            ("date", "month", {0x9003: "2024:05:01 00:00:00"}, ("the month",), 1),
        ],
    )
    def test_the_coarser_wish_wins(
        self, keep: str, coarse: str, tags: dict[int, str], told: Sequence[str], notes: int
    ) -> None:
        found = kept(WHEN, *filter(None, [keep]), time=coarse)
        assert (said(found), found.told, len(found.notes)) == (tags, told, notes)
        copied(WHEN, Wishes(frozenset(filter(None, [keep])), time=coarse))

    def test_without_an_offset_none_is_written(self) -> None:
        data = jpeg.jpeg(jpeg.exif(tiff(DateTimeOriginal="2024:05:03 18:07:09")))
        assert said(kept(data, "date")) == {0x9003: "2024:05:03 18:07:09"}

    def test_a_day_without_an_hour_stays_a_day(self) -> None:
        data = jpeg.jpeg(jpeg.xmp_app1(xmp(photoshop_DateCreated="2024-05-03")))
        found = kept(data, "date")
        assert said(found) == {0x9003: "2024:05:03 00:00:00"} and "midnight" in found.notes[0]

    def test_xmp_may_say_it_and_exif_goes_first(self) -> None:
        packet = jpeg.xmp_app1(xmp(exif_DateTimeOriginal="2023-01-02T03:04:05+09:00"))
        assert said(kept(jpeg.jpeg(packet), "date")) == {0x9003: "2023:01:02 03:04:05", 0x9011: "+09:00"}
        both = jpeg.jpeg(packet, WHEN[2 : WHEN.index(b"\xff\xdb")])
        assert said(kept(both, "date"))[0x9003] == "2024:05:03 18:07:09"

    def test_when_it_was_changed_is_not_when_it_was_taken(self) -> None:
        data = jpeg.jpeg(jpeg.exif(tiff(DateTime="2024:05:03 18:07:09")))
        assert kept(data, "date", time="month") == Keeping(Kept())


def degrees(tags: dict[int, object]) -> tuple[float, ...]:
    """The position in these tags, which must be in whole minutes."""
    values = []
    for letter, number in ((1, 2), (3, 4)):
        written = tags[number]
        assert isinstance(written, tuple) and written[1::2] == (1, 1, 1) and written[4] == 0
        values.append((written[0] + written[2] / 60) * (-1 if str(tags[letter]) in "SW" else 1))
    return tuple(values)


latitudes = st.floats(-90, 90) | st.integers(-900, 900).map(lambda n: n / 10)
longitudes = st.floats(-180, 180) | st.integers(-1800, 1800).map(lambda n: n / 10)


class TestPlace:
    @given(latitudes, longitudes)
    @example(90.0, 180.0)
    @example(-90.0, -180.0)
    @example(0.0, 0.0)
    @example(-1e-300, -1e-300)
    def test_a_snapped_place_is_near_and_stays(self, latitude: float, longitude: float) -> None:
        north, east = snapped(latitude, longitude)
        assert abs(Fraction(latitude) - Fraction(north, 60)) <= Fraction(1, 20)
        away = abs(Fraction(longitude) - Fraction(east, 60))
        assert min(away, 360 - away) <= Fraction(1, 20)
        assert snapped(north / 60, east / 60) == (north, east)
        assert abs(north) < 90 * 60 and abs(east) < 180 * 60

    @given(st.integers(0, 1799), st.integers(0, 3599), st.fractions(0, 1), st.fractions(0, 1))
    def test_every_place_of_a_cell_gives_the_same(
        self, row: int, column: int, up: Fraction, right: Fraction
    ) -> None:
        """Well inside: a border that has no exact floating-point number lies on either side of it."""
        up, right = (Fraction(1, 10**9) + n * (1 - Fraction(2, 10**9)) for n in (up, right))
        place = float((row + up) / 10 - 90), float((column + right) / 10 - 180)
        assert snapped(*place) == (row * 6 + 3 - 5400, column * 6 + 3 - 10800)

    def test_borders_belong_to_the_cell_north_and_east_of_them(self) -> None:
        assert snapped(51.5, 0.0) == (51 * 60 + 33, 3)
        assert snapped(-0.5, -0.5) == (-27, -27)
        assert snapped(90, 0) == snapped(89.95, 0) == (89 * 60 + 57, 3)
        assert snapped(-90, 0) == (-89 * 60 - 57, 3)
        assert snapped(0, 180) == snapped(0, -180) == (3, -179 * 60 - 57)

    @pytest.mark.parametrize(
        "place", [(51.5033, -0.1196), (-33.87, 151.21), (89.99, -179.99), (-89.9, 179.9)]
    )
    def test_the_copy_tells_the_middle_of_the_cell(self, place: tuple[float, float]) -> None:
        data = jpeg.jpeg(jpeg.exif(tiff(position=place, altitude=12.5)))
        found = said(kept(data, place="city"))
        assert set(found) == {0, 1, 2, 3, 4}
        assert max(abs(a - b) for a, b in zip(degrees(found), place, strict=True)) <= 0.0501
        copied(data, Wishes(place="city"))

    def test_many_photos_of_one_home_tell_one_place(self) -> None:
        near = [(51.5033 + n / 1000, -0.1196 - n / 1000) for n in range(60)]
        told = {
            tuple(said(kept(jpeg.jpeg(jpeg.exif(tiff(position=at))), place="city")).items()) for at in near
        }
        assert len(told) == 1

    def test_xmp_may_say_it_and_a_destination_is_no_place(self) -> None:
        data = jpeg.jpeg(jpeg.xmp_app1(xmp(exif_GPSLatitude="51,30.2N", exif_GPSLongitude="0,7.2W")))
        assert degrees(said(kept(data, place="city"))) == pytest.approx((51.55, -0.15))
        away = jpeg.jpeg(jpeg.xmp_app1(xmp(exif_GPSDestLatitude="51,30.2N", exif_GPSDestLongitude="0,7.2W")))
        assert kept(away, place="city") == kept(away, place="country") == Keeping(Kept())

    @pytest.mark.parametrize(
        "segment",
        [
            jpeg.xmp_app1(xmp(photoshop_Country="germany ")),
            jpeg.xmp_app1(xmp(Iptc4xmpCore_CountryCode="DE", photoshop_Country="Alemania")),
            jpeg.xmp_app1(xmp(Iptc4xmpCore_CountryCode="DEU", photoshop_Country="Deutschland")),
            jpeg.photoshop(iptc.resource(0x0404, iptc.dataset(2, 100, b"DEU"))),
        ],
    )
    def test_a_country_that_the_file_names_is_its_middle(self, segment: bytes) -> None:
        data = jpeg.jpeg(segment, jpeg.exif(tiff(position=(48.137, 11.575))))
        found = kept(data, place="country")
        assert degrees(said(found)) == (51, 9) and found.notes == ()
        copied(data, Wishes(place="country"))

    @pytest.mark.parametrize(
        "segment",
        [
            b"",
            jpeg.xmp_app1(xmp(photoshop_Country="Atlantis")),
            jpeg.xmp_app1(xmp(photoshop_Country="DE")),
            jpeg.xmp_app1(xmp(photoshop_Country="Georgia")),
            jpeg.xmp_app1(xmp(photoshop_Country="France", Iptc4xmpCore_CountryCode="DE")),
            jpeg.xmp_app1(
                xmp(
                    "<Iptc4xmpExt:LocationShown><rdf:Bag><rdf:li rdf:parseType='Resource'>"
                    "<Iptc4xmpExt:CountryCode>DE</Iptc4xmpExt:CountryCode></rdf:li></rdf:Bag>"
                    "</Iptc4xmpExt:LocationShown>"
                )
            ),
        ],
    )
    @pytest.mark.parametrize("where", [(47.837, 12.981), (20.0, -40.0), (45.3, 34.4)])
    def test_a_country_is_never_guessed(self, segment: bytes, where: tuple[float, float]) -> None:
        """Near a border, at sea, and where countries do not agree."""
        found = kept(jpeg.jpeg(segment, jpeg.exif(tiff(position=where))), place="country")
        assert found.kept == Kept() and len(found.notes) == 1 and "guess" in found.notes[0]

    def test_a_position_away_from_borders_tells_the_country(self) -> None:
        munich = jpeg.jpeg(jpeg.exif(tiff(position=(48.137, 11.575))))
        assert degrees(said(kept(munich, place="country"))) == (51, 9)
        copied(munich, Wishes(place="country"))

    def test_what_the_file_names_goes_before_its_position(self) -> None:
        both = jpeg.jpeg(
            jpeg.exif(tiff(position=(48.137, 11.575))), jpeg.xmp_app1(xmp(photoshop_Country="France"))
        )
        assert degrees(said(kept(both, place="country"))) == (46, 2)

    def test_what_is_the_middle_of_a_country_already_stays(self) -> None:
        there = jpeg.jpeg(jpeg.exif(tiff(position=(51.0, 9.0))))
        at_sea = jpeg.jpeg(jpeg.exif(tiff(position=(20.0, -40.001))))
        assert degrees(said(kept(there, place="country"))) == (51, 9)
        assert kept(at_sea, place="country").kept == Kept()

    def test_the_table_of_countries_is_sound(self) -> None:
        rows = [row.split(" ", 4) for row in _TABLE.strip().splitlines()]
        names = [name for _, _, _, _, *words in rows for name in (words[0].split(", ") if words else ())]
        assert len({row[0] for row in rows}) == len({row[1] for row in rows}) == len(rows) > 190
        assert len(set(map(str.casefold, names))) == len(names)
        for two, three, north, east, *_ in rows:
            assert coded(two) == coded(three) == named(three) == (two, int(north), int(east))
            assert named(two) is None or two in ("UK", "US")
            assert abs(int(north)) < 80 and abs(int(east)) < 180


class TestRoom:
    def test_a_gif_has_none(self) -> None:
        packet = xmp(seq("dc:creator", "Anna"), alt("dc:rights", x_default="CC0"), tiff_Make="Acme")
        found = kept(gif.gif(gif.xmp(packet)), "creator", "copyright", "camera")
        assert found.kept == Kept() and found.told == ()
        assert found.notes == (
            "A GIF has no room for the copyright notice, the creator's name and the camera.",
        )

    def test_webp_and_png_and_avif_have(self) -> None:
        exif = tiff(Artist="Anna", DateTimeOriginal="2024:05:03 18:07:09", position=(51.5, -0.1))
        for data in (
            png.png(png.exif(exif)),
            webp.webp(webp.extended(0x08), webp.LOSSY, webp.chunk(b"EXIF", exif)),
            heif.avif_photo(exif_stream=exif),
        ):
            made = copied(data, EVERYTHING)
            assert {f.name for f in photo(made).fields} >= {"Artist", "DateTimeOriginal", "GPSLatitude"}

    def test_a_broken_profile_is_said(self) -> None:
        found = read(memory_source(jpeg.jpeg(jpeg.icc(b"profile" + bytes(200)))), Depth.DEEP)
        assert isinstance(found, Photo)
        kept_of = keeping(found, format_of(found), Wishes())
        assert kept_of.kept == Kept() and "damaged" in kept_of.notes[0]

    def test_a_profile_is_told_by_its_name(self) -> None:
        found = kept(jpeg.jpeg(jpeg.icc(icc.display("Display P3"))))
        assert found.told == ("the colour profile (Display P3)",)
        assert found.kept.icc == icc.display("Display P3")

    @pytest.mark.parametrize(
        ("wish", "kind", "words"),
        [
            ("gain-map", "gain-map", "the extra brightness for HDR screens"),
            ("motion", "video", "the moving part"),
        ],
    )
    def test_a_second_picture_stays_where_the_format_can_hold_it(
        self, wish: str, kind: str, words: str
    ) -> None:
        plain = photo(jpeg.jpeg())
        second = replace(plain, facts=Facts(pictures=(Picture(kind, 0, 1, Address("MPF:Image 2:Offset")),)))
        able = replace(format_of(plain), carries=frozenset([wish]))
        unable = replace(able, carries=frozenset())
        asked, silent = Wishes(frozenset([wish])), Wishes()
        assert keeping(second, able, asked) == Keeping(Kept(second=frozenset([wish])), (words,))
        assert keeping(second, unable, asked) == Keeping(
            Kept(), (), (f"exposure cannot keep {words} of this photo.",)
        )
        assert (
            keeping(second, able, silent)
            == keeping(plain, able, asked)
            == keeping(plain, unable, asked)
            == Keeping(Kept())
        )


@pytest.mark.parametrize(
    ("space", "rules", "adobe"),
    [
        (0xFFFF, "R03", True),
        (2, "R03", True),
        (2, "R98", True),
        (None, "R03", True),
        (0xFFFF, "R98", False),
        (0xFFFF, "by Anna", False),
        (1, "R03", False),
    ],
)
def test_a_camera_may_say_its_colours_in_exif_alone_which_goes_and_is_said(
    space: int | None, rules: str, adobe: bool
) -> None:
    said_so = jpeg.exif(
        tiff(
            Make="Acme",
            InteroperabilityIndex=rules,
            extra={"Exif IFD": [(0xA001, SHORT, None, space)] if space else []},
        )
    )
    found = kept(jpeg.jpeg(said_so))
    assert found.kept == Kept()
    assert any("Adobe RGB" in note for note in found.notes) == adobe
    assert not kept(
        jpeg.jpeg(said_so, jpeg.icc(next(standards())))
    ).notes  # the profile goes before such words
    assert not photo(copied(jpeg.jpeg(said_so), Wishes())).fields


def test_what_is_shown_in_another_way_without_its_words_is_said() -> None:
    around = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    around += (
        b'<rdf:Description xmlns:GPano="http://ns.google.com/photos/1.0/panorama/" GPano:ProjectionType='
    )
    around += b'"equirectangular"/></rdf:RDF></x:xmpmeta>'
    assert ["360" in note for note in kept(jpeg.jpeg(jpeg.xmp_app1(around))).notes] == [True]
    eyes = jpeg.multi_picture(pictures=[(0x020002, jpeg.jpeg())])
    assert ["3D" in note for note in kept(eyes).notes] == [True]
    assert not kept(jpeg.multi_picture(pictures=[(0x010001, jpeg.jpeg())])).notes
