from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from exposure.archives import found, items
from exposure.model import Examination
from exposure.plugins import Item
from exposure.post import Post
from tests.archives.exports import zipped

CHANNEL = "100000000000000001"
ID = 2**60 + 1


def read(tmp_path: Path, channel: Any, *messages: Any) -> list[Item]:
    at = f"Messages/c{CHANNEL}"
    files = {f"{at}/channel.json": json.dumps(channel), f"{at}/messages.json": json.dumps(messages)}
    return list(
        items([zipped({name: text.encode() for name, text in files.items()}, tmp_path / "package.zip")])
    )


def one(tmp_path: Path, channel: Any, **message: Any) -> Post:
    record = {"ID": ID, "Timestamp": "2024-05-04 10:11:12", "Contents": "pier", "Attachments": ""} | message
    (post,) = [item for item in read(tmp_path, channel, record) if isinstance(item, Post)]
    return post


def test_direct_messages_are_limited_and_the_audience_of_a_server_is_unknown(tmp_path: Path) -> None:
    for channel, expected in (
        ({"type": "DM"}, ("limited", 'type="DM"')),
        ({"type": 1}, ("limited", 'type="DM"')),
        ({"type": 3}, ("limited", 'type="GROUP_DM"')),
        ({"recipients": ["1", "2"]}, ("limited", 'type="DM"')),
        ({"type": "GUILD_TEXT", "guild": {"id": "3"}}, ("unknown", "")),
        ({"type": 0}, ("unknown", "")),
        ([], ("unknown", "")),
    ):
        assert one(tmp_path, channel).visibility == expected


def test_a_link_is_made_where_the_server_is_known(tmp_path: Path) -> None:
    server = one(tmp_path, {"type": "GUILD_TEXT", "guild": {"id": "3"}}).link
    assert server == (f"https://discord.com/channels/3/{CHANNEL}/{ID}", "constructed")
    assert one(tmp_path, {"type": 1}).link.value == f"https://discord.com/channels/@me/{CHANNEL}/{ID}"
    assert one(tmp_path, {"type": 0}).link == ("", "none")
    assert one(tmp_path, {"type": 1}, ID="../x").link == ("", "none")


def test_names_of_attachments_are_shown_and_nothing_is_fetched(tmp_path: Path) -> None:
    links = f"https://cdn.discordapp.com/attachments/1/2/harbour.jpg?ex=1 https://cdn.discordapp.com/a/b/{'x' * 9}.png"
    post = one(tmp_path, {"type": 1}, Contents="", Attachments=links)
    assert [(t.kind, t.value) for t in post.facts.texts] == [
        ("path", "harbour.jpg"),
        ("path", "xxxxxxxxx.png"),
    ]
    assert post.photos == ()


def test_an_empty_message_is_no_post_and_a_broken_list_is_said(tmp_path: Path) -> None:
    got = read(tmp_path, {"type": 1}, {"ID": ID, "Contents": "", "Attachments": ""}, None, 7, [])
    assert not any(isinstance(item, Post) for item in got)
    at = f"package/messages/{CHANNEL}"
    files = {
        f"{at}/channel.json": b'{"type',
        f"{at}/messages.csv": b"ID,Timestamp,Contents,Attachments\n1,,hi,\n",
    }
    got = list(items([zipped(files, tmp_path / "other.zip")]))
    assert [item.caption for item in got if isinstance(item, Post)] == ["hi"]
    assert any(isinstance(item, Examination) for item in got)


def test_what_only_the_service_sees_is_stored(tmp_path: Path) -> None:
    user = {"username": "sam", "ip": "203.0.113.7", "email": "sam@example.org", "phone": None}
    at = f"messages/c{CHANNEL}"
    files = {
        "account/user.json": json.dumps(user).encode(),
        f"{at}/channel.json": b'{"type": 1}',
        f"{at}/messages.json": b"[]",
    }
    (account,) = [p for p in items([zipped(files, tmp_path / "package.zip")]) if isinstance(p, Post)]
    assert account.id == "account" and account.account == "sam"
    assert [i.value for i in account.stored.identifiers] == ["203.0.113.7"]
    assert [t.value for t in account.stored.texts] == ["sam@example.org"] and not account.facts.texts


def test_a_channel_without_messages_is_no_export(tmp_path: Path) -> None:
    at = zipped({f"tv/{CHANNEL}/channel.json": b"{}"}, tmp_path / "a.zip")
    ((_, archive),) = found([at])
    assert archive.name == "folder"
