"""The command line from end to end: words in, exit code out, a report on stdout and talk on stderr."""

from __future__ import annotations

import io
import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

import pytest

from exposure import __version__
from exposure.cli import main
from exposure.errors import CannotRun
from exposure.model import Examination, Examined, Level, Settings
from exposure.plugins import Combination, Inference, Rule, Writing, discover, modules
from exposure.running import Outcome
from tests.make.examinations import broken, examination, finding
from tests.make.jpeg import exif, jpeg
from tests.make.tiff import tiff

ROOT = Path(__file__).parent.parent


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "beach.jpg"
    path.write_bytes(jpeg(exif(tiff(Make="Acme", position=(51.5, -0.1)))))
    return path


@pytest.fixture
def harmless(tmp_path: Path) -> Path:
    path = tmp_path / "plain.jpg"
    path.write_bytes(jpeg())
    return path


Scanned = Callable[..., None]


@pytest.fixture
def scanned(monkeypatch: pytest.MonkeyPatch) -> Scanned:
    """Make every scan find these photos, without reading a file."""

    def into(*photos: Examination, trouble: BaseException | None = None) -> None:
        def scan(
            paths: Sequence[Path | str],
            settings: Settings,
            jobs: int,
            writing: Writing,
            progress: Callable[[int, int | None], None] | None = None,
            after: bool = False,
            **more: Any,
        ) -> Outcome:
            for each in photos:
                writing.photo(each)
            if trouble is not None:
                raise trouble
            writing.end(())
            gates = [f.gate for p in photos for f in p.findings]
            unread = sum(p.examined in (Examined.PARTIAL, Examined.NONE) for p in photos)
            return Outcome(len(photos), max(gates, default=None), unread)

        monkeypatch.setattr("exposure.scanning.scan", scan)

    return into


def python(*words: str, **options: Any) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, *words], cwd=ROOT, capture_output=True, check=False, timeout=60, **options
    )


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"exposure {__version__}\n"


def test_version_imports_nothing_heavy() -> None:
    code = (
        "import sys; before = set(sys.modules); from exposure.cli import main; main(['--version']);"
        "print(sorted(set(sys.modules) - before))"
    )
    assert python("-c", code).stdout.split(b"\n")[1].strip() == b"['__future__', 'exposure', 'exposure.cli']"


def test_json_never_imports_rich(photo: Path) -> None:
    code = (
        "import sys; from exposure.cli import main; main(['scan', '--format', 'json', sys.argv[1]]);"
        "sys.exit('rich' in sys.modules)"
    )
    assert python("-c", code, str(photo)).returncode == 0


def test_no_words_show_what_can_be_done(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    shown = capsys.readouterr().out
    assert all(f"\n    {command} " in shown for command in ("scan", "show", "rules", "demo"))


@pytest.mark.parametrize(
    "words",
    [
        ["scan"],
        ["scan", "a.jpg", "--format", "nonsense"],
        ["nonsense"],
        ["scan", "x", "--jobs", "-1"],
        ["--bad"],
    ],
)
def test_wrong_words_are_exit_code_two(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    captured = capsys.readouterr()
    assert captured.err.startswith("usage: exposure") and captured.out == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["scna", "x"], "did you mean scan?"),
        (["nonsense"], "choose one of scan, show, clean"),
        ([str(ROOT)], f"exposure scan {ROOT}"),
        (["scan", "a.jpg", "--nonsense"], "see exposure scan --help"),
        (["scan", "a.jpg", "--jobs", "many"], "from 0 to 256"),
        (["--reveal"], "name a command before --reveal"),
        (["help", "scna"], "did you mean scan?"),
    ],
)
def test_complaints_say_what_would_be_right(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(("words", "like"), [(["help"], ["--help"]), (["help", "scan"], ["scan", "--help"])])
def test_help_is_understood_as_a_word(
    words: list[str], like: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 0
    said = capsys.readouterr().out
    assert main(like) == 0 and capsys.readouterr().out == said


def test_hostile_words_are_harmless_in_complaints(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "a.jpg", "--\x1b[2J\n\u202ename"]) == 2
    shown = capsys.readouterr().err
    assert "\x1b" not in shown and "\u202e" not in shown and "\\x1b[2J" in shown


def test_scan_of_a_photo_with_a_place(photo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scan", str(photo), "--format", "json"]) == 1
    (record,) = json.loads(capsys.readouterr().out)["photos"]
    assert record["path"] == str(photo)
    assert "gps-position" in [f["rule"] for f in record["findings"]]
    assert record["facts"]["places"][0]["latitude"] == 51.5


def test_scan_for_people(photo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scan", str(photo)]) == 1
    captured = capsys.readouterr()
    assert "exposure looked at 1 photo in" in captured.out and "What to do" in captured.out
    assert captured.err == ""


def test_scan_of_a_photo_without_anything(harmless: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scan", str(harmless)]) == 0
    assert "No findings does not mean safe." in capsys.readouterr().out


@pytest.mark.parametrize("reveal", [True, False])
def test_reveal(reveal: bool, photo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    photo.write_bytes(jpeg(exif(tiff(position=(51.501234, -0.1)))))
    main(["scan", str(photo), "--format", "json", *(["--reveal"] if reveal else [])])
    report = capsys.readouterr().out
    assert ("51.501" in report) is reveal
    assert json.loads(report)["context"]["revealed"] is reveal


def test_the_context_is_what_the_words_say(photo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--profile", "survivor", "--persona", "pseudonymous", "--audience", "friends"]
    main(["scan", str(photo), "--format", "json", *words, "--destination", "flickr"])
    assert json.loads(capsys.readouterr().out)["context"] == {
        "profile": "survivor",
        "persona": "pseudonymous",
        "audience": "friends",
        "destination": "flickr",
        "revealed": False,
    }


@pytest.mark.parametrize(
    ("fail_on", "gate", "code"),
    [
        ("high", Level.HIGH, 1),
        ("high", Level.MEDIUM, 0),
        ("medium", Level.MEDIUM, 1),
        ("critical", Level.HIGH, 0),
        ("info", Level.INFO, 1),
        ("never", Level.CRITICAL, 0),
    ],
)
def test_exit_codes_look_at_the_gate(
    fail_on: str, gate: Level, code: int, scanned: Scanned, harmless: Path
) -> None:
    scanned(examination("a.jpg", finding("x", Level.INFO, gate=gate)))
    assert main(["scan", str(harmless), "--fail-on", fail_on]) == code


def test_what_could_not_be_examined_is_exit_code_three(scanned: Scanned, harmless: Path) -> None:
    trouble = broken("a.jpg", "it breaks off")
    scanned(trouble)
    assert main(["scan", str(harmless)]) == 3
    assert main(["scan", str(harmless), "--fail-on", "never"]) == 3
    scanned(trouble, examination("b.jpg", finding()))
    assert main(["scan", str(harmless)]) == 1


@pytest.mark.parametrize("command", ["scan", "show"])
def test_a_missing_path_is_exit_code_two(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "nowhere\x1b[2J"]) == 2
    captured = capsys.readouterr()
    assert captured.err == "exposure: there is nothing at nowhere\\x1b[2J\n" and captured.out == ""


def test_a_missing_path_after_a_good_one_leaves_no_half_report(
    photo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["scan", str(photo), "nowhere", "--format", "json"]) == 2
    assert capsys.readouterr().out == ""


def test_an_unknown_destination_is_exit_code_two(photo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scan", str(photo), "--destination", "nonsense"]) == 2
    assert "nonsense" in capsys.readouterr().err


def test_ctrl_c(scanned: Scanned, harmless: Path, capsys: pytest.CaptureFixture[str]) -> None:
    scanned(trouble=KeyboardInterrupt())
    assert main(["scan", str(harmless)]) == 130
    assert capsys.readouterr().err.count("\n") == 1


def test_our_own_mistakes_never_look_like_a_finding(
    scanned: Scanned, harmless: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scanned(trouble=KeyError("\x1b[2JAnna"))
    assert main(["scan", str(harmless)]) == 2
    said = capsys.readouterr().err
    assert "mistake in exposure itself" in said and "KeyError" in said and "\x1b" not in said
    assert "in _own_mistake" not in said and "line " in said and "Anna" not in said


@pytest.mark.skipif(sys.platform == "win32", reason="pipes close in another way")
def test_a_closed_pipe_ends_quietly(photo: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as closed:
        ended = subprocess.run(
            [sys.executable, "-m", "exposure", "scan", str(photo), "--format", "json"],
            cwd=ROOT,
            stdout=closed,
            stderr=subprocess.PIPE,
            check=False,
            timeout=60,
        )
    assert (ended.returncode, ended.stderr) == (141, b"")


def test_any_encoding_of_stdout_will_do(photo: Path) -> None:
    strange = photo.with_name("caf\u00e9 \u6771\u4eac.jpg")
    photo.rename(strange)
    ended = python("-m", "exposure", "scan", str(strange), env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert ended.returncode == 1 and ended.stderr == b""
    assert ended.stdout.isascii() and b"caf\\xe9" in ended.stdout


def test_stdout_need_not_be_a_text_wrapper(photo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.StringIO()
    monkeypatch.setattr(sys, "stdout", out)
    assert main(["scan", str(photo)]) == 1
    assert "exposure looked at" in out.getvalue()


def test_jobs_do_not_change_the_report(photo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for n in range(3):
        (photo.parent / f"{n}.jpg").write_bytes(photo.read_bytes())
    reports = []
    for jobs in ("1", "2"):
        main(["scan", str(photo.parent), "--format", "json", "--jobs", jobs])
        reports.append(capsys.readouterr().out)
    assert reports[0] == reports[1] and len(json.loads(reports[0])["photos"]) == 4


class TestOutput:
    def test_a_report_is_written_for_its_owner_alone(
        self, photo: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        report = photo.parent / "new" / "report.json"
        report.parent.mkdir()
        assert main(["scan", str(photo), "--format", "json", "-o", str(report)]) == 1
        assert len(json.loads(report.read_text("utf-8"))["photos"]) == 1
        captured = capsys.readouterr()
        assert captured.out == "" and captured.err.startswith("The report is in ")
        assert [p.name for p in report.parent.iterdir()] == ["report.json"]
        if sys.platform != "win32":
            assert stat.S_IMODE(report.stat().st_mode) == 0o600

    def test_an_earlier_report_is_replaced(self, photo: Path) -> None:
        report = photo.parent / "report.txt"
        report.write_text("exposure looked at 3 photos.\n", "utf-8")
        assert main(["scan", str(photo), "-o", str(report)]) == 1
        assert "1 photo" in report.read_text("utf-8")

    def test_a_photo_is_never_replaced(self, photo: Path, capsys: pytest.CaptureFixture[str]) -> None:
        before = photo.read_bytes()
        assert main(["scan", str(photo), "-o", str(photo)]) == 2
        assert photo.read_bytes() == before
        assert "name another file" in capsys.readouterr().err

    @pytest.mark.parametrize(
        "content",
        [
            b"\0\0\0\x18ftypmp42" + bytes(40),
            b"<svg xmlns='x'/>",
            b"\xff\xfe",
            b"Dear diary,\n",
            b'{"photos": []}',
            b"<!DOCTYPE html>\n<title>Holidays</title>",
        ],
        ids=["video", "drawing", "no text", "diary", "list of an archive", "page"],
    )
    def test_nothing_else_of_value_is_replaced_either(self, content: bytes, photo: Path) -> None:
        target = photo.parent / "thing.svg"
        target.write_bytes(content)
        assert main(["scan", str(photo), "-o", str(target)]) == 2
        assert target.read_bytes() == content

    @pytest.mark.parametrize("format", modules("reports"))
    def test_every_kind_of_report_is_known_again(self, format: str, photo: Path) -> None:
        target = photo.parent / "report"
        target.touch()
        for _ in range(2):
            assert main(["scan", str(photo), "--format", format, "-o", str(target)]) == 1
        assert target.stat().st_size

    def test_a_folder_is_refused(self, photo: Path) -> None:
        assert main(["scan", str(photo), "-o", str(photo.parent)]) == 2

    @pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
    def test_a_link_is_refused_even_to_nothing(self, photo: Path) -> None:
        link = photo.parent / "link.txt"
        link.symlink_to(photo.parent / "elsewhere.txt")
        assert main(["scan", str(photo), "-o", str(link)]) == 2
        assert not (photo.parent / "elsewhere.txt").exists()

    def test_a_folder_that_is_not_there(self, photo: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["scan", str(photo), "-o", str(photo.parent / "no" / "report.txt")]) == 2
        assert capsys.readouterr().err.startswith("exposure: cannot write into ")

    def test_a_scan_that_fails_leaves_no_file(self, scanned: Scanned, harmless: Path) -> None:
        scanned(examination("a.jpg"), trouble=CannotRun("the disk is gone"))
        folder = harmless.parent / "reports"
        folder.mkdir()
        (folder / "old.json").write_text("{}", "utf-8")
        assert main(["scan", str(harmless), "--format", "json", "-o", str(folder / "old.json")]) == 2
        assert [(p.name, p.read_text("utf-8")) for p in folder.iterdir()] == [("old.json", "{}")]


class TestShow:
    def test_everything_in_one_file(self, photo: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["show", str(photo)]) == 0
        shown = capsys.readouterr().out
        assert "Byte map" in shown and "APP1, EXIF" in shown and "EXIF:IFD0:Make = Acme" in shown
        assert "HIGH: Exact place (gps-position)" in shown
        assert "What ExifRead, a second reader, makes of it" in shown and "Image Make = Acme" in shown

    def test_values_are_masked_unless_revealed(self, photo: Path, capsys: pytest.CaptureFixture[str]) -> None:
        photo.write_bytes(jpeg(exif(tiff(Artist="Anna Schmidt", position=(51.501234, -0.1)))))
        main(["show", str(photo)])
        masked = capsys.readouterr().out
        main(["show", str(photo), "--reveal"])
        revealed = capsys.readouterr().out
        for value in ("Anna Schmidt", "51.501"):
            assert value not in masked and value in revealed

    def test_a_folder_is_exit_code_two(self, tmp_path: Path) -> None:
        assert main(["show", str(tmp_path)]) == 2


class TestRules:
    def test_all_rules_are_listed(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("COLUMNS", "200")
        assert main(["rules"]) == 0
        listed = capsys.readouterr().out
        every = (
            *discover("rules", Rule),
            *discover("rules", Combination),
            *discover("inferences", Inference),
        )
        assert every and all(f"  {rule.id}" in listed and rule.title in listed for rule in every)
        assert listed.index("Where can I be found?") < listed.index("What is in my files that I cannot see?")

    def test_every_rule_has_its_page(self, capsys: pytest.CaptureFixture[str]) -> None:
        every = (
            *discover("rules", Rule),
            *discover("rules", Combination),
            *discover("inferences", Inference),
        )
        for rule in every:
            assert main(["rules", rule.id]) == 0
            page = capsys.readouterr().out
            assert page.startswith(f"{rule.title} ({rule.id})\n")
            assert f"Level: {rule.level.word}." in page and "\nWhy it matters\n" in page
            assert not any("  " in line.strip() for line in page.split("\n"))

    def test_a_page_names_the_command_that_helps(self, capsys: pytest.CaptureFixture[str]) -> None:
        for words, command in {
            "gps-position": "\n    exposure clean FILE --to DIR\n",
            "date-in-name": "\n    exposure clean --rename FILE --to DIR\n",
            "same-device": "\n    exposure clean FILE --to DIR\n",
        }.items():
            main(["rules", words])
            assert f"{command}\nWhat that does not do\n" in capsys.readouterr().out
        main(["rules", "sidecar-position"])
        assert "\n    exposure clean" not in capsys.readouterr().out

    def test_a_page_is_wrapped_and_its_references_are_not(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("COLUMNS", "60")
        main(["rules", "gps-position"])
        lines = capsys.readouterr().out.split("\n")
        assert all(len(line) <= 60 or " " not in line.strip() for line in lines)
        assert any(line.startswith("    https://") for line in lines)
        assert "What that does not do" in lines

    def test_an_unknown_rule_is_exit_code_two_with_a_hint(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["rules", "gps-positon"]) == 2
        assert "did you mean gps-position" in capsys.readouterr().err
        assert main(["rules", "time"]) == 2
        assert "capture-time" in capsys.readouterr().err
        assert main(["rules", "\x1b"]) == 2
        assert "exposure rules lists them all" in capsys.readouterr().err

    def test_a_rule_is_found_by_its_heading_too(self, capsys: pytest.CaptureFixture[str]) -> None:
        for words in (["exact", "place"], ["Exact place"], ["exact place of what"]):
            assert main(["rules", *words]) == 0
        assert capsys.readouterr().out.count("(gps-position)\n") == 2


class TestDemo:
    def test_the_demo_writes_photos_and_reports_on_them(
        self,
        tmp_path: Path,
        scanned: Scanned,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        def write(folder: Path) -> int:
            folder.mkdir()
            return 3

        monkeypatch.setattr("exposure.demo.write", write)
        scanned(examination("a.jpg", finding()))
        assert main(["demo", str(tmp_path / "photos")]) == 0
        captured = capsys.readouterr()
        assert captured.err.startswith("Wrote 3 invented photos into ")
        assert "exposure looked at 1 photo in" in captured.out

    def test_a_folder_in_use_is_exit_code_two(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        def write(folder: Path) -> NoReturn:
            raise CannotRun(f"{folder} is not empty")

        monkeypatch.setattr("exposure.demo.write", write)
        assert main(["demo", str(tmp_path)]) == 2
        assert "is not empty" in capsys.readouterr().err


def test_ctrl_c_while_cleaning_never_says_that_nothing_was_touched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stopped(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr("exposure.cleaning.files.clean", stopped)
    assert main(["clean", str(tmp_path), "--to", str(tmp_path) + "-clean"]) == 130
    said = capsys.readouterr().err
    assert "no photo is lost" in said and "as they were" not in said
