"""ExifTool, an independent reader, over every sample that the tests make and over the demo: what it sees, we see."""

from __future__ import annotations

import importlib
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from exposure.demo import write
from exposure.plugins import modules
from tests.truth import expected, found, holds, photo, positions

pytestmark = [
    pytest.mark.exiftool,
    pytest.mark.skipif(
        shutil.which("exiftool") is None,
        reason="ExifTool is not installed: the comparison with it was not made",
    ),
]


@pytest.fixture(scope="module")
def truth(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Path, dict[str, Any]]]:
    folder = tmp_path_factory.mktemp("samples")
    for module in modules("formats"):
        for number, data in enumerate(
            importlib.import_module(f"tests.formats.test_{module}").SAMPLES.values()
        ):
            (folder / f"{module}{number}").write_bytes(data)
    write(folder / "demo")
    told = subprocess.run(
        ["exiftool", "-json", "-n", "-G1", "-a", "-struct", "-r", "-ext", "*", str(folder)],
        capture_output=True,
        check=False,
    )
    return [(Path(r["SourceFile"]), r) for r in json.loads(told.stdout.decode("utf-8", "replace"))]


def test_it_sees_the_same_positions(truth: list[tuple[Path, dict[str, Any]]]) -> None:
    compared = 0
    for path, record in truth:
        seen = photo(path)
        if seen is None:
            continue
        for latitude, longitude in positions(record):
            compared += 1
            assert any(
                abs((p.latitude or 99) - latitude) < 1e-5 and abs((p.longitude or 199) - longitude) < 1e-5
                for p in seen.facts.places
            ), path.name
    assert compared >= 25


def test_it_sees_the_same_values(truth: list[tuple[Path, dict[str, Any]]]) -> None:
    compared = 0
    for path, record in truth:
        seen = photo(path)
        if seen is None:
            continue
        ours = found(seen)
        for kind, tag, value in expected(record):
            compared += 1
            assert holds(kind, value, ours[kind]), (path.name, tag, value)
    assert compared >= 80
