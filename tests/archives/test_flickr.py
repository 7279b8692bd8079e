from __future__ import annotations

from pathlib import Path

from exposure.archives import items
from exposure.post import Post
from tests.archives.exports import zipped


def posts(tmp_path: Path, **files: str) -> list[Post]:
    at = zipped(
        {name.replace("__", "."): text.encode() for name, text in files.items()}, tmp_path / "flickr.zip"
    )
    return [item for item in items([at]) if isinstance(item, Post)]


def test_friends_and_family_are_limited_and_no_privacy_is_unknown(tmp_path: Path) -> None:
    one, other = posts(
        tmp_path,
        photo_51000000001__json='{"id": "51000000001", "photopage": "", "privacy": "friend & family"}',
        photo_51000000002__json='{"id": "51000000002", "photopage": ""}',
    )
    assert one.visibility == ("limited", 'privacy="friend & family"')
    assert other.visibility == ("unknown", "")


def test_geo_may_be_a_list_of_one_and_in_degrees(tmp_path: Path) -> None:
    (post,) = posts(
        tmp_path,
        photo_51000000001__json='{"id": "51000000001", "photopage": "", '
        '"geo": [{"latitude": "12.5", "longitude": "-38500000"}]}',
    )
    assert [(p.latitude, p.longitude) for p in post.facts.places] == [(12.5, -38.5)]
