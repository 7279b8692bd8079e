"""iCloud Photos: one zip with one table, and parts of which each has its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from hashlib import blake2b

from tests.archives.exports import Export
from tests.archives.life import LIFE, Moment, picture

CARRIED = frozenset({"photos", "posted", "stored-taken"})
HEAD = "imgName,fileChecksum,favorite,hidden,deleted,originalCreationDate,viewCount,importDate"


def exports() -> Iterator[Export]:
    files = {f"iCloud Photos/Photos/{m.name}": picture(m) for m in LIFE}
    files["iCloud Photos/Photos/Photo Details.csv"] = table(LIFE)
    files["iCloud Photos/Albums/Weekend.csv"] = b"imgName\r\nmoment1.jpg\r\nmoment2.jpg\r\n"
    files["iCloud Photos/Memories/Sea.csv"] = b"Images\r\nmoment1.jpg\r\n"
    yield Export("icloud", "one table", files, CARRIED, {_id(m): m.id for m in LIFE})
    files = {f"Photos/{m.name}": picture(m) for m in LIFE}
    files |= {"Photos/Photo Details.csv": table(LIFE[:3]), "Photos/Photo Details-1.csv": table(LIFE[3:])}
    files["Recently Deleted/old.jpg"] = picture(LIFE[0]._replace(id=9))
    yield Export("icloud", "several tables", files, CARRIED, {_id(m): m.id for m in LIFE})


def table(moments: Sequence[Moment], **flags: str) -> bytes:
    return "\r\n".join([HEAD, *(line(moment, **flags) for moment in moments), ""]).encode()


def line(moment: Moment, hidden: str = "no", deleted: str = "no") -> str:
    taken, posted = said(moment.taken), said(moment.posted)
    return f'{moment.name},{_sum(moment)},no,{hidden},{deleted},"{taken}",2,"{posted}"'


def said(moment: str) -> str:
    """As Apple writes it: Friday May 3,2024 6:00 PM GMT."""
    when = datetime.fromisoformat(moment)
    return f"{when:%A %B} {when.day},{when.year} {when.hour % 12 or 12}:{when:%M:%S %p} GMT"


def _sum(moment: Moment) -> str:
    return f"AbCdSynthetic{moment.id}="


def _id(moment: Moment) -> str:
    words = f"{moment.name} {_sum(moment)} {said(moment.taken)}"
    return blake2b(words.encode(), digest_size=6).hexdigest()
