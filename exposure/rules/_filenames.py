"""What file names look like: dates, apps, screenshots. No standard says; the patterns are those of widespread programs."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from exposure.model import Address

WHERE = Address("File:Name:FileName")

LONGEST = 255

_DATE = re.compile(
    r"(?<!\d)(?:"
    r"(?:19|20)\d\d([-_. ]?)(?:0[1-9]|1[0-2])\1(?:0[1-9]|[12]\d|3[01])"
    r"(?:(?!\d)|(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?(?:\d{3})?(?!\d))"
    r"|(?:0?[1-9]|[12]\d|3[01])([-_.])(?:0?[1-9]|1[0-2])\2(?:19|20)\d\d(?!\d)"
    r"|(?:0?[1-9]|1[0-2])([-_.])(?:0?[1-9]|[12]\d|3[01])\3(?:19|20)\d\d(?!\d)"
    r")"
)
_MILLISECONDS = re.compile(r"(?:fb_img_|mmexport|wx_camera_|screenshot_)1\d{12}(?!\d)", re.IGNORECASE)
"""Milliseconds since 1970, from 2001 to 2033."""

_FACEBOOK = re.compile(r"\d{5,}_\d{10,}_\d{5,}_[a-z](?:[ (_-].*)?\.", re.IGNORECASE)
_APP = re.compile(
    r"(?:img|vid|stk|ptt|aud)-\d{8}-wa\d{4}|whatsapp (?:image|video)|signal-\d{4}-|signal-attachment|snapchat-\d"
    r"|fb_img_\d|received_\d{8,}|messenger_creation|photo_\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d|telegram|mmexport\d{9}|wx_camera_"
    r"|kakaotalk_|line_album|viber[ _]image|instagram|tiktok|snapseed|picsart|inshot_|facetune|beautyplus|b612_|vsco",
    re.IGNORECASE,
)
_APP_SHOT = re.compile(r"screenshot_[\d_-]{8,}_([^\W\d_][\w. ]*?)(?: ?\(\d+\))?\.\w{3,4}$", re.IGNORECASE)
_NO_APP = re.compile(
    r"(?:edit|edited|copy|kopie|copie|crop|cropped|hdr|one ui home|samsung experience home"
    r"|\w+\.\w+\.(?:home|launcher\w*))(?:[ _.].*)?|[0-9a-f]{32}",
    re.IGNORECASE,
)
_SCREEN = re.compile(
    r"screen[ _-]?shot|screen[ _-]?capture|screenclip|cleanshot|snipaste|bildschirmfoto|capture d.ecran"
    r"|captura de (?:pantalla|tela|ecra)|schermata|schermafbeelding|skarmavbild|skarmbild|skjermbilde|sk.rmbillede"
    r"|nayttokuva|zrzut ekranu|snim(?:ek|ka) obrazovky|kepernyo(?:foto|kep)|captura de ecran|ekran (?:resmi|goruntusu)"
    r"|снимок экрана|знімок екрана|στιγμιοτυπο οθονησ|tangkapan layar|anh chup man hinh"
    r"|" + "|".join(unicodedata.normalize("NFKD", word) for word in ("スクリーンショット", "스크린샷"))
    + r"|屏幕截图|屏幕快照|截屏|螢幕截圖|螢幕快照|لقطة شاشة|צילום מסך"
)  # fmt: skip
_CAMERA = re.compile(
    r"(?:img|image|dsc[nf]?|_dsc|_mg|_img|pxl|mvimg|p|pic|picture|photo|foto|dji|gopr|cimg|wp|imag)?[ _-]?\d[\d_ -]{2,}(?:_hdr|\.mp|\.night|\.portrait)?(?: ?\(\d\))?"
    r"|image|photo|picture|foto|bild|untitled",
    re.IGNORECASE,
)


@lru_cache(64)  # half a dozen rules ask for the name of one photo
def last(name: str) -> str:
    """The last component of a path as any system writes it; no system allows one longer than `LONGEST`."""
    return name[max(name.rfind("/"), name.rfind("\\")) + 1 :][:LONGEST]


_FILE = re.compile(
    r"[^\s\\/][^\\/]{0,200}\.(?:jpe?g|png|tiff?|heic|webp|gif|bmp|psd|dng|nef|cr[23]|arw|xmp|pdf)",
    re.IGNORECASE,
)


def is_path(text: str) -> bool:
    """Whether a text is nothing but the name of a picture file, with the folders that lead to it or without."""
    return _FILE.fullmatch(last(text)) is not None and len(text) <= 4 * LONGEST


def stem(name: str) -> str:
    """A file's name without its ending."""
    return name.rpartition(".")[0] or name


@lru_cache(64)
def folded(text: str) -> str:
    """Lower case without accents, so that a name compares equal however a system composes its letters."""
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return text.casefold()


def dated(name: str) -> bool:
    """Whether a file name holds a date."""
    return bool((_DATE.search(name) or _MILLISECONDS.search(name)) and not facebook(name))


def facebook(name: str) -> bool:
    """Whether it is the name that Facebook gives to a photo."""
    return name[:1].isdigit() and _FACEBOOK.match(name) is not None


def app(name: str) -> str | None:
    """What in a file name tells which app it comes from; for a screenshot the app that was open."""
    if (shot := _APP_SHOT.match(name)) is not None:
        return None if _NO_APP.fullmatch(shot[1]) else shot[1]
    found = _APP.match(name)
    return found[0] if found else None


def of_screen(name: str) -> bool:
    """Whether it is the name that a system gives to a picture of its screen, in many languages."""
    return _SCREEN.search(folded(name)) is not None


def plain(name: str) -> bool:
    """Whether it is a name that a camera gives, or one that says nothing at all."""
    return _CAMERA.fullmatch(stem(name)) is not None
