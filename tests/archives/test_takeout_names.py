"""Which photo goes with which sidecar of a Takeout: pairs of our own, and names made up and written as Takeout does."""

from __future__ import annotations

from typing import Literal, NamedTuple
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exposure.archives._takeout_names import EDITED, Pairs, paired

WHALES = "🐋" * 40
LONG = "harbour_in_the_evening_light_seen_from_the_old_pier_in_may"
NFD = normalize("NFD", "Café à la mer.jpg")

PAIRS = [  # sidecar, photo
    ("harbour.jpg.json", "harbour.jpg"),
    ("harbour.jpg.supplemental-metadata.json", "harbour.jpg"),
    ("HARBOUR.JPG.JSON", "HARBOUR.JPG"),
    ("IMG_20240503_180000123.jpg.supplemental-metada.json", "IMG_20240503_180000123.jpg"),
    ("20240503_180000_evening_sea.jpg.supplemental-m.json", "20240503_180000_evening_sea.jpg"),
    ("twelve_little_boats_before_the_pier.jpg.supple.json", "twelve_little_boats_before_the_pier.jpg"),
    ("twenty_little_boats_before_the_old_pier.jpg.su.json", "twenty_little_boats_before_the_old_pier.jpg"),
    ("twenty_two_small_boats_before_the_pier12.jpg.s.json", "twenty_two_small_boats_before_the_pier12.jpg"),
    ("twenty_two_small_boats_before_the_pier123.jpg..json", "twenty_two_small_boats_before_the_pier123.jpg"),
    ("twenty_two_small_boats_before_the_pier1234.jpg.json", "twenty_two_small_boats_before_the_pier1234.jpg"),
    (
        "twenty_two_small_boats_before_the_pier12345.jp.json",
        "twenty_two_small_boats_before_the_pier12345.jpg",
    ),
    (
        "twenty_two_small_boats_before_the_pier123456.j.json",
        "twenty_two_small_boats_before_the_pier123456.jpg",
    ),
    (
        "twenty_two_small_boats_before_the_pier1234567..json",
        "twenty_two_small_boats_before_the_pier1234567.jpg",
    ),
    (
        "twenty_two_small_boats_before_the_pier12345678.json",
        "twenty_two_small_boats_before_the_pier12345678.jpg",
    ),
    (f"{LONG[:46]}.json", f"{LONG[:47]}.jpg"),
    (f"{LONG[:46]}(3).json", f"{LONG[:47]}(3).jpg"),
    (f"{'🐋' * 23}.json", f"{'🐋' * 24}.jpg"),
    (f"x{'🐋' * 22}.json", f"x{'🐋' * 23}.jpg"),
    ("harbour.jpg(1).json", "harbour(1).jpg"),
    ("harbour.jpg.supplemental-metadata(1).json", "harbour(1).jpg"),
    ("harbour(2).png.supplemental-metadata.json", "harbour(2).png"),
    ("harbour(2).jpg.json", "harbour(2).jpg"),
    ("harbour(2).jpg(1).json", "harbour(2)(1).jpg"),
    ("IMG_0001.HEIC.supplemental-metadata(12).json", "IMG_0001(12).HEIC"),
    ("harbour.jpg.json", "harbour-edited.jpg"),
    ("harbour.jpg.supplemental-metadata.json", "harbour-bearbeitet.jpg"),
    ("harbour.HEIC.supplemental-metadata.json", "harbour-modifié.jpg"),
    ("harbour.jpg.json", normalize("NFD", "harbour-modifié.jpg")),
    ("harbour.jpg.json", "harbour-編集済み.jpg"),
    ("harbour.jpg.json", "harbour-ha editado.jpg"),
    ("harbour.jpg(1).json", "harbour-edited(1).jpg"),
    ("harbour.jpg.json", "harbour-EFFECTS.jpg"),
    (
        "twenty_two_small_boats_before_the_pier12.jpg.s.json",
        "twenty_two_small_boats_before_the_pier12-edited.jpg",
    ),
    (
        "twenty_two_small_boats_before_the_pier1234.jpg.json",
        "twenty_two_small_boats_before_the_pier1234-edit.jpg",
    ),
    ("8434089303984509579.supplemental-metadata.json", "8434089303984509579-edited.jpg"),
    ("IMG_0001.HEIC.supplemental-metadata.json", "IMG_0001.MP4"),
    ("IMG_0001.HEIC(1).json", "IMG_0001(1).MOV"),
    ("PXL_20240503_160000000.MP.jpg.supplemental-met.json", "PXL_20240503_160000000.MP.jpg"),
    ("PXL_20240503_160000000.MP.jpg.supplemental-met.json", "PXL_20240503_160000000.MP"),
    ("PXL_20240503_160000000~2.jpg.supplemental-meta.json", "PXL_20240503_160000000~2.jpg"),
    ("PXL_20240503_160000000.MP~2.jpg.json", "PXL_20240503_160000000.MP~2"),
    (normalize("NFC", f"{NFD}.supplemental-metadata.json"), NFD),
    (f"{NFD}.json", normalize("NFC", NFD)),
    ("a pier.jpg.supplemental-metadata.json", "a pier.jpg"),
    ("Fish _ chips_.jpg.json", "Fish _ chips_.jpg"),
    ("03.05.24 - 1.json", "03.05.24 - 1"),
]
APART = [
    ("harbour.jpg.json", "harbor.jpg"),
    ("harbour.jpg.json", "harbour(1).jpg"),
    ("harbour.jpg(1).json", "harbour.jpg"),
    ("harbour.jpg(2).json", "harbour(1).jpg"),
    ("harbour.jpg.supplemental-metadata(1).json", "harbour.jpg"),
    ("IMG_0001.jpg.json", "IMG_00010.jpg"),
    ("IMG_00010.jpg.json", "IMG_0001.jpg"),
    ("IMG_0001.jp.json", "IMG_0001.jpg"),
    ("IMG_0001.jpg.supplementary.json", "IMG_0001.jpg"),
    ("IMG_0001.jpg.json", "IMG_0001~2.jpg"),
    ("IMG_0001~2.jpg.json", "IMG_0001.jpg"),
    ("IMG_0001.jpg.json", "IMG_0002-edited.jpg"),
    ("IMG_0001.jpg.json", "IMG_0001-copy.jpg"),
    ("IMG_0001.jpg(1).json", "IMG_0001-edited.jpg"),
    ("IMG_0001.jpg.json", "IMG-0001.jpg"),
    (f"{LONG[:46]}(3).json", f"{LONG[:47]}(4).jpg"),
    (f"{LONG[:45]}.json", f"{LONG[:47]}.jpg"),
    (f"{'🐋' * 22}.json", f"{'🐋' * 24}.jpg"),
]


def test_there_are_enough_pairs() -> None:
    assert len(PAIRS) + len(APART) >= 60


@pytest.mark.parametrize(("sidecar", "photo"), PAIRS)
def test_it_goes_with_its_photo(sidecar: str, photo: str) -> None:
    assert paired([photo], {sidecar: ""}) == Pairs({sidecar: [photo]})


@pytest.mark.parametrize(("sidecar", "photo"), APART)
def test_it_does_not_go_with_another(sidecar: str, photo: str) -> None:
    for title in ("", sidecar.partition(".json")[0].partition("(")[0]):
        assert paired([photo], {sidecar: title}) == Pairs({sidecar: []}, [photo])


def test_a_number_moves_before_it_is_part_of_a_title() -> None:
    moved, literal = "boat.png.supplemental-metadata(2).json", "boat(2).png.supplemental-metadata.json"
    assert paired(["boat(2).png"], {literal: "boat(2).png", moved: "boat.png"}).photos[moved] == [
        "boat(2).png"
    ]


def test_a_photo_with_its_own_sidecar_is_no_edited_copy_of_another() -> None:
    titles = {"boat.jpg.json": "boat.jpg", "boat-edited.jpg.json": "boat-edited.jpg"}
    found = paired(["boat.jpg", "boat-edited.jpg"], titles)
    assert found.photos == {"boat.jpg.json": ["boat.jpg"], "boat-edited.jpg.json": ["boat-edited.jpg"]}


def test_a_photo_its_film_and_its_edited_copy_are_together() -> None:
    photos = ["IMG_1.HEIC", "IMG_1.MP4", "IMG_1-edited.jpg", "IMG_1(1).HEIC", "IMG_1(1).MP4"]
    found = paired(photos, {"IMG_1.HEIC.json": "IMG_1.HEIC", "IMG_1.HEIC(1).json": "IMG_1.HEIC"})
    assert {name: sorted(some) for name, some in found.photos.items()} == {
        "IMG_1.HEIC.json": ["IMG_1-edited.jpg", "IMG_1.HEIC", "IMG_1.MP4"],
        "IMG_1.HEIC(1).json": ["IMG_1(1).HEIC", "IMG_1(1).MP4"],
    }


def test_a_number_behind_a_name_that_was_cut_leaves_it_unsure() -> None:
    sidecar, photo, other = f"{LONG[:46]}.json", f"{LONG[:47]}.jpg", f"{LONG[:47]}(1).jpg"
    assert paired([photo, other], {sidecar: f"{LONG}.jpg"}) == Pairs({sidecar: [photo, other]}, [], {other})
    numbered = f"{LONG[:46]}(1).json"
    assert paired([photo, other], {sidecar: "", numbered: ""}) == Pairs({sidecar: [photo], numbered: [other]})


def test_titles_tell_names_apart_that_are_cut_to_the_same() -> None:
    one, other = LONG[:46] + "A and more.jpg", LONG[:46] + "B and more.jpg"
    titles = {f"{LONG[:46]}.json": one, f"{LONG[:46]}(1).json": other}
    found = paired([LONG[:46] + "B.jpg", LONG[:46] + "A.jpg"], titles)
    assert found.photos[f"{LONG[:46]}.json"] == [LONG[:46] + "A.jpg"] and not found.unsure


def test_a_title_without_an_ending_or_with_other_signs_finds_its_photo() -> None:
    assert paired(["8434.jpg"], {"8434.supplemental-metadata.json": "8434"}).alone == []
    assert paired(["a _ b.jpg"], {"a & b.jpg.supplemental-metadata.json": "a & b.jpg"}).alone == []
    assert paired(["8434.jpg"], {"8435.supplemental-metadata.json": "8435"}).alone == ["8434.jpg"]


class Written(NamedTuple):
    """A photo and its sidecar as Takeout names them."""

    photo: str
    sidecar: str


def utf16(text: str, units: int) -> str:
    """Its first so many code units, without half a sign at the end."""
    return text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore")


def written(title: str, number: int, *, is_new: bool) -> Written:
    """How Takeout names what has this title and is the so manieth of it, 0 for the first."""
    plain = "".join("_" if sign in '<>:"/\\|?*&%' else sign for sign in title)
    stem, dot, ending = plain.rpartition(".")
    count = f"({number})" if number else ""
    added = ".supplemental-metadata" if is_new else ""
    return Written(f"{utf16(stem, 47)}{count}{dot}{ending}", f"{utf16(plain + added, 46)}{count}.json")


SIGNS = st.one_of(
    st.sampled_from("abcdefghijkmnopqrstuvwxyz0123456789_- ,~+.()&?'éüßçñåΩжя日本語編🐋🌊👩🏽☺️"),
    st.characters(min_codepoint=0x20, max_codepoint=0x2FFFF, exclude_categories=("Cs", "Cc", "Cn", "Co")),
)
ENDINGS = st.sampled_from(
    [".jpg", ".JPG", ".jpeg", ".png", ".HEIC", ".heic", ".mp4", ".MOV", ".gif", ".MP.jpg"]
)
FORMS: st.SearchStrategy[Literal["NFC", "NFD"]] = st.sampled_from(["NFC", "NFD"])


@st.composite
def titles(draw: st.DrawFn) -> str:
    stem = draw(st.text(SIGNS, min_size=1, max_size=70)).strip(" .") or "x"
    return normalize(draw(FORMS), stem + draw(ENDINGS))


@settings(max_examples=2000, deadline=None)
@given(
    titles(), st.integers(0, 3), st.booleans(), st.lists(titles(), max_size=4), st.sampled_from(["", *EDITED])
)
def test_two_thousand_names_go_round(
    title: str, number: int, is_new: bool, others: list[str], suffix: str
) -> None:
    """In a folder with the photos of other titles each finds its own sidecar, and no other takes it."""
    folder = {title: number} | {other: 0 for other in others if cut(other) != cut(title)}
    pairs = {each: written(each, count, is_new=is_new) for each, count in folder.items()}
    found = paired(
        [pair.photo for pair in pairs.values()], {pair.sidecar: each for each, pair in pairs.items()}
    )
    mine = pairs[title]
    assert mine.photo in found.photos[mine.sidecar] and mine.photo not in found.unsure
    for other, pair in pairs.items():
        if other != title:
            assert pair.photo not in found.photos[mine.sidecar], "the photo of another title"
    _edited_goes_along(mine, title, suffix)


def _edited_goes_along(mine: Written, title: str, suffix: str) -> None:
    stem, dot, ending = mine.photo.rpartition(".")
    if suffix and len(title) < 30 and "(" not in stem:
        copy = f"{stem}{suffix}{dot}{ending}"
        assert paired([copy], {mine.sidecar: title}).photos == {mine.sidecar: [copy]}


def cut(title: str) -> str:
    """What is left of a title in every name that is made of it, whichever way accents are written."""
    return utf16(normalize("NFD", title), 40).casefold()


def test_an_original_is_not_shut_out_by_its_edited_copy() -> None:
    """Neither is named as the sidecar is, for the title has no ending."""
    photos = ["8434089303984509579.jpg", "8434089303984509579-edited.jpg"]
    sidecar = "8434089303984509579.supplemental-metadata.json"
    pairs = paired(photos, {sidecar: "8434089303984509579"})
    assert (pairs.photos, pairs.alone) == ({sidecar: photos}, [])
