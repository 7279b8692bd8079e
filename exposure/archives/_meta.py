"""What Instagram, Threads and Facebook write alike in their archives.

Meta's JSON holds UTF-8 that was written out as if it were Latin-1, names its media by a `uri` from the archive's root,
and keeps beside each what was read from the upload: position, camera, device, network address. The files themselves
are stripped. Shapes as seen in published exports and in programs that read them.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from exposure.archives._kit import Wanted, address
from exposure.archives._records import get, listed, position, seconds, text, unmangled
from exposure.model import Device, Fact, Identifier, Person, Place, Software, Text, Time

INSTAGRAM_MEDIA = re.compile(
    r"(?:.*/)?(?:your_instagram_activity/)?(?:content|media)/"
    r"(posts|stories|reels|igtv_videos|igtv|archived_posts|archived_stories|archived_reels|profile_photos|other_content"
    r"|recently_deleted_content|recently_deleted|reposts)(_\d+)?\.(json|html)"
)
"""A list of media in an archive of Instagram: the kind, a number, and the format."""

THREADS_POSTS = re.compile(r"(?:.*/)?threads/(threads_and_replies)(_\d+)?\.(json|html)")

FACEBOOK_POSTS = re.compile(
    r"(?:.*/)?(?:posts|photos_and_videos|groups|stories)/"
    r"(your_posts(?:__check_ins__photos_and_videos)?|profile_posts|posts_on_other_pages_and_profiles|archive"
    r"|(?:your_)?uncategorized_photos|your_photos|(?:your_)?videos|(?:your_)?check-ins|archived_stories"
    r"|places_you_have_been_tagged_in|group_posts_and_comments|your_posts_in_groups|album/\d+)(_\d+)?\.(json|html)"
)
"""A list of posts, photos or places in an archive of Facebook."""

OTHER_LISTS = frozenset(
    {
        "account_information", "ads_information", "ai", "apps_and_websites", "apps_and_websites_off_of_facebook",
        "apps_and_websites_off_of_instagram", "bug_bounty", "comments", "comments_and_reactions", "connections", "contacts",
        "cookies", "device_information", "events", "facebook_assistant", "facebook_gaming", "facebook_marketplace",
        "facebook_payments", "followers_and_following", "friends", "friends_and_followers", "gifts", "information_about_you",
        "information_used_for_recommendations", "likes", "likes_and_reactions", "logged_information", "login_and_account_creation", "login_and_profile_creation", "messages",
        "monetization", "notifications", "other_activity", "pages", "personal_information", "polls", "preferences",
        "profile_information", "reels_and_videos_settings", "reports", "saved", "saved_items_and_collections", "search",
        "search_history", "security_and_login_information", "shopping", "short_videos", "story_interactions",
        "story_sticker_interactions", "subscriptions", "threads", "voting", "your_topics",
    }
)  # fmt: skip
"""Folders of lists that are about the account, not posts with photos."""

_HASHTAG = re.compile(r"(?<![\w&])#(\w{1,100})")
_MENTION = re.compile(r"(?<![\w.@])@([A-Za-z0-9_][\w.]{0,28}\w)")
_CLOCK = re.compile(r"(\d{4})[-:]?(\d\d)[-:]?(\d\d)[T ](\d\d):?(\d\d):?(\d\d)", re.ASCII)
_MOST_NESTED = 6
_ROOTS = (
    "your_facebook_activity",
    "your_activity_across_facebook",
    "this_profile's_activity_across_facebook",
)


def said(value: Any) -> str:
    """Words as they were typed."""
    return unmangled(text(value)).strip()


class Upload(NamedTuple):
    """What a service read from one file when it was uploaded, and keeps."""

    positions: tuple[tuple[float, float], ...] = ()
    """Degrees."""
    devices: tuple[tuple[str, str], ...] = ()
    """Make and model."""
    taken: tuple[tuple[str, str, str | None], ...] = ()
    """Kind of the time, the time, and its offset."""
    identifiers: tuple[tuple[str, str], ...] = ()
    """Kind and value."""
    software: tuple[str, ...] = ()


def upload(media: Any) -> Upload:
    """`exif_data` is a list whose dicts are to be taken together: the position may stand in any. Older exports have the
    same fields one step further out."""
    blocks = [block for kind in ("photo_metadata", "video_metadata") for block in _blocks(media, kind)]
    pairs = [(block.get("latitude"), block.get("longitude")) for block in blocks]
    joined = {key: value for block in blocks for key, value in block.items() if value not in (None, "", 0)}
    found = [there for pair in pairs if (there := position(*pair)) is not None]
    whole = position(joined.get("latitude"), joined.get("longitude"))
    if not found and whole is not None:
        found = [whole]
    make, model = said(joined.get("camera_make")), said(joined.get("camera_model"))
    identifiers = (
        (kind, value)
        for key, kind in (("device_id", "device-id"), ("upload_ip", "ip-address"))
        for block in blocks
        if (value := said(block.get(key)))
    )
    return Upload(
        tuple(dict.fromkeys(found)),
        ((make, model),) if make or model else (),
        tuple(dict.fromkeys(when for block in blocks for when in _taken(block))),
        tuple(dict.fromkeys(identifiers)),
        (software,) if (software := said(joined.get("software"))) else (),
    )


def _blocks(media: Any, kind: str) -> Iterator[Mapping[str, Any]]:
    outer = get(media, "media_metadata", kind)
    for block in (*listed(get(outer, "exif_data")), outer):
        if isinstance(block, dict):
            yield block


def _taken(block: Mapping[str, Any]) -> Iterator[tuple[str, str, str | None]]:
    """`date_time_original` is the camera's own clock, though one of its two styles ends in Z; `taken_timestamp` is in
    seconds, and in years before any photo (-62169958800) where none is known."""
    for key, kind in (("date_time_original", "taken"), ("date_time_digitized", "digitized")):
        if (found := _CLOCK.match(text(block.get(key)))) is not None:
            try:
                local = datetime.fromisoformat("{}-{}-{}T{}:{}:{}".format(*found.groups()))
            except ValueError:
                continue
            if 1900 <= local.year <= 2200:
                yield kind, local.isoformat(), None
    if told := seconds(block.get("taken_timestamp")):
        yield "utc", told.removesuffix("Z"), "+00:00"


def stored(wanted: Wanted, some: Iterable[Upload]) -> Iterator[Fact]:
    """What the service alone keeps of these uploads, each thing once."""
    seen: set[Fact] = set()
    for fact in (fact for each in some for fact in _kept(wanted, each)):
        if fact not in seen:
            seen.add(fact)
            yield fact


def _kept(wanted: Wanted, kept: Upload) -> Iterator[Fact]:
    for there in kept.positions:
        yield Place(*there, None, None, address(wanted, "latitude"))
    for kind, local, offset in kept.taken:
        yield Time(
            kind,
            local,
            offset,
            address(wanted, "date_time_original" if offset is None else "taken_timestamp"),
        )
    for make, model in kept.devices:
        yield Device(make or None, model or None, address(wanted, "camera_model"))
    for kind, value in kept.identifiers:
        yield Identifier(kind, value, address(wanted, "upload_ip" if kind == "ip-address" else "device_id"))
    for name in kept.software:
        yield Software(name, address(wanted, "software"))


def captions(wanted: Wanted, some: Iterable[str], field: str = "title") -> Iterator[Fact]:
    """The words under a post, each text once, with the hashtags and the accounts that stand in them."""
    for words in dict.fromkeys(filter(None, some)):
        yield Text("caption", words, address(wanted, field))
        for tag in dict.fromkeys(_HASHTAG.findall(words)):
            yield Text("keyword", tag, address(wanted, field))
        for name in dict.fromkeys(_MENTION.findall(words)):
            yield Person("mentioned", name, address(wanted, field))


class Labelled(NamedTuple):
    """One of the entries of `label_values`, with the label of the group that it stands in."""

    group: int
    """Which group, by number; 0 is the record itself."""
    within: str
    """The group's own label; empty for the record."""
    label: str
    entry: Mapping[str, Any]


def labelled(record: Any) -> Iterator[Labelled]:
    """Everything in a record's `label_values`, groups in groups (under `dict` and `vec`) included."""
    waiting = deque([(listed(get(record, "label_values")), "", 0)])
    groups = 0
    while waiting:
        entries, within, depth = waiting.popleft()
        number, groups = groups, groups + 1
        for entry in entries:
            if not isinstance(entry, dict):
                continue
            label = said(entry.get("label"))
            yield Labelled(number, within, label, entry)
            if depth < _MOST_NESTED:
                inner = [*listed(entry.get("dict")), *listed(entry.get("vec"))]
                if inner:
                    waiting.append((inner, label or said(entry.get("title")) or within, depth + 1))
