"""The log keeps to SARIF 2.1.0 as far as viewers rely on it, and its fingerprints give nothing away.

The official schema is large and not shipped here; `check` holds its demands on what we write (sections in brackets).
"""

from __future__ import annotations

import io
import json
import os
import re
import sys
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exposure.model import Address, Evidence, Examination, Examined, Level, Secret
from exposure.plugins import Combination, Inference, PostRule, Rule, discover
from exposure.post import ACCOUNT_DATA
from exposure.reports.sarif import FINGERPRINT, SARIF, _uri
from tests.make.examinations import (
    ARTIST,
    EVERY_FACT,
    POSITION,
    examination,
    finding,
    heading,
    home,
    other,
    video,
    written,
)
from tests.make.posts import home_words, judged, post

URI = re.compile(r"(?:file:///(?:[A-Z]:/)?)?(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})+|file:///")


def run(*photos: Examination, **options: Any) -> Any:
    """The only run of a log that has passed every check."""
    log = json.loads(written(SARIF, *photos, **options), parse_constant=pytest.fail)
    check(log)
    return log["runs"][0]


def check(log: Any) -> None:
    assert set(log) == {"$schema", "version", "runs"} and log["version"] == "2.1.0"  # 3.13
    assert log["$schema"].endswith("sarif-schema-2.1.0.json")
    (run,) = log["runs"]
    assert set(run) == {"tool", "results", "properties"}  # 3.14
    driver = run["tool"]["driver"]
    assert driver["name"] == "exposure" and driver["version"]  # 3.19
    ids = [rule["id"] for rule in driver["rules"]]
    assert len(set(ids)) == len(ids)
    for rule in driver["rules"]:  # 3.49
        assert all(rule[key]["text"] for key in ("shortDescription", "fullDescription", "help"))
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")
    for result in run["results"]:
        check_result(result, ids)


def check_result(result: Any, ids: list[str]) -> None:
    assert result["message"]["text"]  # 3.27.11
    assert re.fullmatch(r"(?:[^\[\]{}\\]|\\[\[\]\\]|\{\{|\}\})+", result["message"]["text"])  # 3.11.5, 3.11.6
    if "ruleIndex" in result:  # 3.27.6
        assert ids[result["ruleIndex"]] == result["ruleId"]
    else:
        assert result["ruleId"] not in ids
    kind, level = result.get("kind", "fail"), result["level"]
    assert (level in ("error", "warning", "note")) if kind == "fail" else level == "none"  # 3.27.10
    numbers = [location.get("id") for location in result.get("relatedLocations", ())]
    assert len(set(numbers)) == len(numbers)  # 3.28.2
    for location in (*result["locations"], *result.get("relatedLocations", ())):
        if "logicalLocations" in location:  # 3.28.4
            assert [set(each) for each in location["logicalLocations"]] == [{"fullyQualifiedName", "kind"}]
            continue
        physical = location["physicalLocation"]
        assert URI.fullmatch(physical["artifactLocation"]["uri"])  # 3.4.3
        region = physical.get("region", {"byteOffset": 0, "byteLength": 0})
        assert set(region) == {"byteOffset", "byteLength"} and min(region.values()) >= 0  # 3.30.11
    assert all(isinstance(value, str) for value in result["partialFingerprints"].values())  # 3.27.17


def test_a_finding_is_a_result() -> None:
    (result,) = run(examination("my photos/ä.jpg", finding(reason="raised: because")))["results"]
    assert result.pop("ruleIndex") >= 0
    assert result == {
        "ruleId": "gps-position",
        "level": "error",
        "message": {"text": "Anyone who gets this file can put a pin where it was taken. (raised: because)"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "my%20photos/%C3%A4.jpg"},
                    "region": {"byteOffset": 200, "byteLength": 24},
                }
            }
        ],
        "partialFingerprints": {
            FINGERPRINT: sha256(
                "gps-position\0my photos/ä.jpg\0EXIF:GPS IFD:GPSLatitude".encode()
            ).hexdigest()
        },
        "properties": {
            "level": "high",
            "confidence": "certain",
            "question": "where",
            "format": "JPEG",
            "examined": "complete",
            "remedy": "Leave out the location when you share it. "
            "exposure clean 'my photos/ä.jpg' --to clean-copies",
            "evidence": [{"field": "EXIF:GPS IFD:GPSLatitude", "value": "48.1, 11.6", "masked": True}],
        },
    }


@pytest.mark.parametrize(
    ("level", "word"),
    [
        (Level.CRITICAL, "error"),
        (Level.HIGH, "error"),
        (Level.MEDIUM, "warning"),
        (Level.LOW, "note"),
        (Level.INFO, "note"),
    ],
)
def test_levels_become_those_of_sarif(level: Level, word: str) -> None:
    single, together = run(examination("a.jpg", finding("x", level)), collection=(home(level=level),))[
        "results"
    ]
    assert single["level"] == together["level"] == word
    assert single["properties"]["level"] == together["properties"]["level"] == level.word


def test_every_rule_is_listed_with_its_page() -> None:
    rules = run()["tool"]["driver"]["rules"]
    all_ = (
        *discover("rules", Rule),
        *discover("rules", Combination),
        *discover("rules", PostRule),
        *discover("inferences", Inference),
    )
    assert [rule["id"] for rule in rules] == [rule.id for rule in all_]
    for rule in rules:
        assert "Why it matters" in rule["help"]["text"]
        assert rule["help"]["text"].startswith(rule["fullDescription"]["text"].split()[0])


def test_what_many_photos_say_names_the_photos() -> None:
    (result,) = run(collection=(home(photos=34),))["results"]
    related = [
        location["physicalLocation"]["artifactLocation"]["uri"] for location in result["relatedLocations"]
    ]
    assert related == ["a.jpg", "b.jpg"] and len(result["locations"]) == 1
    told = result["properties"]
    assert (told["photos"], told["why"]) == (34, ["12 visits on 9 nights"])
    assert told["fix"] == {"photos": ["a.jpg", "b.jpg", "c.jpg"], "after": "no place stands out"}
    assert told["place"] == "a name of 6 characters, in the area of Munich, Germany (near 48.1, 11.6, masked)"


def test_the_plan_is_informational() -> None:
    (result,) = run(collection=(home(rule="fix-first", evidence=(), place=None),))["results"]
    assert (result["kind"], result["level"], result["locations"]) == ("informational", "none", [])


def test_a_fingerprint_tells_results_apart_by_rule_path_and_field_alone() -> None:
    def print_of(name: str = "a.jpg", rule: str = "x", address: Address = ARTIST, value: str = "Anna") -> str:
        found = finding(rule, Level.LOW, Evidence(address, value, Secret.NAME))
        (result,) = run(examination(name, found), reveal=True)["results"]
        return str(result["partialFingerprints"][FINGERPRINT])

    assert print_of() == print_of(value="Berta") == print_of(address=Address(ARTIST.path, ()))
    others = {print_of(), print_of(name="b.jpg"), print_of(rule="y"), print_of(address=POSITION)}
    assert len(others) == 4 and all(re.fullmatch("[0-9a-f]{64}", each) for each in others)


def test_values_are_shown_in_full_only_with_reveal() -> None:
    photo = examination("a.jpg", finding(), facts=EVERY_FACT)
    (result,) = run(photo, reveal=True)["results"]
    assert result["properties"]["evidence"] == [
        {"field": "EXIF:GPS IFD:GPSLatitude", "value": "48.137222, 11.575500"}
    ]
    assert "48.137222, 11.575500" in written(SARIF, collection=(home(),), reveal=True)


def test_what_was_read_is_counted() -> None:
    told = run(examination("a.jpg"), examination("b.jpg", examined=Examined.PARTIAL), video(), other())
    assert told["properties"] == {
        "masked": True,
        "photos": 3,
        "examined": {"complete": 1, "none": 1, "partial": 1},
        "other_files": 1,
        "posts": 0,
        "lists_not_read": 0,
    }


def test_what_a_post_gives_away_has_its_name_as_logical_location() -> None:
    told = run(posts=[judged(post("51"), home_words(), action="setting")])
    (result,) = told["results"]
    assert result["locations"] == [
        {"logicalLocations": [{"fullyQualifiedName": "flickr:51", "kind": "post"}]}
    ]
    (related,) = result["relatedLocations"]
    assert related["physicalLocation"]["artifactLocation"]["uri"] == "flickr/photo_51_o.jpg"
    assert result["partialFingerprints"] == {FINGERPRINT: sha256(b"invented-home\0flickr:51").hexdigest()}
    assert (result["level"], result["properties"]["visibility"]) == ("error", "public")
    assert result["properties"]["evidence"] == [
        {"field": "Flickr:photo_51.json:description", "value": "26 characters", "masked": True}
    ]
    assert told["properties"]["posts"] == 1


def test_a_list_of_an_archive_that_could_not_be_read_is_no_photo() -> None:
    told = run(examination("photo_1.json", media=ACCOUNT_DATA, examined=Examined.NONE))
    assert (told["properties"]["photos"], told["properties"]["lists_not_read"]) == (0, 1)


@pytest.mark.skipif(sys.platform == "win32", reason="paths of Unix")
@pytest.mark.parametrize(
    ("name", "uri"),
    [
        ("../a.jpg", "../a.jpg"),
        ("/home/anna/a#1.jpg", "file:///home/anna/a%231.jpg"),
        ("a:b.jpg", "a%3Ab.jpg"),
        ("100%.jpg", "100%25.jpg"),
        (os.fsdecode(b"caf\xe9.jpg"), "caf%E9.jpg"),
        ("\ud800.jpg", "%ED%A0%80.jpg"),
    ],
)
def test_paths_are_percent_encoded(name: str, uri: str) -> None:
    (result,) = run(examination(name, finding()))["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_paths_of_windows() -> None:
    assert _uri(r"C:\my photos\a.jpg", windows=True) == "file:///C:/my%20photos/a.jpg"
    assert _uri(r"trip\b.jpg", windows=True) == "trip/b.jpg"


def test_results_are_written_as_the_photos_come() -> None:
    out = io.StringIO()
    writing = SARIF.begin(out, heading())
    writing.photo(examination("a.jpg", finding()))
    assert json.loads(out.getvalue().splitlines()[-1])["ruleId"] == "gps-position"


@settings(deadline=None, max_examples=30)
@given(st.text(st.characters(), min_size=1, max_size=60), st.booleans())
def test_hostile_text_is_inert(words: str, reveal: bool) -> None:
    found = finding(
        words, Level.LOW, Evidence(Address(words), words), message=words, remedy=words, reason=words
    )
    together = home(message=words, why=(words,), evidence=(words,), fix=(words,), after=words)
    raw = written(SARIF, examination(words, found), collection=(together,), reveal=reveal)
    assert raw.isascii() and all(line.isprintable() for line in raw.split("\n"))
    check(json.loads(raw))


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        ("level", "high"),
        ("ruleIndex", 0),
        ("message/text", "see [here](https://example.org)"),
        ("locations/0/physicalLocation/artifactLocation/uri", "a b.jpg"),
        ("partialFingerprints/x", 1),
    ],
)
def test_the_checks_know_a_bad_log(path: str, wrong: object) -> None:
    log = json.loads(written(SARIF, examination("a.jpg", finding())))
    *steps, last = path.split("/")
    into = log["runs"][0]["results"][0]
    for step in steps:
        into = into[int(step) if step.isdigit() else step]
    into[last] = wrong
    with pytest.raises(AssertionError):
        check(log)
