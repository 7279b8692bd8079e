from __future__ import annotations

import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from exposure.archives import _records, _streaming, _tables
from exposure.archives._records import entries, loaded, moment, records, rows
from exposure.model import Examination
from exposure.stores import FolderStore


def store(at: Path, data: bytes | str) -> FolderStore:
    (at / "a").write_bytes(data.encode() if isinstance(data, str) else data)
    return FolderStore(at)


def split(found: list[Any]) -> tuple[list[Any], str]:
    """The good ones, and what is said last."""
    if found and isinstance(found[-1], Examination):
        return found[:-1], found[-1].problems[0].message
    return found, ""


def all_records(at: Path, data: bytes | str) -> tuple[list[Any], str]:
    return split(list(records(store(at, data), "a")))


def all_rows(at: Path, data: bytes | str) -> tuple[list[Any], str]:
    return split(list(rows(store(at, data), "a")))


def peak(of: Any) -> int:
    tracemalloc.start()
    try:
        of()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("written", ["0001-01-01T00:00:00+05:00", "9999-12-31T23:59:59-05:00"])
def test_a_time_at_the_end_of_all_years_is_none(written: str) -> None:
    assert moment(written) == ""
    assert moment("2024-05-04T12:11:12+02:00") == "2024-05-04T10:11:12Z"


def test_a_number_longer_than_any_real_one_costs_nothing_but_itself(tmp_path: Path) -> None:
    data = f'[{{"id": {"9" * 5000}}}, {{"id": 2}}]'
    assert all_records(tmp_path, data) == ([{"id": None}, {"id": 2}], "")
    assert loaded(store(tmp_path, data), "a") == [{"id": None}, {"id": 2}]


def test_lists_may_be_in_utf_16(tmp_path: Path) -> None:
    assert all_records(tmp_path, 'x = [{"a": "é🌊"}]'.encode("utf-16")) == ([{"a": "é🌊"}], "")
    assert all_rows(tmp_path, "a,b\r\né,2\r\n".encode("utf-16")) == ([{"a": "é", "b": "2"}], "")


def test_a_long_list_or_table_is_never_in_memory_at_once(tmp_path: Path) -> None:
    one = {"id": 1, "words": "é" * 90}
    some = store(tmp_path, json.dumps({"other": [one] * 40_000, "wanted": [one] * 40_000}))
    assert peak(lambda: sum(1 for _ in entries(some, "a", "wanted".__eq__))) < 8 << 20
    some = store(tmp_path, "id,words\n" + f"1,{'x' * 90}\n" * 80_000)
    assert peak(lambda: sum(1 for _ in rows(some, "a"))) < 8 << 20


def test_an_entry_that_would_fill_the_memory_is_not_read(tmp_path: Path) -> None:
    data = f'[{{"id": 1}}, [{"[]," * 3_000_000}0]]'
    found: list[Any] = []
    assert peak(lambda: found.extend(all_records(tmp_path, data))) < 300 << 20
    assert found[0] == [{"id": 1}] and "longer than any real one" in found[1]
    assert "longer than any real one" in loaded(store(tmp_path, data), "a").problems[0].message


def test_a_table_without_end_is_read_to_where_it_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_tables, "MOST_VALUE", 100)
    for rest in ("," * 200, '"' + "x" * 200, '"\n' * 101, '"",\n' * 2 + '"' + "a\n" * 60):
        found, said = all_rows(tmp_path, f"a,b\n1,2\n{rest}\n3,4\n")
        assert found[0] == {"a": "1", "b": "2"} and "this table" in said


def test_entries_beyond_the_most_are_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (_records, _streaming, _tables):
        monkeypatch.setattr(module, "MOST_RECORDS", 3)
    assert all_records(tmp_path, "[1, 2]") == ([1, 2], "")
    found, said = all_records(tmp_path, "[1, 2, 3, 4]")
    assert found == [1, 2, 3] and "the rest was not read" in said
    assert "the rest was not read" in all_rows(tmp_path, "a\n1\n2\n3\n4\n")[1]


def test_a_quotation_mark_that_is_never_closed_is_said(tmp_path: Path) -> None:
    found, said = all_rows(tmp_path, 'id,title\n1,x\n2,"open\n3,y\n4,z\n')
    assert found[0] == {"id": "1", "title": "x"} and "never closed" in said
    for whole in ('id,title\n1,"two\nlines"\n', 'id,title\n1,"end"', "id,title\n", "id,title\n1,x\n\n\n", ""):
        assert all_rows(tmp_path, whole)[1] == ""


def test_a_key_that_nobody_wants_is_gone_past_part_by_part(tmp_path: Path) -> None:
    some = store(tmp_path, json.dumps({"x": {"y": [1, {"wanted": [0]}]}, "n": None, "wanted": {"b": 1}}))
    assert list(entries(some, "a", "wanted".__eq__)) == [{"b": 1}]
    assert next(entries(some, "a", "none".__eq__, alone=True))["n"] is None
    found, said = split(list(entries(some, "a", "none".__eq__)))
    assert not found and "none of the lists" in said
