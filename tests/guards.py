"""How often each rule's tags are there, and how often it fires: ``python -m tests.guards FOLDER``.

A tag that is there is no finding until its value means something. For every rule this counts the photos that have
a tag it ever rested on, and those on which it fired. ``--show RULE…`` prints every value that those rules fired on,
and ``--silent`` every name, word, number and place that no rule fired on, both to be read by eye. Values are
printed in full: keep the output to yourself.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from exposure.archives import sources
from exposure.examining import findings, understood
from exposure.model import Address, Finding, Photo, Settings
from exposure.plugins import Combination, Rule, discover
from exposure.source import FileSource
from exposure.text import plain

READ_BY_EYE = [
    "owner-name",
    "contact-details",
    "comment-or-description",
    "serial-number",
    "lens-serial-number",
]

Examined = list[tuple[Photo, tuple[Finding, ...]]]


def examined(folder: Path) -> Examined:
    """Every photo under a folder with its findings."""
    found = []
    for source in sources([folder]):
        if isinstance(source, FileSource):
            with source:
                photo = understood(source, None)
            if isinstance(photo, Photo):
                found.append((photo, findings(photo, Settings(today="2026-11-21"))))
    return found


def tag(path: str) -> str:
    """A field's kind and name without its place in lists: what a rule rests on. Its group differs by program."""
    kind, _, rest = path.rpartition("/" if "/" in path.partition(":")[0] else "\n")[2].partition(":")
    return f"{kind}:{rest.rpartition(':')[2].rpartition('/')[2].partition('[')[0]}"


def counted(photos: Examined) -> Iterable[str]:
    """For each rule how many photos have one of its tags, how many it fired on, and which tags those were."""
    tags: dict[str, set[str]] = defaultdict(set)
    fired: Counter[str] = Counter()
    for _, found in photos:
        for finding in found:
            fired[finding.rule] += 1
            tags[finding.rule] |= {tag(e.address.path) for e in finding.evidence}
    there: Counter[str] = Counter()
    for photo, _ in photos:
        here = (
            {tag(f.path) for f in photo.fields} | {tag(a.path) for a, _ in facts(photo)} | {"File:FileName"}
        )
        there.update(rule for rule, wanted in tags.items() if wanted & here)
    for rule in (*discover("rules", Rule), *discover("rules", Combination)):
        shown = " ".join(sorted(tags[rule.id]))[:90]
        yield f"{rule.id:28} {there[rule.id] or '-':>9} {fired[rule.id]:6}  {shown}"


def facts(photo: Photo) -> Iterable[tuple[Address, str]]:
    """Every name, word, number, place and picture in a photo, with where it stands."""
    yield from ((p.address, p.name) for p in photo.facts.people)
    yield from ((t.address, t.value) for t in photo.facts.texts)
    yield from ((i.address, i.value) for i in photo.facts.identifiers)
    yield from ((p.address, p.name or f"{p.latitude}, {p.longitude}") for p in photo.facts.places)
    yield from ((p.address, p.format or p.kind) for p in photo.facts.pictures)


def read_by_eye(photos: Examined, rules: list[str]) -> Iterable[str]:
    """Every value that those rules fired on, once, with the photos it is in."""
    values: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for photo, found in photos:
        for finding in found:
            if finding.rule in rules:
                for e in finding.evidence:
                    key = finding.rule, finding.level.word, tag(e.address.path), plain(e.value, 100)
                    values[key].append(Path(photo.name).name)
    for (rule, level, where, value), names in sorted(values.items()):
        yield f"{rule} {level}: {where} = {value}   [{names[0]}{f' and {len(names) - 1} more' * (len(names) > 1)}]"


def silent(photos: Examined) -> Iterable[str]:
    """Every value that might have been told and no rule fired on, once, with how often it is there."""
    values: Counter[tuple[str, str]] = Counter()
    for photo, found in photos:
        told = {e.address.path for finding in found for e in finding.evidence}
        values.update((tag(a.path), plain(v, 100)) for a, v in facts(photo) if a.path not in told)
    for (where, value), count in sorted(values.items()):
        yield f"silent: {where} = {value}   [{count}]"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument(
        "--show", nargs="*", metavar="RULE", default=[], help=f"for instance {' '.join(READ_BY_EYE)}"
    )
    parser.add_argument("--silent", action="store_true", help="print what no rule fired on")
    options = parser.parse_args()
    photos = examined(options.folder)
    print(f"{len(photos)} photos\n{'rule':28} {'tag there':>9} {'fires':>6}  tags")
    for line in counted(photos):
        print(line)
    for line in read_by_eye(photos, options.show):
        print(line)
    for line in silent(photos) if options.silent else ():
        print(line)


if __name__ == "__main__":
    main()
