"""Google Photos in a Takeout: old and new names of sidecars, English and German folders, albums alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from tests.archives.exports import Export
from tests.archives.life import LIFE, Moment, picture

CARRIED = frozenset({"caption", "link", "photos", "posted", "stored-people", "stored-place", "stored-taken"})


def exports() -> Iterator[Export]:
    yield _export("old names", "Takeout/Google Photos", "Photos from 2024", "metadata.json", "{}.json")
    yield _export(
        "new names, German",
        "Takeout/Google Fotos",
        "Fotos von 2024",
        "Metadaten.json",
        "{}.supplemental-metadata.json",
    )
    album = _export("an album alone", "Takeout/Google Photos", "Sea", "metadata.json", "{}.suppl.json")
    yield album._replace(files={n: d for n, d in album.files.items() if "Weekend" not in n})


def _export(layout: str, root: str, year: str, album: str, sidecar: str) -> Export:
    files = {f"{root}/{year}/{m.name}": picture(m) for m in LIFE}
    files |= {f"{root}/{year}/{sidecar.format(m.name)}": packed(record(m)) for m in LIFE}
    for moment in LIFE[:2]:
        files[f"{root}/Weekend/{moment.name}"] = picture(moment)
        files[f"{root}/Weekend/{sidecar.format(moment.name)}"] = packed(record(moment))
    files[f"{root}/Weekend/{album}"] = packed({"title": "Weekend", "description": "", "access": "protected"})
    files[f"{root}/print-subscriptions.json"] = packed({})
    files[f"{root}/shared_album_comments.json"] = packed({})
    files[f"{root}/user-generated-memory-titles.json"] = packed({"title": ["Sea"]})
    files["Takeout/archive_browser.html"] = b"<!doctype html><title>Archive</title>"
    return Export("google-photos", layout, files, CARRIED, {_id(m): m.id for m in LIFE})


def packed(value: Any) -> bytes:
    return json.dumps(value, indent=2).encode()


def record(moment: Moment, **more: Any) -> dict[str, Any]:
    """A sidecar."""
    nowhere = {"latitude": 0.0, "longitude": 0.0, "altitude": 0.0, "latitudeSpan": 0.0, "longitudeSpan": 0.0}
    there = nowhere | {"latitude": moment.latitude or 0.0, "longitude": moment.longitude or 0.0}
    return {
        "title": moment.name,
        "description": moment.caption,
        "imageViews": "7",
        "creationTime": stamp(moment.posted),
        "photoTakenTime": stamp(moment.taken + "Z"),
        "geoData": there,
        "geoDataExif": nowhere,
        "people": [{"name": name} for name in moment.people],
        "url": f"https://photos.google.com/photo/{_id(moment)}",
        "googlePhotosOrigin": {"mobileUpload": {"deviceFolder": {"localFolderName": ""}, "deviceType": "X"}},
        **more,
    }


def stamp(moment: str) -> dict[str, str]:
    when = datetime.fromisoformat(moment).astimezone(UTC)
    return {"timestamp": str(int(when.timestamp())), "formatted": f"{when:%b %d, %Y, %H:%M:%S} UTC"}


def _id(moment: Moment) -> str:
    return f"AF1Qip-SYNTHETIC{moment.id}"
