"""``exposure check`` from end to end: words in, exit code out, and a commit that it stops."""

from __future__ import annotations

import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from exposure.cli import main
from exposure.examining import _OTHER_PHOTO_NAMES
from exposure.media import _EXTENSIONS, NOT_OPENED
from exposure.plugins import Format, discover
from tests.make.jpeg import comment, exif, jpeg
from tests.make.tiff import tiff

ROOT = Path(__file__).parent.parent
HERE = jpeg(exif(tiff(position=(51.501234, -0.141234))))
SERIAL = "QX7730915"

Check = Callable[..., tuple[int, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Check:
    """Run it where the photos are; the exit code, and all that it says on one line."""
    monkeypatch.chdir(tmp_path)

    def check(*words: str) -> tuple[int, str]:
        code = main(["check", *words])
        said = capsys.readouterr()
        return code, " ".join((said.out + said.err).split())

    return check


def serial(path: Path, number: int) -> None:
    """Photos that one camera took: same-device, medium."""
    path.write_bytes(jpeg(exif(tiff(BodySerialNumber=SERIAL)), comment(f"number {number}")))


def test_a_new_finding_is_told_with_the_command_that_mends_it(tmp_path: Path, run: Check) -> None:
    (tmp_path / "on the roof.jpg").write_bytes(HERE)
    code, said = run(".", "--baseline", "b.json", "--update-baseline")
    assert code == 0
    assert "Accepted from now on: 1 more finding. HIGH Exact place (1)" in said and said.endswith("b.json")
    (tmp_path / "new.jpg").write_bytes(HERE + b" ")
    code, said = run(".", "--baseline", "b.json")
    assert code == 1
    assert said.startswith("./new.jpg HIGH Exact place Anyone who gets this photo can put a pin")
    assert "exposure clean ./new.jpg --to clean-copies" in said
    assert "on the roof.jpg" not in said
    assert "1 new finding in 2 photos, 1 accepted before." in said
    assert said.endswith("exposure check . --baseline b.json --update-baseline")
    assert main(shlex.split(said.split("exposure ")[-1])) == 0  # the last line accepts it
    assert run(".", "--baseline", "b.json")[0] == 0


def test_the_named_clean_copy_passes(tmp_path: Path, run: Check) -> None:
    (tmp_path / "on the roof.jpg").write_bytes(HERE)
    _, said = run("on the roof.jpg")
    (command,) = re.findall(r"exposure (clean .*? --to clean-copies)", said)
    assert main(shlex.split(command)) == 0
    assert run("clean-copies")[0] == 0


def test_exit_codes(tmp_path: Path, run: Check) -> None:
    (tmp_path / "plain.jpg").write_bytes(jpeg())
    code, said = run("plain.jpg")
    assert code == 0 and "Nothing new at or above high in 1 photo. That does not mean safe." in said
    (tmp_path / "cut.jpg").write_bytes(jpeg()[:-20])
    code, said = run(".")
    assert code == 3 and "cut.jpg Could not be examined: " in said and "1 file could not be examined" in said
    (tmp_path / "here.jpg").write_bytes(HERE)
    assert run(".")[0] == 1
    assert run(".", "--fail-on", "critical")[0] == 3
    code, said = run("here.jpg", "--fail-on", "never")
    assert code == 0 and "nothing counts" in said and "Nothing new" not in said


@pytest.mark.parametrize(
    "words, why",
    [
        (["nowhere"], "there is nothing at nowhere"),
        (["a.jpg", "--with", "nowhere"], "there is nothing at nowhere"),
        (["a.jpg", "--baseline", "b.json"], "the baseline b.json is not there"),
        (["a.jpg", "--baseline", "a.jpg"], "a.jpg is not a baseline"),
        (["a.jpg", "--baseline", "a.jpg", "--update-baseline"], "a.jpg is not a baseline"),
        (["a.jpg", "--baseline", "report.json", "--update-baseline"], "exposure check did not write it"),
        (["a.jpg", "--baseline", "no/b.json", "--update-baseline"], "cannot be written"),
        (["a.jpg", "--update-baseline"], "--baseline FILE"),
        (["a.jpg", "--reveal"], "does not know what to do with --reveal"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    words: list[str], why: str, tmp_path: Path, run: Check
) -> None:
    (tmp_path / "a.jpg").write_bytes(HERE)
    (tmp_path / "report.json").write_text('{"schema": "exposure/1"}')
    code, said = run(*words)
    assert code == 2 and why in said
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {
        "a.jpg": HERE,
        "report.json": b'{"schema": "exposure/1"}',
    }


def test_every_byte_is_looked_at(tmp_path: Path, run: Check) -> None:
    """A preview of something else is seen only when the picture is drawn, which scan leaves out above 1 MB."""
    shown, other = io.BytesIO(), io.BytesIO()
    picture = Image.linear_gradient("L").resize((640, 480))
    picture.save(shown, "JPEG")
    Image.radial_gradient("L").resize((160, 120)).save(other, "JPEG")
    large = (
        shown.getvalue()[:2]
        + exif(tiff(thumbnail=other.getvalue()))
        + shown.getvalue()[2:]
        + bytes(1_000_000)
    )
    (tmp_path / "large.jpg").write_bytes(large)
    assert main(["scan", "large.jpg"]) == 0
    code, said = run("large.jpg")
    assert code == 1 and "A hidden preview that shows a different picture" in said


def test_only_an_update_writes(tmp_path: Path, run: Check) -> None:
    (tmp_path / "a.jpg").write_bytes(HERE)
    run("a.jpg", "--baseline", "b.json", "--update-baseline")
    before = (tmp_path / "b.json").read_bytes()
    (tmp_path / "c.jpg").write_bytes(HERE + b" ")
    (tmp_path / "a.jpg").unlink()
    run(".", "--baseline", "b.json")
    assert (tmp_path / "b.json").read_bytes() == before
    assert {p.name for p in tmp_path.iterdir()} == {"b.json", "c.jpg"}


def test_what_is_gone_is_counted_with_the_command_that_drops_it(tmp_path: Path, run: Check) -> None:
    for n in range(3):
        (tmp_path / f"{n}.jpg").write_bytes(HERE + b" " * n)
    run(".", "--baseline", "b.json", "--update-baseline")
    for n in range(3):
        (tmp_path / f"{n}.jpg").unlink()
    code, said = run(".", "--baseline", "b.json", "--profile", "survivor")
    assert code == 0
    assert "3 accepted findings are gone. This drops them:" in said
    assert said.endswith("exposure check . --baseline b.json --profile survivor --update-baseline")
    code, said = run(".", "--baseline", "b.json", "--update-baseline")
    assert code == 0 and "Dropped, because gone: 3 findings." in said
    assert json.loads((tmp_path / "b.json").read_text())["findings"] == {}


def test_a_new_photo_is_named_that_completes_what_many_tell(tmp_path: Path, run: Check) -> None:
    """As a hook is given it: only the new file, with the others beside it."""
    serial(tmp_path / "old.jpg", 1)
    base = ("--baseline", "b.json", "--with", ".", "--fail-on", "medium")
    assert run(".", *base, "--update-baseline")[0] == 0
    assert run("old.jpg", *base)[0] == 0
    serial(tmp_path / "new.jpg", 2)
    code, said = run("new.jpg", *base)
    assert code == 1
    assert "With new.jpg these photos now tell this; without it they would not:" in said
    assert "MEDIUM Photos of one device (likely) 2 photos carry the same serial number" in said
    assert (
        said.count("exposure clean new.jpg --to clean-copies") == 2
    )  # of its own number, and of both together
    assert "--fail-on medium --with . --update-baseline" in said
    assert run("new.jpg", *base, "--update-baseline")[0] == 0
    assert run(".", *base)[0] == 0


def test_no_value_is_told_and_names_are_made_harmless(tmp_path: Path, run: Check) -> None:
    name = "\x1b[31m\u202e.jpg" if os.name != "nt" else "\u202e.jpg"
    secret = jpeg(
        exif(tiff(position=(51.501234, -0.141234), Artist="Zebedee Quillfeather", BodySerialNumber=SERIAL))
    )
    (tmp_path / name).write_bytes(secret)
    code, said = run(".", "--fail-on", "info")
    assert code == 1 and "A name and an exact place together" in said
    for value in ("51.5", "0.14", "Zebedee", "Quillfeather", "Z. Q.", SERIAL, SERIAL[-4:], "\x1b", "\u202e"):
        assert value not in said


def test_the_hook_is_given_all_that_exposure_knows() -> None:
    text = (ROOT / ".pre-commit-hooks.yaml").read_text("utf-8")
    (pattern,) = re.findall(r"^  files: '(.*)'$", text, re.M)
    known = {e for f in discover("formats", Format) for e in f.extensions} | {
        *_OTHER_PHOTO_NAMES,
        *(extension for extension, kind in _EXTENSIONS.items() if kind != NOT_OPENED),
    }
    for extension in known - {".svg"}:
        assert re.search(pattern, f"photos/a{extension}") and re.search(pattern, f"A{extension.upper()}")
    for other in ("a.svg", "README.md", "jpg", "a.jpg.txt", "tests/make/heif.py"):
        assert not re.search(pattern, other)
    assert "\n  entry: exposure check\n" in text and "\n  require_serial: true\n" in text
    assert not re.search(r"[^\x00-\x7f]|\t", text)


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_a_commit_hook_stops_what_is_new_and_lets_pass_what_was_accepted(tmp_path: Path) -> None:
    """As pre-commit does it: the names of the files to be committed follow the entry and its options."""
    photos = tmp_path / "photos"
    photos.mkdir()
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith("GIT_")},
        **dict.fromkeys(("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"), "A"),
        **dict.fromkeys(("GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"), "a@example.org"),
        **dict.fromkeys(("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"), os.devnull),
        "PYTHONPATH": str(ROOT),
    }

    def git(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["git", *words],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    assert git("init", "-q").returncode == 0
    hook = tmp_path / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(
        "#!/bin/sh\ngit diff --cached --name-only --diff-filter=ACMR -z -- '*.jpg' | xargs -0 "
        f"{shlex.quote(Path(sys.executable).as_posix())} -m exposure check --baseline accepted.json --with photos\n",
        newline="\n",
    )
    hook.chmod(0o755)
    (photos / "accepted.jpg").write_bytes(HERE)
    check = [sys.executable, "-m", "exposure", "check", "photos", "--baseline", "accepted.json"]
    subprocess.run(
        [*check, "--update-baseline"], cwd=tmp_path, env=environment, check=True, capture_output=True
    )
    git("add", ".")
    assert git("commit", "-m", "accepted").returncode == 0
    (photos / "plain one.jpg").write_bytes(jpeg())
    (photos / "new one.jpg").write_bytes(HERE + b" ")
    git("add", ".")
    stopped = git("commit", "-m", "new")
    assert stopped.returncode != 0
    said = stopped.stdout + stopped.stderr
    listed = [line for line in said.splitlines() if line.startswith("photos/")]
    assert listed == ["photos/new one.jpg"]
    assert "exposure clean 'photos/new one.jpg' --to clean-copies" in said
    (photos / "new one.jpg").unlink()
    git("mv", "photos/accepted.jpg", "photos/renamed.jpg")
    git("add", "-A")
    assert git("commit", "-m", "clean").returncode == 0
    assert len(git("log", "--format=%s").stdout.split()) == 2
