"""The JSON report keeps its promised shape, masks by default, and holds nothing that a terminal could obey."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exposure.model import (
    Address,
    Context,
    Device,
    Evidence,
    Examination,
    Examined,
    Level,
    Picture,
    Place,
    Secret,
    Text,
)
from exposure.post import ACCOUNT_DATA, Account, Link, PostExamination, Visibility
from exposure.reports._posts import name
from exposure.reports.json import JSON
from tests.make.examinations import (
    ARTIST,
    EVERY_FACT,
    POSITION,
    broken,
    examination,
    finding,
    heading,
    home,
    other,
    video,
    written,
)
from tests.make.posts import SHOWN, STORED, home_words, inventory, judged, many, post


def text(*photos: Examination, collection: bool = False, **options: Any) -> str:
    return written(JSON, *photos, collection=[home()] if collection else [], **options)


def report(*photos: Examination, **options: Any) -> Any:
    return json.loads(text(*photos, **options), parse_constant=pytest.fail)


def test_the_top_level_says_what_it_is() -> None:
    context = Context("survivor", "pseudonymous", "friends", "flickr")
    top = report(reveal=True, context=context)
    assert list(top) == [
        "schema", "version", "context", "photos", "collection", "posts", "archives", "lists_not_read", "summary",
    ]  # fmt: skip
    assert (top["schema"], top["version"], top["photos"]) == ("exposure/1", "1.2.3", [])
    assert top["context"] == {
        "profile": "survivor",
        "persona": "pseudonymous",
        "audience": "friends",
        "destination": "flickr",
        "revealed": True,
    }


def test_every_kind_of_fact_revealed() -> None:
    facts = report(examination(facts=EVERY_FACT), reveal=True)["photos"][0]["facts"]
    assert facts == {
        "places": [
            {
                "latitude": 48.137222,
                "longitude": 11.5755,
                "accuracy_m": 5.0,
                "name": "Marienplatz 1",
                "kind": "position",
                "field": "EXIF:GPS IFD:GPSLatitude",
            }
        ],
        "times": [
            {
                "kind": "taken",
                "local": "2024-05-03T18:00:00",
                "utc_offset": "+02:00",
                "field": "EXIF:Exif IFD:DateTimeOriginal",
            }
        ],
        "devices": [{"make": "Acme", "model": "Shutter 9", "field": "EXIF:IFD0:Make"}],
        "identifiers": [{"kind": "serial", "value": "DXZ0012345", "field": "EXIF:Exif IFD:BodySerialNumber"}],
        "people": [{"role": "creator", "name": "Anna Schmidt", "field": "EXIF:IFD0:Artist"}],
        "texts": [
            {
                "kind": "description",
                "value": "Our new flat, second floor",
                "field": "EXIF:IFD0:ImageDescription",
            }
        ],
        "software": [{"name": "Paint 3", "field": "EXIF:IFD0:Software"}],
        "pictures": [
            {
                "kind": "thumbnail",
                "offset": 5000,
                "length": 4000,
                "field": "EXIF:IFD1:JPEGInterchangeFormat",
            }
        ],
    }


def test_facts_are_masked_without_reveal_and_say_so() -> None:
    facts = report(examination(facts=EVERY_FACT))["photos"][0]["facts"]
    assert facts["places"][0] == {
        "latitude": 48.1,
        "longitude": 11.6,
        "accuracy_m": 5.0,
        "name": "13 characters",
        "kind": "position",
        "field": "EXIF:GPS IFD:GPSLatitude",
        "masked": True,
    }
    assert (facts["identifiers"][0]["value"], facts["identifiers"][0]["masked"]) == ("…2345", True)
    assert (facts["people"][0]["name"], facts["people"][0]["masked"]) == ("A. S.", True)
    assert (facts["texts"][0]["value"], facts["texts"][0]["masked"]) == ("26 characters", True)
    assert "masked" not in facts["devices"][0] | facts["software"][0] | facts["times"][0]


def test_nothing_secret_is_anywhere_in_a_masked_report() -> None:
    found = finding("owner-name", Level.HIGH, Evidence(ARTIST, "Anna Schmidt", Secret.NAME))
    masked_report = text(examination("a.jpg", finding(), found, facts=EVERY_FACT), collection=True)
    for secret in ("48.137", "11.5755", "Marienplatz", "DXZ0", "Anna", "second floor", "Munich"):
        assert secret not in masked_report


def test_a_finding_has_its_promised_keys() -> None:
    record = report(examination("a.jpg", finding()), reveal=True)["photos"][0]["findings"][0]
    assert record == {
        "rule": "gps-position",
        "level": "high",
        "confidence": "certain",
        "question": "where",
        "message": "Anyone who gets this file can put a pin where it was taken.",
        "reason": "",
        "evidence": [
            {
                "field": "EXIF:GPS IFD:GPSLatitude",
                "value": "48.137222, 11.575500",
                "ranges": [[200, 24], [230, 24]],
                "indirect": False,
            }
        ],
        "remedy": "Leave out the location when you share it. exposure clean a.jpg --to clean-copies",
    }


def test_evidence_is_masked_by_its_secret() -> None:
    shown = report(
        examination(
            "a.jpg",
            finding(
                "x",
                Level.LOW,
                Evidence(POSITION, "48.137222, 11.575500", Secret.PLACE),
                Evidence(ARTIST, "Shutter 9", Secret.NONE),
            ),
        )
    )["photos"][0]["findings"][0]["evidence"]
    assert (shown[0]["value"], shown[0]["masked"]) == ("48.1, 11.6", True)
    assert shown[1]["value"] == "Shutter 9" and "masked" not in shown[1]


@pytest.mark.parametrize(
    ("reveal", "latitude", "name"), [(True, 48.137222, "Munich"), (False, 48.1, "6 characters")]
)
def test_a_collection_finding_has_its_promised_keys(reveal: bool, latitude: float, name: str) -> None:
    (record,) = report(collection=True, reveal=reveal)["collection"]
    place = record.pop("place")
    assert (place["latitude"], place["radius_m"], place["name"]) == (latitude, 90.0, name)
    assert place.get("masked", False) is not reveal
    assert record == {
        "rule": "likely-home",
        "level": "critical",
        "confidence": "firm",
        "question": "where",
        "message": "A stranger would guess that this is where you live.",
        "why": ["12 visits on 9 nights"],
        "could_be_wrong_if": ["you stayed with friends"],
        "evidence": ["a.jpg", "b.jpg"],
        "fix": {"photos": ["a.jpg", "b.jpg", "c.jpg"], "after": "no place stands out"},
    }


def test_the_summary_counts_what_is_in_the_report() -> None:
    top = report(
        examination("a.jpg", finding(), finding("camera-model", Level.LOW)),
        examination("b.jpg", finding(), examined=Examined.BOUNDED),
        broken("c.jpg", "the EXIF block breaks off"),
        video("d.mp4"),
        video("e.mp4"),
        other(),
        collection=True,
    )
    assert top["summary"] == {
        "photos": 5,
        "posts": 0,
        "examined": {"complete": 1, "bounded": 1, "partial": 1, "none": 2},
        "levels": {"critical": 1, "high": 2, "medium": 0, "low": 1, "info": 0},
        "other_files": 1,
        "media_not_read": {"MP4 video": 2},
        "lists_not_read": 0,
    }
    assert [p["path"] for p in top["photos"]] == ["a.jpg", "b.jpg", "c.jpg", "d.mp4", "e.mp4"]
    assert top["photos"][2]["problems"] == [{"where": "APP1", "message": "the EXIF block breaks off"}]
    assert (
        top["photos"][3]["examined"] == "none" and "MP4 video" in top["photos"][3]["problems"][0]["message"]
    )


def test_photos_are_written_as_they_come_one_a_line() -> None:
    out = io.StringIO()
    writing = JSON.begin(out, heading())
    writing.photo(examination("a.jpg"))
    before = out.getvalue()
    writing.photo(examination("b.jpg"))
    assert out.getvalue().startswith(before) and json.loads(before.splitlines()[-1])["path"] == "a.jpg"


def test_what_is_not_a_number_becomes_null() -> None:
    place = Place(float("nan"), float("inf"), 1e300, None, POSITION)
    for reveal in (True, False):
        record = report(examination(facts=(place,)), reveal=reveal)["photos"][0]["facts"]["places"][0]
        assert (record["latitude"], record["longitude"], record["accuracy_m"]) == (None, None, None)


@settings(deadline=None)
@given(st.text(st.characters(), max_size=60), st.booleans(), st.sampled_from(Secret))
def test_hostile_text_is_inert_and_comes_back_as_it_was(value: str, reveal: bool, secret: Secret) -> None:
    address = Address(value)
    facts = (Device(value, value, address), Text("comment", value, address), Picture(value, 1, 2, address))
    photo = examination(value, finding("x", Level.LOW, Evidence(address, value, secret)), facts=facts)
    raw = text(photo, reveal=reveal)
    assert raw.isascii() and all(line.isprintable() for line in raw.split("\n"))
    record = json.loads(raw)["photos"][0]
    assert record["path"] == value and record["facts"]["devices"][0]["make"] == value


def posts_of(*posts: PostExamination, **options: Any) -> Any:
    return json.loads(written(JSON, posts=posts, **options), parse_constant=pytest.fail)["posts"]


def test_a_post_revealed() -> None:
    told = judged(post("51", *SHOWN, stored=STORED, persona="pseudonymous"), home_words(), shown=(finding(),))
    (record,) = posts_of(told, reveal=True)
    facts, found = record.pop("facts"), record.pop("findings")
    assert record == {
        "service": "flickr",
        "post": "flickr:51",
        "account": "annaschmidt",
        "persona": "pseudonymous",
        "status": "live",
        "id": "51",
        "posted": "2024-05-04T10:11:12Z",
        "caption": "Our new flat, second floor",
        "visibility": {"value": "public", "evidence": 'privacy="public"'},
        "url": {"value": "https://www.flickr.com/photos/annaschmidt/51/", "tier": "exact"},
        "photos": ["flickr/photo_51_o.jpg"],
        "own": True,
        "rules_of_photos": ["gps-position"],
        "action": "delete",
        "steps": ["Take the place off the page of the photo.", "Delete the post."],
        "stays": ["Copies that others saved stay."],
        "done": False,
    }
    assert facts["places"][0]["latitude"] == 48.137222
    assert {kind: [fact["seen_by"] for fact in some] for kind, some in facts.items()} == {
        "places": ["public"],
        "times": ["public"],
        "devices": ["stored-by-service"],
        "identifiers": ["stored-by-service"],
        "people": ["public"],
        "texts": ["public", "public"],
        "software": [],
    }
    assert [each["rule"] for each in found] == ["invented-home"]


def test_a_post_masked_says_so() -> None:
    told = judged(post("https://a.example/annaschmidt/1", *SHOWN, stored=STORED), home_words(), is_done=True)
    (record,) = posts_of(told)
    assert record["masked"] is True and record["done"] is True
    assert record["url"] == {"value": None, "masked": True, "tier": "exact"}
    assert (record["account"], record["caption"]) == ("A.", "26 characters")
    assert record["id"].startswith("_") and record["post"] == f"flickr:{record['id']}"
    assert record["persona"] == "named"
    assert record["facts"]["identifiers"][0]["value"] == "…3.77"
    assert all(fact["masked"] for kind in ("places", "people", "texts") for fact in record["facts"][kind])


def test_what_is_not_known_of_a_post_is_null_or_unknown() -> None:
    bare = judged(post("1", account="", posted="", visibility=Visibility(), link=Link(), photos=()))
    (record,) = posts_of(bare)
    assert (record["posted"], record["caption"], record["url"]) == (
        None,
        None,
        {"value": None, "tier": "none"},
    )
    assert record["visibility"] == {"value": "unknown", "evidence": ""}
    (record,) = posts_of(judged(post("1", *SHOWN, visibility=Visibility())))
    assert {fact["seen_by"] for some in record["facts"].values() for fact in some} == {"unknown"}


def test_posts_are_written_after_the_photos_and_counted() -> None:
    report = written(JSON, examination("a.jpg", finding()), posts=list(many(500)), archives=[inventory()])
    top = json.loads(report)
    assert [record["post"] for record in top["posts"]] == [name(each.post) for each in many(500)]
    assert (top["summary"]["photos"], top["summary"]["posts"]) == (1, 500)
    assert top["summary"]["levels"]["critical"] == 100
    assert sum(line.startswith('{"service"') for line in report.splitlines()) == 500  # one a line


def test_what_an_archive_gave() -> None:
    top = json.loads(written(JSON, archives=[inventory()]))
    assert top["archives"] == [
        {
            "service": "flickr",
            "title": "Flickr",
            "path": "flickr.zip",
            "posts": 12,
            "photos": 14,
            "positions": 5,
            "people": 2,
            "links": {"exact": 10, "constructed": 0, "guess": 0, "owner-only": 0, "none": 2},
            "not_own": 1,
            "not_understood": ["message_1.json", "message_1.json", "new_thing.json"],
            "notes": ["Part 2 of 3 is missing: ask for it again."],
        }
    ]
    assert "annaschmidt" in written(JSON, archives=[inventory()], reveal=True)


def test_a_list_of_an_archive_that_could_not_be_read_is_no_photo() -> None:
    unread = replace(broken("flickr.zip/photo_1.json", "this list breaks off"), media=ACCOUNT_DATA)
    top = report(unread)
    assert top["photos"] == [] and top["summary"]["photos"] == 0 and top["summary"]["lists_not_read"] == 1
    assert top["lists_not_read"] == [
        {
            "path": "flickr.zip/photo_1.json",
            "problems": [{"where": "APP1", "message": "this list breaks off"}],
        }
    ]


def test_accounts_are_in_the_context() -> None:
    accounts = (Account("annaschmidt", "pseudonymous"), Account("sam"))
    context = json.loads(written(JSON, accounts=accounts))["context"]
    assert context["accounts"] == [
        {"name": "A.", "persona": "pseudonymous", "masked": True},
        {"name": "S.", "persona": None, "masked": True},
    ]
    assert (
        json.loads(written(JSON, accounts=accounts, reveal=True))["context"]["accounts"][0]["name"]
        == "annaschmidt"
    )


@given(st.text(st.characters()), st.booleans())
@settings(max_examples=30)
def test_any_post_is_inert_and_comes_back(words: str, reveal: bool) -> None:
    told = judged(
        post(
            words,
            Text("caption", words, ARTIST),
            service=words,
            account=words,
            posted=words,
            status=words,
            visibility=Visibility(words, words),
            link=Link(words, words),
            photos=(words,),
        ),
        steps=(words,),
        action=words,
    )
    text = written(JSON, posts=[told], reveal=reveal)
    assert text.isascii() and "\x1b" not in text
    (record,) = json.loads(text)["posts"]
    assert record["photos"] == [words]
