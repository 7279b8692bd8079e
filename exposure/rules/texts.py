"""Rules about words in a file: captions, comments, keywords, prompts, and text layers.

Specification: Exif 3.0 sections 4.6.4 (ImageDescription) and 4.6.5 (UserComment); IIM 4.2 chapter 6; PNG third
edition section 11.3.3; XMP part 2 (photoshop:TextLayers).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from exposure.model import Confidence, Evidence, Kind, Level, Photo, Question, Secret, Text, Verdict
from exposure.plugins import rule
from exposure.rules._filenames import is_path
from exposure.rules._properties import LONGEST, MOST, last, properties, texts
from exposure.rules._regions import name_under_people
from exposure.rules._stock_texts import stock
from exposure.rules._verdicts import verdict

_TYPED = ("description", "comment", "title")
_SETTINGS = re.compile(
    r"\bsteps: ?\d{1,4}, ?(?:sampler|schedule|cfg)|\bnegative prompt: |\bcfg scale: ?\d|\"class_type\" ?:|--(?:ar|stylize|niji) \S",
    re.IGNORECASE,
)
_SEARCHED = 20_000
"""How much of a comment is searched for the settings of a picture generator, in characters."""

_LAYERS = {
    "photoshop": frozenset({"LayerText", "LayerName", "TextLayerText", "TextLayerName"}),
    "8BIM": frozenset({"LayerNames", "LayerUnicodeNames"}),
}
_TEXT = frozenset({"LayerText", "TextLayerText"})
_GENERIC_LAYER = re.compile(
    r"(?:layer|ebene|calque|capa|livello|laag|lager|camada|warstwa|слой|レイヤー|图层|background|hintergrund|arrière-plan|fondo"
    r"|sfondo|group|gruppe|groupe|shape|rectangle|ellipse|curves|levels|hue/saturation|brightness/contrast|color balance"
    r"|black & white|vibrance|photo filter|gradient (?:map|fill)|color fill|solid color|exposure|mask|smart object|image"
    r"|photo|text|type|logo|logo text)(?: ?(?:set|copy|kopie|copie|\d{1,4}))*",
    re.IGNORECASE,
)


@rule(
    "comment-or-description",
    "A comment, title or description",
    Question.WHO,
    Level.LOW,
    message="The file holds words that somebody wrote about the picture.",
    remedy="Read them; if they are not meant for strangers, share a clean copy, which has no texts.",
)
def comment_or_description(photo: Photo) -> Verdict | None:
    """A caption, title, comment or note was typed into photo software and is stored in the file.

    Why it matters
        What was written for yourself, your family or your employer leaves with the file, and anybody who gets the
        file can read it.

    What to do
        Read the words. If they are not meant for strangers, share a clean copy: texts do not come along.

    What that does not do
        Saving a picture again is not always enough: some programs keep the comment of a JPEG file when they do.

    Covers
        TXT01

    References
        Exif 3.0, sections 4.6.4 (ImageDescription) and 4.6.5 (UserComment)
        PNG (third edition), section 11.3.3 (textual information)
    """
    found = [
        Evidence(t.address, t.value[:LONGEST], Secret.TEXT)
        for t in photo.facts.texts
        if t.kind in _TYPED and not stock(t.value) and not _settings(t) and not _old_name(t)
    ]
    return verdict(found[:MOST])


def _old_name(text: Text) -> bool:
    """Whether it is only the name that the file had, which other rules tell with its folders."""
    return text.address.path.endswith((":DocumentName", ":PageName")) and is_path(text.value)


@rule(
    "keywords",
    "Keywords",
    Question.WHO,
    Level.LOW,
    message="The file holds keywords under which somebody sorted the picture.",
    remedy="Read them; if they are not meant for strangers, share a clean copy, which has no keywords.",
)
def keywords(photo: Photo) -> Verdict | None:
    """The keywords under which the picture was sorted are stored in the file.

    Why it matters
        Private tags, such as names of family or of patients, leave with the file.

    What to do
        Read the keywords. If they are not meant for strangers, share a clean copy: they do not come along.

    What that does not do
        It cannot tell a harmless keyword from a private one: that is yours to judge. Copies that were already shared
        keep them.

    Covers
        PEO06

    References
        https://github.com/exiftool/exiftool/blob/master/lib/Image/ExifTool/IPTC.pm
        https://cpj.org/2019/09/digital-safety-remove-personal-data-internet/
    """
    found = [
        Evidence(t.address, t.value[:LONGEST], Secret.TEXT)
        for t in photo.facts.texts
        if t.kind == "keyword" and any(map(str.isalnum, t.value)) and not name_under_people(t.value)
    ]
    return verdict(found[:MOST])


@rule(
    "ai-prompt",
    "What was typed to make a picture with AI",
    Question.HIDDEN,
    Level.MEDIUM,
    raised_for=("journalist", "activist"),
    message="The file holds what somebody typed into a picture generator, and the settings and models that were used.",
    remedy="Share a clean copy, which has no hidden texts.",
)
def ai_prompt(photo: Photo) -> Verdict | None:
    """A picture generator stored the prompt, and often its whole workflow, in the file.

    Why it matters
        It shows everything you typed, the models you used and sometimes the names of folders on your computer.

    What to do
        Share a clean copy: text chunks and comments do not come along. Or turn the saving of prompts off in the
        generator.

    What that does not do
        Some add-ons also hide the workflow in the picture itself, where no cleaning of metadata reaches it.

    Covers
        HID10

    References
        https://numonic.ai/blog/comfyui-png-metadata-chunks-workflow-parameters
        https://old.septem.cn/comfyui/comfyui-stegaflow/
        https://github.com/exiftool/exiftool/blob/master/lib/Image/ExifTool/PNG.pm
    """
    found = [
        Evidence(t.address, t.value[:LONGEST], Secret.TEXT)
        for t in photo.facts.texts
        if (t.kind == "prompt" and not stock(t.value)) or _settings(t)
    ]
    return verdict(found[:MOST])


def _settings(text: Text) -> bool:
    """Whether a comment or description is really the settings of a picture generator."""
    return (
        text.kind in _TYPED
        and len(text.value) > 20
        and (":" in text.value or "--" in text.value)
        and _SETTINGS.search(text.value, 0, _SEARCHED) is not None
    )


@rule(
    "hidden-text",
    "Words of text layers",
    Question.HIDDEN,
    Level.HIGH,
    confidence=Confidence.FIRM,
    message="The file holds the words of text layers, which stay readable even when they were covered or erased in the picture.",
    remedy="Share a clean copy, which has the picture without its layers and their words.",
)
def hidden_text(photo: Photo) -> Verdict | None:
    """The words or names of an editor's text layers are stored in the file.

    Why it matters
        Words that you covered can remain as text in the metadata or in a hidden layer.

    What to do
        Share a clean copy: it has the picture without its layers and their words.

    What that does not do
        Copies that were already shared keep the words.

    Covers
        HID09

    References
        https://github.com/exiftool/exiftool/blob/master/lib/Image/ExifTool/Photoshop.pm
    """
    found = list(_layers(photo))[:MOST]
    if not found:
        return None
    words = any(last(e.address.path.rpartition(":")[2]) in _TEXT for e in found)
    return Verdict(tuple(found)) if words else Verdict(tuple(found), level=Level.MEDIUM, message=_LAYER_NAMES)


_LAYER_NAMES = "The file holds the names of layers, which can repeat words that were written on the picture and covered later."


def _layers(photo: Photo) -> Iterator[Evidence]:
    for field in properties(photo, _LAYERS):
        if field.kind in (Kind.XMP, Kind.PHOTOSHOP):
            text_layer = last(field.name) in _TEXT
            for text in texts(field):
                if text_layer or (
                    any(map(str.isalpha, text)) and _GENERIC_LAYER.fullmatch(text[:100]) is None
                ):
                    yield Evidence(field.address, text, Secret.TEXT)
