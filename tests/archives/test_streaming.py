from __future__ import annotations

import json
import tracemalloc
from pathlib import Path
from random import Random
from typing import Any

import pytest

from exposure.archives import _streaming
from exposure.archives._streaming import walked
from exposure.errors import MalformedFile
from exposure.source import FileSource


def read(at: Path, data: bytes | str) -> list[tuple[_streaming.Path, Any]]:
    at = at / "a.json"
    at.write_bytes(data.encode() if isinstance(data, str) else data)
    with FileSource(at) as source:
        return list(walked(source, lambda path: len(path) < 2))


def test_what_is_opened_comes_piece_by_piece_and_the_rest_whole(tmp_path: Path) -> None:
    found = read(tmp_path, '\ufeff{"a": [1, {"b": [2]}], "c": "d", "e": {}, "f": {"g": null}}')
    assert found == [(("a", 0), 1), (("a", 1), {"b": [2]}), (("c",), "d"), (("f", "g"), None)]


def test_it_does_not_matter_where_the_pieces_of_the_file_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = Random(1)
    value = {
        "name": "Café 🌊\u2028",
        "list": [{"n": rng.randrange(10**9), "words": "é\n\\x41" * rng.randrange(9)} for _ in range(50)],
        "numbers": [1234567, -1.5e300, 0],
    }
    whole = read(tmp_path, json.dumps(value, ensure_ascii=False))
    for length in (1, 2, 3, 7, 64):
        monkeypatch.setattr(_streaming, "_PIECE", length)
        assert read(tmp_path, json.dumps(value, ensure_ascii=False)) == whole
        assert read(tmp_path, json.dumps(value, ensure_ascii=True, indent=1)) == whole


def test_an_escape_that_is_none_is_mended_and_backslashes_are_left(tmp_path: Path) -> None:
    assert read(tmp_path, r'{"a": "bell \x07, path C:\\x41 \u00e9"}') == [
        (("a",), "bell \x07, path C:\\x41 é")
    ]


@pytest.mark.parametrize(
    "data",
    [
        "",
        "[1, 2",
        '{"a": [1, 2,',
        '{"a" 1}',
        '{"a": [1, nothing]}',
        r'{"a": "\q"}',
        '{"a": {1: 2}}',
        "[" * 3 + "[" * 100_000,
    ],
)  # fmt: skip
def test_damage_is_said_after_what_is_good(tmp_path: Path, data: str) -> None:
    with pytest.raises(MalformedFile):
        read(tmp_path, data)


def test_what_stands_before_the_damage_was_given(tmp_path: Path) -> None:
    at = tmp_path / "a.json"
    at.write_text('[{"a": 1}, {"b": 2}, {"c"')
    with FileSource(at) as source:
        each = walked(source, lambda path: not path)
        assert [next(each), next(each)] == [((0,), {"a": 1}), ((1,), {"b": 2})]
        with pytest.raises(MalformedFile):
            next(each)


def test_memory_does_not_grow_with_the_list(tmp_path: Path) -> None:
    at = tmp_path / "a.json"
    with at.open("w") as file:
        file.write('{"messages": [')
        file.writelines(json.dumps({"id": n, "text": "words " * 20}) + ",\n" for n in range(60_000))
        file.write("0]}")
    with FileSource(at) as source:
        tracemalloc.start()
        count = sum(1 for _ in walked(source, lambda path: len(path) < 2))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert count == 60_001 and at.stat().st_size > 8_000_000
    assert peak < 6_000_000
