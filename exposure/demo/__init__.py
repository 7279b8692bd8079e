"""A made-up person's made-up photos: drawn pictures with the metadata that real ones carry."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from exposure.demo import _drawing as draw
from exposure.demo import _metadata as meta
from exposure.errors import CannotRun, reason

_NAME = "Mara Lindqvist"
_PHONE = {"Make": "Google", "Model": "Pixel 7a", "Software": "HDR+ 1.0.540104767zd"}
_CAMERA = {
    "Make": "NIKON CORPORATION",
    "Model": "NIKON D5600",
    "LensModel": "18.0-55.0 mm f/3.5-5.6",
    "BodySerialNumber": "6784213",
    "LensSerialNumber": "20459917",
}
_HOME, _WORK, _LISBON = (57.68508, 11.94287), (57.69652, 11.97954), (38.70775, -9.13659)
"""A park, a public library and a public square: nobody lives there."""


def write(folder: Path) -> int:
    """Write the demo's photos into a folder that is new, empty, or an earlier demo's; how many there are."""
    photos = dict(_photos())
    try:
        others = [
            p for p in folder.rglob("*") if not p.is_dir() and p.relative_to(folder).as_posix() not in photos
        ]
        if others:
            raise CannotRun(f"{folder} has files in it that are not the demo's: name another folder")
        for name, data in photos.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    except OSError as error:
        raise CannotRun(f"the demo cannot be written to {folder}: {reason(error)}") from error
    return len(photos)


def _photos() -> Iterator[tuple[str, bytes]]:
    """Every photo of the demo, by its name in the folder."""
    rng = random.Random(7)
    start = datetime(2025, 3, 3, 19, 40)
    for n in range(8):
        when = start + timedelta(days=5 * n, minutes=rng.randrange(150))
        yield _phone("phone", "home", n, when, _near(rng, _HOME), "+01:00" if n < 5 else "+02:00")
    for n in range(6):
        when = datetime(2025, 3, 4, 9, 5) + timedelta(days=7 * n, minutes=rng.randrange(300))
        yield _phone("phone", "work", n, when, _near(rng, _WORK), "+01:00" if n < 4 else "+02:00")
    for n in range(6):
        when = datetime(2025, 5, 16, 10, 0) + timedelta(hours=9 * n, minutes=rng.randrange(90))
        yield _phone("lisbon", "trip", n, when, _near(rng, _LISBON, 0.01), "+01:00")
    yield from _camera()
    yield from _edited()
    yield from _others()


def _near(rng: random.Random, place: tuple[float, float], spread: float = 0.0001) -> tuple[float, float]:
    return place[0] + rng.uniform(-spread, spread), place[1] + rng.uniform(-spread, spread)


def _phone(
    folder: str, kind: str, seed: int, when: datetime, where: tuple[float, float], offset: str
) -> tuple[str, bytes]:
    image = draw.scene(kind, seed)
    stamp = when.strftime("%Y:%m:%d %H:%M:%S")
    stream = meta.exif(
        where,
        draw.thumbnail(image),
        **_PHONE,
        DateTime=stamp,
        DateTimeOriginal=stamp,
        OffsetTimeOriginal=offset,
    )
    return f"{folder}/PXL_{when:%Y%m%d_%H%M%S}.jpg", meta.with_segments(
        draw.jpeg(image), meta.app1_exif(stream)
    )


def _camera() -> Iterator[tuple[str, bytes]]:
    """Photos of one camera: a shared serial number, its owner's name, and name tags on faces."""
    for n in range(3):
        image = draw.scene("trip", 40 + n)
        stamp = f"2025:06:0{n + 1} 1{n}:20:00"
        stream = meta.exif(
            None, draw.thumbnail(image), **_CAMERA, DateTimeOriginal=stamp, CameraOwnerName=_NAME
        )
        yield f"camera/DSC_010{n}.jpg", meta.with_segments(draw.jpeg(image), meta.app1_exif(stream))
    image = draw.scene("indoors", 50)
    stream = meta.exif(None, draw.thumbnail(image), **_CAMERA, DateTimeOriginal="2025:06:07 15:10:00")
    names = meta.app1_xmp(meta.faces("Ida Lindqvist", "Omar Haddad"))
    yield "camera/birthday.jpg", meta.with_segments(draw.jpeg(image), meta.app1_exif(stream), names)


def _edited() -> Iterator[tuple[str, bytes]]:
    """What editors leave: an old thumbnail, a history, a folder on somebody's computer, place names in words."""
    image = draw.scene("home", 60)
    stream = meta.exif(None, draw.thumbnail(image), **_PHONE, DateTimeOriginal="2025:04:20 12:00:00")
    yield (
        "for-sale/bicycle-cropped.jpg",
        meta.with_segments(draw.jpeg(draw.cropped(image)), meta.app1_exif(stream)),
    )
    sofa = draw.scene("indoors", 61)
    stream = meta.exif(
        _HOME, draw.thumbnail(sofa), **_PHONE, Artist=_NAME, DateTimeOriginal="2025:04:21 18:30:00"
    )
    yield "for-sale/sofa.jpg", meta.with_segments(draw.jpeg(sofa), meta.app1_exif(stream))
    history = (
        "<xmp:CreatorTool>Adobe Photoshop 26.1 (Macintosh)</xmp:CreatorTool>"
        "<xmpMM:DocumentID>xmp.did:5b1f0c1e-3a4d-4d7e-9a51-0f2c9d6be001</xmpMM:DocumentID>"
        "<xmpMM:OriginalDocumentID>xmp.did:5b1f0c1e-3a4d-4d7e-9a51-0f2c9d6be001</xmpMM:OriginalDocumentID>"
        '<xmpMM:DerivedFrom stRef:filePath="/Users/maralindqvist/Pictures/garden party/original.psd"/>'
        '<xmpMM:History><rdf:Seq><rdf:li stEvt:action="created" stEvt:when="2025-05-02T20:11:00+02:00"/>'
        '<rdf:li stEvt:action="saved" stEvt:when="2025-05-02T23:47:00+02:00"/></rdf:Seq></xmpMM:History>'
        "<photoshop:City>Göteborg</photoshop:City><photoshop:Country>Sverige</photoshop:Country>"
        "<Iptc4xmpCore:Location>Slottsskogen</Iptc4xmpCore:Location>"
    )
    yield "edited/poster.jpg", meta.with_segments(draw.jpeg(draw.scene("work", 62)), meta.app1_xmp(history))
    note = "Garden party. Call me: mara.lindqvist@garden.test or +46 31 390 06 12"
    stream = meta.exif(None, b"", ImageDescription=note, Copyright=f"(c) 2025 {_NAME}, all rights reserved")
    yield (
        "edited/invitation.jpg",
        meta.with_segments(draw.jpeg(draw.scene("indoors", 63)), meta.app1_exif(stream)),
    )


def _others() -> Iterator[tuple[str, bytes]]:
    """A video and a second picture inside photos, a screenshot, a prompt, a clean one and a damaged one."""
    image = draw.scene("home", 70)
    stream = meta.exif(None, b"", **_PHONE, DateTimeOriginal="2025:06:10 21:02:00")
    flag = meta.app1_xmp(
        f"<GCamera:MicroVideo>1</GCamera:MicroVideo><GCamera:MicroVideoOffset>{len(meta.motion_video())}</GCamera:MicroVideoOffset>"
    )
    moving = meta.with_segments(draw.jpeg(image), meta.app1_exif(stream), flag) + meta.motion_video()
    yield "phone/MVIMG_20250610_210200.jpg", moving
    yield "phone/portrait-two-lenses.jpg", _two_pictures()
    yield "phone/Screenshot_20250611-081502_Banking.png", draw.png(draw.scene("indoors", 72), {})
    prompt = {
        "parameters": "a cosy flat in Haga, photo, for my landlord\nSteps: 20, Sampler: Euler a, Seed: 41, Model: dreamlike"
    }
    yield "other/generated.png", draw.png(draw.scene("work", 73), prompt)
    yield "other/IMG-20250612-WA0007.jpg", draw.jpeg(draw.scene("trip", 74))
    yield "other/harbour.jpg", draw.jpeg(draw.scene("trip", 75))
    yield "other/broken.jpg", draw.jpeg(draw.scene("trip", 76))[:9000]


def _two_pictures() -> bytes:
    """A photo whose second picture, from the other lens, has its own copy of the place."""
    stream = meta.exif(_HOME, b"", **_PHONE, DateTimeOriginal="2025:06:10 21:05:00")
    second = meta.with_segments(draw.jpeg(draw.scene("home", 71)), meta.app1_exif(stream))
    first = draw.jpeg(draw.scene("home", 70))
    size = len(meta.with_segments(first, meta.mpf(0, 0, 0)))
    return meta.with_segments(first, meta.mpf(size, size - 10, len(second))) + second
