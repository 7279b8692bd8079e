"""Accounts, posts and ticks on the command line: what is scanned, what is remembered, and how it is forgotten."""

from __future__ import annotations

import json
import stat
import sys
from pathlib import Path
from typing import Any

import pytest

from exposure.cli import main
from exposure.ticks import FILE, SCHEMA, kept, mark
from tests.archives.exports import every, folder, zipped


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """The small life on Flickr, as a folder."""
    found = next(each for each in every() if each.service == "flickr")
    return folder(found, tmp_path / "export")


@pytest.fixture
def private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The person's private place, which is not there yet."""
    found = tmp_path / "home" / "private"
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: found)
    return found


def scanned(capsys: pytest.CaptureFixture[str], *words: object, code: int | None = None) -> Any:
    """The JSON report of a scan with these words."""
    capsys.readouterr()
    found = main(["scan", "--format", "json", "--jobs", "1", *map(str, words)])
    assert found in ((0, 1) if code is None else (code,))
    return json.loads(capsys.readouterr().out)


def wrong(capsys: pytest.CaptureFixture[str], *words: object) -> str:
    """What is said when these words cannot be meant."""
    assert main([*map(str, words)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    return said.err


@pytest.mark.usefixtures("private")
class TestAccounts:
    def test_an_account_brings_its_path(self, export: Path, capsys: pytest.CaptureFixture[str]) -> None:
        top = scanned(capsys, "--account", f"sam={export}", "--reveal")
        assert len(top["posts"]) == 5 and top["context"]["accounts"] == [{"name": "sam", "persona": None}]
        assert {photo["account"] for photo in top["photos"]} == {"sam"}
        assert {post["persona"] for post in top["posts"]} == {"named"}

    def test_an_account_has_its_own_persona(
        self, export: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "more").mkdir()
        names = f"pseudonymous:night:owl={export}", f"named:sam={tmp_path / 'more'}"
        top = scanned(capsys, "--account", names[0], "--account", names[1], "--reveal")
        assert top["context"]["accounts"] == [
            {"name": "night:owl", "persona": "pseudonymous"},
            {"name": "sam", "persona": "named"},
        ]
        assert {post["persona"] for post in top["posts"]} == {"pseudonymous"}

    def test_a_path_that_is_given_twice_is_looked_at_once(
        self, export: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        for path in (export, f"{export.parent}/./{export.name}/"):
            top = scanned(capsys, path, "--account", f"sam={export}")
            assert len(top["posts"]) == 5 and top["summary"]["photos"] == 5

    def test_an_account_may_have_several_paths(
        self, export: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        more = tmp_path / "a=b"
        more.mkdir()
        (more / "a.jpg").write_bytes(next(export.rglob("*.jpg")).read_bytes())
        top = scanned(capsys, "--account", f"sam={export}", "--account", f"sam={more}", "--reveal")
        assert top["summary"]["photos"] == 6
        assert {photo["account"] for photo in top["photos"]} == {"sam"}

    @pytest.mark.parametrize("words", ["sam", "=x", "sam=", "named:=x", " =x"])
    def test_what_is_no_account(self, words: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert "must be NAME=PATH, such as sam=flickr.zip" in wrong(capsys, "scan", "--account", words)

    @pytest.mark.parametrize("kind", ["pseudonymus", "Pseudonymous", "pseudonym", "Named"])
    def test_a_kind_of_name_that_is_written_wrong_is_no_name(
        self, kind: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert "did you mean" in wrong(capsys, "scan", "--account", f"{kind}:sam=flickr.zip")

    def test_contradictions(self, export: Path, capsys: pytest.CaptureFixture[str]) -> None:
        two = ["--account", f"sam={export}", "--account", f"ann={export}"]
        assert f"{export} was given for two accounts" in wrong(capsys, "scan", *two)
        two[3] = f"ann={export.parent}/./{export.name}"
        assert "was given for two accounts" in wrong(capsys, "scan", *two)
        both = ["--account", "named:sam=a", "--account", "pseudonymous:sam=b"]
        assert "the account sam was given as named and as pseudonymous" in wrong(capsys, "scan", *both)

    def test_nothing_to_look_at(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert "name at least one PATH" in wrong(capsys, "scan")
        nowhere = tmp_path / "nowhere.zip"
        assert f"there is nothing at {nowhere}" in wrong(capsys, "scan", "--account", f"sam={nowhere}")


class TestTicks:
    def test_they_survive_a_new_scan(
        self, export: Path, private: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        before = scanned(capsys, export)
        assert not any(post["done"] for post in before["posts"])
        assert not private.exists(), "a scan makes nothing"
        name = before["posts"][1]["post"]
        assert main(["done", name]) == 0
        said = capsys.readouterr().out
        assert said.startswith("Ticked off 1 post.\n") and "exposure forget" in said
        again = scanned(capsys, export)
        assert [post["post"] for post in again["posts"] if post["done"]] == [name]
        assert main(["done", name]) == 0
        assert capsys.readouterr().out == "1 post was ticked off already.\n"
        assert main(["done", "--undo", name.replace("flickr", "Flickr")]) == 0
        assert capsys.readouterr().out == "Took the ticks of 1 post away.\n"
        assert not any(post["done"] for post in scanned(capsys, export)["posts"])

    def test_a_ticked_post_counts_for_the_exit_code_all_the_same(
        self, export: Path, private: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        words = ["--fail-on", "low"]
        top = scanned(capsys, export, *words, code=1)
        main(["done", *(post["post"] for post in top["posts"])])
        scanned(capsys, export, *words, code=1)

    def test_the_file_is_private_and_names_nothing(
        self, private: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        name = "flickr:51000000002"
        main(["done", name])
        text = (private / FILE).read_text("utf-8")
        assert "51000000002" not in text and mark(name) not in text and "flickr" not in text
        if sys.platform != "win32":
            assert stat.S_IMODE((private / FILE).stat().st_mode) == 0o600
            assert stat.S_IMODE(private.stat().st_mode) == 0o700
        other = private.parent / "other"
        main(["done", name, "--private", str(other)])
        record, second = json.loads(text), json.loads((other / FILE).read_text("utf-8"))
        assert record["done"] != second["done"]  # each file has its own salt

    def test_a_post_by_its_mark(self, private: Path) -> None:
        name = "mastodon:https://m.example/users/sam/statuses/1".replace("mastodon", "flickr")
        assert main(["done", f"flickr:_{mark(name)}"]) == 0
        assert kept(private).has(mark(name))

    def test_a_page_saved_them(
        self, private: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        file = tmp_path / "ticks.json"
        file.write_text(json.dumps({"schema": SCHEMA, "done": [mark("flickr:1"), mark("flickr:2")]}))
        assert main(["done", "--from", str(file), "flickr:3"]) == 0
        assert capsys.readouterr().out.startswith("Ticked off 3 posts.\n")
        assert main(["done", "--from", str(file), "--undo"]) == 0
        assert capsys.readouterr().out == "Took the ticks of 2 posts away.\n"
        assert kept(private).has(mark("flickr:3"))

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "[]",
            "null",
            "[" * 100_000,
            '{"done": ["0123456789abcdef"]}',
            '{"schema": "exposure-ticks/1", "done": ["x"]}',
            '{"schema": "exposure-ticks/1", "done": [1]}',
            '{"schema": "exposure-ticks/1"}',
            "\udcff",
        ],
    )
    def test_another_file_is_none(
        self, text: str, private: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        file = tmp_path / "ticks.json"
        file.write_bytes(text.encode("utf-8", "surrogateescape"))
        said = wrong(capsys, "done", "--from", file)
        assert "is not a file that the page of a report saved" in said or "cannot be read" in said
        assert not private.exists()

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            ([], "name the posts, as the report calls them"),
            (["51000000001"], "51000000001 is not the name of a post"),
            (["nowhere:51"], "exposure reads no archives of nowhere"),
            (["flickr:"], "flickr: is not the name of a post"),
            (["--from", "nothing-there.json"], "there is nothing at nothing-there.json"),
        ],
    )
    def test_complaints_are_sentences(
        self, words: list[str], said: str, private: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert said in wrong(capsys, "done", *words)
        assert not private.exists()

    def test_undoing_where_nothing_is_makes_nothing(
        self, private: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["done", "--undo", "flickr:51"]) == 0
        assert capsys.readouterr().out == "1 post was not ticked off.\n"
        assert not private.exists()


class TestForget:
    def test_it_forgets_ticks(self, private: Path, capsys: pytest.CaptureFixture[str]) -> None:
        main(["done", "flickr:1", "flickr:2"])
        capsys.readouterr()
        assert main(["forget", "--dry-run"]) == 0
        assert capsys.readouterr().out == "Would forget which posts you ticked off: 2 posts\n"
        assert len(kept(private).kept) == 2
        assert main(["forget"]) == 0
        assert capsys.readouterr().out == "Forgot which posts you ticked off: 2 posts\n"
        assert not private.exists()

    def test_a_list_without_posts_is_not_called_posts(
        self, private: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        main(["done", "flickr:1"])
        main(["done", "--undo", "flickr:1"])
        capsys.readouterr()
        assert main(["forget"]) == 0
        assert (
            capsys.readouterr().out
            == "Forgot the list of posts that you ticked off; no post could be read in it\n"
        )

    def test_a_damaged_file_stops_a_scan_and_is_forgotten(
        self, export: Path, private: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        main(["done", "flickr:1"])
        whole = (private / FILE).read_bytes()
        for damage in (whole[:-40], whole.replace(b'"salt": "', b'"salt": "no')):
            (private / FILE).write_bytes(damage)
            capsys.readouterr()
            assert "exposure forget removes it" in wrong(capsys, "scan", export)
        assert main(["forget"]) == 0
        assert not private.exists()

    def test_a_file_of_somebody_else_stays(
        self, export: Path, private: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        private.mkdir(parents=True)
        (private / FILE).write_text("my list of ticks I was bitten by")
        assert "move it to another place" in wrong(capsys, "scan", export)
        assert main(["forget"]) == 0
        assert (private / FILE).exists()


@pytest.mark.usefixtures("private")
class TestLists:
    def test_a_list_that_cannot_be_read_is_no_photo_and_the_exit_code_says_so(
        self, export: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        broken = sorted(export.glob("photo_*.json"))[1]
        broken.write_text("{this is no JSON")
        top = scanned(capsys, export, "--fail-on", "never", code=3)
        assert (top["summary"]["photos"], top["summary"]["posts"], top["summary"]["lists_not_read"]) == (
            5,
            4,
            1,
        )
        assert [each["path"] for each in top["lists_not_read"]] == [str(broken)]
        assert top["archives"][0]["photos"] == 5
        assert main(["scan", str(export), "--fail-on", "never"]) == 3
        said = " ".join(capsys.readouterr().out.split())
        assert "exposure looked at 5 photos and 4 posts" in said
        assert "1 list of your archives could not be read: posts are missing here." in said

    def test_an_archive_without_photos_is_looked_at(
        self, export: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        lists = {path.name: path.read_bytes() for path in export.glob("*.json")}
        packed = zipped(lists, tmp_path / "lists.zip")
        top = scanned(capsys, packed)
        assert (len(top["posts"]), top["summary"]["photos"]) == (5, 0)
        assert main(["scan", str(packed)]) in (0, 1)
        assert "exposure looked at 5 posts in" in capsys.readouterr().out

    def test_an_archive_counts_its_own_photos(
        self, export: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        plain = tmp_path / "plain"
        plain.mkdir()
        photo = next(export.rglob("*.jpg")).read_bytes()
        for number in range(3):
            (plain / f"{number}.jpg").write_bytes(photo)
        for paths in ((plain, export), (export, plain)):
            top = scanned(capsys, *paths)
            assert [(each["posts"], each["photos"]) for each in top["archives"]] == [(5, 5)]
            assert top["summary"]["photos"] == 8

    @pytest.mark.parametrize("format", ["terminal", "html", "todo", "csv", "geojson", "sarif"])
    def test_every_report_takes_an_archive(
        self, format: str, export: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["scan", str(export), "--format", format, "-o", "-"]) in (0, 1)
        assert "51000000002" in capsys.readouterr().out
