"""Bluesky: repositories go round whatever is in them, and break without raising."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exposure.archives import items, sources
from exposure.archives._car import Car, written
from exposure.archives._repository import Leaf, commit, leaves
from exposure.cbor import MOST_VALUES, Cid, decode_dag
from exposure.errors import MalformedFile
from exposure.model import Examination
from exposure.post import Inventory, Post
from exposure.source import MemorySource
from tests.archives.exports import zipped
from tests.archives.exports.bluesky import blob, repo
from tests.archives.life import LIFE, picture
from tests.make.car import DID, RAW, Blocks, car, cid, dag, repository, tree, varint


def read(at: Path) -> tuple[dict[str, Post], list[Any]]:
    found = list(items([at]))
    return {item.id: item for item in found if isinstance(item, Post)}, found


def in_car(tmp_path: Path, data: bytes) -> tuple[dict[str, Post], list[Any]]:
    at = tmp_path / "repo.car"
    at.write_bytes(data)
    return read(at)


def of(tmp_path: Path, **record: Any) -> Post:
    """A post of this record, as it is read."""
    posts, _ = in_car(
        tmp_path, repository({"app.bsky.feed.post/3k1": {"$type": "app.bsky.feed.post"} | record})
    )
    return posts["3k1"]


def test_a_repository_may_be_named_itself(tmp_path: Path) -> None:
    at = tmp_path / "repo.car"
    at.write_bytes(repo())
    posts, found = read(at)
    assert len(posts) == len(LIFE) + 1 and isinstance(found[-1], Inventory) and list(sources([at])) == []


def test_everything_is_public_and_says_why(tmp_path: Path) -> None:
    post = of(tmp_path, text="words")
    assert post.visibility == ("public", "app.bsky.feed.post: every record of a repository is public")
    assert post.link == (f"https://bsky.app/profile/{DID}/post/3k1", "constructed")


def test_missing_pictures_and_reposts_are_noted(tmp_path: Path) -> None:
    _, found = in_car(tmp_path, repo())
    pictures, reposts = found[-1].notes
    assert "pictures of 5 posts are not in this file" in pictures and "without an account" in pictures
    assert reposts.startswith("1 repost of somebody else")


def test_mentions_are_by_name_or_by_number(tmp_path: Path) -> None:
    def facet(start: object, end: object) -> dict[str, Any]:
        mention = {"$type": "app.bsky.richtext.facet#mention", "did": f"did:plc:{start}"}
        return {"index": {"byteStart": start, "byteEnd": end}, "features": [mention]}

    words = "früh @person-b.example kam"
    facets = [
        facet(6, 23),
        facet(0, 3),
        facet(-5, 3),
        facet(900, 901),
        facet("a", None),
        {"features": 7},
        "x",
    ]
    names = [p.name for p in of(tmp_path, text=words, facets=facets).facts.people]
    assert names == ["person-b.example", "did:plc:0", "did:plc:-5", "did:plc:900", "did:plc:a"]


def test_old_blobs_and_videos_are_found_by_name(tmp_path: Path) -> None:
    one, other = picture(LIFE[0]), picture(LIFE[1])
    names = [written(cid(data, RAW)) for data in (one, other)]
    old = {"embed": {"images": [{"alt": "old", "image": {"cid": names[0], "mimeType": "image/jpeg"}}]}}
    video = {"embed": {"$type": "app.bsky.embed.video", "alt": "moving", "video": blob(other)}}
    records = {"app.bsky.feed.post/3k1": old, "app.bsky.feed.post/3k2": video}
    files = {"repo.car": repository(records), f"blobs/{names[0]}": one, f"blobs/{names[1]}.mp4": other}
    posts, _ = read(zipped(files, tmp_path / "b.zip"))
    assert [Path(posts[key].photos[0]).name for key in ("3k1", "3k2")] == [names[0], f"{names[1]}.mp4"]
    assert [posts[key].facts.texts[0].value for key in ("3k1", "3k2")] == ["old", "moving"]


def test_the_profile_is_a_post(tmp_path: Path) -> None:
    posts, _ = in_car(tmp_path, repo())
    page = posts["profile"]
    assert page.caption == "Sails & swims" and [p.name for p in page.facts.people] == ["Sam Example"]
    assert page.link.value == f"https://bsky.app/profile/{DID}"


def test_hostile_names_make_no_link(tmp_path: Path) -> None:
    record = {"text": "words"}
    posts, _ = in_car(tmp_path, repository({"app.bsky.feed.post/../../x?": record}, did="did:plc:a/../b"))
    assert [post.link.tier for post in posts.values()] == ["none"]


def test_what_a_file_lacks_is_said_and_the_rest_is_read(tmp_path: Path) -> None:
    whole = repo()
    posts, found = in_car(tmp_path, whole[: len(whole) * 3 // 4])
    (said,) = (item for item in found if isinstance(item, Examination))
    assert said.problems[0].message == "parts of this repository are damaged or missing; the rest was read"
    assert len(posts) <= len(LIFE)


def test_a_block_that_is_not_what_its_name_says_is_not_believed(tmp_path: Path) -> None:
    words = dag("Harbour & sea")
    whole = repo()
    assert whole.count(words) == 1
    posts, found = in_car(tmp_path, whole.replace(words, dag("Harbour & se@")))
    assert "3kabcdefghij1" not in posts and "3kabcdefghij2" in posts
    assert any(isinstance(item, Examination) for item in found)


@pytest.mark.parametrize(
    "data",
    [
        car(cid(b"nothing"), []),
        car(cid(dag({"a": 1})), [(cid(dag({"a": 1})), dag({"a": 1}))]),
        car(cid(dag([])), [(cid(dag([])), dag([]))]),
    ],
)
def test_a_car_that_is_no_repository_is_said(data: bytes, tmp_path: Path) -> None:
    posts, found = in_car(tmp_path, data)
    assert not posts and any(isinstance(item, Examination) for item in found)


@pytest.mark.parametrize(
    "data",
    [b"", b"\xff" * 40, varint(3) + b"\xa1\x61", car(cid(b""), [], version=2), b"\x0a" + dag({"roots": []})],
)
def test_what_is_no_car_is_a_file_like_any_other(data: bytes, tmp_path: Path) -> None:
    _, found = in_car(tmp_path, data)
    assert not [item for item in found if isinstance(item, (Post, Inventory))]


def test_a_tree_cannot_grow_beyond_its_file() -> None:
    """Every node leads twice to the one below it: two to the power of 40 entries for a few kilobytes."""
    blocks = Blocks()
    record = blocks.put({"text": "words"})
    node = blocks.put({"l": None, "e": []})
    for n in range(40):
        entry = {"p": 0, "k": f"a/{n}".encode(), "v": record, "t": node}
        node = blocks.put({"l": node, "e": [entry, entry]})
    held = Car(MemorySource(car(node, blocks.held.items())))
    assert sum(isinstance(leaf, Leaf) for leaf in leaves(held, node)) <= 80


records = st.dictionaries(
    st.from_regex(r"[a-z]{1,4}\.[a-z]{1,3}/[0-9a-z]{1,9}", fullmatch=True), st.integers(0, 2**40), max_size=60
)


@settings(deadline=None, max_examples=150)
@given(records)
def test_every_record_comes_back_in_the_order_of_the_keys(some: dict[str, int]) -> None:
    held = Car(MemorySource(repository(some)))
    found = list(leaves(held, commit(held).tree))
    assert [(leaf.key, held.block(leaf.record)) for leaf in found if isinstance(leaf, Leaf)] == sorted(
        some.items()
    )
    assert all(isinstance(leaf, Leaf) for leaf in found) and held.broken_at is None


@settings(deadline=None, max_examples=200)
@given(st.integers(0, 2**32))
def test_damage_is_malformed_and_nothing_else(seed: int) -> None:
    rng = Random(seed)
    data = bytearray(repo())
    for _ in range(rng.randrange(6)):
        data[rng.randrange(len(data))] = rng.randrange(256)
    try:
        held = Car(MemorySource(bytes(data[: rng.randrange(len(data) + 1)])))
        for leaf in leaves(held, commit(held).tree):
            if isinstance(leaf, Leaf):
                held.block(leaf.record)
    except MalformedFile:
        return


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**64), 2**64 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
    | st.binary()
    | st.builds(cid, st.binary()),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@settings(deadline=None)
@given(values)
def test_dag_cbor_is_read_as_it_was_written(value: object) -> None:
    assert decode_dag(dag(value)) == value


@pytest.mark.parametrize(
    "encoded",
    [
        b"",
        b"\x01\x02",
        b"\x9f\x01\xff",
        b"\xbf\x61a\x01\xff",
        b"\x7f\x61a\xff",
        b"\xf7",
        b"\xf8\x20",
        b"\xf9\x3c\x00",
        b"\xfa\x3f\x80\x00\x00",
        b"\xfb\x7f\xf0\0\0\0\0\0\0",
        b"\xfb\x7f\xf8\0\0\0\0\0\0",
        b"\xc1\x01",
        b"\xd8\x2a\x41\x01",
        b"\xd8\x2a\x40",
        b"\xd8\x2a\x01",
        b"\xa1\x01\x02",
        b"\xa2\x61a\x01\x61a\x02",
        b"\x61\xff",
        b"\x81" * 100,
        b"\x9a" + MOST_VALUES.to_bytes(4, "big") + b"\x01" * MOST_VALUES,
    ],
)
def test_what_dag_cbor_does_without_is_malformed(encoded: bytes) -> None:
    with pytest.raises(MalformedFile):
        decode_dag(encoded)


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=200))
def test_any_bytes_as_dag_cbor_give_a_value_or_are_malformed(data: bytes) -> None:
    try:
        decode_dag(data)
    except MalformedFile:
        return


def test_names_of_blocks_are_written_as_others_write_them() -> None:
    """The well-known CID of an empty raw block."""
    assert written(cid(b"", RAW)) == "bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku"


def test_a_tree_of_nothing_is_one_empty_node() -> None:
    blocks = Blocks()
    root = tree(blocks, {})
    assert isinstance(root, Cid) and blocks.held[root] == dag({"l": None, "e": []})


def test_records_of_other_kinds_are_named(tmp_path: Path) -> None:
    records = {f"app.bsky.graph.list/{n}": {"name": "family"} for n in "ab"}
    _, found = in_car(tmp_path, repository({**records, "app.bsky.feed.like/c": {"subject": "x"}}))
    (note,) = found[-1].notes
    assert note.startswith("2 records of kinds") and "app.bsky.graph.list (2)." in note and "like" not in note
