"""The workers as a whole process sees them: stopped from the keyboard, and cut off by the reader of the output."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
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


_BEGINNING = """
import sys

class Beginning:
    def find_spec(self, name, path=None, target=None):
        if name == "exposure.cli._run":
            print("begins", file=sys.stderr, flush=True)

sys.meta_path.insert(0, Beginning())
from exposure.cli import main
sys.exit(main(sys.argv[1:]))
"""
"""Says when the command line has begun. Before that only Python runs, which ends on Ctrl-C in its own way."""


def scan(library: Path) -> subprocess.Popen[str]:
    words = [sys.executable, "-c", _BEGINNING, "scan", str(library), "--format", "json", "--jobs", "2"]
    running = subprocess.Popen(
        words,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=_heed,
    )
    assert running.stderr is not None
    assert running.stderr.readline() == "begins\n"
    return running


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


def stopped(running: subprocess.Popen[str]) -> None:
    """Press Ctrl-C, and see how it ends."""
    os.killpg(running.pid, signal.SIGINT)
    _, said = running.communicate(timeout=30)
    assert (running.returncode, said) == (130, "exposure: stopped; your photos are as they were\n")
    wait_until(lambda: alive(running.pid) == [])


def wait_until(so: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not so():
        assert time.monotonic() < end
        time.sleep(0.01)


@pytest.mark.parametrize("seconds", [0, 0.05, 0.1, 0.2])
def test_ctrl_c_while_it_begins_ends_it_with_one_sentence(library: Path, seconds: float) -> None:
    running = scan(library)
    time.sleep(seconds)
    stopped(running)


@pytest.mark.parametrize("seconds", [0, 0.2])
def test_ctrl_c_while_workers_run_leaves_no_process(library: Path, seconds: float) -> None:
    running = scan(library)
    # Itself, the one that watches over shared things, and a worker.
    wait_until(lambda: len(alive(running.pid)) > 2)
    time.sleep(seconds)
    stopped(running)


def test_a_reader_that_goes_away_ends_it_quietly(library: Path) -> None:
    running = scan(library)
    assert running.stdout is not None and running.stderr is not None
    running.stdout.read(100)
    running.stdout.close()
    assert running.wait(timeout=20) == 141
    assert running.stderr.read() == ""
    running.stderr.close()
