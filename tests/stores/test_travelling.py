"""Members of a packed tar on their way to other processes: by their bytes, while these are few."""

from __future__ import annotations

import gzip
import hashlib
import os
from pathlib import Path

import pytest

from exposure.errors import MalformedFile
from exposure.source import FileSource
from exposure.stores import PackedStore
from exposure.workers import Work, worked
from tests.make.zips import tar_entry, tarred

FILES = {f"{n}.bin": bytes([n]) * (n * 1000) for n in range(1, 40)}


def looked(source: FileSource) -> tuple[int, str]:
    try:
        with source:
            return os.getpid(), hashlib.sha256(source.read(0, source.size)).hexdigest()
    except MalformedFile as error:
        return os.getpid(), error.message


def given_up(source: FileSource, why: str) -> tuple[int, str]:
    return 0, why


@pytest.mark.parametrize(("heavy", "too_heavy"), [(1 << 24, 1 << 26), (20_000, 30_000)])
def test_the_heaviest_stay_and_all_come_back_in_order(
    heavy: int, too_heavy: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("exposure.workers._HEAVY", heavy)
    monkeypatch.setattr("exposure.workers._TOO_HEAVY", too_heavy)
    (tmp_path / "a.tgz").write_bytes(
        gzip.compress(tarred(*(tar_entry(n.encode(), d) for n, d in FILES.items())))
    )
    sources = (s for s in PackedStore([tmp_path / "a.tgz"]).walk() if isinstance(s, FileSource))
    found = list(worked(sources, Work(looked, given_up), 2))
    assert [digest for _, digest in found] == [hashlib.sha256(d).hexdigest() for d in FILES.values()]
    here = [n for n, (process, _) in zip(FILES.values(), found, strict=True) if process == os.getpid()]
    assert bool(here) is (too_heavy == 30_000)
    assert len(here) < len(FILES) and not any(len(data) < 10_000 for data in here)
