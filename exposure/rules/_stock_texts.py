"""Texts that no person typed: a maker's or a program's own words, fillers, file names that cameras give.

No standard lists them; the patterns are those of widespread cameras and programs, written as generally as they
can be without hiding what people write.
"""

from __future__ import annotations

import re
from functools import lru_cache

from exposure.rules._labels import label
from exposure.rules._words import word_set

BRANDS = word_set(
    "acer agfa agfaphoto apple asus benq blackberry canon casio caplio concord coolpix cybershot dji eastman epson ericsson"
    " fuji fujifilm fujitsu garmin google gopro hasselblad honor htc hp huawei insta360 jenoptik jvc kodak konica kyocera"
    " leica lenovo lg lge medion meizu microsoft minolta minox mitsubishi motorola nec nikon nintendo nokia nothing"
    " olympus oneplus oppo panasonic parrot pentax philips polaroid powershot praktica premier realme ricoh rollei"
    " samsung sanyo sharp sigma skanhex sony toshiba traveler vivitar vivo voigtlander xiaomi yakumo yashica zte"
)
"""Makers of cameras, phones and scanners, in lower case."""

PROGRAMS = word_set(
    "acd acdsee adobe affinity android aperture artweaver automatic1111 avid bing blender camerabag canva capture chatgpt"
    " comfyui corel dall dall-e darktable digikam dxo ebay exiftool facebook faststone fbmd ffmpeg figma flickr fotor gd"
    " gd-jpeg gimp graphicsmagick handmade imagej imagemagick inkscape instagram intel iphone iphoto irfanview jasc"
    " jpegmini kofax kraken krita lavc lavf lead libgd lightroom luminar macos matlab meitu midjourney mozjpeg nero"
    " opencv openai paint paint.net paintshop photofiltre photos photoscape photoshop picasa picsart pil pillow"
    " pixelmator pixlr polarr procreate quicktime rawtherapee shotwell silkypix skitch snapseed snipaste stable tinypng"
    " topaz twitter ulead vsco whatsapp windows xnview xv"
)
"""First words of the names of programs and services, in lower case."""

_ORDINARY = word_set(
    "apple avid capture concord handmade honor lead nothing paint parrot photos premier sharp sigma stable traveler windows"
)
"""Of both, those that are words of their own: a picture of a parrot may be called so."""

_PARTS = word_set(
    "photoshop lightroom elements inc library systems digital imaging software technologies version versions ver filter pdf"
    " v cc cs rev build pro express mobile desktop classic studio macintosh mac diffusion quality smoothing using with for"
    " on the r tm c ijg jpeg image alchemy one nx corporation corp dsc camera phone still psp x android ios magick electronics csc eos max mini live photo gallery galaxy pixel se plus"
)
"""Words that belong to the names of programs and cameras."""

_MADE = re.compile(
    r"(?:file |image |picture )?(?:created|made|edited|optimi[sz]ed|compressed|processed|generated|resized|written|saved"
    r"|produced|exported|converted|taken|captured|shot) (?:with|by|in|on|using|from|via) (?:an? |the )?"
)
_STOCK = re.compile(
    r"dcim[\\/]\d{3}\w{5}(?:[\\/][\w.-]{0,40})?"
    r"|(?:(?:exif|jpeg)[ _-]?){0,2}(?:picture|image)?|jfif"
    r"|<?creator: ?(?:gd-jpeg|xv\b|.{1,60}(?:version|quality|v\d)).{0,120}"
    r"|optimi[sz]ed by jpegmini.{0,80}|(?:lavc|lavf)[\d.]{1,20}|applemark|ducky|ascii|unicode|jis"
    r"|[\w .()®™-]{2,60}[ ,-]{1,3}(?:version|ver\.?|v\.?) ?\d+\.\d+[\w. ()-]{0,20}"
    r"|screen ?shot|screen capture|screen recording|bildschirmfoto|capture d.écran|captura de (?:pantalla|tela)|schermata"
    r"|schermafbeelding|skärmbild|zrzut ekranu|снимок экрана|スクリーンショット|스크린샷|截屏|屏幕截图|屏幕快照"
    r"|(?:no |user |image |default |jpeg |binary )?(?:comments?|description|title|caption)|untitled|unnamed|unknown|undefined"
    r"|none|null|nil|nan|n/?a|default|empty|image|photo|picture|img|pic|camera|test"
    r"|(?:img|image|imag|dsc[nf]?|_dsc|_mg|_img|pic|picture|photo|pxl|cimg|dji|gopr|p|sam|scan)[ _-]?\d[\d_ -]{1,24}"
    r"(?:\.(?:jpe?g|png|tiff?|heic|webp|gif|bmp|raw|dng|nef|cr2|arw))?"
    r"|\{ ?\"(?:shape|axes|imagej)\".{0,2000}|imagej=.{0,2000}|titlepix=\d+|fbmd[0-9a-f]{8,2000}",
    re.DOTALL,
)
_SPACES = re.compile(r"[\s\0]+")
_BETWEEN = re.compile(r"[^\w.]+")
_NUMBERED = re.compile(r"\D{0,3}\d.{0,40}|\w{1,40}\.\w.{0,40}")
_LONGEST = 2100
"""No stock text is longer than this, in characters."""

_SHORT = 100
"""What makers and programs write is short, and stands in every photo of a library; it is looked at once."""

_MOST_WORDS = 16


def stock(text: str) -> bool:
    """Whether a text is blank, has no word in it, or is what a maker or a program writes of its own accord."""
    if len(text) > _LONGEST:
        return not any(map(str.isalpha, text))
    return _stock_short(text) if len(text) <= _SHORT else _stock(text)


def _stock(text: str) -> bool:
    plain = _SPACES.sub(" ", text).strip(" \"'.;").casefold()
    letters = filter(str.isalpha, plain)
    first, second = next(letters, ""), next(letters, "")
    if (
        not first
        or (not second and ord(first) < 0x2E80)
        or label(text)
        or _STOCK.fullmatch(plain) is not None
    ):
        return True
    made = _MADE.match(plain)
    return _product(plain[made.end() :] if made is not None else plain, made is not None)


_stock_short = lru_cache(1024)(_stock)


def _product(text: str, made: bool) -> bool:
    """Whether a text is the name of a camera or program, with nothing but versions and such words after it."""
    words = [w.strip("._") for w in _BETWEEN.split(text, maxsplit=_MOST_WORDS)]
    words = [w for w in words if w]
    if not words or len(words) > _MOST_WORDS:
        return False
    if words[-1] == "camera" and "digital" in words[-3:-1] and len(words) <= 7:
        return words[0] in BRANDS or words[0] == "digital"
    if words[0] not in BRANDS and words[0] not in PROGRAMS:
        return False
    if not made and words[0] in _ORDINARY and (len(words) == 1 or words[1] not in _PARTS):
        return False
    return all(w in _PARTS or w in BRANDS or w in PROGRAMS or _NUMBERED.fullmatch(w) for w in words[1:])
