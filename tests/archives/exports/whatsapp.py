"""WhatsApp: one chat as iOS and as Android write it, in several languages; the moments as photos, and as places."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zlib import crc32

from tests.archives.exports import Export
from tests.archives.life import LIFE, Moment, picture

CARRIED = frozenset({"caption", "photos", "posted"})
MARK = "\u200e"


def exports() -> Iterator[Export]:
    for layout, name, date, attached in (
        ("iOS", "_chat.txt", "[%Y-%m-%d, %H:%M:%S] ", "{caption}\u200e<attached: {file}>"),
        ("iOS, German", "_chat.txt", "[%d.%m.%y, %H:%M:%S] ", "{caption}\u200e<Anhang: {file}>"),
        ("iOS, American", "_chat.txt", "[%m/%d/%y, %I:%M:%S\u202f%p] ", "{caption}\u200e<attached: {file}>"),
        (
            "Android",
            "WhatsApp Chat with Person B.txt",
            "%d/%m/%Y, %H:%M:%S - ",
            "\u200e{file} (file attached)\n{caption}",
        ),
        (
            "Android, Spanish",
            "Chat de WhatsApp con Person B.txt",
            "%d/%m/%y %H:%M:%S - ",
            "{file} (archivo adjunto)\n{caption}",
        ),
    ):
        lines = [f"{_at(LIFE[0], date)}Messages and calls are end-to-end encrypted."]
        lines += [
            f"{_at(m, date)}Sam: {attached.format(caption=m.caption, file=_file(m))}".rstrip() for m in LIFE
        ]
        lines.insert(2, f"{_at(LIFE[0], date)}Person B: {MARK}image omitted")
        text = "\r\n".join(line.replace("\n", "\r\n") for line in lines)
        files = {name: text.encode()} | {_file(m): picture(m) for m in LIFE}
        ids = {f"{crc32(f'{name}{lines[0]}'.encode()):08x}-{m.id + (m.id > 1)}": m.id for m in LIFE}
        yield Export("whatsapp", layout, files, CARRIED, ids)
    places = [m for m in LIFE if m.latitude is not None]
    text = "\n".join(
        f"{_at(m, '[%d.%m.%Y, %H:%M:%S] ')}Sam: {MARK}Location: https://maps.google.com/?q={m.latitude},{m.longitude}"
        for m in places
    )
    first = text.partition("\n")[0]
    ids = {f"{crc32(f'_chat.txt{first}'.encode()):08x}-{n}": m.id for n, m in enumerate(places)}
    carried = frozenset({"place", "posted"})
    yield Export("whatsapp", "places", {"_chat.txt": text.encode()}, carried, ids)


def _at(moment: Moment, date: str) -> str:
    return datetime.fromisoformat(moment.posted).strftime(date)


def _file(moment: Moment) -> str:
    when = datetime.fromisoformat(moment.posted)
    return f"{moment.id:08}-PHOTO-{when:%Y-%m-%d-%H-%M-%S}.jpg"
