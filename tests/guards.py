"""How often each rule's tags are there, and how often it fires: ``python -m tests.guards FOLDER``.

A tag that is there is no finding until its value means something. For every rule this counts the photos that have
a field it ever rested on, and those on which it fired; with ``--show RULE…`` it prints every firing with its value,
to be read by eye. Values are printed in full: keep the output to yourself.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from pathlib import Path

from exposure.examining import findings, understood
from exposure.model import Finding, Photo, Settings
from exposure.plugins import Combination, Rule, discover
from exposure.scanning import sources
from exposure.source import FileSource
from exposure.text import plain

READ_BY_EYE = [
    "owner-name",
    "contact-details",
    "comment-or-description",
    "serial-number",
    "lens-serial-number",
]


def examined(folder: Path) -> list[tuple[Photo, tuple[Finding, ...]]]:
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
    """A field's name without its place in lists: what a rule rests on."""
    return path.rpartition(":")[2].rpartition("/")[2].partition("[")[0]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument(
        "--show", nargs="*", metavar="RULE", default=[], help=f"for instance {' '.join(READ_BY_EYE)}"
    )
    options = parser.parse_args()
    photos = examined(options.folder)
    tags: dict[str, set[str]] = defaultdict(set)
    fired: Counter[str] = Counter()
    for _, found in photos:
        for finding in found:
            fired[finding.rule] += 1
            tags[finding.rule] |= {tag(e.address.path) for e in finding.evidence}
    there: Counter[str] = Counter()
    for photo, _ in photos:
        names = {tag(f.path) for f in photo.fields} | {tag(p.address.path) for p in photo.facts.pictures}
        names |= {"FileName"}
        there.update(rule for rule, wanted in tags.items() if wanted & names)
    print(f"{len(photos)} photos\n{'rule':28} {'tag there':>9} {'fires':>6}  tags")
    for rule in (*discover("rules", Rule), *discover("rules", Combination)):
        shown = " ".join(sorted(tags[rule.id]))[:90]
        print(f"{rule.id:28} {there[rule.id]:9} {fired[rule.id]:6}  {shown}")
    for photo, found in photos:
        for finding in found:
            if finding.rule in options.show:
                for evidence in finding.evidence:
                    print(
                        f"{finding.rule}: {evidence.address.path} = {plain(evidence.value, 100)}   [{Path(photo.name).name}]"
                    )


if __name__ == "__main__":
    main()
