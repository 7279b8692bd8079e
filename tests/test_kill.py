"""A short version of `tests.kill`: runs that are killed lose nothing."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

ROOT = os.path.dirname(os.path.dirname(__file__))  # noqa: PTH120

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")


def killing(*words: str) -> str:
    """What `tests.kill` prints, in a process without threads, since it forks."""
    ended = subprocess.run(
        [sys.executable, "-m", "tests.kill", *words], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


def test_a_process_that_is_killed_before_any_call_to_the_disk_loses_nothing() -> None:
    same, renamed = killing("--steps").splitlines()
    assert int(same.split()[0]) > 30
    assert int(renamed.split()[0]) > 30


def test_runs_that_are_killed_at_random_moments_lose_nothing() -> None:
    _, *rows = killing("--runs", "8", "--seed", "7").splitlines()
    assert sum(int(number) for row in rows for number in row.split()[-4:]) == 8
