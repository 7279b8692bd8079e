"""The workers as a whole process sees them: stopped from the keyboard, and cut off by the reader of the output."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.make.jpeg import comment, jpeg

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="only Linux tells which processes are left"
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("library")
    for n in range(3000):
        (folder / f"{n:04}.jpg").write_bytes(jpeg(comment(f"photo {n}")))
    return folder


def scan(library: Path) -> subprocess.Popen[str]:
    words = [sys.executable, "-m", "exposure", "scan", str(library), "--format", "json", "--jobs", "2"]
    return subprocess.Popen(
        words,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=_heed,
    )


def _heed() -> None:
    """Shells have what they start in the background ignore Ctrl-C, and so would its children."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def alive(group: int) -> list[str]:
    """The processes of that group that still run; dead ones that nobody has collected do not."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):  # it ended while we looked
            name, _, rest = status.read_text().rpartition(")")
            state, _, its_group = rest.split()[:3]
            if its_group == str(group) and state not in "ZX":
                found.append(name)
    return found


@pytest.mark.parametrize("moment", [0.25, 0.4, 0.8])
def test_ctrl_c_ends_it_with_one_sentence_and_no_process_stays(library: Path, moment: float) -> None:
    running = scan(library)
    time.sleep(moment)
    os.killpg(running.pid, signal.SIGINT)
    _, said = running.communicate(timeout=10)
    assert running.returncode == 130
    assert said == "exposure: stopped; your photos are as they were\n"
    time.sleep(0.5)
    assert alive(running.pid) == []


def test_a_reader_that_goes_away_ends_it_quietly(library: Path) -> None:
    running = scan(library)
    assert running.stdout is not None and running.stderr is not None
    running.stdout.read(100)
    running.stdout.close()
    assert running.wait(timeout=20) == 141
    assert running.stderr.read() == ""
    running.stderr.close()
