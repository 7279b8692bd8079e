"""``exposure rules``: what is looked for, and what each finding means."""

from __future__ import annotations

import argparse
import inspect
import re
import shutil
import sys
import textwrap
from collections.abc import Collection, Iterator

from exposure.errors import CannotRun
from exposure.model import Confidence, Level
from exposure.plugins import CLEAN, Combination, Inference, PostRule, Rule, discover
from exposure.reports._words import QUESTIONS

MEANING = {
    Level.CRITICAL: "With this alone a stranger can reach you or a child, knows exactly where you sleep or where "
    "you are right now, or sees what you meant to hide.",
    Level.HIGH: "With free tools a stranger can put a name to you or to somebody with you, find a place that you "
    "keep going back to, or tie a hidden account to you.",
    Level.MEDIUM: "One piece that becomes a name or a place once it is put together with one or two other public "
    "things.",
    Level.LOW: "It narrows things down: a device, a program, a region, a habit. It matters in bulk, or to a "
    "specialist.",
    Level.INFO: "It exposes nothing by itself: a fact, a limit of this tool, or something that cannot be changed "
    "in the file.",
}
SURE = {
    Confidence.CERTAIN: "The value stands in the file; nothing is guessed.",
    Confidence.FIRM: "The value is there and passed checks, or two facts agree; there is a small chance of "
    "another explanation.",
    Confidence.TENTATIVE: "A pattern; expect mistakes.",
}

_WIDEST = 100
_MOST_HINTS = 6
_LISTED = "References"
"""The section of a page whose lines are a list."""
_CATALOGUE = "Covers"
"""The section for those who work on rules."""

_Checked = Rule | PostRule | Combination | Inference


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "rules",
        help="list what is looked for, or explain one finding",
        usage="exposure rules [FINDING]",
        description="List everything that exposure looks for, or explain one finding: what it means, why it matters, "
        "what helps, and what that does not do.",
        allow_abbrev=False,
    )
    parser.add_argument(
        "id",
        nargs="*",
        metavar="FINDING",
        help="its name, such as gps-position, or words of its heading, such as “exact place”",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    rules = {
        rule.id: rule
        for rule in (
            *discover("rules", Rule),
            *discover("rules", Combination),
            *discover("rules", PostRule),
            *discover("inferences", Inference),
        )
    }
    lines = _page(_found(" ".join(args.id), rules)) if args.id else _list(rules)
    for line in lines:
        sys.stdout.write(line + "\n")
    return 0


def _found(words: str, rules: dict[str, _Checked]) -> _Checked:
    """The rule of that id or heading, or the only one with these words in either; CannotRun with the nearest."""
    low = words.casefold()
    for rule in rules.values():
        if low in (rule.id, rule.title.casefold()):
            return rule
    near = [rule.id for rule in rules.values() if low in rule.id or low in rule.title.casefold()]
    if len(near) == 1:
        return rules[near[0]]
    if not near:
        import difflib

        near = difflib.get_close_matches(low, rules, 3, 0.5)
    hint = f"did you mean {' or '.join(near[:_MOST_HINTS])}?" if near else "exposure rules lists them all."
    raise CannotRun(f"there is no finding called “{words}”; {hint}")


def _list(rules: dict[str, _Checked]) -> Iterator[str]:
    room = max(map(len, rules), default=0)
    width = max(60, shutil.get_terminal_size().columns)
    for question, words in QUESTIONS.items():
        here = sorted((r for r in rules.values() if r.question is question), key=lambda r: (-r.level, r.id))
        if here:
            yield words
        for rule in here:
            begin = f"  {rule.level.word:<8}  {rule.id:<{room}}  "
            yield from textwrap.wrap(
                rule.title, width, initial_indent=begin, subsequent_indent=" " * len(begin)
            )
        if here:
            yield ""
    yield "exposure rules NAME explains one of them, for example: exposure rules gps-position"


def _page(rule: _Checked) -> Iterator[str]:
    width = min(shutil.get_terminal_size().columns, _WIDEST)
    heading = f"{rule.title} ({rule.id})"
    yield from (heading, "-" * len(heading), QUESTIONS[rule.question], "")
    yield from textwrap.wrap(f"Level: {rule.level.word}. {MEANING[rule.level]}", width)
    if isinstance(rule, Inference):
        yield from textwrap.wrap("Guessed from many photos together; each report says how sure it is.", width)
        page = rule.infer.__doc__
    else:
        yield from textwrap.wrap(f"Confidence: {rule.confidence.word}. {SURE[rule.confidence]}", width)
        yield from textwrap.wrap(" ".join(_moved(rule)), width)
        page = rule.page if isinstance(rule, Combination) else rule.check.__doc__
        yield ""
        yield from textwrap.wrap(rule.message, width)
    yield ""
    command = CLEAN if isinstance(rule, Inference) else rule.command
    yield from _wrapped(_with_command(_for_people(inspect.cleandoc(page or "")), command), width)


def _for_people(page: str) -> str:
    """Without the section that says which entries of our own catalogue a rule answers, and with quotes for code."""
    sections = re.split(r"\n\n(?=\S)", page)
    kept = "\n\n".join(section for section in sections if not section.startswith(_CATALOGUE + "\n"))
    return re.sub(r"`([^`]+)`", r"“\1”", kept)


def _with_command(page: str, command: str) -> str:
    """The page with the command that does what it says is to be done."""
    after = "\n\nWhat that does not do\n"
    return page.replace(after, f"\n\n    exposure {command} FILE --to DIR{after}", 1) if command else page


def _moved(rule: Rule | PostRule | Combination) -> Iterator[str]:
    if rule.critical_for:
        yield f"Critical with --profile {_either(rule.critical_for)}."
    if rule.raised_for:
        yield f"Weighs more with --profile {_either(rule.raised_for)}."
    step = rule.persona.get("pseudonymous", 0) - rule.persona.get("named", 0)
    if step > 0:
        yield "Weighs more with --persona pseudonymous."


def _either(profiles: Collection[str]) -> str:
    """``journalist, parent or survivor``"""
    *some, last = sorted(profiles)
    return f"{', '.join(some)} or {last}" if some else last


def _wrapped(page: str, width: int) -> Iterator[str]:
    """A page's paragraphs filled to `width`, its lists line by line."""
    section = ""
    for paragraph in page.split("\n\n"):
        run: list[str] = []
        for line in paragraph.split("\n"):
            indent = len(line) - len(line.lstrip())
            if not indent:
                section = line.strip()
            if run and (_indent(run[0]) != indent or section == _LISTED):
                yield from _filled(run, width)
                run = []
            run.append(line)
        if run:
            yield from _filled(run, width)
            yield ""


def _filled(lines: list[str], width: int) -> list[str]:
    indent = " " * _indent(lines[0])
    return textwrap.wrap(
        " ".join(line.strip() for line in lines),
        width,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
