"""Discord: the package before 2024 (CSV), since then (JSON), and in another language."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from tests.archives.exports import Export
from tests.archives.life import LIFE, Moment

CARRIED = frozenset({"account", "caption", "link", "posted"})
GUILD = 300000000000000003


def exports() -> Iterator[Export]:
    for layout, folder, letter, is_csv in (
        ("2021", "messages", "c", True),
        ("2024", "Messages", "c", False),
        ("German", "Nachrichten", "", False),
    ):
        files: dict[str, bytes] = {
            "README.txt": b"Your data.",
            "account/user.json": json.dumps({"id": "1", "username": "sam", "ip": "203.0.113.7"}).encode(),
            f"{folder}/index.json": b'{"100000000000000001": "sea in Synthetic", "100000000000000002": null}',
            "servers/index.json": b"{}",
        }
        for channel, record in _channels().items():
            some = [moment for moment in LIFE if moment.is_public == ("guild" in record)]
            at = f"{folder}/{letter}{channel}"
            files[f"{at}/channel.json"] = json.dumps(record).encode()
            files[f"{at}/messages.{'csv' if is_csv else 'json'}"] = (_csv if is_csv else _json)(some)
        yield Export("discord", layout, files, CARRIED, {str(_id(m)): m.id for m in LIFE})


def _channels() -> dict[str, dict[str, Any]]:
    sea, two = "100000000000000001", "100000000000000002"
    guild = {"id": str(GUILD), "name": "Synthetic"}
    return {
        sea: {"id": sea, "type": "GUILD_TEXT", "name": "sea", "guild": guild},
        two: {"id": two, "type": "DM", "recipients": ["1", "2"]},
    }


def _id(moment: Moment) -> int:
    return 1000000000000000000 + moment.id


def _row(moment: Moment) -> list[Any]:
    link = f"https://cdn.discordapp.com/attachments/1/{moment.id}/{moment.name}?ex=1&hm=2"
    date = moment.posted.replace("T", " ").removesuffix("Z")
    return [_id(moment), date, moment.caption, link]


def _json(some: list[Moment]) -> bytes:
    names = ("ID", "Timestamp", "Contents", "Attachments")
    return json.dumps([dict(zip(names, _row(moment), strict=True)) for moment in some]).encode()


def _csv(some: list[Moment]) -> bytes:
    text = io.StringIO(newline="")
    rows = [[row[0], f"{row[1]}.123000+00:00", *row[2:]] for row in map(_row, some)]
    csv.writer(text).writerows([["ID", "Timestamp", "Contents", "Attachments"], *rows])
    return text.getvalue().encode()
