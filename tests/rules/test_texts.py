from __future__ import annotations

import time

import pytest

from exposure.model import Address, Level, Secret, Text
from exposure.plugins import Rule
from exposure.rules._stock_texts import stock
from exposure.rules.texts import ai_prompt, comment_or_description, hidden_text, keywords
from tests.rules.pages import check_page, rules_of
from tests.rules.photos import HERE, field, photo

STOCK = [
    "", "   ", "\0\0\0", "\u3000", "?&", "***", "2008", "H", "ASCII", "OLYMPUS DIGITAL CAMERA         ", "SONY DSC", "Minolta DSC",
    "KONICA MINOLTA DIGITAL CAMERA", "MINOLTA DIGITAL CAMERA", "DIGITAL CAMERA", "SANYO DIGITAL CAMERA",
    "KODAK DC240 ZOOM DIGITAL CAMERA", "SAMSUNG", "Samsung Electronics", "DCIM\\100MEDIA", "DCIM/100MEDIA/DJI_0001.JPG",
    "Exif_JPEG_PICTURE", "Processed by eBay with ImageMagick, z1.1.0. ||B2", "LEAD Technologies Inc. V1.01",
    "Created with GIMP", "Created with The GIMP", "AppleMark\n", "Optimized by JPEGmini 3.18.2.210033067-TBTBLN 0x1a2b",
    "CREATOR: gd-jpeg v1.0 (using IJG JPEG v80), quality = 85\n", "\n\nCREATOR: XV Version 3.00  Rev: 3/30/93  Quality = 95\n",
    "File written by Adobe Photoshop\u00a8 4.0", "Intel(R) JPEG Library, version [1.51.12.44]", "Adobe Photoshop CS2 Windows",
    "ACD Systems Digital Imaging", "Lavc58.134.100", "Handmade Software, Inc. Image Alchemy v1.11", "PIC00499.JPG   ", "IMG_1234",
    "Kofax PDF Filter - version 3.75.", "Screenshot", "Bildschirmfoto", "Untitled", "User comments", "none", "Edited with Snapseed",
    "Headline", "ObjectName", "Special Instr.", "The Title (ref2019.1)", "Test image", "hello world",
    "taken with Canon EOS 70D", "Paint.NET v3.36", '{"shape": [8, 8, 3]}', "FBMD01000a9e0d0000",
]  # fmt: skip
TYPED = [
    "A holiday at the beach", "Anna's birthday", "Blume im Garten", "犬", "Mum 2019", "Parrot", "Windows of the house",
    "Created with love by Jane", "Taken with iPhone by Jane at the clinic", "Edited with Snapseed for Jane", "Canon in the castle",
    "Samsung phone for sale", "Photos of Anna", "Sony the dog", "Digital camera lessons with Tom", "IMG of our house",
]  # fmt: skip


@pytest.mark.parametrize("rule", rules_of("texts"), ids=lambda r: r.id)
def test_page(rule: Rule) -> None:
    check_page(rule)
    assert rule.check(photo()) is None


@pytest.mark.parametrize("kind", ["description", "comment", "title"])
@pytest.mark.parametrize("value", TYPED)
def test_what_people_type(kind: str, value: str) -> None:
    found = comment_or_description.check(photo(Text(kind, value, HERE)))
    assert found is not None and found.evidence[0] == (HERE, value, Secret.TEXT)


@pytest.mark.parametrize("kind", ["description", "comment", "title"])
@pytest.mark.parametrize("value", STOCK)
def test_what_cameras_and_programs_write(kind: str, value: str) -> None:
    assert comment_or_description.check(photo(Text(kind, value, HERE))) is None


@pytest.mark.parametrize("name", ["DocumentName", "PageName"])
def test_the_name_of_a_file_is_told_elsewhere(name: str) -> None:
    here = Address(f"EXIF:IFD0:{name}")
    assert comment_or_description.check(photo(Text("title", "/home/jane/scan 3.tif", here))) is None
    assert comment_or_description.check(photo(Text("title", "Letter of Anna", here))) is not None


@pytest.mark.parametrize("kind", ["keyword", "prompt", "path"])
def test_other_kinds_are_other_rules(kind: str) -> None:
    assert comment_or_description.check(photo(Text(kind, "A holiday", HERE))) is None


@pytest.mark.parametrize(
    "piece",
    ["created with adobe ", "gimp 1.", "adobe cs1", "version 1.0", "{", '"shape"', "a.", " ", "photo 1 "],
)
def test_long_texts_take_no_time(piece: str) -> None:
    start = time.process_time()
    for length in (200, 2_000, 1_000_000):
        stock((piece * length)[:length] + "é!")
    assert time.process_time() - start < 1


def test_keywords() -> None:
    found = keywords.check(photo(Text("keyword", "family", HERE), Text("keyword", "2012", HERE)))
    assert found is not None and [e.value for e in found.evidence] == ["family", "2012"]
    assert keywords.level is Level.LOW


@pytest.mark.parametrize("value", ["", " ", "-", "People|Jane Doe"])
def test_no_keywords(value: str) -> None:
    assert keywords.check(photo(Text("keyword", value, HERE))) is None


PROMPT = "a castle at night\nNegative prompt: people\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 1"


@pytest.mark.parametrize(
    "text",
    [
        Text("prompt", "a castle at night", HERE),
        Text("comment", PROMPT, HERE),
        Text("description", '{"3": {"class_type": "KSampler", "inputs": {}}}', HERE),
        Text("description", "a castle at night --ar 16:9 --stylize 100", HERE),
    ],
)
def test_ai_prompt(text: Text) -> None:
    found = ai_prompt.check(photo(text))
    assert found is not None and found.evidence[0].secret is Secret.TEXT
    assert comment_or_description.check(photo(text)) is None


@pytest.mark.parametrize(
    "text",
    [
        Text("prompt", " ", HERE),
        Text("comment", "It took 20 steps to the castle, and a sampler of wines", HERE),
        Text("keyword", PROMPT, HERE),
    ],
)
def test_no_ai_prompt(text: Text) -> None:
    assert ai_prompt.check(photo(text)) is None


@pytest.mark.parametrize("path", ["XMP:photoshop:TextLayers[1]/LayerText", "XMP:photoshop:TextLayerText"])
def test_hidden_text(path: str) -> None:
    found = hidden_text.check(photo(fields=(field(path, "Jane, 1 High Street"),)))
    assert found is not None and found.level is None and hidden_text.level is Level.HIGH
    assert found.evidence[0].secret is Secret.TEXT


def test_names_of_layers_tell_less() -> None:
    found = hidden_text.check(
        photo(fields=(field("XMP:photoshop:TextLayers[1]/LayerName", "Jane's address"),))
    )
    assert found is not None and found.level is Level.MEDIUM


@pytest.mark.parametrize("value", ["Layer 1", "Background copy 2", "Ebene 12", "", "12", "レイヤー 3"])
def test_names_that_editors_give_to_layers(value: str) -> None:
    fields = (
        field("XMP:photoshop:TextLayers[1]/LayerName", value),
        field("Photoshop:8BIM:LayerNames", value),
    )
    assert hidden_text.check(photo(fields=fields)) is None
    assert hidden_text.check(photo(fields=(field("XMP:photoshop:TextLayers[1]/LayerText", " "),))) is None
