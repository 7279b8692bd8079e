"""The documents say what is so: commands, options and files that the README names exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from exposure import __version__
from exposure.cli import main
from exposure.cli._run import COMMANDS
from exposure.plugins import Combination, Inference, PostRule, Rule, discover

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def helped(words: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    assert main([*words, "--help"]) == 0
    return capsys.readouterr().out


def test_every_command_is_in_the_readme(capsys: pytest.CaptureFixture[str]) -> None:
    commands = re.findall(r"^    ([a-z]+) ", helped([], capsys), re.M)
    assert {"scan", "show", "clean", "rules", "demo"} <= set(commands)
    for command in commands:
        assert f"`exposure {command}" in README


def test_every_option_that_the_readme_names_exists(capsys: pytest.CaptureFixture[str]) -> None:
    known = "".join(helped([command], capsys) for command in COMMANDS)
    for option in set(re.findall(r"exposure [a-z]+ [^`\n]*?(--[a-z-]+)|`(--[a-z-]+)", README)):
        name = option[0] or option[1]
        assert name in known, name


def test_ci_runs_the_readmes_test_command() -> None:
    (command,) = re.findall(r"^(python3 -m venv .*pytest.*)$", README, re.M)
    assert command in (ROOT / ".ci" / "run").read_text("utf-8")


def test_modules_and_files_that_the_readme_names_exist() -> None:
    for module in re.findall(r"-m (tests\.[a-z]+)", README):
        assert (ROOT / (module.replace(".", "/") + ".py")).exists()
    for path in re.findall(r"`((?:exposure|tests)/[a-z_./]+)`", README):
        assert (ROOT / path).exists(), path


def test_the_changelog_knows_this_version() -> None:
    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_every_rule_prints_its_page(capsys: pytest.CaptureFixture[str]) -> None:
    for rule in (
        *discover("rules", Rule),
        *discover("rules", Combination),
        *discover("rules", PostRule),
        *discover("inferences", Inference),
    ):
        assert main(["rules", rule.id]) == 0
        page = capsys.readouterr().out
        assert rule.title in page
        assert "Why it matters" in page and "What to do" in page
        assert "Covers" not in page.split("\n") and "`" not in page  # for those who work on rules
