"""Snapchat: records alone, records with the files beside them, and records as a bare list."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from tests.archives.exports import Export
from tests.archives.life import LIFE, Moment, picture

CARRIED = frozenset({"account", "stored-place", "stored-taken"})


def exports() -> Iterator[Export]:
    ids = {re.sub(r"[:-]", "", f"{moment.taken}Z"): moment.id for moment in LIFE}
    records = [_record(moment) for moment in reversed(LIFE)]
    login = {"IP": "203.0.113.7", "Country": "zz", "Created": "2024-05-04 10:00:00 UTC", "Status": "success"}
    beside = {
        "json/account.json": json.dumps(
            {"Basic Information": {"Username": "sam"}, "Login History": [login]}
        ).encode(),
        "json/friends.json": b'{"Friends": [{"Username": "b", "Display Name": "Person B"}]}',
        "html/memories_history.html": b"<html></html>",
        "index.html": b"<html></html>",
    }
    history = "json/memories_history.json"
    old = {**beside, history: json.dumps({"Saved Media": records}).encode()}
    yield Export("snapchat", "links", old, CARRIED, ids)
    media = {f"memories/{m.taken[:10]}_0A1B{m.id}C2D-main.jpg": picture(m) for m in LIFE}
    yield Export("snapchat", "files", old | media, CARRIED | {"photos"}, ids)
    yield Export("snapchat", "bare list", {**beside, history: json.dumps(records).encode()}, CARRIED, ids)


def _record(moment: Moment) -> dict[str, Any]:
    where = f"{moment.latitude or 0.0}, {moment.longitude or 0.0}"
    return {
        "Date": f"{moment.taken.replace('T', ' ')} UTC",
        "Media Type": "Image",
        "Location": f"Latitude, Longitude: {where}",
        "Download Link": "https://example.invalid/x",
        "Media Download Url": "https://example.invalid/y",
    }
