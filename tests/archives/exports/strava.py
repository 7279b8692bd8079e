"""Strava: the tables with the columns that come twice, tracks, photos, and the same in German."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import datetime

from tests.archives.exports import Export
from tests.archives.life import LIFE, Moment, picture

CARRIED = frozenset({"caption", "link", "photos", "posted"})
HEAD, GERMAN = csv.reader(
    (
        "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,Distance,Max Heart Rate,"
        "Relative Effort,Commute,Activity Private Note,Activity Gear,Filename,Athlete Weight,Bike Weight,Elapsed Time,"
        "Moving Time,Distance,Max Speed,Commute,Media",
        "Aktivitäts-ID,Aktivitätsdatum,Name der Aktivität,Aktivitätsart,Aktivitätsbeschreibung,Verstrichene Zeit,Distanz,"
        "Max. Herzfrequenz,Relative Leistung,Pendelfahrt,Private Notiz,Ausrüstung,Dateiname,Gewicht,Radgewicht,"
        "Verstrichene Zeit,Bewegungszeit,Distanz,Höchstgeschwindigkeit,Pendelfahrt,Medien",
    )
)


def exports() -> Iterator[Export]:
    ids = {_id(moment): moment.id for moment in LIFE}
    for layout, head in (("2024", HEAD), ("German", GERMAN)):
        yield Export("strava", layout, export(head), CARRIED, ids)


def export(head: Sequence[str]) -> dict[str, bytes]:
    return {f"media/{_id(moment)}-0A1B.jpg": picture(moment) for moment in LIFE} | {
        "activities.csv": table(head, [row(moment) for moment in LIFE]),
        "media.csv": table(
            ["Media Filename", "Media Caption"], [[f"media/{_id(LIFE[0])}-0A1B.jpg", "At the gate"]]
        ),
        "profile.csv": table(["Athlete ID", "Email Address"], [["99999", "sam@example.org"]]),
        "activities/9100000001.gpx": b"<gpx/>",
        "activities/9100000002.fit.gz": b"\x1f\x8b",
        "routes/1.gpx": b"<gpx/>",
        "routes.csv": table(["Route Name"], []),
    }


def row(moment: Moment, **cells: str) -> list[str]:
    when = datetime.fromisoformat(moment.posted.removesuffix("Z"))
    known = {
        "Activity ID": _id(moment),
        "Activity Date": f"{when:%b} {when.day}, {when:%Y}, {when:%I:%M:%S %p}",
        "Activity Name": moment.caption,
        "Activity Type": "Run",
        "Filename": "#error#",
        "Media": f"media/{_id(moment)}-0A1B.jpg",
    } | cells
    return [known.get(name, "") for name in HEAD]


def _id(moment: Moment) -> str:
    return str(9100000000 + moment.id)


def table(head: Sequence[str], lines: Sequence[Sequence[str]]) -> bytes:
    file = io.StringIO()
    csv.writer(file).writerows([head, *lines])
    return file.getvalue().encode()
