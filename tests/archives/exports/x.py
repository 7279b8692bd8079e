"""X: the archive of today, of 2020, of 2018 (everything in one folder, tweets without a wrapper), and the two older ones."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from tests.archives.exports import Export
from tests.archives.life import LIFE, Moment, picture

CARRIED = frozenset({"account", "alt", "caption", "link", "people", "photos", "place", "posted", "tags"})
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
IDS = {str(1000000000000000000 + m.id): m.id for m in LIFE}
NAMES = {number: id for id, number in IDS.items()}


def exports() -> Iterator[Export]:
    yield Export("x", "2024", now(), CARRIED | {"visibility"}, IDS)
    yield Export("x", "2020", in_2020(), CARRIED, IDS)
    yield Export("x", "2018", in_2018(), CARRIED, IDS)
    yield Export("x", "classic", classic(), CARRIED - {"alt", "photos"} | {"visibility"}, IDS)
    yield Export("x", "table", {"tweets.csv": table()}, CARRIED & {"caption", "link", "posted"}, IDS)


def script(name: str, value: Any, part: int = 0) -> bytes:
    return f"window.YTD.{name}.part{part} = {json.dumps(value, indent=2)}".encode()


def now() -> dict[str, bytes]:
    """Two parts, a circle, and a tweet that was deleted."""
    tweets = [{"tweet": tweet(m)} for m in LIFE]
    gone = tweet(LIFE[0]) | {
        "id_str": "1000000000000000099",
        "full_text": "gone",
        "deleted_at": "2024-05-04T12:00:00Z",
    }
    files = {
        "data/manifest.js": b"window.__THAR_CONFIG = " + json.dumps(manifest()).encode(),
        "data/tweets.js": script("tweets", tweets[:3]),
        "data/tweets-part1.js": script("tweets", tweets[3:], 1),
        "data/twitter-circle-tweet.js": script("twitter_circle_tweet", tweets[4:]),
        "data/deleted-tweets.js": script("deleted_tweets", [{"tweet": gone}]),
        "data/protected-history.js": script(
            "protected_history",
            [
                {"protectedHistory": {"protectedAt": "2024-04-02T08:00:00.000Z", "action": "Unprotect"}},
                {"protectedHistory": {"protectedAt": "2024-04-01T08:00:00.000Z", "action": "Protect"}},
            ],
        ),
        "data/ip-audit.js": script(
            "ip_audit",
            [
                {
                    "ipAudit": {
                        "accountId": "2",
                        "createdAt": "2024-05-01T00:00:00.000Z",
                        "loginIp": "203.0.113.7",
                    }
                }
            ]
            * 3,
        ),
        "data/personalization.js": script(
            "personalization", [{"p13nData": {"demographics": {}, "locationHistory": []}}]
        ),
        "data/like.js": script("like", [{"like": {"tweetId": "9", "fullText": "theirs"}}]),
        "data/note-tweet.js": script("note_tweet", []),
        "data/profile_media/1000-AbCd.jpg": picture(LIFE[0]),
        "assets/js/renderer.js": b"window.renderer = 1",
        "Your archive.html": b"<html></html>",
    }
    files |= {f"data/tweets_media/{NAMES[m.id]}-M{m.id}.jpg": picture(m) for m in LIFE}
    return files | account("data/")


def in_2020() -> dict[str, bytes]:
    files = {
        "data/manifest.js": b"window.__THAR_CONFIG = " + json.dumps(manifest()).encode(),
        "data/tweet.js": script("tweet", [{"tweet": tweet(m)} for m in LIFE]),
        "data/protected-history.js": script("protected_history", []),
        "data/README.txt": b"INTRODUCTION",
    }
    files |= {f"data/tweet_media/{NAMES[m.id]}-M{m.id}.jpg": picture(m) for m in LIFE}
    return files | account("data/")


def in_2018() -> dict[str, bytes]:
    files = {"tweet.js": script("tweet", [tweet(m) for m in LIFE])}
    files |= {f"tweet_media/{NAMES[m.id]}-M{m.id}.jpg": picture(m) for m in LIFE}
    return files | account("")


def classic() -> dict[str, bytes]:
    """A script a month, as it was until 2018, with the account in every tweet."""
    files = {
        "tweets.csv": table(),
        "index.html": b"<html></html>",
        "data/js/user_details.js": b'var user_details = {"screen_name": "example", "full_name": "Sam Example", "id": "1000"}',
        "data/js/tweet_index.js": b"var tweet_index = []",
    }
    for month in ("2024_05", "2024_06", "2024_07"):
        some = [_classic(m) for m in LIFE if m.posted.startswith(month.replace("_", "-"))]
        files[f"data/js/tweets/{month}.js"] = f"Grailbird.data.tweets_{month} = \n{json.dumps(some)}".encode()
    return files


def _classic(moment: Moment) -> dict[str, Any]:
    old = tweet(moment)
    old["text"] = old.pop("full_text")
    old["created_at"] = moment.posted.replace("T", " ").replace("Z", " +0000")
    old["user"] = {"screen_name": "example", "protected": not moment.is_public}
    return old


def table() -> bytes:
    out = io.StringIO()
    lines = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    lines.writerow(
        ["tweet_id", "in_reply_to_status_id", "timestamp", "source", "text", "retweeted_status_id"]
    )
    for m in LIFE:
        when = m.posted.replace("T", " ").replace("Z", " +0000")
        lines.writerow([NAMES[m.id], "", when, "web", escaped(m.caption), ""])
    return out.getvalue().encode()


def manifest() -> dict[str, Any]:
    return {
        "userInfo": {"accountId": "1000", "userName": "example", "displayName": "Sam Example"},
        "archiveInfo": {
            "sizeBytes": "1",
            "generationDate": "2024-08-01T00:00:00.000Z",
            "isPartialArchive": False,
        },
        "dataTypes": {
            "tweets": {"mediaDirectory": "data/tweets_media", "files": [{"fileName": "data/tweets.js"}]}
        },
    }


def account(folder: str) -> dict[str, bytes]:
    described = {"bio": "", "website": "", "location": ""}
    picture_at = "https://pbs.twimg.com/profile_images/1/AbCd.jpg"
    return {
        f"{folder}account.js": script(
            "account",
            [{"account": {"username": "example", "accountId": "1000", "accountDisplayName": "Sam Example"}}],
        ),
        f"{folder}profile.js": script(
            "profile", [{"profile": {"description": described, "avatarMediaUrl": picture_at}}]
        ),
    }


def escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def tweet(moment: Moment) -> dict[str, Any]:
    id = NAMES[moment.id]
    when = datetime.strptime(moment.posted, "%Y-%m-%dT%H:%M:%SZ")
    medium = {
        "id_str": f"2{id[1:]}",
        "type": "photo",
        "url": f"https://t.co/m{moment.id}",
        "media_url_https": f"https://pbs.twimg.com/media/M{moment.id}.jpg",
    }
    if moment.alt:
        medium["ext_alt_text"] = moment.alt
    found: dict[str, Any] = {
        "id_str": id,
        "id": id,
        "created_at": f"{when:%a} {MONTHS[when.month - 1]} {when:%d %H:%M:%S} +0000 {when.year}",
        "full_text": f"{escaped(moment.caption)} https://t.co/m{moment.id}",
        "entities": {
            "user_mentions": [{"name": n, "screen_name": n.lower().replace(" ", "_")} for n in moment.people],
            "hashtags": [{"text": tag, "indices": ["0", "3"]} for tag in moment.tags],
            "urls": [],
        },
        "extended_entities": {"media": [medium]},
    }
    if moment.latitude is not None:
        there = [str(moment.latitude), str(moment.longitude)]
        found["geo"] = {"type": "Point", "coordinates": there}
        found["coordinates"] = {"type": "Point", "coordinates": there[::-1]}
    return found
