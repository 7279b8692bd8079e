"""Media that exposure does not read yet: they are named and counted, so that silence never looks like safety."""

from __future__ import annotations

from pathlib import PurePath

APPLE_DOUBLE = b"\0\5\x16\7"
SIDE_FILE = "side file of a Mac"
"""What a Mac puts into zips beside every file, under the same name with ._ before it; it concerns nobody."""

NOT_OPENED = "archive that exposure cannot open"

_MAGIC: tuple[tuple[int, bytes, str], ...] = (
    (0, APPLE_DOUBLE, SIDE_FILE),
    *(
        (0, magic, NOT_OPENED)
        for magic in (
            b"Rar!\x1a\x07",
            b"7z\xbc\xaf\x27\x1c",
            b"\xfd7zXZ\0",
            b"BZh",
            b"(\xb5/\xfd",
            b"PK\7\x08",
        )
    ),
    (4, b"ftyp", "MP4 or QuickTime video"),
    (4, b"moov", "MP4 or QuickTime video"),
    (4, b"mdat", "MP4 or QuickTime video"),
    (4, b"wide", "MP4 or QuickTime video"),
    (0, b"\x1aE\xdf\xa3", "Matroska or WebM video"),
    (8, b"AVI ", "AVI video"),
    (0, b"\0\0\1\xba", "MPEG video"),
    (0, b"\0\0\1\xb3", "MPEG video"),
    (0, b"0&\xb2u\x8ef\xcf\x11", "Windows Media file"),
    (0, b"FLV\1", "Flash video"),
    (0, b"\xff\x0a", "JPEG XL photo"),
    (0, b"\0\0\0\x0cJXL ", "JPEG XL photo"),
    (0, b"\0\0\0\x0cjP  ", "JPEG 2000 photo"),
    (0, b"\xff\x4f\xff\x51", "JPEG 2000 photo"),
    (0, b"8BPS", "Photoshop file"),
    (0, b"gimp xcf", "GIMP file"),
    (0, b"FUJIFILMCCD-RAW", "raw photo"),
    (0, b"IIU\0", "raw photo"),
    (0, b"IIRO", "raw photo"),
    (0, b"IIRS", "raw photo"),
    (0, b"MMOR", "raw photo"),
    (0, b"FOVb", "raw photo"),
    (0, b"BM", "BMP picture"),
    (8, b"WAVE", "sound recording"),
    (0, b"ID3", "sound recording"),
    (0, b"OggS", "sound or video"),
    (0, b"fLaC", "sound recording"),
)

_AUDIO_BRANDS = (b"M4A ", b"M4B ")

_EXTENSIONS = {
    **dict.fromkeys((".rar", ".7z", ".tar", ".xz", ".bz2", ".zst"), NOT_OPENED),
    **dict.fromkeys(
        (".mp4", ".m4v", ".mov", ".qt", ".3gp", ".3g2", ".insv", ".lrv"), "MP4 or QuickTime video"
    ),
    **dict.fromkeys((".mkv", ".webm"), "Matroska or WebM video"),
    **dict.fromkeys((".avi", ".mpg", ".mpeg", ".wmv", ".mts", ".m2ts", ".flv"), "video"),
    **dict.fromkeys((".m4a", ".mp3", ".wav", ".aac", ".ogg", ".flac", ".amr"), "sound recording"),
    **dict.fromkeys((".jxl",), "JPEG XL photo"),
    **dict.fromkeys((".jp2", ".j2k", ".jpx"), "JPEG 2000 photo"),
    **dict.fromkeys((".psd", ".psb"), "Photoshop file"),
    **dict.fromkeys((".xcf",), "GIMP file"),
    **dict.fromkeys((".raf", ".rw2", ".orf", ".x3f", ".cr3", ".crw", ".mrw"), "raw photo"),
    **dict.fromkeys((".bmp",), "BMP picture"),
    **dict.fromkeys((".svg",), "SVG drawing"),
    **dict.fromkeys((".insp",), "360-degree photo"),
}


_GZIP = b"\x1f\x8b"
_PICTURES = frozenset(_EXTENSIONS).union(
    (
        ".jpg",
        ".jpeg",
        ".png",
        ".webp",
        ".gif",
        ".heic",
        ".heif",
        ".avif",
        ".tif",
        ".tiff",
        ".dng",
        ".nef",
        ".cr2",
        ".arw",
    )
)
"""What a file packed by itself is called before the ending that says so: ``photo.jpg.gz``."""

NOT_WHOLE = "archive that was not downloaded whole"
_PACKED = (".zip", ".tgz")
_UNFINISHED = (".crdownload", ".part", ".partial", ".download", ".opdownload")


def media_kind(head: bytes, name: str) -> str:
    """The kind of media a file that no format recognised is, in words; "" when it is no media that we know.

    By its content first, then by its extension: a broken video is still a video that was not looked at.
    """
    if head[4:8] == b"ftyp" and (head[8:12] in _AUDIO_BRANDS):
        return "sound recording"
    if head[4:12] == b"ftypcrx ":
        return "raw photo"
    for at, magic, kind in _MAGIC:
        if head.startswith(magic, at) and (magic != b"BM" or head[6:10] == b"\0\0\0\0"):
            return kind
    if head.startswith(_GZIP) and PurePath(PurePath(name).stem).suffix.lower() in _PICTURES:
        return NOT_OPENED
    return _EXTENSIONS.get(suffix := PurePath(name).suffix.lower(), "") or _download(head, suffix)


def _download(head: bytes, suffix: str) -> str:
    """What is called an archive and is none (a page that asks to log in, nothing at all), and what was still on its way."""
    packed = head.startswith((b"PK", b"\x1f\x8b"))
    return NOT_WHOLE if suffix in (_UNFINISHED if packed else _PACKED) else ""
